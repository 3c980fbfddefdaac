"""The map as this reader gets it: only ways to guides that the reader may see are links."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from guides.views.cards import Card
from guides.views.lifecycle import NARROW, STATES, WAYS, WIDE, Box, Line, State, Way, Words

LETTER, NAME, SMALL = 15, 17, 13  # letters of links, names of states and notes, in both drawings
ROW = 24  # the least height of something to be hit with a finger
GAP = 28  # between links side by side


@dataclass(frozen=True)
class Link:
    """Words on a line; `url` is empty where they lead nowhere. The rest is the area behind."""

    words: str
    url: str
    x: int
    y: int
    anchor: str
    left: int
    width: int

    @property
    def top(self) -> int:
        return self.y - 17


@dataclass(frozen=True)
class Edge:
    path: str
    by_user: bool
    links: list[Link]


@dataclass(frozen=True)
class Node:
    state: State
    box: Box
    note: Words  # left out where it does not fit: the words of another language may be long

    @property
    def middle(self) -> int:
        return self.box.x + self.box.width // 2

    @property
    def name_y(self) -> int:
        return self.box.y + self.box.height // 2 + (-5 if self.note else 6)

    @property
    def note_y(self) -> int:
        return self.name_y + 21

    @property
    def below(self) -> int:
        return self.box.y + self.box.height + 5


@dataclass(frozen=True)
class Drawing:
    name: str
    size: tuple[int, int]
    nodes: list[Node]
    edges: list[Edge]


@dataclass(frozen=True)
class Sentence:
    """A way in words, for the text beside the drawing."""

    origin: Words
    target: Words
    words: Words
    by_user: bool
    cards: list[Card]


@dataclass(frozen=True)
class LifecycleMap:
    drawings: list[Drawing]
    sentences: list[Sentence]


def lifecycle_map(cards: Mapping[str, Card]) -> LifecycleMap:
    """`cards` are the reader's guides by slug."""
    wide = Drawing(
        "wide",
        WIDE,
        [Node(state, state.wide, fitting(state.note, state.wide)) for state in STATES],
        [Edge(way.wide.path, way.by_user, _wide_links(way, cards)) for way in WAYS],
    )
    narrow = Drawing(
        "narrow",
        NARROW,
        [Node(state, state.narrow, "") for state in STATES],
        [Edge(way.narrow.path, way.by_user, _narrow_links(way, cards)) for way in WAYS],
    )
    return LifecycleMap([wide, narrow], [_sentence(way, cards) for way in WAYS])


def _wide_links(way: Way, cards: Mapping[str, Card]) -> list[Link]:
    shown = [(str(step.words), cards[step.slug].url) for step in way.steps if step.slug in cards]
    return _placed(way.wide, shown or [(str(way.words), "")])


def _narrow_links(way: Way, cards: Mapping[str, Card]) -> list[Link]:
    urls = [cards[step.slug].url for step in way.steps if step.slug in cards]
    if way.task and len(urls) > 1:
        urls = [reverse("task", args=[way.task])]
    return _placed(way.narrow, [(str(way.short), urls[0] if urls else "")])


def _sentence(way: Way, cards: Mapping[str, Card]) -> Sentence:
    names = {state.slug: state.name for state in STATES}
    known = [cards[step.slug] for step in way.steps if step.slug in cards]
    return Sentence(names[way.origin], names[way.target], way.words, way.by_user, known)


def _placed(line: Line, links: list[tuple[str, str]]) -> list[Link]:
    if line.stacked:
        return [
            _link(words, url, line.x, line.y + place * ROW, line.anchor)
            for place, (words, url) in enumerate(links)
        ]
    widths = [text_width(words) for words, _url in links]
    x = line.x - (sum(widths) + GAP * (len(links) - 1)) // 2
    placed = []
    for (words, url), width in zip(links, widths, strict=True):
        at = x + width // 2 if len(links) > 1 else line.x
        placed.append(_link(words, url, at, line.y, line.anchor))
        x += width + GAP
    return placed


def _link(words: str, url: str, x: int, y: int, anchor: str) -> Link:
    width = text_width(words) + 12
    start = {"start": 6, "middle": width // 2, "end": width - 6}[anchor]
    return Link(words, url, x, y, anchor, x - start, width)


def fitting(note: Words, box: Box) -> Words:
    return note if text_width(str(note), SMALL) <= box.width - 4 else ""


def text_width(words: str, size: int = LETTER) -> int:
    """About how wide words are drawn: Han letters are square, Latin ones half as wide."""
    return round(sum(1.0 if letter > "\u2e80" else 0.53 for letter in words) * size)
