"""The editors' row and the document form: `read` makes one of the other, `write` the way back."""

from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models

from guides.markdown import GuideDocument
from guides.models import CaseStudy, Claim, Guide, Procedure, Product, RiskNote, Tag, Task

KINDS: dict[str, type[Procedure] | type[RiskNote] | type[CaseStudy]] = {
    "procedure": Procedure,
    "risk": RiskNote,
    "case": CaseStudy,
}
_SET_ELSEWHERE = ("kind", "live", "task", "owner", "successor", "translation_of", "guide_ptr")
ModelT = TypeVar("ModelT", bound=models.Model)


class UnknownNames(Exception):
    """A document names products, tags, guides … that the portal does not have."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        super().__init__(names)
        self.names = names


class InvalidValues(Exception):
    """Values that the row cannot hold, by key: a title that is too long, an empty summary …"""

    def __init__(self, messages: dict[str, list[str]]) -> None:
        super().__init__(messages)
        self.messages = messages


def of_its_kind(guide: Guide) -> Procedure | RiskNote | CaseStudy:
    """The row with the facts of its kind; `guide` itself where it is that already."""
    if isinstance(guide, Procedure | RiskNote | CaseStudy):
        return guide
    return KINDS[guide.kind].objects.get(pk=guide.pk)


def read(guide: Guide) -> GuideDocument:
    row = of_its_kind(guide)
    return GuideDocument(
        kind=_plain(row.kind),
        slug=row.slug,
        language=row.language,
        code=row.code,
        title=row.title,
        summary=row.summary,
        aliases=list(row.aliases),
        facts={name: _plain(getattr(row, name)) for name in row.FACTS},
        claims=[claim.slug for claim in row.claims.all()],
        body=row.body,
        **_classification(row),
    )


def _plain(value: Any) -> Any:
    """A row that was not read back yet holds its defaults as members of their enumeration."""
    return value.value if isinstance(value, models.TextChoices) else value


def with_live_text(guide: Guide, live: GuideDocument) -> GuideDocument:
    """The published text under today's classification: what an export of the guide holds."""
    fields = vars(live) | {"slug": guide.slug, "code": guide.code} | _classification(guide)
    return GuideDocument(**fields)


def _classification(guide: Guide) -> dict[str, Any]:
    return {
        "products": [product.slug for product in guide.products.all()],
        "task": guide.task.slug if guide.task else None,
        "tags": [tag.slug for tag in guide.tags.all()],
        "related": sorted(related.slug for related in guide.related.all()),
        "emergency": guide.is_emergency,
        "visibility": _plain(guide.visibility),
        "groups": sorted(group.name for group in guide.groups.all()),
        "owner": guide.owner.get_username() if guide.owner else None,
        "review_interval_days": guide.review_interval_days,
        "translation_of": guide.translation_of.slug if guide.translation_of else None,
    }


def write_text(document: GuideDocument, guide: Procedure | RiskNote | CaseStudy) -> None:
    """Puts the versioned part of a document, but for its claims, into the row, unsaved."""
    guide.title, guide.summary = document.title, document.summary
    guide.aliases, guide.body = list(document.aliases), document.body
    for name in guide.FACTS:
        setattr(guide, name, document.facts[name])


def write(document: GuideDocument, guide: Procedure | RiskNote | CaseStudy) -> None:
    """Saves a whole document into the row, but for links to other guides (see `relate`).

    Raises UnknownNames, with every name the portal does not have, and InvalidValues.
    """
    unknown: dict[str, list[str]] = {}
    products = _named(Product, "slug", document.products, "products", unknown)
    tags = _named(Tag, "slug", document.tags, "tags", unknown)
    claims = _named(Claim, "slug", document.claims, "claims", unknown)
    groups = _named(Group, "name", document.groups, "groups", unknown)
    guide.task = _one(Task, "slug", document.task, "task", unknown)
    username = get_user_model().USERNAME_FIELD
    guide.owner = _one(get_user_model(), username, document.owner, "owner", unknown)
    if unknown:
        raise UnknownNames(unknown)
    guide.slug, guide.language = document.slug, document.language
    guide.code = document.code or guide.code
    guide.visibility = document.visibility
    guide.review_interval_days = document.review_interval_days
    guide.is_emergency = document.emergency
    write_text(document, guide)
    _check(guide)
    guide.save()
    guide.products.set(products)
    guide.tags.set(tags)
    guide.claims.set(claims)
    guide.groups.set(groups)


def _check(guide: Procedure | RiskNote | CaseStudy) -> None:
    try:
        guide.clean_fields(exclude=_SET_ELSEWHERE)
    except ValidationError as error:
        raise InvalidValues(error.message_dict) from error


def relate(document: GuideDocument, guide: Guide) -> None:
    """Sets the links to other guides, once all of them exist. Raises UnknownNames."""
    unknown: dict[str, list[str]] = {}
    same_language = Guide.objects.filter(language=guide.language)
    related = _among(same_language, "slug", document.related, "related", unknown)
    others = Guide.objects.exclude(language=guide.language)
    original = [document.translation_of] if document.translation_of else []
    originals = _among(others, "slug", original, "translation_of", unknown)
    if unknown:
        raise UnknownNames(unknown)
    guide.related.add(*related)
    guide.translation_of = originals[0] if originals else None
    guide.save(update_fields=["translation_of"])


def _named(
    model: type[ModelT], field: str, names: list[str], key: str, unknown: dict[str, list[str]]
) -> list[ModelT]:
    return _among(model._default_manager.all(), field, names, key, unknown)


def _one(
    model: type[ModelT], field: str, name: str | None, key: str, unknown: dict[str, list[str]]
) -> ModelT | None:
    found = _named(model, field, [name] if name else [], key, unknown)
    return found[0] if found else None


def _among(
    rows: "models.QuerySet[ModelT]",
    field: str,
    names: list[str],
    key: str,
    unknown: dict[str, list[str]],
) -> list[ModelT]:
    """The rows of these names; names without a row are noted in `unknown` under `key`."""
    found = {getattr(row, field): row for row in rows.filter(**{f"{field}__in": names})}
    missing = [name for name in names if name not in found]
    if missing:
        unknown[key] = missing
    return [found[name] for name in names if name in found]
