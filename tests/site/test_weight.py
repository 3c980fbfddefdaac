"""What a first visit costs: at most 40 KB over the wire, in at most five requests."""

import pytest

from tests.live.pages import IN_ENGLISH, PUBLIC, PageType
from tests.live.wire import LIMIT_BYTES, LIMIT_REQUESTS, ask, table, weigh


@pytest.mark.parametrize("wanted", [*PUBLIC, *IN_ENGLISH], ids=lambda page: page.name)
def test_a_first_visit_is_light(portal_for_reading, wanted):
    weight = weigh(portal_for_reading, wanted)
    assert weight.requests <= LIMIT_REQUESTS, weight.parts
    assert weight.size <= LIMIT_BYTES, weight.parts


def test_a_second_page_asks_for_nothing_but_itself(portal_for_reading):
    """The files of the first visit may be kept for ever, as their names change with their text."""
    weight = weigh(portal_for_reading, PageType("home", "/"))
    files = [part for part in weight.parts if part.startswith("/static/")]
    assert len(files) == 3
    for file in files:
        kept = ask(portal_for_reading, file).headers["cache-control"]
        assert "max-age=315360000" in kept
        assert "immutable" in kept


def test_text_travels_compressed(portal_for_reading):
    for address in weigh(portal_for_reading, PageType("home", "/")).parts:
        packed = ask(portal_for_reading, address, encoding="gzip")
        assert packed.headers.get("content-encoding") == "gzip", address
        assert packed.size < ask(portal_for_reading, address).size


def test_the_table_of_weights_names_every_page_and_the_heaviest(portal_for_reading):
    weights = [weigh(portal_for_reading, page) for page in PUBLIC[:3]]
    printed = table(weights)
    assert all(page.name in printed for page in PUBLIC[:3])
    assert f"{max(weight.size for weight in weights):,} bytes" in printed.splitlines()[-1]
