"""Four eyes: what a reviewer approves is what was submitted, and never their own."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guides import publishing, roles
from guides.models import Guide, ReviewComment, Revision
from tests.factories import edited, make_procedure, make_user

pytestmark = pytest.mark.django_db

NO_STEPS = "没有任何步骤。[^S1]\n"


def colleague(name: str, *names_of_roles: str):
    user = make_user(name)
    groups = roles.ensure_groups()
    user.groups.set(groups[role] for role in names_of_roles)
    return user


@pytest.fixture
def mei():
    return colleague("mei", roles.EDITING)


@pytest.fixture
def lin():
    return colleague("lin", roles.EDITING, roles.REVIEWING)


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", title="关闭借呗")


def written(guide: Guide, by, title: str = "新的写法") -> Guide:
    publishing.save_draft(edited(guide, title=title), by)
    return guide


def test_a_submitted_text_is_read_by_nobody_until_another_approves_it(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei, note="改了标题", significance="major")
    guide.refresh_from_db()
    assert (revision.state, revision.submitted_by) == ("in_review", mei)
    assert guide.live.content["title"] == "关闭借呗"
    approved = publishing.approve(revision, lin)
    guide.refresh_from_db()
    assert guide.live == approved
    assert (approved.number, approved.author, approved.reviewer) == (2, mei, lin)
    assert (approved.note, approved.significance, approved.alone) == ("改了标题", "major", False)
    assert guide.live.content["title"] == "新的写法"


def test_exactly_the_submitted_text_is_published_whatever_was_written_since(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    written(guide, mei, "还没写完的下一稿")
    publishing.approve(revision, lin)
    guide.refresh_from_db()
    assert guide.live.content["title"] == "新的写法"
    assert guide.title == "还没写完的下一稿"


def test_the_classification_of_today_is_published_with_it(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    Guide.objects.filter(pk=guide.pk).update(visibility="signed-in")
    approved = publishing.approve(revision, lin)
    assert "visibility: signed-in" in approved.document


def test_nobody_approves_what_they_wrote_or_submitted_or_wrote_a_part_of(guide, mei, lin):
    written(guide, lin, "林写的一部分")
    revision = publishing.submit(written(guide, mei), mei)
    with pytest.raises(publishing.OwnText):
        publishing.approve(revision, lin)
    third = colleague("third", roles.REVIEWING)
    assert publishing.approve(revision, third).number == 2
    again = publishing.submit(written(guide, mei, "再改"), lin)
    with pytest.raises(publishing.OwnText):
        publishing.approve(again, lin)


def test_what_somebody_wrote_for_an_earlier_version_does_not_count(guide, mei, lin):
    third = colleague("third", roles.REVIEWING)
    publishing.approve(publishing.submit(written(guide, lin), lin), third)
    guide.refresh_from_db()
    revision = publishing.submit(written(guide, mei, "第三版"), mei)
    assert publishing.approve(revision, lin).number == 3


def test_the_database_itself_refuses_an_approval_of_the_own_text(guide, mei):
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            guide=guide, state="published", number=9, author=mei, reviewer=mei, document="x"
        )


def test_only_who_may_can_submit_approve_return_or_comment(guide, mei, lin):
    reader = make_user("reader")
    with pytest.raises(PermissionDenied):
        publishing.submit(guide, reader)
    revision = publishing.submit(written(guide, mei), mei)
    for act in (
        lambda: publishing.approve(revision, mei),
        lambda: publishing.request_changes(revision, mei, "不行"),
        lambda: publishing.withdraw(revision, reader),
        lambda: publishing.comment(revision, reader, "你好"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert publishing.discussed(guide) == revision
    assert not revision.comments.exists()


def test_a_right_that_was_lost_meanwhile_is_lost(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    lin.groups.clear()
    with pytest.raises(PermissionDenied):
        publishing.approve(revision, User.objects.get(pk=lin.pk))


def test_the_same_text_submitted_twice_is_one_submission(guide, mei):
    written(guide, mei)
    assert publishing.submit(guide, mei) == publishing.submit(guide, mei)
    assert guide.revisions.filter(state="in_review").count() == 1


def test_a_newer_submission_replaces_the_older_one(guide, mei, lin):
    older = publishing.submit(written(guide, mei), mei)
    newer = publishing.submit(written(guide, mei, "更好的写法"), mei)
    assert publishing.discussed(guide) == newer
    with pytest.raises(publishing.NotInReview):
        publishing.approve(older, lin)
    assert publishing.approve(newer, lin).content["title"] == "更好的写法"


def test_what_readers_have_already_needs_no_review(guide, mei):
    with pytest.raises(publishing.NothingToReview):
        publishing.submit(guide, mei)


def test_a_text_with_faults_is_not_submitted(guide, mei):
    publishing.save_draft(edited(guide, body=NO_STEPS), mei)
    with pytest.raises(publishing.PublishError):
        publishing.submit(guide, mei)
    assert publishing.discussed(guide) is None


def test_a_fault_that_appeared_after_submitting_stops_the_approval(guide, mei, lin):
    body = guide.body + "\n见[[other-guide]]。[^own]\n"
    other = make_procedure("other-guide")
    publishing.save_draft(edited(guide, body=body), mei)
    revision = publishing.submit(guide, mei)
    publishing.save_draft(edited(other, slug="renamed-before-it-was-published"), mei)
    Guide.objects.filter(pk=other.pk).update(slug="taken-away")
    other.old_slugs.all().delete()
    with pytest.raises(publishing.PublishError):
        publishing.approve(revision, lin)
    revision.refresh_from_db()
    assert revision.is_in_review


def test_changes_are_requested_with_a_reason_and_the_next_submission_takes_it_along(
    guide, mei, lin
):
    revision = publishing.submit(written(guide, mei), mei)
    publishing.comment(revision, lin, "入口变了", step="k001")
    returned = publishing.request_changes(revision, lin, "第一步要重写")
    assert returned.state == "changes_requested"
    assert [one.text for one in returned.comments.all()] == ["入口变了", "第一步要重写"]
    again = publishing.submit(written(guide, mei, "改好了"), mei)
    assert [(one.step, one.text) for one in again.comments.all()] == [
        ("k001", "入口变了"),
        ("", "第一步要重写"),
    ]
    with pytest.raises(publishing.OpenComments) as refused:
        publishing.approve(again, lin)
    assert refused.value.count == 2
    for one in again.comments.all():
        publishing.resolve(one, mei)
    assert publishing.approve(again, lin).number == 2


def test_a_comment_is_settled_once_and_keeps_who_did_it(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    one = publishing.comment(revision, lin, "这里再说清楚")
    publishing.resolve(one, mei)
    publishing.resolve(one, lin)
    assert ReviewComment.objects.get().resolved_by == mei


def test_a_comment_sent_twice_is_said_once_and_can_be_said_again_later(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    one = publishing.comment(revision, lin, "这里再说清楚")
    assert publishing.comment(revision, lin, "这里再说清楚") == one
    publishing.resolve(one, mei)
    assert publishing.comment(revision, lin, "这里再说清楚") != one


def test_a_withdrawn_text_is_a_draft_again_and_cannot_be_approved(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    publishing.withdraw(revision, mei)
    assert publishing.discussed(guide) is None
    for act in (publishing.approve, publishing.withdraw):
        with pytest.raises(publishing.NotInReview):
            act(revision, lin)
    with pytest.raises(publishing.NotInReview):
        publishing.comment(revision, lin, "太晚了")


def test_approving_twice_is_one_version(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    publishing.approve(revision, lin)
    with pytest.raises(publishing.NotInReview):
        publishing.approve(revision, lin)
    assert guide.revisions.published().count() == 2


def test_an_old_submission_cannot_overtake_a_newer_version(guide, mei, lin):
    revision = publishing.submit(written(guide, mei), mei)
    written(guide, None, "导入的文字")
    publishing.publish(guide, None)
    guide.refresh_from_db()
    assert publishing.discussed(guide) is None
    with pytest.raises(publishing.NotInReview):
        publishing.approve(revision, lin)


def test_nobody_publishes_alone_where_review_is_required(guide, lin):
    written(guide, lin)
    with pytest.raises(publishing.ReviewRequired):
        publishing.publish(guide, lin)


def test_a_team_of_one_publishes_alone_and_the_version_says_so(guide, lin, mei, settings):
    settings.REVIEW_REQUIRED = False
    alone = publishing.publish(written(guide, lin), lin)
    assert (alone.reviewer, alone.alone) == (lin, True)
    by_another = publishing.publish(written(guide, mei, "梅写的"), lin)
    assert (by_another.reviewer, by_another.alone) == (lin, False)


def test_a_retired_guide_comes_back_in_the_version_it_had(guide, lin, mei):
    publishing.retire(guide, lin)
    written(guide, mei, "草稿")
    with pytest.raises(PermissionDenied):
        publishing.reinstate(guide, mei)
    publishing.reinstate(guide, lin)
    guide.refresh_from_db()
    assert not guide.is_retired
    assert guide.live.content["title"] == "关闭借呗"
