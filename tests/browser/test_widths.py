"""No page makes a reader scroll sideways, on the narrowest phone or on a desk."""

import pytest
from playwright.sync_api import expect

from tests.live.pages import EVERY, IN_ENGLISH

WIDTHS = (320, 390, 768, 1280)
# Whatever sticks out is told by its place in the page.
STICKING_OUT = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5)
    .map((one) => `${one.tagName.toLowerCase()}.${one.className}`)
    .slice(0, 8)
    .concat(`${root.scrollWidth} px wide`);
}"""


@pytest.mark.parametrize("wanted", [*EVERY, *IN_ENGLISH], ids=lambda page: page.name)
def test_a_page_fits_its_window(open_page, wanted):
    page = open_page(wanted)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(STICKING_OUT)
    assert {width: parts for width, parts in found.items() if parts} == {}


@pytest.mark.parametrize("wanted", EVERY[:20], ids=lambda page: page.name)
def test_a_page_in_large_type_fits_a_phone(window, portal, open_page, wanted):
    window.context.add_cookies([{"name": "size", "value": "large", "url": portal.address}])
    page = open_page(wanted)
    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.evaluate(STICKING_OUT) == []
