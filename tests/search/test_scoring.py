"""Scores of all guides: what adding them up one by one would give, and in that order."""

from collections import Counter, defaultdict
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.search.postings import BLOCK, block_of, changed
from guides.search.scoring import Scores

# Neighbours, other blocks, and the last key that a database can give.
KEYS = st.sampled_from([1, 2, 3, 5, BLOCK - 1, BLOCK, 7 * BLOCK + 5, 10**12, 2**63 - 1])
TERMS = "abcd"
HELD = st.dictionaries(
    st.sampled_from(TERMS), st.dictionaries(KEYS, st.integers(1, 1000), min_size=1), max_size=4
)
WEIGHTS = st.dictionaries(st.sampled_from(TERMS[:2]), st.integers(1, 10**5))
ALSO = st.dictionaries(st.sampled_from(TERMS[2:]), st.integers(1, 10**5))


def packed(held):
    blocks: defaultdict[tuple[str, int], bytes] = defaultdict(bytes)
    for term, impacts in held.items():
        for key, impact in impacts.items():
            blocks[term, block_of(key)] = changed(blocks[term, block_of(key)], {key: impact})
    return [(term, block, rows) for (term, block), rows in blocks.items()]


def added_up(held, terms, also):
    """The keys that hold any of the terms, best first."""
    said: set[int] = set()
    scores: Counter[int] = Counter()
    for term, weight in chain(terms.items(), also.items()):
        for key, impact in held.get(term, {}).items():
            scores[key] += impact * weight
            if term in terms:
                said.add(key)
    return sorted(said, key=lambda key: (-scores[key], key))


@given(held=HELD, terms=WEIGHTS, also=ALSO, first=st.integers(1, 12))
def test_every_guide_comes_once_the_best_first_equals_by_their_keys(held, terms, also, first):
    found = Scores(packed(held), terms, also).best_first(first)
    assert list(found) == added_up(held, terms, also)


@given(held=HELD, terms=WEIGHTS, keys=st.sets(KEYS))
def test_rows_are_what_was_packed(held, terms, keys):
    keys &= set(added_up(held, terms, {}))
    rows = Scores(packed(held), terms, {}).rows(keys)
    assert sorted(rows) == sorted(
        (key, term, impact)
        for term, impacts in held.items()
        for key, impact in impacts.items()
        if key in keys
    )


@pytest.mark.parametrize("number", [1, 300, 20_000])
def test_any_number_of_equals_stands_in_the_order_of_keys(number):
    held = {"a": dict.fromkeys(range(number), 7)}
    found = Scores(packed_at_once(held), {"a": 3}, {}).best_first(250)
    assert list(found) == list(range(number))


def packed_at_once(held):
    """The same, where keys are many."""
    return [
        (term, block, changed(b"", {key: impact for key, impact in impacts.items() if key in keys}))
        for term, impacts in held.items()
        for block in {block_of(key) for key in impacts}
        for keys in [range(block * BLOCK, (block + 1) * BLOCK)]
    ]
