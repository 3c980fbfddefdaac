"""Concepts: phrases, kept as data, that mean one thing. Found in questions and guides alike."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from guides.search.chinese import normalise
from guides.search.tables import Situation

GAP = "…"
NEAR = r"[^\s,.;:!?。、]{0,6}?"  # …: a few letters of the same clause
FAR = ".{0,60}?"  # ……: anything


@dataclass(frozen=True)
class Concept:
    """`slug` is "product:jiebei", "task:close" or "situation:blocked".

    In a phrase … stands for a few letters, …… for many: 不能…用 is found in 不能再继续使用.
    """

    slug: str
    name: str
    phrases: tuple[str, ...]
    means: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    happened: bool = False
    covered: bool = True

    @property
    def kind(self) -> str:
        return self.slug.partition(":")[0]


@dataclass(frozen=True)
class Sighting:
    """A concept found in a text, and the places of the letters that say so."""

    concept: Concept
    places: tuple[tuple[int, int], ...]


def situations() -> list[Concept]:
    return [
        Concept(
            slug=f"situation:{row.slug}",
            name=row.name,
            phrases=tuple(row.phrases),
            means=tuple(row.means),
            overrides=tuple(row.overrides),
            happened=row.happened,
            covered=row.covered,
        )
        for row in Situation.objects.all()
    ]


@dataclass(frozen=True)
class _Phrase:
    """The letters of every piece must be there before the pattern is worth trying."""

    pieces: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def beginning(self) -> str:
        return self.pieces[0][:2]

    @property
    def unread(self) -> tuple[str, ...]:
        """The pieces that may be missing where the beginning is there."""
        return tuple(piece for piece in self.pieces if piece != self.beginning)

    def places(self, text: str) -> list[tuple[int, int]]:
        groups = range(1, self.pattern.groups + 1)
        return [match.span(group) for match in self.pattern.finditer(text) for group in groups]


def sightings(text: str, concepts: Sequence[Concept]) -> list[Sighting]:
    """All concepts said in normalised text, in the order of `concepts`."""
    found = []
    for concept, phrases in _likely(text, concepts):
        places = {place for phrase in phrases for place in phrase.places(text)}
        if places:
            found.append(Sighting(concept, tuple(sorted(places))))
    return found


def said_in(text: str, concepts: Sequence[Concept]) -> list[str]:
    """The slugs of the concepts said in normalised text."""
    return [
        concept.slug
        for concept, phrases in _likely(text, concepts)
        if any(phrase.pattern.search(text) for phrase in phrases)
    ]


def _likely(text: str, concepts: Sequence[Concept]) -> list[tuple[Concept, list[_Phrase]]]:
    """Concepts that a text may say, with the only phrases that may say them.

    Of thousands of phrases all but a few are ruled out by their first two letters, unread.
    """
    beginnings = _by_beginning(tuple(concept.phrases for concept in concepts))
    found: defaultdict[int, list[_Phrase]] = defaultdict(list)
    for letters in beginnings.keys() & {*text, *map(add, text, text[1:])}:
        for at, unread, phrase in beginnings[letters]:
            if all(map(text.__contains__, unread)):
                found[at].append(phrase)
    return [(concepts[at], found[at]) for at in sorted(found)]


@lru_cache(maxsize=100)
def _by_beginning(
    known: tuple[tuple[str, ...], ...],
) -> Mapping[str, list[tuple[int, tuple[str, ...], _Phrase]]]:
    """Phrases by the first letters of their first piece, and whose they are."""
    found: defaultdict[str, list[tuple[int, tuple[str, ...], _Phrase]]] = defaultdict(list)
    for at, phrases in enumerate(known):
        for phrase in map(_phrase, phrases):
            if phrase.pieces:
                found[phrase.beginning].append((at, phrase.unread, phrase))
    return found


@lru_cache(maxsize=10_000)
def _phrase(phrase: str) -> _Phrase:
    far = [
        [piece for piece in map(normalise, part.split(GAP)) if piece]
        for part in phrase.split(GAP * 2)
    ]
    pattern = FAR.join(NEAR.join(map(_whole, near)) for near in far if near)
    return _Phrase(tuple(piece for near in far for piece in near), re.compile(pattern))


def _whole(piece: str) -> str:
    """Latin only as whole words: "hb" is not in "thb"."""
    before = r"(?<![a-z0-9])" if re.match("[a-z0-9]", piece) else ""
    after = r"(?![a-z0-9])" if re.search("[a-z0-9]$", piece) else ""
    return f"{before}({re.escape(piece)}){after}"
