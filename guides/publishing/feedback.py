"""Readers say how it went; editors answer with a change or with a reason."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from guides.models import Feedback, Revision
from guides.personal_numbers import kinds
from guides.publishing.refusals import AnsweredAlready, NoLaterVersion, NotPublished, PersonalData
from guides.publishing.rows import require
from guides.search import normalise

FORGOTTEN_AT_ONCE = 50  # rows that a new one deletes on the way


def tell(
    revision: Revision, outcome: str, *, step: str = "", reason: str = "", text: str = ""
) -> Feedback:
    """Keeps what a reader says of the version they read, and nothing about the reader.

    Raises NotPublished, PersonalData.
    """
    if not revision.is_published:
        raise NotPublished(revision.pk)
    if found := kinds(normalise(text)):
        raise PersonalData(found)
    forget(FORGOTTEN_AT_ONCE)
    stuck = outcome == Feedback.Outcome.STUCK
    said = {"step": step, "reason": reason, "text": text} if stuck else {}
    return Feedback.objects.create(revision=revision, outcome=outcome, **said)


def forget(limit: int | None = None) -> int:
    """Deletes what is older than FEEDBACK_DAYS, answered or not; says how many."""
    oldest = timezone.localdate() - dt.timedelta(days=settings.FEEDBACK_DAYS)
    old = Feedback.objects.filter(day__lt=oldest).order_by("pk").values_list("pk", flat=True)
    gone, _by_model = Feedback.objects.filter(pk__in=list(old[:limit])).delete()
    return gone


@transaction.atomic
def answer_with_change(feedback: Feedback, by: User, revision: Revision) -> None:
    """A version later than the one that was read has it right.

    Raises PermissionDenied, AnsweredAlready, NoLaterVersion.
    """
    stored = _unanswered(feedback, by)
    read = stored.revision
    later = revision.guide_id == read.guide_id and (revision.number or 0) > (read.number or 0)
    if not later:
        raise NoLaterVersion(revision.pk)
    _close(stored, by, fixed_in=revision)


@transaction.atomic
def answer_with_reason(feedback: Feedback, by: User, reason: str) -> None:
    """It stays as it is. Raises PermissionDenied, AnsweredAlready."""
    _close(_unanswered(feedback, by), by, answer=reason)


@transaction.atomic
def promise(feedback: Feedback, by: User) -> None:
    """The next version will answer it. Raises PermissionDenied, AnsweredAlready."""
    stored = _unanswered(feedback, by)
    stored.promised, stored.answered_by = True, by
    stored.save()


@transaction.atomic
def reopen(feedback: Feedback, by: User) -> None:
    """Takes an answer or a promise back; what is open stays so. Raises PermissionDenied."""
    require(by, "guides.change_feedback")
    Feedback.objects.filter(pk=feedback.pk).update(
        promised=False, fixed_in=None, answer="", answered_by=None, answered_on=None
    )


def keep_promises(revision: Revision) -> None:
    """What was put off until the next version is answered by it, in the caller's transaction."""
    promised = Feedback.objects.filter(revision__guide=revision.guide_id, promised=True)
    promised.filter(answered_on=None).update(fixed_in=revision, answered_on=timezone.localdate())


def _unanswered(feedback: Feedback, by: User) -> Feedback:
    """As it is stored, locked. Raises PermissionDenied, AnsweredAlready."""
    require(by, "guides.change_feedback")
    stored = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if stored.answered_on:
        raise AnsweredAlready(stored)
    return stored


def _close(feedback: Feedback, by: User, **answer: object) -> None:
    for name, value in answer.items():
        setattr(feedback, name, value)
    feedback.answered_by, feedback.answered_on = by, timezone.localdate()
    feedback.save()
