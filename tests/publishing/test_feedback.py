"""What readers say is answered once: by a later version, by a reason, or by the next version."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import publishing
from guides.models import Feedback, Guide
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = {"step": "k001", "reason": "renamed", "text": "叫“更多服务”。"}


@pytest.fixture
def guide():
    return make.make_procedure(title="关闭借呗")


@pytest.fixture
def editor():
    return make.make_user("lin", "change_feedback")


def told(guide, **more) -> Feedback:
    return publishing.tell(Guide.objects.get(pk=guide.pk).live, "stuck", **{**WORDS, **more})


def next_version(guide, title: str = "关闭借呗账户"):
    publishing.save_draft(make.edited(guide, title=title), None)
    return publishing.publish(guide, None)


def again(feedback: Feedback) -> Feedback:
    return Feedback.objects.get(pk=feedback.pk)


def states(feedback: Feedback) -> set[str]:
    rows = Feedback.objects.filter(pk=feedback.pk)
    return {
        name for name in ("open", "waiting", "answered", "moot") if getattr(rows, name)().exists()
    }


def test_what_was_said_belongs_to_the_version_that_was_read(guide):
    first = told(guide)
    next_version(guide)
    assert (first.revision.number, first.revision.guide_id) == (1, guide.pk)
    assert first.day == timezone.localdate()
    assert states(first) == {"open"}


def test_a_later_version_is_the_answer(guide, editor):
    feedback, second = told(guide), next_version(guide)
    publishing.answer_with_change(feedback, editor, second)
    assert states(feedback) == {"answered"}
    assert (again(feedback).fixed_in, again(feedback).answered_by) == (second, editor)


def test_only_a_later_version_of_the_same_guide_can_be_the_answer(guide, editor):
    feedback, other = told(guide), make.make_procedure()
    draft = publishing.save_draft(make.edited(guide, title="还没发布的"), None)
    next_version(other)
    for revision in (guide.live, Guide.objects.get(pk=other.pk).live, draft):
        with pytest.raises(publishing.NoLaterVersion):
            publishing.answer_with_change(feedback, editor, revision)
    assert states(feedback) == {"open"}


def test_a_reason_is_the_answer(guide, editor):
    feedback = told(guide)
    publishing.answer_with_reason(feedback, editor, "来源就是这样写的。")
    assert states(feedback) == {"answered"}
    assert again(feedback).answer == "来源就是这样写的。"


def test_a_promise_is_kept_by_the_next_version(guide, editor):
    feedback, other = told(guide), told(guide, step="k002")
    elsewhere = told(make.make_procedure())
    for promised in (feedback, elsewhere):
        publishing.promise(promised, editor)
    assert states(feedback) == {"waiting"}
    second = next_version(guide)
    assert states(feedback) == {"answered"}
    assert (again(feedback).fixed_in, again(feedback).answered_by) == (second, editor)
    assert states(other) == {"open"}
    assert states(elsewhere) == {"waiting"}


def test_approving_keeps_promises_too(guide, editor):
    writer = make.make_user("writer", "change_procedure")
    reviewer = make.make_user("reviewer", "publish_guide")
    feedback = told(guide)
    publishing.promise(feedback, editor)
    publishing.save_draft(make.edited(guide, title="改好了"), writer)
    revision = publishing.submit(guide, writer)
    assert states(feedback) == {"waiting"}
    publishing.approve(revision, reviewer)
    assert again(feedback).fixed_in == revision


def test_publishing_again_what_is_live_keeps_no_promise(guide, editor):
    feedback = told(guide)
    publishing.promise(feedback, editor)
    publishing.publish(guide, None)
    publishing.retire(guide, None)
    publishing.reinstate(guide, None)
    assert states(feedback) == {"waiting"}


def test_the_second_of_two_answers_is_refused(guide, editor):
    feedback, second = told(guide), next_version(guide)
    publishing.answer_with_reason(feedback, editor, "先不改。")
    for act in (
        lambda: publishing.answer_with_reason(feedback, editor, "再说。"),
        lambda: publishing.answer_with_change(feedback, editor, second),
        lambda: publishing.promise(feedback, editor),
    ):
        with pytest.raises(publishing.AnsweredAlready) as refusal:
            act()
        assert refusal.value.feedback.answer == "先不改。"
    assert again(feedback).answer == "先不改。"


def test_an_answer_can_be_taken_back(guide, editor):
    feedback = told(guide)
    publishing.answer_with_reason(feedback, editor, "先不改。")
    publishing.reopen(feedback, editor)
    publishing.reopen(feedback, editor)
    assert states(feedback) == {"open"}
    assert (again(feedback).answer, again(feedback).answered_by) == ("", None)


def test_nobody_answers_without_the_right(guide):
    feedback, second = told(guide), next_version(guide)
    stranger = make.make_user("stranger", "view_feedback", "publish_guide")
    for act in (
        lambda: publishing.answer_with_reason(feedback, stranger, "不。"),
        lambda: publishing.answer_with_change(feedback, stranger, second),
        lambda: publishing.promise(feedback, stranger),
        lambda: publishing.reopen(feedback, stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert states(feedback) == {"open"}


def test_of_a_draft_nothing_can_be_said():
    guide = make.make_procedure(live=False)
    with pytest.raises(publishing.NotPublished):
        publishing.tell(guide.revisions.get(), "done")


def test_a_personal_number_is_refused_before_it_is_stored(guide):
    with pytest.raises(publishing.PersonalData) as refusal:
        told(guide, text="我的号码是１３８-0013-8000")
    assert refusal.value.kinds == ["〔手机号〕"]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "done", "step": "k001"},
        {"outcome": "done", "text": "话"},
        {"outcome": "stuck", "answer": "没有日期的理由"},
        {"outcome": "stuck", "answered_on": dt.date(2026, 11, 22)},
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(guide, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(revision=guide.live, **fields)


def test_a_retired_guide_has_nothing_open(guide, editor):
    feedback, promised, answered = told(guide), told(guide), told(guide)
    publishing.promise(promised, editor)
    publishing.answer_with_reason(answered, editor, "不。")
    publishing.retire(guide, None)
    assert [states(each) for each in (feedback, promised, answered)] == [
        {"moot"},
        {"moot"},
        {"answered"},
    ]
    publishing.reinstate(guide, None)
    assert states(feedback) == {"open"}


def test_what_is_old_is_forgotten_on_the_way(guide, settings):
    settings.FEEDBACK_DAYS = 30
    young, old = told(guide), told(guide)
    today = timezone.localdate()
    Feedback.objects.filter(pk=young.pk).update(day=today - dt.timedelta(days=30))
    Feedback.objects.filter(pk=old.pk).update(day=today - dt.timedelta(days=31))
    new = told(guide)
    assert set(Feedback.objects.all()) == {young, new}


ACTS = ("tell", "done", "promise", "reason", "change", "reopen", "publish", "retire", "reinstate")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), max_size=14))
def test_whatever_happens_each_is_in_one_state_and_done_in_none(acts):
    with transaction.atomic():
        guide, editor = make.make_procedure(), make.make_user("", "change_feedback")
        for number, (act, which) in enumerate(acts):
            _perform(act, which, guide, editor, f"第{number}次改")
        for each in Feedback.objects.filter(revision__guide=guide):
            assert len(states(each)) == (each.outcome == "stuck")
            assert bool(each.answered_on) == bool(each.fixed_in or each.answer)
            if each.fixed_in:
                assert (each.fixed_in.number or 0) > (each.revision.number or 0)
        transaction.set_rollback(True)


def _perform(act: str, which: int, guide, editor, title: str) -> None:
    rows = list(Feedback.objects.filter(revision__guide=guide).stuck().order_by("pk"))
    one = rows[which % len(rows)] if rows else told(guide)
    live = Guide.objects.get(pk=guide.pk).live
    verbs = {
        "tell": lambda: told(guide),
        "done": lambda: publishing.tell(live, "done"),
        "promise": lambda: publishing.promise(one, editor),
        "reason": lambda: publishing.answer_with_reason(one, editor, "不。"),
        "change": lambda: publishing.answer_with_change(one, editor, live),
        "reopen": lambda: publishing.reopen(one, editor),
        "publish": lambda: next_version(guide, title),
        "retire": lambda: publishing.retire(guide, None),
        "reinstate": lambda: publishing.reinstate(guide, None),
    }
    with suppress(publishing.AnsweredAlready, publishing.NoLaterVersion):
        verbs[act]()
