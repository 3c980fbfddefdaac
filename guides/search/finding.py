"""Questions' terms in, the best guides out, the same on both databases."""

import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from guides.search import weights
from guides.search.postings import size
from guides.search.scoring import Block, Row, Scores
from guides.search.statements import cursor_for_bytes, places
from guides.search.tables import SearchWord

EVERY_GUIDE = SearchWord.EVERY_GUIDE
# For a reader who may see next to nothing it is quicker to ask for all that they may.
LOOKED_UP = 5000


class Postings:
    """Who holds the terms that a question may come down to, read as they are needed."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._read: dict[str, list[Block]] = {}
        self.every = 0  # how many guides there are

    def read(self, terms: Iterable[str]) -> None:
        """Those that were not read before, in one statement; and the number of guides."""
        wanted = [term for term in dict.fromkeys(terms) if term not in self._read]
        if not wanted:
            return
        self._read |= {term: [] for term in wanted}
        with cursor_for_bytes(connections[self._database]) as cursor:
            cursor.execute(POSTINGS.format(places(wanted)), [*wanted, EVERY_GUIDE])
            for term, block, packed in cursor.fetchall():
                if term == EVERY_GUIDE:
                    self.every = block
                else:
                    self._read[term].append((term, block, packed))

    def held(self, term: str) -> int:
        """How many guides hold it."""
        return sum(size(packed) for _term, _block, packed in self._read[term])

    def blocks(self, terms: Iterable[str]) -> list[Block]:
        return [block for term in terms for block in self._read[term]]


def counts(terms: Iterable[str]) -> dict[str, int]:
    """How many guides hold each term."""
    words = SearchWord.objects.filter(term__in=list(terms))
    return dict(words.values_list("term", "guides"))


def rarity(guides: int, every: int) -> float:
    """The capped idf; what no guide holds is as rare as can be."""
    return min(weights.RAREST, math.log(1 + (every - guides + 0.5) / (guides + 0.5)))


def heard(sounds: Iterable[str]) -> dict[str, str]:
    """For each sound the word of titles, aliases and headings that most guides hold."""
    rows = SearchWord.objects.filter(sound__in=sorted(sounds)).order_by("guides", "-term")
    return {row.sound: row.term for row in rows}


def best(
    postings: Postings,
    terms: Mapping[str, int],
    also: Mapping[str, int],
    allowed: QuerySet[Any],
    candidates: int,
) -> list[Row]:
    """The best candidates for weighted `terms`, ordered by `also` as well: their rows for both."""
    scores = Scores(postings.blocks({**terms, **also}), terms, also)
    return scores.rows(_visible(scores.best_first(2 * candidates), allowed, candidates))


def _visible(keys: Iterator[int], allowed: QuerySet[Any], candidates: int) -> list[int]:
    """The first so many keys that are allowed: as if the others were not there."""
    chosen: list[int] = []
    number = candidates * 5 // 4  # some of the best may be hidden from this reader
    while len(chosen) < candidates and (some := list(islice(keys, number))):
        within = allowed.filter(pk__in=some) if number <= LOOKED_UP else allowed
        seen = set(within.order_by().values_list("pk", flat=True))
        chosen += [key for key in some if key in seen]
        number = number * 4 if number * 4 <= LOOKED_UP else sys.maxsize
    return chosen[:candidates]


# The number of all guides comes along.
POSTINGS = """
SELECT term, block, impacts FROM guides_searchposting WHERE term IN ({})
UNION ALL SELECT term, guides, NULL FROM guides_searchword WHERE term = %s
"""
