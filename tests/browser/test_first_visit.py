"""The browser itself asks for what `make weigh` says it does, and receives as much."""

import pytest

from tests.live.pages import READING
from tests.live.wire import LIMIT_BYTES, LIMIT_REQUESTS, weigh

SHOWN = ("home", "procedure with a picture", "search results", "all guides")


@pytest.mark.parametrize(
    "wanted", [page for page in READING if page.name in SHOWN], ids=lambda page: page.name
)
def test_a_first_visit_costs_what_was_weighed(page, portal, wanted):
    received, sizes = [], []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda told: received.append(told["response"]["url"]))
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(portal.place(wanted.address), wait_until="networkidle")
    weighed = weigh(portal, wanted)
    asked = {address.removeprefix(portal.address).partition("?")[0] for address in received}
    assert asked <= {part.partition("?")[0] for part in weighed.parts}
    assert 0 < len(received) <= LIMIT_REQUESTS
    assert sum(sizes) <= LIMIT_BYTES
    assert sum(sizes) <= weighed.size * 1.05
