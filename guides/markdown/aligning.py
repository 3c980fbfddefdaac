"""Two sequences side by side: what both hold, in order, and which of the rest belong together.

Bounded in work, whatever the texts. The same two give the same answer whichever comes first.
"""

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeVar

Words = Callable[[str], list[str]]
Piece = tuple[Literal["same", "added", "removed"], str]
Pieces = tuple[Piece, ...]
Pairs = list[tuple[int, int]]
Range = tuple[int, int, int, int]  # from, to in the old sequence; from, to in the new one

# Citations, titles of guides and addresses change as a whole; nobody reads half of one.
_WHOLE = re.compile(r"(〔[^〔〕]{1,80}〕|《[^《》]{1,80}》|https?://[!-~]+)")
_LETTER = re.compile(r"\w")

ItemT = TypeVar("ItemT", bound=Any)


@dataclass
class Effort:
    """What one comparison may still cost; beyond it the answer gets coarser, never wrong."""

    left: int = 3_000_000

    def spend(self, cost: int) -> bool:
        """Pay for a piece of work, or learn that it is too dear."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def align(old: Sequence[ItemT], new: Sequence[ItemT], effort: Effort) -> Pairs:
    """Places of equal items, rising in both sequences."""
    if (len(new), list(new)) < (len(old), list(old)):
        return [(i, j) for j, i in _aligned(new, old, effort)]
    return _aligned(old, new, effort)


def _aligned(old: Sequence[ItemT], new: Sequence[ItemT], effort: Effort) -> Pairs:
    pairs: Pairs = []
    ahead: list[Range] = [(0, len(old), 0, len(new))]
    while ahead:
        a, b, c, d = _without_equal_ends(old, new, ahead.pop(), pairs)
        if a == b or c == d or not effort.spend(b - a + d - c):
            continue
        anchors = _anchors(old, new, (a, b, c, d))
        if anchors:
            pairs += anchors
            ahead += _between(anchors, (a, b, c, d))
        elif effort.spend((b - a) * (d - c)):
            pairs += _exactly(old, new, (a, b, c, d))
    return sorted(pairs)


def _without_equal_ends(
    old: Sequence[ItemT], new: Sequence[ItemT], place: Range, pairs: Pairs
) -> Range:
    a, b, c, d = place
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return a, b, c, d


def _anchors(old: Sequence[ItemT], new: Sequence[ItemT], place: Range) -> Pairs:
    """Items that stand once on either side, as many as keep their order."""
    a, b, c, d = place
    mine, theirs = _once(old, a, b), _once(new, c, d)
    shared = [(i, theirs[item]) for item, i in mine.items() if item in theirs]
    return _longest_rise(shared)


def _once(items: Sequence[ItemT], start: int, stop: int) -> dict[ItemT, int]:
    counts = Counter(items[start:stop])
    return {items[i]: i for i in range(start, stop) if counts[items[i]] == 1}


def _longest_rise(pairs: Pairs) -> Pairs:
    """The longest run of pairs, rising in the first already, that rises in the second, too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else -1)
    rise: Pairs = []
    at = last[-1] if last else -1
    while at >= 0:
        rise.append(pairs[at])
        at = before[at]
    return rise[::-1]


def _between(anchors: Pairs, place: Range) -> Iterator[Range]:
    a, b, c, d = place
    fences = [(a - 1, c - 1), *anchors, (b, d)]
    return ((i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(fences))


def _exactly(old: Sequence[ItemT], new: Sequence[ItemT], place: Range) -> Pairs:
    a, b, c, d = place
    matcher = difflib.SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(a + i + k, c + j + k) for i, j, size in blocks for k in range(size)]


def similar(old: Counter[str], new: Counter[str]) -> float:
    """How many of their words two texts share: 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def pair_similar(
    old: Sequence[ItemT],
    new: Sequence[ItemT],
    likeness: Callable[[ItemT, ItemT], float],
    effort: Effort,
    cost: int,
) -> Pairs:
    """The pairs that belong together most, rising in both; `likeness` 0 is for those that don't.

    `cost` is that of comparing all with all; where it is too dear, equal places are compared.
    """
    if list(new) < list(old):
        turned = pair_similar(new, old, lambda n, o: likeness(o, n), effort, cost)
        return [(i, j) for j, i in turned]
    if effort.spend(cost + len(old) * len(new)):
        return _best_pairs([[likeness(one, other) for other in new] for one in old])
    return [(i, i) for i in range(min(len(old), len(new))) if likeness(old[i], new[i])]


def _best_pairs(values: list[list[float]]) -> Pairs:
    width = len(values[0]) if values else 0
    best = [[0.0] * (width + 1)]
    for row in values:
        sums = [0.0]
        for j, value in enumerate(row):
            sums.append(max(best[-1][j + 1], sums[j], best[-1][j] + value if value else 0.0))
        best.append(sums)
    return _traced(values, best)


def _traced(values: list[list[float]], best: list[list[float]]) -> Pairs:
    pairs: Pairs = []
    i, j = len(values), len(best[0]) - 1
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def cut(text: str, words: Words) -> list[str]:
    """The text in words, nothing lost; what changes as a whole is one word."""
    pieces: list[str] = []
    for number, part in enumerate(_WHOLE.split(text)):
        pieces += [part] if number % 2 else words(part) if part else []
    return pieces


def bag(text: str, words: Words) -> Counter[str]:
    """The words that tell one text from another; its marks and citations where it has none."""
    pieces = cut(text, words)
    telling = [each for each in pieces if _LETTER.search(each) and not each.startswith("〔")]
    return Counter(telling or pieces)


def compare_words(old: str, new: str, words: Words, effort: Effort) -> Pieces:
    """Both texts at once: joined without what was added it is the old one, and so on."""
    if old == new:
        return (("same", old),) if old else ()
    mine, theirs = cut(old, words), cut(new, words)
    rows = list(_rows(mine, theirs, align(mine, theirs, effort)))
    return tuple(_pieces(_without_specks(rows)))


Row = tuple[str, str, str]  # what was removed, what was added, and what both have after it
_END: Row = ("", "", "")


def _rows(old: list[str], new: list[str], pairs: Pairs) -> Iterator[Row]:
    a = c = 0
    removed = added = shared = ""
    for i, j in [*pairs, (len(old), len(new))]:
        if (i, j) != (a, c):
            if removed or added or shared:
                yield removed, added, shared
            removed, added, shared = "".join(old[a:i]), "".join(new[c:j]), ""
        shared += "".join(old[i : i + 1])
        a, c = i + 1, j + 1
    if removed or added or shared:
        yield removed, added, shared


def _without_specks(rows: list[Row]) -> list[Row]:
    """A comma or a lone character between two changes tears apart what was rewritten as one."""
    result: list[Row] = []
    gone = come = ""  # changed so far, with nothing shared since
    for (removed, added, shared), (*after, _shared) in zip(rows, [*rows[1:], _END], strict=True):
        gone, come = gone + removed, come + added
        if _is_speck(shared, (gone, come), after):
            gone, come = gone + shared, come + shared
        else:
            result.append((gone, come, shared))
            gone = come = ""
    return result


def _is_speck(shared: str, before: Sequence[str], after: Sequence[str]) -> bool:
    if not any(before) or not any(after):
        return False
    letters = len(_LETTER.findall(shared))
    return letters == 0 or (letters == 1 and all(before) and all(after))


def _pieces(rows: list[Row]) -> Iterator[Piece]:
    for removed, added, shared in rows:
        if removed:
            yield "removed", removed
        if added:
            yield "added", added
        if shared:
            yield "same", shared
