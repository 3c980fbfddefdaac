"""The work desk: what waits for somebody who may do it.

Each job is one query; its count and its list are both made of it, so they cannot differ.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, StrIndex
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides import questions
from guides.models import Feedback, Guide, GuideQuerySet, Question, Revision
from guides.working_copy import KINDS

Rows = QuerySet[Any]
Reader = User | AnonymousUser
LIES_ABOUT = dt.timedelta(days=7)
DISCUSSED = (Revision.State.IN_REVIEW, Revision.State.CHANGES_REQUESTED)


@dataclass(frozen=True)
class Job:
    """`rows` for a person, who needs one of the rights; `address` is where they are listed."""

    name: str
    label: str | Promise
    rights: tuple[str, ...]
    rows: Callable[[User], Rows]
    address: str = ""

    @property
    def url(self) -> str:
        page, _mark, query = self.address.partition("?")
        return f"{reverse(page)}?{query}" if page else reverse("admin:desk", args=[self.name])

    def is_for(self, person: Reader) -> bool:
        return any(person.has_perm(f"guides.{right}") for right in self.rights)


@dataclass(frozen=True)
class Waiting:
    """A job that has something to do."""

    job: Job
    count: int


def jobs(person: Reader) -> list[Job]:
    """Those that this person may do; for guests none, and without a query."""
    if not person.is_authenticated or not person.is_staff:
        return []
    return [job for job in JOBS.values() if job.is_for(person)]


def waiting(person: Reader) -> list[Waiting]:
    """What there is to do, in two queries."""
    wanted = jobs(person)
    counts = _counts({job.name: job.rows(person) for job in wanted})  # type: ignore[arg-type]
    return [Waiting(job, counts[job.name]) for job in wanted if counts.get(job.name)]


def _counts(rows: dict[str, Rows]) -> dict[str, int]:
    """All of them in one query."""
    selects = [_count(name, found) for name, found in rows.items()]
    if not selects:
        return {}
    first, *others = selects
    return dict(first.union(*others, all=True) if others else first)


def _count(name: str, rows: Rows) -> Rows:
    plain = rows.model._default_manager.filter(pk__in=rows.values("pk")).order_by()
    named = plain.values(job=Value(name, output_field=CharField()))
    counted: Rows = named.annotate(n=Count("pk")).values_list("job", "n")
    return counted


# --- The jobs ----------------------------------------------------------------------------------


def to_review(person: User) -> Rows:
    """Submissions that this person wrote no part of, the oldest first."""
    live = Coalesce(F("guide__live"), 0)
    submitted = Revision.objects.filter(state=Revision.State.IN_REVIEW, pk__gt=live)
    parts = Revision.objects.filter(
        Q(author=person.pk) | Q(submitted_by=person.pk),
        guide=OuterRef("guide"),
        pk__lte=OuterRef("pk"),
        pk__gt=Coalesce(OuterRef("guide__live"), 0),
    ).exclude(state=Revision.State.PUBLISHED)
    return submitted.exclude(Exists(parts)).order_by("submitted_at", "pk")


def overdue(person: User) -> Rows:
    """Guides whose last check is longer ago than their interval, the longest first.

    The one place that says what overdue means; `VerificationState.of` says the same of one guide.
    """
    current = _current()
    today, due = timezone.localdate(), Q(pk__in=[])
    for days in current.order_by().values_list("review_interval_days", flat=True).distinct():
        since = today - dt.timedelta(days=days)
        due |= Q(review_interval_days=days, verified_on__lt=since)
    return current.filter(due).order_by("verified_on", "pk")


def found_different(person: User) -> Rows:
    """Live texts of which a verifier found a step that is not as described."""
    different = _current().filter(steps_differing__gt=0, kind__in=_written_by(person))
    return different.order_by("title", "pk")


def reported(person: User) -> Rows:
    return Feedback.objects.open()


def ownerless(person: User) -> Rows:
    guides = Guide.objects.filter(retired_at=None, owner=None)
    return guides.filter(kind__in=_written_by(person)).order_by("title", "pk")


def with_broken_links(person: User) -> Rows:
    """Live texts that link to a guide which readers no longer have, or never had."""
    named = Concat(Value('"'), F("code"), Value('"'))
    lost = Guide.objects.filter(Q(live=None) | Q(retired_at__isnull=False))
    lost = lost.annotate(place=StrIndex(OuterRef("linked"), named)).filter(place__gt=0)
    texts = _current().annotate(linked=KeyTextTransform("linked", "live__content"))
    broken = texts.filter(Exists(lost), kind__in=_written_by(person))
    return broken.order_by("title", "pk")


def drafts_lying_about(person: User) -> Rows:
    """Saved over a week ago, newer than what readers have, and handed to nobody."""
    revisions = Revision.objects.filter(guide=OuterRef("pk"))
    newest = revisions.order_by("-created_at", "-pk")
    discussed = revisions.filter(state__in=DISCUSSED, pk__gt=Coalesce(OuterRef("live"), 0))
    drafts = Guide.objects.filter(retired_at=None, kind__in=_written_by(person)).annotate(
        newest=Subquery(newest.values("pk")[:1]),
        saved_at=Subquery(newest.values("created_at")[:1]),
    )
    unsubmitted = drafts.exclude(Exists(discussed)).exclude(newest=Coalesce(F("live"), 0))
    old = unsubmitted.filter(saved_at__lt=timezone.now() - LIES_ABOUT)
    return old.order_by("saved_at", "pk")


def wished_for(person: User) -> Rows:
    return questions.unwritten()


def unanswered(person: User) -> Rows:
    """As many as the question desk puts into groups."""
    states = (Question.State.OPEN, Question.State.WAITING)
    return questions.counted(states)[: questions.GROUPED]


def _current() -> GuideQuerySet:
    return Guide.objects.filter(live__isnull=False, retired_at=None)


def _written_by(person: User) -> list[str]:
    """The kinds of guide that somebody may change."""
    names = {kind: model._meta.model_name for kind, model in KINDS.items()}
    return [kind for kind, name in names.items() if person.has_perm(f"guides.change_{name}")]


_WRITING = tuple(f"change_{model._meta.model_name}" for model in KINDS.values())
JOBS = {
    job.name: job
    for job in (
        Job("review", _("等您复核"), ("publish_guide",), to_review),
        Job(
            "feedback",
            _("读者卡住的地方"),
            ("change_feedback",),
            reported,
            "admin:guides_feedback_changelist?state=open",
        ),
        Job("different", _("走查有出入的"), _WRITING, found_different),
        Job("overdue", _("核实过期"), ("add_verification",), overdue),
        Job("links", _("连到读者看不到的指南"), _WRITING, with_broken_links),
        Job("drafts", _("放了一周没有提交的草稿"), _WRITING, drafts_lying_about),
        Job("ownerless", _("没有负责人"), _WRITING, ownerless),
        Job(
            "wishes",
            _("读者想要、还没有写的"),
            ("change_question",),
            wished_for,
            "admin:guides_question_changelist?tab=wishes&missing=1",
        ),
        Job(
            "questions",
            _("没有直接回答的问法"),
            ("change_question",),
            unanswered,
            "admin:guides_question_changelist?tab=open",
        ),
    )
}
