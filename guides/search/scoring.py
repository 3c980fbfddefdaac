"""The scores of all guides that hold a question's terms, added up at once. Asks no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from guides.search.postings import BLOCK, PLACE_BITS

Block = tuple[str, int, bytes]  # term, block, postings
Row = tuple[int, str, int]  # key, term, impact
Numbers = NDArray[np.int64]
GROWTH = 8


class Scores:
    """Guides are found by `terms` and ordered by `also` as well; both are weights by term."""

    def __init__(
        self, blocks: Iterable[Block], terms: Mapping[str, int], also: Mapping[str, int]
    ) -> None:
        by_term: defaultdict[str, list[tuple[int, bytes]]] = defaultdict(list)
        for term, block, packed in blocks:
            by_term[term].append((block, packed))
        # Keys may lie far apart: only blocks with something in them get room.
        self._blocks = np.array(
            sorted({block for pieces in by_term.values() for block, _packed in pieces}), np.int64
        )
        self._held = {term: self._unpacked(sorted(pieces)) for term, pieces in by_term.items()}
        said = self._sum(terms)
        self._found = np.flatnonzero(said)
        self._totals = (said + self._sum(also))[self._found]

    def _unpacked(self, pieces: Sequence[tuple[int, bytes]]) -> tuple[Numbers, Numbers]:
        """A term's guides, counted through the blocks in ascending order, and their impacts."""
        rows = np.frombuffer(b"".join(packed for _block, packed in pieces), np.uint32)
        starts = np.searchsorted(self._blocks, [block for block, _packed in pieces]) * BLOCK
        lengths = [len(packed) // rows.itemsize for _block, packed in pieces]
        guides = np.repeat(starts, lengths) + (rows >> PLACE_BITS)
        return guides, (rows & (1 << PLACE_BITS) - 1).astype(np.int64)

    def _sum(self, weights: Mapping[str, int]) -> Numbers:
        total = np.zeros(len(self._blocks) * BLOCK, np.int64)
        for term in weights.keys() & self._held.keys():
            guides, impacts = self._held[term]
            total[guides] += impacts * weights[term]  # each guide once
        return total

    def best_first(self, lead: int) -> Iterator[int]:
        """All keys found, equals by key. Sorted as far as somebody reads: so many, then more."""
        found, totals = self._found, self._totals
        while len(found):
            number = min(lead, len(found))
            least = np.partition(totals, len(found) - number)[len(found) - number]
            leads = totals >= least
            order = np.argsort(-totals[leads], kind="stable")
            yield from self._keys(found[leads][order])
            found, totals = found[~leads], totals[~leads]
            lead *= GROWTH

    def _keys(self, guides: Numbers) -> list[int]:
        keys: list[int] = (self._blocks[guides // BLOCK] * BLOCK + guides % BLOCK).tolist()
        return keys

    def rows(self, keys: Iterable[int]) -> list[Row]:
        """What some of the keys that were found hold of all terms."""
        chosen = np.array(sorted(keys), np.int64)
        places = np.searchsorted(self._blocks, chosen // BLOCK) * BLOCK + chosen % BLOCK
        return [row for term in self._held for row in self._rows(term, chosen, places)]

    def _rows(self, term: str, chosen: Numbers, places: Numbers) -> Iterator[Row]:
        guides, impacts = self._held[term]
        at = np.searchsorted(guides, places)
        there = np.take(guides, at, mode="clip") == places
        for key, impact in zip(chosen[there].tolist(), impacts[at[there]].tolist(), strict=True):
            yield key, term, impact
