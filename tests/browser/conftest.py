"""Browser tests drive the Chromium of the system against a running portal.

Whatever a test looks at, its pages may log no error, break no rule of the content security
policy, and ask no other host for anything: that is watched in every one of them.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
)

from tests.live.pages import PageType
from tests.live.portal import Portal

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PORTALS = ("portal_for_writing", "broken_portal")
PATIENCE = 15_000  # milliseconds; a shared machine is slow at times
TELL_OF_POLICY = """addEventListener("securitypolicyviolation", (event) =>
  console.error("policy:", event.violatedDirective, event.blockedURI, event.sourceFile))"""
STATUS_OF_PAGE = re.compile(r"Failed to load resource: the server responded with a status of \d+")

# Playwright's synchronous interface keeps an event loop in the test's own thread, which Django
# takes for asynchronous code. Nothing runs in that loop while a test uses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    named = os.environ.get("CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        pytest.skip("Chromium is not installed (CHROMIUM= names one that is elsewhere)")
    return found


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Nothing glides: a test that looks while something is on its way sees what no reader would."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    # Chromium refuses to run as root with its sandbox; containers and build servers are root.
    as_root = ["--no-sandbox"] if os.getuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [*QUIET, *as_root],
    }


def stop_the_clock(page: Page) -> None:
    """Of a page on which `page.clock` was installed. It can only be told to stop in the future, so
    the moment lies further ahead than a slow machine takes to say so."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)


class Watch:
    """Notes what goes wrong in the pages of a browser context, unseen by the one who reads."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.notes: list[str] = []
        self._pages: set[str] = set()

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_OF_POLICY)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.notes.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error" or self._is_status_of_page(message):
            return
        self.notes.append(f"console: {message.text} ({message.location.get('url')})")

    def _is_status_of_page(self, message: ConsoleMessage) -> bool:
        """Chromium logs an error for every page that is meant to be a 404."""
        about = str(message.location.get("url"))
        return bool(STATUS_OF_PAGE.match(message.text)) and about in self._pages

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)
        if not request.url.startswith((self.address, "blob:")):
            self.notes.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.notes.append(f"{response.status}: {response.url}")


@pytest.fixture
def portal(chromium: str, request: pytest.FixtureRequest) -> Portal:
    """The portal that the test's own arguments name, or the one for reading."""
    named = (name for name in PORTALS if name in request.fixturenames)
    found: Portal = request.getfixturevalue(next(named, "portal_for_reading"))
    return found


def nothing_to_complain_of(watch: Watch, portal: Portal, request: pytest.FixtureRequest) -> None:
    assert "\n".join(watch.notes) == ""
    if "broken_portal" not in request.fixturenames:
        assert "\n".join(portal.complaints()) == ""


@pytest.fixture
def watch(portal: Portal, request: pytest.FixtureRequest) -> Iterator[Watch]:
    watch = Watch(portal.address)
    portal.complaints()
    yield watch
    nothing_to_complain_of(watch, portal, request)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], watch: Watch) -> BrowserContext:
    context = new_context(base_url=watch.address)
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    return context


def signed_in(context: BrowserContext, portal: Portal, visitor: str) -> None:
    context.clear_cookies(name="sessionid")
    if visitor != "guest":
        cookie = {"name": "sessionid", "value": portal.known[visitor], "url": portal.address}
        context.add_cookies([cookie])  # type: ignore[list-item]


@pytest.fixture
def sign_in(context: BrowserContext, portal: Portal) -> Callable[[str], None]:
    """`sign_in("editor")`: the next pages are opened as that person, or as "guest" again."""
    return lambda visitor: signed_in(context, portal, visitor)


@pytest.fixture
def approve(portal: Portal, sign_in: Callable[[str], None]) -> Callable[[Page], None]:
    """A colleague reads what was submitted of the guide 关闭借呗 and approves it."""

    def act(page: Page) -> None:
        sign_in("reviewer")
        page.goto(portal.place("/admin/guides/procedure/{procedure}/review/"))
        page.get_by_role("button", name="批准并发布").click()
        expect(page.get_by_role("status").first).to_contain_text("已复核并发布第2版")

    return act


Windows = dict[tuple[str, bool], tuple[Page, Watch]]


@pytest.fixture(scope="session")
def windows() -> Windows:
    return {}


@pytest.fixture
def window(
    browser: Browser, windows: Windows, portal: Portal, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """One window for all tests that only look: opening another costs more than the look."""
    marker = request.node.get_closest_marker("browser_context_args")
    scripts = not marker or marker.kwargs.get("java_script_enabled", True)
    if (portal.address, scripts) not in windows:
        windows[portal.address, scripts] = _opened(browser, portal, scripts)
    page, watch = windows[portal.address, scripts]
    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light", media="screen")
    watch.notes.clear()
    portal.complaints()
    yield page
    nothing_to_complain_of(watch, portal, request)


def _opened(browser: Browser, portal: Portal, scripts: bool) -> tuple[Page, Watch]:
    context = browser.new_context(
        base_url=portal.address, java_script_enabled=scripts, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(portal.address)
    watch.over(context)
    return context.new_page(), watch


@pytest.fixture
def open_page(window: Page, portal: Portal) -> Callable[[PageType], Page]:
    """Goes to a type of page as its visitor and makes sure that it is the one that was meant."""

    def opened(wanted: PageType) -> Page:
        signed_in(window.context, portal, wanted.visitor)
        response = window.goto(portal.place(wanted.address))
        assert response
        assert response.status == wanted.status
        return window

    return opened
