"""Writing: the working copy saved, and old versions brought back into it."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import models, transaction

from guides.markdown import from_document, with_step_keys
from guides.models import Claim, Guide, Revision, SlugHistory, VerificationState
from guides.publishing.live import index
from guides.publishing.refusals import SlugTaken, StaleEdit
from guides.publishing.rows import Row, locked, recorded
from guides.working_copy import of_its_kind, write_text

Relations = Mapping[str, Iterable[models.Model]]


@transaction.atomic
def save_draft(
    guide: Row,
    by: User | None,
    *,
    edition: int | None = None,
    relations: Relations | None = None,
) -> Revision:
    """Saves the row with its relations, gives new steps their keys and records a draft revision.

    `edition` is the one the edit was begun from. Raises StaleEdit, SlugTaken.
    """
    stored = locked(guide)
    if stored and edition is not None and stored.edition != edition:
        raise StaleEdit(stored)
    _claim_slug(guide, stored)
    if stored:
        _leave_alone(guide, stored)
    guide.body = with_step_keys(guide.body, kind=guide.KIND)
    guide.edition = stored.edition + 1 if stored else guide.edition
    guide.save()
    for name, rows in (relations or {}).items():
        getattr(guide, name).set(rows)
    index(guide)
    return recorded(guide, by)


@transaction.atomic
def restore(revision: Revision, by: User | None) -> Revision:
    """Brings an old version's text back as a new draft; classification stays as it is."""
    row, document = of_its_kind(revision.guide), from_document(revision.document)
    write_text(document, row)
    claims = Claim.objects.filter(slug__in=document.claims)
    return save_draft(row, by, relations={"claims": claims})


def _leave_alone(guide: Guide, stored: Guide) -> None:
    """A row opened long ago says nothing of what the other verbs did since."""
    for name in ("live_id", "retired_at", "successor_id", *VerificationState.COLUMNS[:-1]):
        setattr(guide, name, getattr(stored, name))


def begun_from(guide: Guide, edition: int) -> Revision | None:
    """The revision that holds the text of an earlier edition; classification has none."""
    known = guide.revisions.filter(edition__lte=edition)
    return known.order_by("edition", "created_at", "pk").last()


def saves_since(guide: Guide, edition: int) -> "models.QuerySet[Revision]":
    """The texts that were saved after an edition, oldest first."""
    newer = guide.revisions.filter(edition__gt=edition)
    return newer.select_related("author").order_by("created_at", "pk")


def _claim_slug(guide: Guide, stored: Guide | None) -> None:
    """Keeps the old slug's address for ever and makes sure that nobody else has the new one."""
    if stored and stored.slug == guide.slug and stored.language == guide.language:
        return
    same = {"language": guide.language, "slug": guide.slug}
    if (
        Guide.objects.filter(**same).exclude(pk=guide.pk).exists()
        or SlugHistory.objects.filter(**same).exclude(guide=guide.pk).exists()
    ):
        raise SlugTaken(guide.slug)
    SlugHistory.objects.filter(**same).delete()
    if stored and stored.live_id:
        SlugHistory.objects.create(guide=stored, language=stored.language, slug=stored.slug)
