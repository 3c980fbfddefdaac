"""An editor writes, looks, publishes: what is typed is never lost and readers see it in time."""

import pytest

from guides.admin.editor import change_url
from guides.models import Guide, Procedure, Revision, RiskNote, SlugHistory
from tests.admin.pages import add_url, errors, opened, soup
from tests.admin.people import EDITOR, REVIEWER, client_of
from tests.factories import (
    make_case,
    make_procedure,
    make_product,
    make_risk,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db
NEW_STEP = "\n\n### 再看一眼\n\n回到首页看看。[^S1]\n"


def with_step(fields):
    return {
        **fields,
        "body": fields["body"][0].replace("\n\n## 做完之后", NEW_STEP + "\n## 做完之后"),
    }


def test_a_new_guide_is_saved_as_a_draft_that_no_reader_finds(client):
    make_source("S1")
    editor = client_of(EDITOR)
    typed = opened(editor) | {
        "title": "关闭借呗",
        "slug": "close-jiebei",
        "summary": "先结清，再关闭。",
        "body": "## 操作步骤\r\n\r\n### 打开\r\n\r\n点进去。[^S1]\r\n",
        "aliases": "借呗怎么关\r\n\r\n  关借呗  \r\n",
        "products": [make_product().pk],
    }
    response = editor.post(add_url(), typed | {"_save": "1"})
    guide = Procedure.objects.get(slug="close-jiebei")
    assert response.headers["Location"] == change_url(guide)
    assert guide.aliases == ["借呗怎么关", "关借呗"]
    assert "\r" not in guide.body
    assert guide.body.endswith("[^S1]\n")
    assert "### 打开 {#" in guide.body
    assert guide.products.count() == 1
    assert client.get(guide.get_absolute_url()).status_code == 404


def test_saving_a_draft_changes_nothing_for_readers(client):
    guide, editor = make_procedure(), client_of(EDITOR)
    response = editor.post(
        change_url(guide), with_step(opened(editor, guide)) | {"_save": "1"}, follow=True
    )
    assert "草稿已保存" in soup(response).select_one(".messagelist").text
    assert "草稿更新" in soup(response).select_one(".state").text
    assert "再看一眼" not in client.get(guide.get_absolute_url()).content.decode()


def test_a_team_of_one_publishes_at_once_with_a_note(client, settings):
    settings.REVIEW_REQUIRED = False
    guide, both = make_procedure(), client_of(EDITOR, REVIEWER)
    typed = with_step(opened(both, guide)) | {"note": "多了一步", "significance": "major"}
    response = both.post(change_url(guide), typed | {"_publish": "1"}, follow=True)
    assert "已发布第2版" in soup(response).select_one(".messagelist").text
    assert "再看一眼" in client.get(guide.get_absolute_url()).content.decode()
    live = Guide.objects.get(pk=guide.pk).live
    assert (live.number, live.note, live.significance) == (2, "多了一步", "major")


def test_an_editor_who_may_not_publish_is_told_and_keeps_the_text():
    guide, editor = make_procedure(), client_of(EDITOR)
    page = editor.get(change_url(guide))
    assert not soup(page).select("[name=_publish]")
    typed = with_step(opened(editor, guide))
    response = editor.post(change_url(guide), typed | {"_publish": "1"})
    assert response.status_code == 200
    assert "不能发布" in errors(response)
    assert "再看一眼" in soup(response).select_one("textarea[name=body]").text
    assert guide.revisions.count() == 1


def test_faults_stop_publishing_name_their_lines_and_lose_nothing(settings):
    settings.REVIEW_REQUIRED = False
    guide, both = make_procedure(), client_of(EDITOR, REVIEWER)
    typed = opened(both, guide) | {"body": "## 操作步骤\n\n### 打开\n\n没有出处。[[nowhere]]\n"}
    response = both.post(change_url(guide), typed | {"_publish": "1"})
    page = soup(response)
    assert response.status_code == 200
    assert "没有发布，也没有保存" in errors(response)
    assert [link["data-line"] for link in page.select("[data-faults] a")] == ["3", "5"]
    assert "没有出处" in page.select_one("textarea[name=body]").text
    assert guide.revisions.count() == 1


def test_faults_do_not_stop_a_draft():
    guide, editor = make_procedure(), client_of(EDITOR)
    typed = opened(editor, guide) | {"body": "## 操作步骤\n\n### 打开\n\n没有出处。\n"}
    page = soup(editor.post(change_url(guide), typed | {"_save": "1"}, follow=True))
    assert "还有1处要改" in page.select_one("[data-faults]").text
    assert guide.revisions.count() == 2


def test_an_empty_text_is_not_published(settings):
    settings.REVIEW_REQUIRED = False
    guide, both = make_risk(live=False), client_of(EDITOR, REVIEWER)
    response = both.post(change_url(guide), opened(both, guide) | {"body": " \n", "_publish": "1"})
    assert "正文还是空的" in errors(response)
    assert not Revision.objects.published().exists()


def test_without_a_script_a_button_shows_the_preview_and_saves_nothing():
    guide, editor = make_procedure(), client_of(EDITOR)
    typed = with_step(opened(editor, guide)) | {"title": "还没存的标题"}
    page = soup(editor.post(change_url(guide), typed | {"_preview": "1"}))
    assert "再看一眼" in page.select_one("[data-preview]").text
    assert page.select_one("[name=title]")["value"] == "还没存的标题"
    assert not page.select(".told")
    assert Guide.objects.get(pk=guide.pk).title == guide.title


def test_the_preview_draws_steps_as_the_readers_page_does(client):
    guide, editor = make_procedure(), client_of(EDITOR)
    ours = soup(editor.get(change_url(guide))).select("[data-preview] .step")
    theirs = soup(client.get(guide.get_absolute_url())).select("article .step")
    assert [str(step.select_one(".text")) for step in ours] == [
        str(step.select_one(".text")) for step in theirs
    ]
    assert len(ours) == 2


@pytest.mark.parametrize("make", [make_procedure, make_risk, make_case])
def test_saving_an_untouched_form_changes_no_field(make):
    tag = make_tag()
    guide, editor = make(tags=[tag], aliases=["也这样问"]), client_of(EDITOR)
    before = Guide.objects.filter(pk=guide.pk).values(
        "title", "summary", "body", "slug", "language"
    )
    known = before.get()
    editor.post(change_url(guide), opened(editor, guide) | {"_save": "1"})
    after = type(guide).objects.get(pk=guide.pk)
    assert before.get() == known
    assert [getattr(after, name) for name in guide.FACTS] == [
        getattr(guide, name) for name in guide.FACTS
    ]
    assert (list(after.tags.all()), after.aliases) == ([tag], ["也这样问"])
    assert after.revisions.count() == 1


def test_early_signs_are_typed_one_per_line():
    guide, editor = make_risk(), client_of(EDITOR)
    typed = opened(editor, guide)
    assert typed["early_signs"] == ["扣款失败"]
    editor.post(
        change_url(guide), typed | {"early_signs": "扣款失败\n\n收到催收电话", "_save": "1"}
    )
    assert RiskNote.objects.get(pk=guide.pk).early_signs == ["扣款失败", "收到催收电话"]


def test_a_new_slug_keeps_the_old_address(client):
    guide, editor = make_procedure("old-name"), client_of(EDITOR)
    editor.post(change_url(guide), opened(editor, guide) | {"slug": "new-name", "_save": "1"})
    response = client.get("/procedures/old-name/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/procedures/new-name/"


@pytest.mark.parametrize("former", [True, False])
def test_a_slug_that_another_guide_has_or_had_is_refused(former):
    other, guide, editor = make_procedure("taken"), make_procedure(), client_of(EDITOR)
    if former:
        SlugHistory.objects.create(guide=other, language="zh-hans", slug="before")
    wanted = "before" if former else "taken"
    response = editor.post(
        change_url(guide), with_step(opened(editor, guide)) | {"slug": wanted, "_save": "1"}
    )
    assert response.status_code == 200
    assert errors(response)
    assert "再看一眼" in soup(response).select_one("textarea[name=body]").text
    assert Guide.objects.get(pk=guide.pk).slug == guide.slug


def test_a_guide_for_groups_needs_a_group():
    guide, editor = make_procedure(), client_of(EDITOR)
    response = editor.post(
        change_url(guide), opened(editor, guide) | {"visibility": "groups", "_save": "1"}
    )
    assert "请选择能看的用户组" in errors(response)


def test_a_guide_cannot_be_deleted(admin_client):
    guide = make_procedure()
    address = change_url(guide).replace("change", "delete")
    assert admin_client.get(address).status_code == 403
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    assert Guide.objects.filter(pk=guide.pk).exists()
