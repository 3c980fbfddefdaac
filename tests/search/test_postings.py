"""Who holds a term: bytes that say the same as a table of keys and impacts would."""

from hypothesis import given
from hypothesis import strategies as st

from guides.search.postings import BLOCK, changed, size, unpacked

IMPACTS = st.dictionaries(st.integers(0, BLOCK - 1), st.integers(0, 1000), max_size=30)


@given(block=st.integers(0, 2**50), changes=st.lists(IMPACTS, max_size=5))
def test_bytes_hold_what_was_last_said_of_each_key(block, changes):
    packed = b""
    held: dict[int, int] = {}
    for some in changes:
        put = {block * BLOCK + place: impact for place, impact in some.items()}
        packed = changed(packed, put)
        held |= put
    held = {key: impact for key, impact in held.items() if impact}
    assert unpacked(block, packed) == held
    assert list(unpacked(block, packed)) == sorted(held)
    assert size(packed) == len(held)


@given(impacts=IMPACTS, order=st.randoms())
def test_the_order_of_saving_leaves_no_trace(impacts, order):
    at_once = changed(b"", impacts)
    shuffled = list(impacts.items())
    order.shuffle(shuffled)
    one_by_one = b""
    for key, impact in shuffled:
        one_by_one = changed(one_by_one, {key: impact})
    assert one_by_one == at_once


def test_a_guide_takes_four_bytes():
    assert changed(b"", {1: 1000}) == bytes([0xE8, 3, 1, 0])
    assert changed(b"", {BLOCK + 1: 1000}) == changed(b"", {1: 1000})
