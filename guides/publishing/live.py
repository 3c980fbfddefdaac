"""What readers see: how a revision becomes it, and how a guide is taken from them."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from guides import checks, content, search
from guides.markdown import GuideDocument, from_document, to_document
from guides.models import Guide, Revision
from guides.publishing.feedback import keep_promises
from guides.publishing.refusals import PublishError, ReviewRequired
from guides.publishing.rows import locked, recorded, require
from guides.publishing.verification import derive
from guides.working_copy import of_its_kind, read, with_live_text


@transaction.atomic
def publish(
    guide: Guide,
    by: User | None,
    *,
    note: str = "",
    significance: str = Revision.Significance.MINOR,
) -> Revision:
    """Lets readers have the working copy without a review: for commands, and teams of one.

    Publishing what is live already changes nothing.
    Raises PermissionDenied, ReviewRequired, PublishError.
    """
    require(by, "guides.publish_guide")
    if by is not None and settings.REVIEW_REQUIRED:
        raise ReviewRequired(guide.pk)
    row = of_its_kind(locked(guide) or guide)
    revision = recorded(row, by)
    if not revision.is_published:
        revision.note, revision.significance = note, significance
        revision.reviewer, revision.alone = by, by is not None and by == revision.author
        freeze(revision, read(row))
    go_live(row, revision)
    return revision


def freeze(revision: Revision, document: GuideDocument) -> None:
    """Renders, numbers and publishes a revision for good. Raises PublishError."""
    finished = built(document, revision.guide.live)
    newest = revision.guide.revisions.aggregate(newest=models.Max("number"))["newest"]
    revision.number = (newest or 0) + 1
    revision.state, revision.published_at = Revision.State.PUBLISHED, timezone.now()
    revision.document, revision.content = to_document(document), finished
    revision.save()
    keep_promises(revision)


def built(document: GuideDocument, live: Revision | None) -> content.Content:
    """The finished form of a text that may be published. Raises PublishError."""
    finished, faults = content.build(document)
    faults += checks.check(document, from_document(live.document) if live else None)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise PublishError(errors)
    return finished


def go_live(guide: Guide, revision: Revision) -> None:
    """From now on readers get this published revision."""
    guide.live, guide.retired_at, guide.successor = revision, None, None
    guide.save(update_fields=["live", "retired_at", "successor"])
    derive(guide)
    index(guide)


@transaction.atomic
def retire(guide: Guide, by: User | None, *, successor: Guide | None = None) -> None:
    """Takes a guide from the readers; its addresses answer 410 and name the successor."""
    require(by, "guides.retire_guide")
    row = locked(guide) or guide
    row.retired_at, row.successor = timezone.now(), successor
    row.save(update_fields=["retired_at", "successor"])
    search.remove(row.pk)


@transaction.atomic
def reinstate(guide: Guide, by: User | None) -> None:
    """Gives a retired guide back to the readers, in the version they had."""
    require(by, "guides.retire_guide")
    row = locked(guide) or guide
    if row.live:
        go_live(row, row.live)


def index(*guides: Guide) -> None:
    """Puts what readers see of guides into the search index, in the caller's transaction."""
    search.put_many(
        {
            guide.pk: search_texts(guide, guide.live.content)
            for guide in guides
            if guide.live and not guide.retired_at
        }
    )


def search_texts(guide: Guide, live: content.Content) -> search.Texts:
    """A published text and where its guide is filed, as search takes them."""
    concepts = [f"product:{product.slug}" for product in guide.products.all()]
    if guide.task:
        concepts.append(f"task:{guide.task.slug}")
    return search.Texts(
        title=live["title"],
        aliases=live["aliases"],
        headings=live["headings"],
        summary=live["summary"],
        body=live["plain"],
        concepts=concepts,
        kind=guide.kind,
    )


def document_of(guide: Guide) -> str:
    """The document form of what readers see; of the working copy where nothing is published."""
    if guide.live is None:
        return to_document(read(guide))
    return to_document(with_live_text(guide, from_document(guide.live.document)))
