"""Verifying: who may, what a walk must say, and what follows for the state readers see."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides import publishing
from guides.models import Guide, RecordStands, StepCheck, Verification
from guides.publishing import Mark, Walk
from tests.factories import (
    STEPS,
    edited,
    make_case,
    make_procedure,
    make_risk,
    make_user,
    walked,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", review_interval_days=90)


@pytest.fixture
def zhou():
    return make_user("zhou", "add_verification")


def walk(**more) -> Walk:
    facts = {
        "kind": "device",
        "checked_on": TODAY(),
        "app": "支付宝",
        "app_version": "10.6",
        "marks": {"k001": Mark("matches"), "k002": Mark("matches")},
    }
    return Walk(**(facts | more))


def ago(days: int) -> dt.date:
    return TODAY() - dt.timedelta(days=days)


def state(guide: Guide):
    return Guide.objects.get(pk=guide.pk).verification


def next_version(guide: Guide, by=None, **fields):
    publishing.save_draft(edited(guide, **fields), by)
    return publishing.publish(Guide.objects.get(pk=guide.pk), None)


def body(guide: Guide, old: str, new: str) -> str:
    assert old in guide.body
    return guide.body.replace(old, new)


# Who and what


def test_only_what_was_published_can_be_verified(zhou):
    draft = make_procedure(live=False).revisions.get()
    with pytest.raises(publishing.NotPublished):
        publishing.verify(draft, zhou, walk())


def test_verifying_needs_its_own_permission(guide):
    with pytest.raises(PermissionDenied):
        publishing.verify(guide.live, make_user("lin", "publish_guide"), walk())


def test_a_verifier_who_lost_the_right_meanwhile_records_nothing(guide, zhou):
    zhou.user_permissions.clear()
    with pytest.raises(PermissionDenied):
        publishing.verify(guide.live, type(zhou).objects.get(pk=zhou.pk), walk())
    assert not Verification.objects.exists()


def test_a_version_that_readers_have_no_longer_is_not_verified(guide, zhou):
    old = guide.live
    next_version(guide, title="新写法")
    with pytest.raises(publishing.NotLive) as refused:
        publishing.verify(old, zhou, walk())
    assert refused.value.guide.live.number == 2
    assert not Verification.objects.exists()


def test_a_retired_guide_is_not_verified(guide, zhou):
    publishing.retire(guide, None)
    with pytest.raises(publishing.NotLive):
        publishing.verify(guide.live, zhou, walk())


@pytest.mark.parametrize(
    ("more", "field", "step"),
    [
        ({"kind": "hearsay"}, "kind", ""),
        ({"app": " "}, "app", ""),
        ({"app_version": ""}, "app_version", ""),
        ({"app": "支付宝 13812345678"}, "app", ""),
        ({"note": "问了13812345678"}, "note", ""),
        ({"marks": {}}, "marks", ""),
        ({"marks": {"k001": Mark(), "k002": Mark("skipped")}}, "marks", ""),
        ({"marks": {"k001": Mark("differs")}}, "marks", "k001"),
        ({"marks": {"k001": Mark("differs", "  ")}}, "marks", "k001"),
        ({"marks": {"k001": Mark("differs", "字" * 1001)}}, "marks", "k001"),
        ({"marks": {"k001": Mark("differs", "卡号6222021234567890128")}}, "marks", "k001"),
        ({"marks": {"k001": Mark("matches"), "k009": Mark("matches")}}, "marks", "k009"),
        ({"marks": {"k001": Mark("perhaps")}}, "marks", "k001"),
    ],
)
def test_a_walk_that_says_too_little_or_too_much_is_refused_with_its_place(
    guide, zhou, more, field, step
):
    with pytest.raises(publishing.UnfitWalk) as refused:
        publishing.verify(guide.live, zhou, walk(**more))
    assert [(where, key) for where, key, _why in refused.value.faults] == [(field, step)]
    assert not Verification.objects.exists()


def test_a_date_in_the_future_is_refused(guide, zhou):
    with pytest.raises(publishing.UnfitWalk) as refused:
        publishing.verify(guide.live, zhou, walk(checked_on=ago(-1)))
    assert refused.value.faults[0][0] == "checked_on"


def test_the_sources_can_be_checked_without_an_app(guide, zhou):
    publishing.verify(guide.live, zhou, walk(kind="sources", app="", app_version=""))
    assert state(guide).state == "sources"


def test_sent_twice_it_is_recorded_once(guide, zhou):
    once = walk(token=uuid.uuid4())
    first = publishing.verify(guide.live, zhou, once)
    assert publishing.verify(guide.live, zhou, once) == first
    assert Verification.objects.count() == 1
    assert StepCheck.objects.count() == 2


def test_sent_twice_it_is_the_same_record_even_after_a_new_version(guide, zhou):
    once, old = walk(token=uuid.uuid4()), guide.live
    first = publishing.verify(old, zhou, once)
    next_version(guide, title="新写法")
    assert publishing.verify(old, zhou, once) == first


# Four eyes


@pytest.fixture
def second(guide):
    """Lin wrote the second step anew; the first is as it was."""
    lin = make_user("lin", "change_procedure", "add_verification")
    text = body(guide, "读完弹窗再点。", "读完弹窗，点「确认」。")
    return next_version(guide, lin, body=text), lin


def test_nobody_confirms_a_step_they_wrote(second):
    live, lin = second
    with pytest.raises(publishing.OwnSteps) as refused:
        publishing.verify(live, lin, walk())
    assert refused.value.steps == {"k002"}
    assert not Verification.objects.exists()


def test_what_somebody_else_wrote_in_the_same_version_they_may_confirm(guide, second):
    live, lin = second
    publishing.verify(live, lin, walk(marks={"k001": Mark("matches")}))
    assert (state(guide).verified, state(guide).total) == (1, 2)


def test_a_writer_may_well_say_that_the_own_step_is_wrong(guide, second):
    live, lin = second
    publishing.verify(live, lin, walk(marks={"k002": Mark("differs", "按钮叫「同意」。")}))
    assert state(guide).differing == 1


def test_bringing_back_a_text_does_not_make_it_ones_own(guide, second):
    _live, lin = second
    zhou = make_user("zhou", "change_procedure", "add_verification")
    publishing.restore(guide.revisions.get(number=1), zhou)
    publishing.publish(Guide.objects.get(pk=guide.pk), None)
    publishing.restore(guide.revisions.get(number=2), zhou)
    live = publishing.publish(Guide.objects.get(pk=guide.pk), None)
    assert publishing.own_steps(live, zhou) == set()
    assert publishing.own_steps(live, lin) == {"k002"}


def test_whoever_wrote_any_of_a_text_without_steps_does_not_confirm_it():
    lin = make_user("lin", "change_risknote", "add_verification")
    risk = make_risk()
    live = next_version(risk, lin, summary="改过的摘要。")
    with pytest.raises(publishing.OwnSteps):
        publishing.verify(live, lin, walk(marks={"": Mark("matches")}))


def test_a_team_of_one_confirms_its_own_text_and_the_record_says_so(guide, second, settings):
    settings.REVIEW_REQUIRED = False
    live, lin = second
    assert publishing.verify(live, lin, walk()).alone
    zhou = make_user("zhou", "add_verification")
    assert not publishing.verify(live, zhou, walk()).alone


# Records stand


def test_records_are_never_changed_and_never_deleted(guide, zhou):
    record = walked(guide, zhou)
    for row in (record, record.checks.first()):
        with pytest.raises(RecordStands):
            row.save()
        with pytest.raises(RecordStands):
            row.delete()
    for rows in (Verification.objects.all(), StepCheck.objects.all()):
        with pytest.raises(RecordStands):
            rows.delete()
        with pytest.raises(RecordStands):
            rows.update(pk=9)


def test_the_database_too_wants_a_difference_to_say_what_is_different(guide, zhou):
    record = walked(guide, zhou)
    check = {"verification": record, "number": 3, "fingerprint": "x"}
    for wrong in ({"result": "differs"}, {"result": "matches", "difference": "?"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StepCheck.objects.create(**check, step="k003", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepCheck.objects.create(**check, step="k001", result="matches")


def test_a_record_holds_every_step_also_those_nobody_walked(guide, zhou):
    record = walked(guide, zhou, skipped=["k002"])
    known = list(record.checks.values_list("step", "number", "result"))
    assert known == [("k001", 1, "matches"), ("k002", 2, "skipped")]


# What readers see


@pytest.mark.parametrize(
    ("kind", "days_ago", "expected"),
    [("device", 0, "device"), ("sources", 90, "sources"), ("device", 90, "device"),
     ("device", 91, "due"), ("sources", 91, "due")],
)  # fmt: skip
def test_a_walk_through_every_step_gives_the_state(guide, zhou, kind, days_ago, expected):
    walked(guide, zhou, kind=kind, checked_on=ago(days_ago))
    assert (state(guide).state, state(guide).on) == (expected, ago(days_ago))


def test_a_part_of_the_steps_is_not_the_guide(guide, zhou):
    walked(guide, zhou, skipped=["k002"])
    known = state(guide)
    assert (known.state, known.on, known.verified, known.total) == ("unverified", None, 1, 2)


def test_two_walks_through_a_part_each_are_one_and_the_older_date_counts(guide, zhou):
    walked(guide, zhou, skipped=["k002"], checked_on=ago(3))
    walked(guide, make_user("qi", "add_verification"), skipped=["k001"])
    assert (state(guide).state, state(guide).on) == ("device", ago(3))


def test_one_step_checked_against_the_sources_only_makes_it_so_for_the_whole(guide, zhou):
    walked(guide, zhou, skipped=["k002"], checked_on=ago(3))
    walked(guide, zhou, skipped=["k001"], kind="sources")
    assert (state(guide).state, state(guide).on) == ("sources", ago(3))


def test_checking_the_sources_again_takes_nothing_from_a_walk_on_a_device(guide, zhou):
    walked(guide, zhou, checked_on=ago(5))
    walked(guide, zhou, kind="sources")
    assert (state(guide).state, state(guide).on) == ("device", ago(5))


def test_when_the_walk_on_a_device_is_overdue_the_sources_still_count(guide, zhou):
    walked(guide, zhou, checked_on=ago(100))
    walked(guide, zhou, kind="sources", checked_on=ago(2))
    assert (state(guide).state, state(guide).on) == ("sources", ago(2))


def test_a_difference_ends_the_verification_at_once(guide, zhou):
    walked(guide, zhou, checked_on=ago(1))
    walked(guide, zhou, differing={"k002": "没有这个按钮"}, skipped=["k001"])
    known = state(guide)
    assert (known.state, known.verified, known.differing) == ("unverified", 1, 1)


def test_what_was_seen_on_a_device_is_settled_on_a_device_only(guide, zhou):
    walked(guide, zhou, differing={"k002": "没有这个按钮"}, checked_on=ago(3))
    walked(guide, zhou, kind="sources", checked_on=ago(2))
    assert state(guide).differing == 1
    walked(guide, zhou, checked_on=ago(1))
    assert (state(guide).differing, state(guide).state) == (0, "device")


def test_what_the_sources_say_otherwise_is_settled_by_either(guide, zhou):
    for kind in ("sources", "device"):
        walked(guide, zhou, kind="sources", differing={"k002": "来源写的是三天"})
        assert state(guide).differing == 1
        walked(guide, zhou, kind=kind)
        assert state(guide).differing == 0


def test_it_is_the_day_of_the_walk_that_counts_not_that_of_writing_it_down(guide, zhou):
    walked(guide, zhou, checked_on=ago(1))
    walked(guide, zhou, differing={"k002": "那时还没有"}, checked_on=ago(9))
    assert (state(guide).state, state(guide).differing) == ("device", 0)


# New versions


def test_steps_that_did_not_change_keep_their_verification(guide, zhou):
    walked(guide, zhou)
    next_version(guide, summary="只改了摘要。")
    assert state(guide).state == "device"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("读完弹窗再点。", "读完弹窗，再点。"),
        ("### 确认关闭 {#k002}", "### 点确认 {#k002}"),
        ("### 确认关闭 {#k002}", "### 确认关闭 {#k002 .waiting}"),
        ("### 确认关闭 {#k002}", "### 确认关闭 {#k222}"),
        ("再点。[^own]", "再点。[^S1]"),
    ],
)
def test_a_step_of_which_anything_changed_is_not_verified(guide, zhou, old, new):
    walked(guide, zhou)
    next_version(guide, body=body(guide, old, new))
    assert (state(guide).state, state(guide).verified) == ("unverified", 1)


def test_a_new_step_is_not_verified_and_a_moved_one_is(guide, zhou):
    walked(guide, zhou)
    new = "### 先截图 {#k003}\n\n截一张。[^own]\n\n### 打开管理页 {#k001}"
    next_version(guide, body=body(guide, "### 打开管理页 {#k001}", new))
    assert (state(guide).verified, state(guide).total) == (2, 3)


def test_a_difference_goes_on_until_the_text_is_changed(guide, zhou):
    walked(guide, zhou, differing={"k002": "没有这个按钮"})
    next_version(guide, summary="只改了摘要。")
    assert state(guide).differing == 1
    next_version(edited(guide), body=body(guide, "读完弹窗再点。", "弹窗没有了。"))
    assert (state(guide).differing, state(guide).verified) == (0, 1)


def test_a_text_that_comes_back_brings_its_verification_along(guide, zhou):
    walked(guide, zhou)
    next_version(guide, body=STEPS.format(lead="先结清。[^S1]").replace("再点", "点"))
    assert state(guide).verified == 1
    next_version(edited(guide), body=guide.body)
    assert state(guide).state == "device"


def test_taking_down_and_reinstating_changes_nothing(guide, zhou):
    walked(guide, zhou)
    publishing.retire(guide, None)
    publishing.reinstate(guide, None)
    assert state(guide).state == "device"


def test_an_edit_begun_before_the_walk_does_not_wipe_it_out(guide, zhou):
    opened = edited(guide, summary="改了摘要。")
    walked(guide, zhou)
    publishing.save_draft(opened, None)
    assert state(guide).state == "device"
    assert Guide.objects.get(pk=guide.pk).summary == "改了摘要。"


@pytest.mark.parametrize("make", [make_risk, make_case])
def test_a_text_without_steps_is_verified_as_a_whole(zhou, make):
    text = make()
    record = walked(text, zhou, kind="sources")
    assert list(record.checks.values_list("step", "number")) == [("", 0)]
    assert state(text).state == "sources"
    next_version(text, summary="改了一个字。")
    assert state(text).state == "unverified"


def test_a_record_of_old_that_names_no_steps_counts_for_nothing(guide, zhou):
    Verification.objects.create(
        revision=guide.live, verifier=zhou, checked_on=TODAY(), kind="device"
    )
    publishing.derive(Guide.objects.get(pk=guide.pk))
    assert state(guide).state == "unverified"
    assert publishing.underived() == []
