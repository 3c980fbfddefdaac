"""What every browser test relies on unsaid: breaking a rule of the portal is noticed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import PATIENCE

BROKEN = {
    "an inline script": "<script>document.title = 'ran'</script>",
    "an inline style": "<p style='color: red'>red</p>",
    "an event attribute": "<img src='/static/none.png' alt='' onerror='document.title = 1'>",
    "a picture of another host": "<img src='http://127.0.0.2:9/x.png' alt=''>",
    "a missing file": "<link rel='stylesheet' href='/static/none.css'>",
}
FAILING = "document.body.append(document.createElement('p')); throw new Error('broken')"


def serve(page: Page, html: str) -> None:
    """The home page with something added that nobody wrote."""

    def changed(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace("</main>", f"{html}</main>")
        route.fulfill(response=response, body=body)

    page.route("**/", changed)
    page.goto("/", wait_until="networkidle")


def until(page: Page, holds: Callable[[], object]) -> None:
    """What the browser tells of a page may come after the page."""
    for _times in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was noticed")


@pytest.mark.parametrize("html", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_rule_is_noticed(page, watch, html):
    serve(page, html)
    until(page, lambda: watch.notes)
    watch.notes.clear()


def test_a_failing_script_is_noticed(page, watch):
    page.route(
        "**/portal.*.js",
        lambda route: route.fulfill(body=FAILING, content_type="text/javascript"),
    )
    page.goto("/", wait_until="networkidle")
    until(page, lambda: any("broken" in note for note in watch.notes))
    watch.notes.clear()


def test_an_untouched_page_gives_no_reason_to_complain(page, watch):
    serve(page, "<p>只是一句话</p>")
    assert watch.notes == []
