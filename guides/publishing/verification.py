"""Verifying: a walk through the version that readers have, step by step, recorded once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides import personal_numbers
from guides.markdown import from_document, step_texts
from guides.models import Guide, Revision, StepCheck, Verification
from guides.publishing.refusals import NotLive, NotPublished, OwnSteps, UnfitWalk
from guides.publishing.rows import locked, require
from guides.standing import Part, Standing, parts_of, records_of, standing

MATCHES, DIFFERS = StepCheck.Result.MATCHES, StepCheck.Result.DIFFERS
SKIPPED = StepCheck.Result.SKIPPED
LETTERS = 1000  # of what is different at one step, and of the note
PERSONAL = _("这里有手机号、卡号、身份证号或账号，不能记下。请改成“***”再保存。")
Fault = tuple[str, str, str | Promise]  # a field of Walk, the key of a step or "", what is wrong


@dataclass(frozen=True)
class Mark:
    """What the verifier says of one step."""

    result: str = SKIPPED
    difference: str = ""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What a verifier hands in; `marks` by the keys of steps, and what has none was not walked."""

    kind: str
    checked_on: dt.date
    app: str = ""
    app_version: str = ""
    note: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    token: UUID | None = None


@transaction.atomic
def verify(revision: Revision, by: User, walk: Walk) -> Verification:
    """Records that `by` walked through the version readers have; sent twice it is recorded once.

    Raises PermissionDenied, NotPublished, NotLive, UnfitWalk, OwnSteps.
    """
    require(by, "guides.add_verification")
    guide = locked(revision.guide) or revision.guide
    sent: Verification | None = Verification.objects.filter(verifier=by, token=walk.token).first()
    if walk.token and sent:
        return sent
    _must_be_live(revision, guide)
    parts = parts_of(revision.content)
    _must_be_fit(walk, parts)
    own = own_steps(revision, by) & _said_to_match(walk)
    if own and settings.REVIEW_REQUIRED:
        raise OwnSteps(own)
    record = _recorded(revision, by, walk, parts, alone=bool(own))
    derive(guide)
    return record


def _said_to_match(walk: Walk) -> set[str]:
    """A writer may well say that the own text is wrong."""
    return {key for key, mark in walk.marks.items() if mark.result == MATCHES}


def _must_be_live(revision: Revision, guide: Guide) -> None:
    if not revision.is_published:
        raise NotPublished(revision.pk)
    if guide.live_id != revision.pk or guide.is_retired:
        raise NotLive(guide)


def _must_be_fit(walk: Walk, parts: Iterable[Part]) -> None:
    faults = list(faults_of(walk, {part.key for part in parts}))
    if faults:
        raise UnfitWalk(faults)


def _recorded(
    revision: Revision, by: User, walk: Walk, parts: list[Part], *, alone: bool
) -> Verification:
    record = Verification.objects.create(
        revision=revision,
        verifier=by,
        kind=walk.kind,
        checked_on=walk.checked_on,
        app=walk.app,
        app_version=walk.app_version,
        note=walk.note,
        token=walk.token,
        alone=alone,
    )
    StepCheck.objects.bulk_create(_check(record, part, walk.marks) for part in parts)
    return record


def _check(record: Verification, part: Part, marks: Mapping[str, Mark]) -> StepCheck:
    mark = marks.get(part.key, Mark())
    return StepCheck(
        verification=record,
        step=part.key,
        number=part.number,
        fingerprint=part.fingerprint,
        result=mark.result,
        difference=mark.difference if mark.result == DIFFERS else "",
    )


def faults_of(walk: Walk, keys: set[str]) -> Iterator[Fault]:
    """Everything that keeps a walk from being recorded."""
    if walk.kind not in Verification.Kind.values:
        yield "kind", "", _("请选真机走查或来源核对。")
    if walk.checked_on > timezone.localdate():
        yield "checked_on", "", _("日期还没有到。")
    if walk.kind == Verification.Kind.DEVICE:
        yield from _app_faults(walk)
    yield from _mark_faults(walk.marks, keys)
    for name in ("app", "app_version", "note"):
        if _has_a_personal_number(getattr(walk, name)):
            yield name, "", PERSONAL


def _app_faults(walk: Walk) -> Iterator[Fault]:
    if not walk.app.strip():
        yield "app", "", _("真机走查要写用的是哪个App。")
    if not walk.app_version.strip():
        yield "app_version", "", _("真机走查要写App的版本，在App的“关于”里看得到。")


def _mark_faults(marks: Mapping[str, Mark], keys: set[str]) -> Iterator[Fault]:
    if not any(mark.result != SKIPPED for key, mark in marks.items() if key in keys):
        yield "marks", "", _("每一步都是“未走查”，没有可以记下的。")
    for key, mark in marks.items():
        if key not in keys or mark.result not in StepCheck.Result.values:
            yield "marks", key, _("没有这一步，或没有这种结果。")
        elif mark.result == DIFFERS and not mark.difference.strip():
            yield "marks", key, _("请写明哪里不同。")
        elif len(mark.difference) > LETTERS:
            yield "marks", key, _("太长了，请写短一些。")
        elif _has_a_personal_number(mark.difference):
            yield "marks", key, PERSONAL


def _has_a_personal_number(text: str) -> bool:
    return bool(personal_numbers.found(personal_numbers.digits(text.lower())))


def own_steps(revision: Revision, by: User) -> set[str]:
    """Keys of the steps of a published version whose text `by` was the first to save.

    Of a guide without steps, the key of the whole text if `by` ever saved any of it.
    """
    guide = revision.guide
    saved = guide.revisions.filter(pk__lte=revision.pk)
    if not saved.filter(Q(author=by) | Q(submitted_by=by)).exists():
        return set()
    keys = {part.key for part in parts_of(revision.content)}
    return {""} if keys == {""} else _first_saved_by(by, revision, keys)


def _first_saved_by(by: User, revision: Revision, keys: set[str]) -> set[str]:
    present = step_texts(from_document(revision.document).body)
    writers: dict[str, int | None] = {}
    history = revision.guide.revisions.filter(pk__lte=revision.pk).order_by("pk")
    for author, document in history.values_list("author", "document"):
        for key, text in step_texts(from_document(document).body).items():
            if key in keys and text == present.get(key):
                writers.setdefault(key, author)
    return {key for key, author in writers.items() if author == by.pk}


def derive(guide: Guide) -> None:
    """Writes what lists show of a guide's verification; the one place where it is written."""
    columns = derived(guide)
    if any(getattr(guide, name) != value for name, value in columns.items()):
        for name, value in columns.items():
            setattr(guide, name, value)
        Guide.objects.filter(pk=guide.pk).update(**columns)


def derived(guide: Guide) -> dict[str, Any]:
    """What follows from the records for the version that readers have."""
    records = records_of(guide) if guide.live_id else []
    if not guide.live or not any(record.checks for record in records):
        return Standing([]).columns
    return standing(guide.live.content, records).columns


def underived() -> list[Guide]:
    """Guides whose lists show something else than their records say.

    There are none, unless somebody wrote into the database past the portal.
    """
    shown = Q(steps_total__gt=0) | Q(verified_on__isnull=False) | Q(steps_verified__gt=0)
    walked = Q(pk__in=Verification.objects.order_by().values("revision__guide"))
    guides = Guide.objects.filter(shown | walked).select_related("live").defer("live__document")
    return [
        guide
        for guide in guides.iterator()
        if any(getattr(guide, name) != value for name, value in derived(guide).items())
    ]


@transaction.atomic
def rederive() -> int:
    """Brings every list back to what the records say; how many guides were wrong."""
    wrong = underived()
    for guide in wrong:
        row = Guide.objects.select_for_update(of=("self",)).select_related("live").get(pk=guide.pk)
        derive(row)
    return len(wrong)
