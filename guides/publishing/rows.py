"""What the verbs share: rights, the lock, and revisions of what the working copy holds."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from guides.markdown import GuideDocument, from_document, to_document
from guides.models import CaseStudy, Guide, Procedure, Revision, RiskNote
from guides.working_copy import read

Row = Procedure | RiskNote | CaseStudy


def require(by: User | None, permission: str) -> None:
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(permission)


def locked(guide: Guide) -> Guide | None:
    """The stored row, locked until the transaction ends; None where it is not stored yet."""
    return Guide.objects.select_for_update().filter(pk=guide.pk).first()


def recorded(row: Row, by: User | None) -> Revision:
    """The newest revision if it holds the row's text, else a new draft of it."""
    document = read(row)
    newest = row.revisions.first()
    if newest and text_of(from_document(newest.document)) == text_of(document):
        return newest
    return Revision.objects.create(
        guide=row, author=by, document=to_document(document), edition=row.edition
    )


def text_of(document: GuideDocument) -> tuple[object, ...]:
    """What is versioned; the classification in a document is not."""
    return (
        document.title,
        document.summary,
        document.aliases,
        document.facts,
        document.claims,
        document.body,
    )
