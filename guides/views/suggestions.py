"""Suggestions while a question is typed: for the portal's own fields, and for address bars.

Both name only guides that the reader may see. Nothing is counted: nobody has asked anything yet.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from guides.models import Guide, GuideQuerySet, Product, Task
from guides.search import Suggestion, highlighted, suggest
from guides.views.cards import Card, cards
from guides.vocabulary import concept_of, things

LETTERS = 200  # more of what was typed is not repeated
LIMIT = 7
SUGGESTIONS_TYPE = "application/x-suggestions+json"
Parts = tuple[tuple[str, bool], ...]
Things = Mapping[str, Product | Task]


@dataclass(frozen=True)
class Choice:
    """A line of the list. `kind` is a guide's kind, "product" or "task"."""

    text: str
    url: str
    kind: str
    language: str
    title: str = ""  # the guide's, where the words are another name of it
    parts: Parts = ()  # the words again, with what was typed marked


@require_safe
@cache_control(private=True, no_cache=True)
def suggestions(request: HttpRequest) -> HttpResponse:
    """The lines of the list below a search field, as HTML."""
    typed = _typed(request)
    context = {"typed": typed, "choices": _choices(request, typed)}
    return _unlisted(render(request, "guides/_suggestions.html", context))


@require_safe
@cache_control(private=True, no_cache=True)
def suggestions_json(request: HttpRequest) -> HttpResponse:
    """What a browser shows below its address bar: words, what they are, and where they lead."""
    typed = _typed(request)
    found = _choices(request, typed)
    answer = [
        typed,
        [choice.text for choice in found],
        [choice.title for choice in found],
        [request.build_absolute_uri(choice.url) for choice in found],
    ]
    text = json.dumps(answer, ensure_ascii=False)
    return _unlisted(HttpResponse(text, content_type=f"{SUGGESTIONS_TYPE}; charset=utf-8"))


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LETTERS]


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _choices(request: HttpRequest, typed: str) -> list[Choice]:
    """Two queries besides those of the search: products with tasks, and guides."""
    if not typed:
        return []
    visible = Guide.objects.visible_to(request.user)
    named = {concept_of(thing).slug: thing for thing in things()}
    concepts = [concept_of(thing) for thing in named.values()]
    found = suggest(typed, visible, concepts=concepts, limit=LIMIT)
    return list(_resolved(found, named, _named(visible, found), typed.split()))


def _named(visible: GuideQuerySet, found: list[Suggestion]) -> dict[int, Card]:
    keys = [each.key for each in found if each.key is not None]
    return {card.key: card for card in cards(visible.filter(pk__in=keys))} if keys else {}


def _resolved(
    found: list[Suggestion], things: Things, guides: Mapping[int, Card], typed: list[str]
) -> Iterator[Choice]:
    for each in found:
        if each.concept and each.concept in things:
            yield _of_thing(things[each.concept], typed)
        elif each.key and each.key in guides:
            yield _of_guide(guides[each.key], each.text, typed)


def _of_thing(thing: Product | Task, typed: list[str]) -> Choice:
    name = thing.display_name
    kind = "product" if isinstance(thing, Product) else "task"
    parts = highlighted(name, typed)
    return Choice(name, thing.get_absolute_url(), kind, get_language() or "", parts=parts)


def _of_guide(card: Card, words: str, typed: list[str]) -> Choice:
    title = "" if words == card.title else card.title
    parts = highlighted(words, typed)
    return Choice(words, card.url, card.kind, card.language, title, parts)
