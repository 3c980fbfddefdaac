"""Latin letters read as Chinese words: the cheapest way to spell them with words we know."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST_RUN = 80
LONGEST_WORD = 24  # letters
SYLLABLES_IN_WORD = 5
SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui"
    "|ue|ve|er|a|o|e|i|u|v)"
)
# What a reading costs, by its pieces; a letter that stays unread costs most.
WORD, EVERYDAY, MENDED, LETTER = 10, 12, 25, 15
TELLING_LETTERS = 3  # so many at least must belong to words that say something
UNREAD = 0.5  # of the letters at most


@dataclass(frozen=True)
class Piece:
    text: str
    cost: int
    tells: bool = True  # everyday words say nothing by themselves


@dataclass(frozen=True, order=True)
class Reading:
    cost: int = 0
    unread: int = 0
    mute: int = 0  # letters that belong to no telling word
    words: tuple[str, ...] = ()


Find = Callable[[str], Piece | None]


def syllable_runs(letters: str) -> list[tuple[int, int]]:
    """Where words may stand: from the start of one syllable to the end of another."""
    ends = {start: _syllable_ends(letters, start) for start in range(len(letters))}
    return [(start, end) for start in ends for end in sorted(_word_ends(start, ends))]


def _syllable_ends(letters: str, start: int) -> list[int]:
    stops = range(start + 1, min(len(letters), start + 6) + 1)
    return [end for end in stops if SYLLABLE.fullmatch(letters, start, end)]


def _word_ends(start: int, ends: dict[int, list[int]]) -> set[int]:
    reached, edge = set(), {start}
    for _syllable in range(SYLLABLES_IN_WORD):
        edge = {end for at in edge for end in ends.get(at, ())}
        reached |= edge
    return {end for end in reached if end - start <= LONGEST_WORD}


def read(letters: str, find: Find) -> list[str] | None:
    """The words of the cheapest reading; None where too little of it says anything."""
    best = [Reading()]
    for end in range(1, len(letters) + 1):
        best.append(min(_ways(letters, end, best, find)))
    telling = len(letters) - best[-1].mute
    enough = telling >= TELLING_LETTERS and best[-1].unread <= UNREAD * len(letters)
    return list(best[-1].words) if enough else None


def _ways(letters: str, end: int, best: list[Reading], find: Find) -> Iterator[Reading]:
    last = best[end - 1]
    yield Reading(last.cost + LETTER, last.unread + 1, last.mute + 1, last.words)
    for start in range(max(0, end - LONGEST_WORD), end):
        piece = find(letters[start:end])
        if piece:
            before, mute = best[start], 0 if piece.tells else end - start
            words = (*before.words, piece.text)
            yield Reading(before.cost + piece.cost, before.unread, before.mute + mute, words)
