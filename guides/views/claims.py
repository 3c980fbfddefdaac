"""Where sources disagree, what each says, how it is written here; and the sources themselves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guides.models import Claim, Guide, GuideQuerySet, Position, Source
from guides.views.cards import Card, card, with_live_words

Cards = Mapping[str, list[Card]]
SHOWN = 20  # guides below one question or one source


@dataclass(frozen=True, eq=False)
class Said:
    source: Source
    statement: str


@dataclass(frozen=True, eq=False)
class Dispute:
    claim: Claim
    said: list[Said]
    cards: list[Card]
    total: int


@dataclass(frozen=True, eq=False)
class Cited:
    source: Source
    cards: list[Card]
    total: int


def claims(request: HttpRequest) -> HttpResponse:
    """Four queries, whatever there is to tell."""
    by_claim, by_source = _where(Guide.objects.visible_to(request.user))
    sources = {source.pk: source for source in Source.objects.defer("text")}
    context = {
        "disputes": _disputes(sources, by_claim),
        "sources": [_cited(source, by_source[source.code]) for source in sources.values()],
        "crumbs": [(_("来源与分歧"), "")],
    }
    return render(request, "guides/claims.html", context)


def _where(visible: GuideQuerySet) -> tuple[Cards, Cards]:
    """The guides by claim and by source, as their published text has them."""
    by_claim: dict[str, list[Card]] = defaultdict(list)
    by_source: dict[str, list[Card]] = defaultdict(list)
    rows = with_live_words(visible).annotate(live_sources=F("live__content__sources"))
    for guide in rows.order_by("kind", "slug"):
        row: Any = guide
        shown = card(guide)
        for claim in row.live_claims or ():
            by_claim[claim["slug"]].append(shown)
        for source in row.live_sources or ():
            by_source[source["code"]].append(shown)
    return by_claim, by_source


def _disputes(sources: Mapping[int, Source], by_claim: Cards) -> list[Dispute]:
    said: dict[int, list[Said]] = defaultdict(list)
    for position in Position.objects.order_by("source__code", "pk"):
        said[position.claim_id].append(Said(sources[position.source_id], position.statement))
    return [_dispute(claim, said[claim.pk], by_claim[claim.slug]) for claim in Claim.objects.all()]


def _dispute(claim: Claim, said: list[Said], shown: list[Card]) -> Dispute:
    return Dispute(claim, said, shown[:SHOWN], len(shown))


def _cited(source: Source, shown: list[Card]) -> Cited:
    return Cited(source, shown[:SHOWN], len(shown))
