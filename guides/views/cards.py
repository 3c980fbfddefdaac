"""A guide as it stands in a list: its published words, never the editors' working copy."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform

from guides.models import Guide, GuideQuerySet, VerificationState


@dataclass(frozen=True)
class Card:
    """What templates/guides/_entry.html shows."""

    key: int
    code: str
    url: str
    kind: str
    language: str
    title: str
    title_words: list[str]
    summary: str
    aliases: list[str]
    verification: VerificationState
    disagreements: int
    version: int
    published_at: dt.datetime
    note: str
    facts: dict[str, Any]


_COLUMNS = ("code", "kind", "slug", "language", *VerificationState.COLUMNS)


def cards(guides: GuideQuerySet) -> list[Card]:
    """One query, whatever the length; the order is the queryset's."""
    return [card(guide) for guide in with_live_words(guides)]


def with_live_words(guides: GuideQuerySet) -> GuideQuerySet:
    """Reads only what a list shows out of the live revisions, not their whole text."""
    rows = guides.annotate(
        live_title=KeyTextTransform("title", "live__content"),
        live_title_words=F("live__content__title_words"),
        live_summary=KeyTextTransform("summary", "live__content"),
        live_aliases=F("live__content__aliases"),
        live_claims=F("live__content__claims"),
        live_facts=F("live__content__facts"),
        live_number=F("live__number"),
        live_since=F("live__published_at"),
        live_note=F("live__note"),
    )
    return rows.only(*_COLUMNS)


def card(guide: Guide) -> Card:
    """Needs the annotations of `with_live_words`."""
    row: Any = guide
    return Card(
        key=guide.pk,
        code=guide.code,
        url=guide.get_absolute_url(),
        kind=guide.kind,
        language=guide.language,
        title=row.live_title,
        title_words=row.live_title_words or [row.live_title],
        summary=row.live_summary or "",
        aliases=row.live_aliases or [],
        verification=guide.verification,
        disagreements=len(row.live_claims or ()),
        version=row.live_number,
        published_at=row.live_since,
        note=row.live_note,
        facts=row.live_facts or {},
    )
