"""Who holds a term, as bytes: four for each guide, its place in a block of keys and its impact."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping

BLOCK = 4096  # keys
PLACE_BITS = 16  # how far the place stands to the left of the impact


def block_of(key: int) -> int:
    return key // BLOCK


def changed(packed: bytes, changes: Mapping[int, int]) -> bytes:
    """A block with other impacts of some keys; with 0 a key is taken out."""
    rows = array("I", packed)
    for key, impact in changes.items():
        first = key % BLOCK << PLACE_BITS
        at = bisect_left(rows, first)
        if at < len(rows) and rows[at] >> PLACE_BITS == key % BLOCK:
            del rows[at]
        if impact:
            rows.insert(at, first | impact)
    return rows.tobytes()


def unpacked(block: int, packed: bytes | memoryview) -> dict[int, int]:
    """Impacts by key."""
    keys = block * BLOCK
    return {keys + (row >> PLACE_BITS): row & 0xFFFF for row in array("I", bytes(packed))}


def size(packed: bytes | memoryview) -> int:
    """How many guides a block holds."""
    return len(packed) // 4
