"""Choosing theme, size of type and language."""

import re

import pytest
from playwright.sync_api import Page, expect

GUIDE = "/procedures/close-jiebei/"
BRIGHTNESS = """() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
  return Math.round((r + g + b) / 3);
}"""
SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.step .text')).fontSize)"


def choose(page: Page, label: str) -> None:
    """Waits until the server has been told, as a reader who then goes on would."""
    page.get_by_text("显示", exact=True).click()
    with page.expect_response(re.compile("/display/$")):
        page.get_by_label(label, exact=True).check()


def test_a_theme_applies_at_once_and_the_server_writes_it_into_the_next_page(page):
    page.emulate_media(color_scheme="light")
    page.goto(GUIDE)
    assert page.evaluate(BRIGHTNESS) > 240
    choose(page, "深色")
    assert page.evaluate(BRIGHTNESS) < 40
    reloaded = page.reload()
    assert re.match(r'\s*<!doctype html>\s*<html lang="zh-Hans" data-theme="dark"', reloaded.text())
    assert page.evaluate(BRIGHTNESS) < 40
    page.goto("/")
    assert page.evaluate(BRIGHTNESS) < 40


def test_a_light_page_can_be_had_on_a_dark_device_and_given_up_again(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    assert page.evaluate(BRIGHTNESS) < 40
    choose(page, "浅色")
    page.reload()
    assert page.evaluate(BRIGHTNESS) > 240
    choose(page, "跟随系统")
    page.reload()
    assert page.evaluate(BRIGHTNESS) < 40


def test_large_type_applies_at_once_and_stays(page):
    page.goto(GUIDE)
    before = page.evaluate(SIZE)
    choose(page, "大")
    assert page.evaluate(SIZE) > before * 1.1
    page.reload()
    assert page.evaluate(SIZE) > before * 1.1
    expect(page.get_by_label("大", exact=True)).to_be_checked()


@pytest.mark.parametrize("address", [GUIDE, "/", "/search/?q=借呗"])
def test_the_language_changes_and_changes_back_on_the_same_page(page, address):
    page.goto(address)
    chinese = page.url
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile("/en/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert page.url == chinese
