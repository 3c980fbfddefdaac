"""Sentences that stand in a source word for word: what a guide says, it says in its own words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from guides.search import normalise

LONGEST = 20  # letters that a guide and a source may share in one run
_RUN = LONGEST + 1
# Citations, step marks, addresses and slugs are the editor's; the way through an app is a fact.
_MARKS = re.compile(r"\[\^[^\]]*\]|\{[^}]*\}|\]\([^)]*\)|\[\[[^\]|]*\|?")
_PATH = re.compile(r"\S\s*>\s*\S")


@dataclass(frozen=True)
class Borrowed:
    """A run of letters that a text shares with the source of this code."""

    source: str
    text: str


def borrowed(text: str, sources: Iterable[tuple[str, str]]) -> Iterator[Borrowed]:
    """The runs of one line or field that are too long; `sources` are codes with their texts."""
    if _PATH.search(text):
        return
    letters, known = bare(_MARKS.sub("", text)), _runs_of(tuple(sources))
    start = 0
    while start + _RUN <= len(letters):
        source = known.get(letters[start : start + _RUN])
        if source is None:
            start += 1
            continue
        end = start + _RUN
        while letters[end - LONGEST : end + 1] in known and end < len(letters):
            end += 1
        yield Borrowed(source, letters[start:end])
        start = end


def bare(text: str) -> str:
    """Letters and digits alone: a comma moved makes no sentence one's own."""
    return "".join(filter(str.isalnum, normalise(text)))


@lru_cache(maxsize=4)
def _runs_of(sources: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Every run that is one letter too long, with the first source that has it."""
    runs: dict[str, str] = {}
    for code, text in sources:
        letters = bare(text)
        for start in range(len(letters) - LONGEST):
            runs.setdefault(letters[start : start + _RUN], code)
    return runs
