"""The home page: ask, act in an emergency, find by product and task, by state, by news."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides import workdesk
from guides.models import Guide, GuideQuerySet
from guides.views import lifecycle, matrix
from guides.views.cards import Card, cards
from guides.views.library import Library, library
from guides.views.lifecycle_map import lifecycle_map

NEWS, RISKS, EMERGENCIES = 7, 7, 3
# Asked as they are most often asked; each finds its guide first.
EXAMPLES: tuple[str | Promise, ...] = (
    _("还款的卡想换一张"),
    _("借呗为什么用不了"),
    _("关闭影响信用吗"),
    _("网商贷在哪里关"),
)


@dataclass(frozen=True)
class Emergency:
    """What has happened, in a reader's words, and where to begin."""

    words: str
    language: str
    url: str


def home(request: HttpRequest) -> HttpResponse:
    visible = Guide.objects.visible_to(request.user)
    seen = library(visible)
    known = {card.key: card for card in cards(visible.filter(pk__in=_needed(seen)))}
    news = [known[key] for key in seen.newest[:NEWS]]
    context = {
        "hide_top_search": True,
        "examples": EXAMPLES,
        "emergencies": _emergencies(seen, known),
        "matrix": matrix.matrix(seen, known),
        "map": lifecycle_map(_by_slug(seen, known)),
        "news": news,
        "risks": worst_risks(visible),
        "total": len(seen.spines),
        "jobs": workdesk.jobs(request.user),
        "waiting": workdesk.waiting(request.user),
    }
    return render(request, "guides/home.html", context)


def worst_risks(visible: GuideQuerySet) -> list[Card]:
    """Those that hurt most, as their published text judges them."""
    risks = visible.filter(kind=Guide.Kind.RISK)
    return cards(risks.order_by(_level("impact"), _level("likelihood"), "slug")[:RISKS])


def _level(fact: str) -> Case:
    """High first. The levels are words in the published text, so their order is given here."""
    return Case(
        When(**{f"live__content__facts__{fact}": Guide.Level.HIGH.value, "then": Value(0)}),
        When(**{f"live__content__facts__{fact}": Guide.Level.MEDIUM.value, "then": Value(1)}),
        default=Value(2),
        output_field=IntegerField(),
    )


def _needed(seen: Library) -> set[int]:
    return {
        *seen.newest[:NEWS],
        *matrix.shown_keys(seen),
        *_emergency_keys(seen),
        *(key for key, spine in seen.spines.items() if spine.slug in lifecycle.SLUGS),
    }


def _emergency_keys(seen: Library) -> list[int]:
    urgent = [spine for spine in seen.spines.values() if spine.is_emergency]
    return [spine.key for spine in sorted(urgent, key=lambda each: each.slug)]


def _emergencies(seen: Library, known: Mapping[int, Card]) -> list[Emergency]:
    """The first words of each emergency guide in turn, until the panel is full."""
    urgent = [known[key] for key in _emergency_keys(seen)]
    return [
        Emergency(words, card.language, card.url)
        for card in urgent
        for words in (card.aliases or [card.title])[:EMERGENCIES]
    ]


def _by_slug(seen: Library, known: Mapping[int, Card]) -> dict[str, Card]:
    return {seen.spines[key].slug: card for key, card in known.items()}
