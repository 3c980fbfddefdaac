"""Passing on a guide, or one of its steps."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import stop_the_clock

GUIDE = "/procedures/close-jiebei/"


@pytest.fixture(autouse=True)
def _may_use_the_clipboard(context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def turn_to(page: Page, address: str) -> None:
    """To a page whose clock then stands still: what it says for two seconds, it goes on saying."""
    page.clock.install()
    page.goto(address)
    stop_the_clock(page)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_copied_link_to_a_step_opens_at_that_step(page, portal):
    turn_to(page, GUIDE)
    step = page.locator(".step").nth(3)
    title = step.locator("h3").inner_text()
    step.get_by_role("link", name="第4步的链接").click()
    expect(step.locator("h3")).to_contain_text("已复制")
    expect(page.locator("#live")).to_have_text("已复制")
    assert page.url.endswith(GUIDE), "copying a link does not leave the page"
    copied = clipboard(page)
    assert re.fullmatch(re.escape(portal.address) + "/p/[a-z0-9]+/s/[a-z0-9]+/", copied)
    page.goto("about:blank")
    page.goto(copied)
    page.wait_for_url(re.compile(f"{GUIDE}#s-[a-z0-9]+$"))
    opened = page.locator(".step:target")
    expect(opened).to_be_in_viewport()
    expect(opened.locator("h3")).to_have_text(title.strip())


def test_a_step_of_an_old_version_is_linked_in_that_version(page):
    turn_to(page, "/procedures/two-versions/v1/")
    page.get_by_role("link", name="第2步的链接").click()
    expect(page.locator("#live")).to_have_text("已复制")
    page.goto(clipboard(page))
    page.wait_for_url(re.compile("/procedures/two-versions/v1/#s-k002$"))


def test_the_share_menu_gives_the_address_of_the_page_and_of_this_version(page, portal):
    turn_to(page, GUIDE)
    page.get_by_text("分享", exact=True).click()
    page.get_by_role("button", name="复制").first.click()
    expect(page.locator("#live")).to_have_text("已复制")
    assert re.fullmatch(re.escape(portal.address) + "/p/[a-z0-9]+/", clipboard(page))
    page.get_by_role("button", name="复制").nth(1).click()
    expect(page.get_by_role("button", name="已复制")).to_have_count(2)
    assert re.fullmatch(re.escape(portal.address) + "/p/[a-z0-9]+/v1/", clipboard(page))


def test_the_share_menu_shows_a_code_for_the_phone(page):
    page.goto(GUIDE)
    code = page.locator(".qr svg")
    expect(code).to_be_hidden()
    page.get_by_text("分享", exact=True).click()
    expect(code).to_be_visible()
    assert code.bounding_box()["width"] >= 96


def test_a_press_outside_closes_the_share_menu(page):
    page.goto(GUIDE)
    page.get_by_text("分享", exact=True).click()
    expect(page.locator(".qr svg")).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.locator(".qr svg")).to_be_hidden()
