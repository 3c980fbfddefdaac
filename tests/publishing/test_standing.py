"""The state readers see follows from the records, the text and the day, and from nothing else."""

import datetime as dt
import itertools

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import publishing
from guides.models import Guide, Revision, VerificationState
from guides.standing import Check, Record, parts_of, records_of, standing
from tests.factories import edited, make_procedure, make_user

STEPS = ("k001", "k002", "k003")
TEXTS = ("旧", "新")
INTERVAL = 30


def content(texts):
    """A finished text of three steps, as far as verification reads it."""
    steps = [
        {"key": key, "number": number, "title": key, "marks": [], "html": text}
        for number, (key, text) in enumerate(zip(STEPS, texts, strict=True), 1)
    ]
    return {"title": "关闭", "sections": [{"title": "操作步骤", "html": "", "steps": steps}]}


PRINTS = {
    (part.key, text): part.fingerprint for text in TEXTS for part in parts_of(content([text] * 3))
}
checks = st.tuples(
    st.sampled_from(STEPS),
    st.sampled_from(TEXTS),
    st.sampled_from(["matches", "matches", "differs", "skipped"]),
)
walks = st.tuples(
    st.sampled_from(["device", "sources"]),
    st.integers(0, 40),
    st.lists(checks, max_size=3, unique_by=lambda check: check[0]),
)


def record(key, walk) -> Record:
    kind, days, said = walk
    made = Record(
        key=key, version=1, on=timezone.localdate() - dt.timedelta(days=days), kind=kind,
        app="", note="", alone=False, verifier=User(),
    )  # fmt: skip
    made.checks = [
        Check(
            record=made, step=step, number=1, fingerprint=PRINTS[step, text], result=result,
            difference="?" if result == "differs" else "",
        )
        for step, text, result in said
    ]  # fmt: skip
    return made


def heard(records, step, text):
    """What was said of a step with this text, oldest first: the kind, the day, the result."""
    return [
        (one.kind, one.on, check.result)
        for one in sorted(records, key=lambda each: (each.on, each.key))
        for check in one.checks
        if (check.step, check.fingerprint) == (step, PRINTS[step, text])
        and check.result != "skipped"
    ]


def is_open(said, at):
    """Whether the difference at this place of the story was never settled."""
    kind = said[at][0]
    later = said[at + 1 :]
    return not any(result == "matches" and how in ("device", kind) for how, _on, result in later)


def expected(records, texts):
    """The rule of docs/decisions/0009, said once more and in another way."""
    days, on_device, wrong = [], [], 0  # a step never seen on a device has an early day
    for step, text in zip(STEPS, texts, strict=True):
        said = heard(records, step, text)
        differing = [at for at, (_kind, _on, result) in enumerate(said) if result == "differs"]
        if any(is_open(said, at) for at in differing):
            wrong += 1
            continue
        since = said[differing[-1] + 1 :] if differing else said
        if since:
            seen = [on for kind, on, _result in since if kind == "device"]
            days.append(max(on for _kind, on, _result in since))
            on_device.append(max(seen, default=dt.date.min))
    if len(days) < len(STEPS):
        known = len(days) + wrong
        return VerificationState("unverified", None, 3 if known else 0, len(days), wrong)
    fresh = timezone.localdate() - dt.timedelta(days=INTERVAL)
    if min(on_device) >= fresh:
        return VerificationState("device", min(on_device), 3, 3, 0)
    return VerificationState("sources" if min(days) >= fresh else "due", min(days), 3, 3, 0)


@given(
    st.lists(walks, max_size=6),
    st.tuples(*[st.sampled_from(TEXTS)] * 3),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=400)
def test_the_state_is_the_rule_applied_to_the_records_in_whatever_order_they_come(
    drawn, texts, random
):
    records = [record(key, walk) for key, walk in enumerate(drawn)]
    random.shuffle(records)
    assert standing(content(texts), records).state(INTERVAL) == expected(records, texts)


@given(st.lists(walks, max_size=4), walks)
@settings(deadline=None)
def test_one_more_step_that_is_as_described_never_makes_a_guide_less_verified(drawn, last):
    kind, _days, _said = last
    records = [record(key, walk) for key, walk in enumerate(drawn)]
    before = standing(content(["旧"] * 3), records)
    more = record(99, (kind, 0, [("k001", "旧", "matches")]))
    after = standing(content(["旧"] * 3), [*records, more])
    assert len(after.verified) >= len(before.verified)
    assert len(after.differing) <= len(before.differing)


@given(st.lists(walks, max_size=4), st.tuples(*[st.sampled_from(TEXTS)] * 3))
@settings(deadline=None)
def test_a_step_with_another_text_or_none_has_nothing_from_the_old_one(drawn, texts):
    records = [record(key, walk) for key, walk in enumerate(drawn)]
    other = content([f"{text}改" for text in texts])
    assert not standing(other, records).verified
    assert not standing(other, records).differing


acts = st.one_of(
    st.tuples(st.just("walk"), st.sampled_from(["device", "sources"]), st.integers(0, 40),
              st.tuples(*[st.sampled_from(["matches", "differs", "skipped"])] * 2)),
    st.tuples(st.just("publish"), st.integers(0, 3)),
    st.tuples(st.just("draft"), st.integers(0, 3)),
    st.tuples(st.just("retire")),
    st.tuples(st.just("reinstate")),
    st.tuples(st.just("stale save")),
)  # fmt: skip
_names = itertools.count(1)


def perform(guide: Guide, zhou, act) -> None:
    verb, *how = act
    row = Guide.objects.get(pk=guide.pk)
    if verb == "walk":
        kind, days, results = how
        on = timezone.localdate() - dt.timedelta(days=days)
        said = zip(("k001", "k002"), results, strict=True)
        marks = {
            key: publishing.Mark(result, "不同" if result == "differs" else "")
            for key, result in said
        }
        walk = publishing.Walk(kind=kind, checked_on=on, app="支付宝", app_version="1", marks=marks)
        try:
            publishing.verify(row.live, zhou, walk)
        except (publishing.NotLive, publishing.UnfitWalk):
            return
    elif verb in ("publish", "draft"):
        body = guide.body.replace("再点", "再点。" * how[0])
        publishing.save_draft(edited(guide, body=body), None)
        if verb == "publish":
            publishing.publish(Guide.objects.get(pk=guide.pk), None)
    elif verb == "stale save":
        guide.refresh_from_db()
        publishing.save_draft(guide, None)
    else:
        getattr(publishing, verb)(row, None)


@pytest.mark.django_db
@given(st.lists(acts, max_size=8))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_people_do_lists_show_what_the_records_say(drawn):
    guide, zhou = make_procedure(), make_user(f"zhou{next(_names)}", "add_verification")
    opened = edited(guide)
    for act in drawn:
        perform(opened if act[0] == "stale save" else guide, zhou, act)
        row = Guide.objects.select_related("live").get(pk=guide.pk)
        from_records = standing(row.live.content, records_of(row)).state(row.review_interval_days)
        assert row.verification == from_records
    assert publishing.underived() == []


@pytest.mark.django_db
def test_a_state_somebody_wrote_into_the_database_is_found_and_put_right():
    guide = make_procedure()
    Guide.objects.filter(pk=guide.pk).update(verified_on=timezone.localdate(), steps_total=2)
    assert publishing.underived() == [Guide.objects.get(pk=guide.pk)]
    assert publishing.rederive() == 1
    assert Guide.objects.get(pk=guide.pk).verification == VerificationState("unverified")
    assert publishing.rederive() == 0


@pytest.mark.django_db
def test_a_published_text_always_has_parts_to_verify():
    make_procedure()
    for revision in Revision.objects.published():
        assert [part.key for part in parts_of(revision.content)] == ["k001", "k002"]
