"""Four eyes: a text is submitted, and somebody who wrote no part of it approves it or not."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from guides.markdown import GuideDocument, from_document
from guides.models import Guide, ReviewComment, Revision
from guides.publishing.live import built, freeze, go_live
from guides.publishing.refusals import NothingToReview, NotInReview, OpenComments, OwnText
from guides.publishing.rows import locked, recorded, require
from guides.working_copy import KINDS, of_its_kind, with_live_text

IN_REVIEW, DRAFT = Revision.State.IN_REVIEW, Revision.State.DRAFT


@transaction.atomic
def submit(
    guide: Guide,
    by: User | None,
    *,
    note: str = "",
    significance: str = Revision.Significance.MINOR,
) -> Revision:
    """Hands the working copy to a reviewer; an earlier submission is replaced by it.

    Submitting the same text twice is one submission. Raises PermissionDenied, PublishError,
    NothingToReview.
    """
    _may_write(by, guide)
    row = of_its_kind(locked(guide) or guide)
    revision = recorded(row, by)
    if revision.is_published:
        raise NothingToReview(guide.pk)
    built(_text_under_todays_classification(row, revision), row.live)
    row.revisions.filter(state=IN_REVIEW).exclude(pk=revision.pk).update(state=DRAFT)
    # What is not settled goes on being discussed, at the same steps.
    ReviewComment.objects.filter(revision__guide=row, resolved_at=None).update(revision=revision)
    revision.state, revision.note, revision.significance = IN_REVIEW, note, significance
    revision.submitted_by, revision.submitted_at = by, timezone.now()
    revision.reviewer = None
    revision.save()
    return revision


def discussed(guide: Guide) -> Revision | None:
    """The submission that waits for its reviewer or its writers; none once readers have newer."""
    states = (Revision.State.IN_REVIEW, Revision.State.CHANGES_REQUESTED)
    newer = guide.revisions.filter(state__in=states, pk__gt=guide.live_id or 0)
    return newer.select_related("author", "submitted_by", "reviewer").order_by("pk").last()


@transaction.atomic
def withdraw(revision: Revision, by: User | None) -> Revision:
    """Takes a submission back. Raises PermissionDenied, NotInReview."""
    _may_write(by, revision.guide)
    mine = _in_review(revision)
    mine.state = DRAFT
    mine.save()
    return mine


@transaction.atomic
def approve(revision: Revision, by: User) -> Revision:
    """Publishes exactly the submitted text, under today's classification.

    Raises PermissionDenied, NotInReview, OwnText, OpenComments, PublishError.
    """
    require(by, "guides.publish_guide")
    approved = _in_review(revision)
    if by.pk in writers_of(approved):
        raise OwnText(approved.pk)
    unsettled = approved.comments.filter(resolved_at=None).count()
    if unsettled:
        raise OpenComments(unsettled)
    row = approved.guide
    approved.reviewer = by
    freeze(approved, _text_under_todays_classification(row, approved))
    go_live(row, approved)
    return approved


@transaction.atomic
def request_changes(revision: Revision, by: User, reason: str) -> Revision:
    """Gives a text back to its writers, with the reason as a comment.

    Raises PermissionDenied, NotInReview.
    """
    require(by, "guides.publish_guide")
    returned = _in_review(revision)
    returned.state = Revision.State.CHANGES_REQUESTED
    returned.save()
    comment(returned, by, reason)
    return returned


@transaction.atomic
def comment(revision: Revision, by: User, text: str, *, step: str = "") -> ReviewComment:
    """Says something about a text under review, or about one step, by its key.

    Sent twice it is said once. Raises PermissionDenied, NotInReview.
    """
    _may_discuss(by, revision.guide)
    stored = _stored(revision)
    if not stored.is_discussed:
        raise NotInReview(stored)
    one, _created = ReviewComment.objects.get_or_create(
        revision=stored, author=by, step=step, text=text, resolved_at=None
    )
    return one


@transaction.atomic
def resolve(one: ReviewComment, by: User) -> None:
    """Settles a comment; settling it again changes nothing. Raises PermissionDenied."""
    _may_discuss(by, one.revision.guide)
    ReviewComment.objects.filter(pk=one.pk, resolved_at=None).update(
        resolved_by=by, resolved_at=timezone.now()
    )


def writers_of(revision: Revision) -> set[int]:
    """Everybody who saved a draft since the text that readers have, or submitted this one."""
    drafts = revision.guide.revisions.exclude(state=Revision.State.PUBLISHED)
    before = drafts.filter(pk__lte=revision.pk)
    if revision.guide.live_id:
        before = before.filter(pk__gt=revision.guide.live_id)
    people = before.values_list("author", "submitted_by")
    mine = (revision.author_id, revision.submitted_by_id)
    return {person for pair in (*people, mine) for person in pair if person}


def _text_under_todays_classification(guide: Guide, revision: Revision) -> GuideDocument:
    return with_live_text(guide, from_document(revision.document))


def _in_review(revision: Revision) -> Revision:
    """As it is stored, its guide locked. Raises NotInReview."""
    stored = _stored(revision)
    if not stored.is_in_review or stored.pk < (stored.guide.live_id or 0):
        raise NotInReview(stored)
    return stored


def _stored(revision: Revision) -> Revision:
    guide = locked(revision.guide)
    stored = Revision.objects.get(pk=revision.pk)
    stored.guide = guide or stored.guide
    return stored


def _may_write(by: User | None, guide: Guide) -> None:
    require(by, f"guides.change_{KINDS[guide.kind]._meta.model_name}")


def _may_discuss(by: User, guide: Guide) -> None:
    """Who writes and who reviews."""
    if not by.has_perm("guides.publish_guide"):
        _may_write(by, guide)
