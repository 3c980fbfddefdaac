"""What a question found, as it stands on the page: with the passage that answers best."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guides.models import GuideQuerySet
from guides.search import Explanation, Passage, Snippet, highlighted, snippet
from guides.views.cards import Card, cards

Parts = tuple[tuple[str, bool], ...]  # (text, is it what was asked for)
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    number: int
    title: str
    url: str


@dataclass(frozen=True)
class Result:
    card: Card
    title: Parts
    snippet: Snippet
    step: int | None  # the number of the step that the snippet is from
    steps: list[Step]
    why: Explanation | None = None  # only where it was asked for

    @property
    def url(self) -> str:
        """Where the snippet stands; empty where it is the summary."""
        return f"{self.card.url}#{self.snippet.anchor}" if self.snippet.anchor else ""


def results(
    visible: GuideQuerySet,
    keys: Sequence[int],
    terms: Sequence[str],
    why: Mapping[int, Explanation],
) -> list[Result]:
    """In the order of `keys`; two queries."""
    chosen, words = visible.filter(pk__in=keys), _worth_marking(terms)
    known = {card.key: card for card in cards(chosen)}
    texts = dict(chosen.values_list("pk", "live__content"))
    found = [_result(known[key], texts[key], words) for key in keys if key in known]
    return [replace(result, why=why.get(result.card.key)) for result in found]


def _worth_marking(terms: Sequence[str]) -> list[str]:
    """Single letters are everywhere: they are marked only where nothing longer was asked."""
    return [term for term in terms if len(term) > 1] or list(terms)


def _result(card: Card, content: Content, terms: Sequence[str]) -> Result:
    best = snippet(_passages(card, content), terms)
    steps = _steps(card, content)
    numbers = {step.url.partition("#")[2]: step.number for step in steps}
    return Result(card, highlighted(card.title, terms), best, numbers.get(best.anchor), steps)


def _passages(card: Card, content: Content) -> list[Passage]:
    """The summary first: where it says as much as any step, it is the better answer."""
    return [Passage("", "", card.summary), *_parts(content["sections"])]


def _parts(sections: Iterable[Mapping[str, Any]]) -> list[Passage]:
    parts = []
    for section in sections:
        parts.append(Passage(section["id"], section["title"], section["plain"]))
        parts += [
            Passage(f"s-{step['key']}", step["title"], step["plain"]) for step in section["steps"]
        ]
    return parts


def _steps(card: Card, content: Content) -> list[Step]:
    return [
        Step(step["number"], step["title"], f"{card.url}#s-{step['key']}")
        for section in content["sections"]
        for step in section["steps"]
    ]
