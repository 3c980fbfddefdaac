"""Two people at the same moment, in real transactions of their own: one consistent outcome."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from guides import publishing, roles
from guides.models import Guide, Procedure, Verification
from guides.publishing import Mark, Walk
from tests.factories import edited, make_procedure, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def colleague(name: str, *names_of_roles: str):
    user = make_user(name)
    groups = roles.ensure_groups()
    user.groups.set(groups[role] for role in names_of_roles)
    return user


def both(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own; what it returned, or what it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return act()
        except Exception as raised:  # noqa: BLE001
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", title="关闭借呗")


@pytest.fixture
def mei():
    return colleague("mei", roles.EDITING)


def submitted(guide: Guide, by, title: str = "新的写法"):
    publishing.save_draft(edited(guide, title=title), by)
    return publishing.submit(guide, by)


def refused(outcomes: list[Any], how: type[Exception]) -> int:
    unexpected = [
        each for each in outcomes if isinstance(each, Exception) and not isinstance(each, how)
    ]
    assert not unexpected
    return sum(isinstance(each, how) for each in outcomes)


def test_two_reviewers_approve_and_one_version_comes_of_it(guide, mei):
    revision = submitted(guide, mei)
    lin, qi = colleague("lin", roles.REVIEWING), colleague("qi", roles.REVIEWING)
    outcomes = both(
        lambda: publishing.approve(revision, lin), lambda: publishing.approve(revision, qi)
    )
    assert refused(outcomes, publishing.NotInReview) == 1
    assert sorted(guide.revisions.published().values_list("number", flat=True)) == [1, 2]


def test_one_approves_while_another_returns_it(guide, mei):
    revision = submitted(guide, mei)
    lin, qi = colleague("lin", roles.REVIEWING), colleague("qi", roles.REVIEWING)
    outcomes = both(
        lambda: publishing.approve(revision, lin),
        lambda: publishing.request_changes(revision, qi, "再改"),
    )
    assert refused(outcomes, publishing.NotInReview) == 1
    revision.refresh_from_db()
    guide.refresh_from_db()
    assert (guide.live_id == revision.pk) == (revision.state == "published")
    assert revision.comments.exists() == (revision.state == "changes_requested")


def test_a_new_submission_and_an_approval_of_the_old_one(guide, mei):
    revision, lin = submitted(guide, mei), colleague("lin", roles.REVIEWING)
    publishing.save_draft(edited(guide, title="更新的写法"), mei)
    row = Procedure.objects.get(pk=guide.pk)
    outcomes = both(lambda: publishing.submit(row, mei), lambda: publishing.approve(revision, lin))
    refused(outcomes, publishing.NotInReview)
    guide.refresh_from_db()
    assert guide.live.content["title"] in ("关闭借呗", "新的写法")
    assert publishing.discussed(guide).document.count("更新的写法") == 1


def test_two_people_save_and_the_later_one_is_told(guide, mei):
    lin = colleague("lin", roles.EDITING)
    first, second = edited(guide, title="梅写的"), edited(guide, title="林写的")
    outcomes = both(
        lambda: publishing.save_draft(first, mei, edition=guide.edition),
        lambda: publishing.save_draft(second, lin, edition=guide.edition),
    )
    assert refused(outcomes, publishing.StaleEdit) == 1
    guide.refresh_from_db()
    assert guide.title in ("梅写的", "林写的")


def test_two_submissions_of_the_same_text_are_one(guide, mei):
    publishing.save_draft(edited(guide, title="新的写法"), mei)
    rows = [Procedure.objects.get(pk=guide.pk) for _each in range(2)]
    outcomes = both(*(lambda row=row: publishing.submit(row, mei) for row in rows))
    assert refused(outcomes, publishing.NotInReview) == 0
    assert guide.revisions.filter(state="in_review").count() == 1


def test_two_editors_answer_a_reader_and_one_answer_stands(guide, mei):
    feedback = publishing.tell(guide.live, "stuck", step="k001", reason="renamed")
    lin = colleague("lin", roles.EDITING)
    outcomes = both(
        lambda: publishing.answer_with_reason(feedback, mei, "梅的理由"),
        lambda: publishing.answer_with_reason(feedback, lin, "林的理由"),
    )
    assert refused(outcomes, publishing.AnsweredAlready) == 1
    feedback.refresh_from_db()
    by_mei = feedback.answered_by == mei
    assert feedback.answer == ("梅的理由" if by_mei else "林的理由")


def test_a_promise_and_the_version_it_waits_for(guide, mei):
    feedback = publishing.tell(guide.live, "stuck", step="k001", reason="renamed")
    revision, lin = submitted(guide, mei), colleague("lin", roles.REVIEWING)
    outcomes = both(
        lambda: publishing.promise(feedback, mei), lambda: publishing.approve(revision, lin)
    )
    assert refused(outcomes, publishing.AnsweredAlready) == 0
    feedback.refresh_from_db()
    assert feedback.promised
    # It came in time for this version, or waits for the next one.
    assert feedback.fixed_in in (revision, None)
    assert bool(feedback.answered_on) == bool(feedback.fixed_in)


def walk(**marks: str) -> Walk:
    said = {key: Mark(result, "不同" * (result == "differs")) for key, result in marks.items()}
    return Walk(
        kind="device",
        checked_on=timezone.localdate(),
        app="支付宝",
        app_version="10.6",
        marks=said,
        token=uuid.uuid4(),
    )


def test_a_walk_sent_twice_at_once_is_one_record(guide):
    qi, sent = colleague("qi", roles.REVIEWING), walk(k001="matches", k002="matches")
    outcomes = both(*(lambda: publishing.verify(guide.live, qi, sent) for _each in range(2)))
    assert refused(outcomes, publishing.NotLive) == 0
    assert outcomes[0] == outcomes[1] == Verification.objects.get()
    assert publishing.underived() == []


def test_two_verifiers_walk_through_a_part_each_and_both_count(guide):
    qi, lin = colleague("qi", roles.REVIEWING), colleague("lin", roles.REVIEWING)
    outcomes = both(
        lambda: publishing.verify(guide.live, qi, walk(k001="matches")),
        lambda: publishing.verify(guide.live, lin, walk(k002="matches")),
    )
    assert refused(outcomes, publishing.NotLive) == 0
    assert Guide.objects.get(pk=guide.pk).verification.state == "device"


def test_one_finds_it_as_described_while_another_finds_a_difference(guide):
    qi, lin = colleague("qi", roles.REVIEWING), colleague("lin", roles.REVIEWING)
    outcomes = both(
        lambda: publishing.verify(guide.live, qi, walk(k001="matches", k002="matches")),
        lambda: publishing.verify(guide.live, lin, walk(k002="differs")),
    )
    assert refused(outcomes, publishing.NotLive) == 0
    known = Guide.objects.get(pk=guide.pk).verification
    assert (known.state == "device") == (known.differing == 0)
    assert publishing.underived() == []


def test_a_new_version_and_a_walk_through_the_old_one(guide, mei):
    """The walk is either of the old version, and counts for what did not change, or refused."""
    revision = submitted(guide, mei)
    lin, qi = colleague("lin", roles.REVIEWING), colleague("qi", roles.REVIEWING)
    old = guide.live
    outcomes = both(
        lambda: publishing.approve(revision, lin),
        lambda: publishing.verify(old, qi, walk(k001="matches", k002="matches")),
    )
    late = refused(outcomes, publishing.NotLive)
    row = Guide.objects.get(pk=guide.pk)
    assert row.live_id == revision.pk
    assert row.verification.state == ("unverified" if late else "device")
    assert publishing.underived() == []


def test_a_draft_saved_while_somebody_verifies_wipes_nothing_out(guide, mei):
    qi, row = colleague("qi", roles.REVIEWING), edited(guide, title="新的写法")
    outcomes = both(
        lambda: publishing.save_draft(row, mei),
        lambda: publishing.verify(guide.live, qi, walk(k001="matches", k002="matches")),
    )
    assert refused(outcomes, publishing.NotLive) == 0
    assert Guide.objects.get(pk=guide.pk).verification.state == "device"
