"""Suggestions below a search field: walked through, chosen, given up, by keyboard and by touch."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations_in_every_look
from tests.browser.test_typing import GUIDE, field, hold_back, options, results, turn_to


def test_suggestions_are_walked_through_by_keyboard(page):
    turn_to(page, "/")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.insert_text("guanbi")
    expect(page.get_by_role("listbox", name="搜索建议")).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    count = options(page).count()
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(0)
    for key, place in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", count - 1),
        ("ArrowDown", None),
        ("ArrowUp", count - 1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        if place is None:
            expect(chosen).to_have_count(0)
            assert field(page).get_attribute("aria-activedescendant") is None
        else:
            wanted = options(page).nth(place)
            expect(wanted).to_have_attribute("aria-selected", "true")
            name = wanted.get_attribute("id")
            expect(field(page)).to_have_attribute("aria-activedescendant", name)
            expect(chosen).to_have_count(1)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("guanbi")


def test_a_late_list_keeps_what_was_chosen(page):
    turn_to(page, "/")
    page.keyboard.insert_text("关")
    expect(options(page).filter(has_text="关闭借呗")).to_be_visible()
    let_go = hold_back(page, "**/search/suggest/*")
    with page.expect_request("**/search/suggest/*"):
        page.keyboard.insert_text("闭")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    address = chosen.get_attribute("href")
    let_go()
    expect(page.locator("#suggest-all")).to_contain_text("关闭")
    expect(chosen).to_have_attribute("href", address)
    expect(field(page)).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))


def test_enter_opens_the_suggestion_that_is_chosen(page):
    turn_to(page, "/guides/")
    page.keyboard.type("guanbijiebei")
    expect(options(page).first).to_contain_text("关闭借呗")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(GUIDE)


def test_enter_searches_where_nothing_is_chosen(page):
    turn_to(page, "/")
    page.keyboard.type("关闭")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=%E5%85%B3%E9%97%AD$"))


def test_escape_closes_the_list_keeps_the_text_and_the_arrow_brings_it_back(page):
    turn_to(page, "/")
    page.keyboard.type("关闭")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).to_have_value("关闭")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).not_to_be_focused()
    expect(field(page)).to_have_value("关闭")


def test_on_the_search_page_suggestions_give_way_to_answers(page):
    turn_to(page, "/search/")
    page.keyboard.type("gbj")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    field(page).fill("关闭借呗")
    expect(page.locator("#results[data-match=strong]")).to_be_visible()
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    expect(options(page).first).to_be_hidden()


@pytest.mark.browser_context_args(has_touch=True, viewport={"width": 390, "height": 800})
def test_suggestions_are_large_enough_to_touch_and_lead_on(page):
    page.goto("/")
    field(page).tap()
    page.keyboard.insert_text("关闭")
    expect(options(page).first).to_be_visible()
    boxes = [option.bounding_box() for option in options(page).all()]
    assert min(box["height"] for box in boxes) >= 44
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    options(page).filter(has_text="关闭借呗").first.tap()
    page.wait_for_url(GUIDE)


@pytest.mark.parametrize(
    ("address", "typed"), [("/", "关闭"), ("/guides/", "jie"), ("/search/", "gbj")]
)
def test_an_open_list_is_accessible(page, address, typed):
    turn_to(page, address)
    page.keyboard.type(typed)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    assert violations_in_every_look(page) == ""
