"""The review page: read what was submitted, say something about a step, approve or return it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url, review_url
from guides.models import Guide, ReviewComment
from tests.admin.pages import errors, fields, opened, soup
from tests.admin.people import EDITOR, MANAGER, REVIEWER, client_of, person
from tests.factories import STEPS, edited, make_case, make_procedure, make_risk

pytestmark = pytest.mark.django_db
TYPED = "请写明这是哪个入口。"


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", title="关闭借呗")


@pytest.fixture
def editor(guide):
    """Has written a new text and submitted it from the editor page."""
    client = client_of(EDITOR)
    typed = opened(client, guide) | {"title": "怎样关闭借呗", "note": "换了标题", "_submit": "1"}
    response = client.post(change_url(guide), typed, follow=True)
    assert "已提交复核" in soup(response).select_one(".messagelist").text
    return client


def form_with(page, act: str) -> dict[str, object]:
    button = page.select_one(f'main button[name=act][value="{act}"]')
    assert button is not None, act
    return fields(button.find_parent("form")) | {"act": act}


def page_of(client, guide: Guide):
    response = client.get(review_url(guide))
    assert response.status_code == 200
    return soup(response)


def test_the_editor_page_offers_to_submit_and_not_to_publish(guide):
    page = soup(client_of(EDITOR, REVIEWER).get(change_url(guide)))
    assert page.select("[name=_submit]")
    assert not page.select("[name=_publish]")


def test_a_reviewer_reads_everything_that_was_submitted_and_approves_it(client, guide, editor):
    reviewer = client_of(REVIEWER)
    page = page_of(reviewer, guide)
    text = page.select_one("main").get_text(" ", strip=True)
    for part in ("怎样关闭借呗", guide.summary, "打开管理页", "换了标题", "账户本人"):
        assert part in text
    response = reviewer.post(review_url(guide), form_with(page, "approve"), follow=True)
    assert "已复核并发布第2版" in soup(response).select_one(".messagelist").text
    live = Guide.objects.get(pk=guide.pk).live
    assert (live.number, live.author.username, live.reviewer.username) == (2, EDITOR, REVIEWER)
    assert "怎样关闭借呗" in client.get(guide.get_absolute_url()).content.decode()
    assert LogEntry.objects.filter(user__username=REVIEWER, object_id=str(guide.pk)).exists()


def test_who_wrote_the_text_is_not_offered_to_approve_it_and_cannot(guide):
    both = client_of(EDITOR, REVIEWER)
    typed = opened(both, guide) | {"title": "自己写的", "_submit": "1"}
    both.post(change_url(guide), typed)
    page = page_of(both, guide)
    assert not page.select('[value="approve"]')
    assert "要由没有写过的人来批准" in page.select_one(".savebar").text
    forged = form_with(page, "withdraw") | {"act": "approve"}
    response = both.post(review_url(guide), forged)
    assert response.status_code == 403
    assert "要由没有写过的人复核" in errors(response)
    assert Guide.objects.get(pk=guide.pk).live.number == 1


def test_a_comment_stands_at_its_step_until_it_is_settled(guide, editor):
    reviewer = client_of(REVIEWER)
    said = fields(page_of(reviewer, guide).select_one("#r-k001 details form"))
    reviewer.post(review_url(guide), said | {"act": "comment", "text": TYPED})
    page = page_of(editor, guide)
    assert TYPED in page.select_one("#r-k001 .thread").text
    assert TYPED not in page.select_one("#r-k002").text
    approving = page_of(reviewer, guide).select_one('[value="approve"]')
    assert approving.has_attr("disabled")
    editor.post(review_url(guide), form_with(page, "resolve"))
    assert ReviewComment.objects.get().resolved_by.username == EDITOR
    page = page_of(reviewer, guide)
    assert f"{EDITOR}已处理" in page.select_one("#r-k001 .thread").text
    assert reviewer.post(review_url(guide), form_with(page, "approve")).status_code == 302


def test_an_approval_with_open_comments_is_refused_even_if_it_is_forged(guide, editor):
    reviewer = client_of(REVIEWER)
    approving = form_with(page_of(reviewer, guide), "approve")
    publishing.comment(publishing.discussed(guide), User.objects.get(username=EDITOR), TYPED)
    response = reviewer.post(review_url(guide), approving)
    assert response.status_code == 409
    assert "还有1条意见没有处理好" in errors(response)


def test_a_text_is_given_back_with_a_reason_that_its_writer_finds(guide, editor):
    reviewer = client_of(REVIEWER)
    page = page_of(reviewer, guide)
    response = reviewer.post(review_url(guide), form_with(page, "request_changes") | {"text": " "})
    assert response.status_code == 400
    assert "请写下意见" in errors(response)
    typed = form_with(page, "request_changes") | {"text": TYPED}
    assert reviewer.post(review_url(guide), typed).status_code == 302
    written = soup(editor.get(change_url(guide)))
    assert "退回修改" in written.select_one(".state").text
    assert written.select_one(f'.side a[href="{review_url(guide)}"]')
    assert TYPED in page_of(editor, guide).select_one(".side").text


def test_a_comment_that_says_nothing_is_asked_for_again_at_its_step(guide, editor):
    reviewer = client_of(REVIEWER)
    said = fields(page_of(reviewer, guide).select_one("#r-k001 details form"))
    response = reviewer.post(review_url(guide), said | {"act": "comment", "text": " "})
    assert response.status_code == 400
    assert soup(response).select_one("#r-k001 details").has_attr("open")


def test_what_was_typed_stays_when_the_revision_was_replaced_meanwhile(guide, editor):
    reviewer = client_of(REVIEWER)
    returning = form_with(page_of(reviewer, guide), "request_changes") | {"text": TYPED}
    newer = opened(editor, guide) | {"title": "又改了", "_submit": "1"}
    editor.post(change_url(guide), newer)
    response = reviewer.post(review_url(guide), returning)
    assert response.status_code == 409
    assert "情况变了" in errors(response)
    assert soup(response).select_one("#reason").text.strip() == TYPED
    assert publishing.discussed(guide).is_in_review
    assert "又改了" in soup(response).select_one("main").text


def test_two_reviewers_approve_at_the_same_time_and_one_version_comes_of_it(guide, editor):
    reviewer, other = client_of(REVIEWER), client_of(REVIEWER, MANAGER)
    page, same = page_of(reviewer, guide), page_of(other, guide)
    assert reviewer.post(review_url(guide), form_with(page, "approve")).status_code == 302
    second = other.post(review_url(guide), form_with(same, "approve"), follow=True)
    assert "情况变了" in soup(second).select_one(".messagelist").text
    assert guide.revisions.published().count() == 2


def test_a_right_that_was_taken_away_meanwhile_is_told_and_nothing_happens(guide, editor):
    reviewer = client_of(REVIEWER)
    page = page_of(reviewer, guide)
    User.objects.get(username=REVIEWER).groups.set(User.objects.get(username=EDITOR).groups.all())
    response = reviewer.post(review_url(guide), form_with(page, "approve"))
    assert response.status_code == 403
    assert "没有这项权限" in errors(response)
    assert guide.revisions.published().count() == 1


def test_a_submission_is_taken_back(guide, editor):
    page = page_of(editor, guide)
    response = editor.post(review_url(guide), form_with(page, "withdraw"), follow=True)
    assert "已撤回" in soup(response).select_one(".messagelist").text
    assert publishing.discussed(guide) is None


def test_without_anything_to_review_the_page_leads_back(guide):
    response = client_of(REVIEWER).get(review_url(guide), follow=True)
    assert response.redirect_chain[-1][0] == change_url(guide)
    assert "没有在复核的版本" in soup(response).select_one(".messagelist").text


def test_faults_stop_submitting_and_lose_nothing(guide):
    client = client_of(EDITOR)
    typed = opened(client, guide) | {"body": "没有步骤。[^S1]\n", "_submit": "1"}
    response = client.post(change_url(guide), typed)
    assert "没有提交，也没有保存" in errors(response)
    assert soup(response).select_one("textarea[name=body]").text.strip() == "没有步骤。[^S1]"
    assert publishing.discussed(guide) is None


def test_a_change_of_classification_alone_needs_no_review(guide):
    client = client_of(EDITOR)
    typed = opened(client, guide) | {"visibility": "signed-in", "_submit": "1"}
    response = client.post(change_url(guide), typed, follow=True)
    assert "不用复核" in soup(response).select_one(".messagelist").text
    assert Guide.objects.get(pk=guide.pk).visibility == "signed-in"
    assert publishing.discussed(guide) is None


def test_comments_on_a_step_that_was_taken_out_are_not_lost(guide, editor):
    reviewer = person(REVIEWER)
    publishing.comment(publishing.discussed(guide), reviewer, TYPED, step="k002")
    body = STEPS.format(lead="先结清。[^S1]").replace("### 确认关闭 {#k002}", "### 另一步 {#k009}")
    publishing.save_draft(edited(guide, body=body), None)
    publishing.submit(guide, None)
    page = page_of(editor, guide)
    assert TYPED in page.select_one(".side .thread").text


@pytest.mark.parametrize("make", [make_risk, make_case])
def test_notes_and_cases_are_reviewed_as_a_whole(make):
    guide, reviewer = make(live=False), client_of(REVIEWER)
    publishing.submit(guide, None)
    page = page_of(reviewer, guide)
    said = fields(page.select_one(".side .thread details form"))
    reviewer.post(review_url(guide), said | {"act": "comment", "text": TYPED})
    assert ReviewComment.objects.get().step == ""


def test_words_with_markup_are_shown_as_they_are(guide, editor):
    reviewer = client_of(REVIEWER)
    said = fields(page_of(reviewer, guide).select_one("#r-k001 details form"))
    reviewer.post(review_url(guide), said | {"act": "comment", "text": "<script>x</script>"})
    assert not page_of(editor, guide).select(".thread script")
    assert "<script>x</script>" in page_of(editor, guide).select_one(".thread").text


@pytest.mark.parametrize(
    "sent", [{}, {"act": "approve"}, {"act": "nothing", "revision": "x"}, {"revision": "1"}]
)
def test_a_form_that_is_not_whole_does_nothing(guide, editor, sent):
    response = client_of(REVIEWER).post(review_url(guide), sent)
    assert response.status_code == 400
    assert publishing.discussed(guide).is_in_review


def test_a_revision_of_another_guide_is_not_found(guide, editor):
    reviewer, other = client_of(REVIEWER), make_procedure()
    publishing.save_draft(edited(other, title="别的"), None)
    foreign = publishing.submit(other, None)
    sent = {"act": "approve", "revision": foreign.pk}
    assert reviewer.post(review_url(guide), sent).status_code == 404
    assert publishing.discussed(other) == foreign


def test_publishing_alone_leads_to_the_review_where_it_is_required(guide, editor):
    address = reverse("admin:guides_procedure_publish", args=[guide.pk])
    assert client_of(REVIEWER).get(address)["Location"] == review_url(guide)
