"""The whole portal without a mouse."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

GUIDE = "/procedures/close-jiebei/"
# Every stop of the Tab key: what it is, whether it can be seen to have the focus, and whether
# anything but its own label lies over it. Where something does, the page is given a while to come
# to rest, as a reader would: a busy machine draws late.
STOP = """async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const frame = () => new Promise(requestAnimationFrame);
  const shape = one.closest("td:has(a.t:focus)") || one.closest("label") || one;
  const ring = [one, shape, one.nextElementSibling || one].some((each) => {
    const style = getComputedStyle(each);
    return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
  });
  const own = [one, shape, ...(one.labels || [])];
  const isFree = () => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return !over || over.contains(one) || own.some((each) => each.contains(over)) ||
      one.matches(".vh");
  };
  for (let frames = 0; frames < 60 && !isFree(); frames += 1) await frame();
  const free = isFree();
  const place = [...document.querySelectorAll("*")].indexOf(one);
  return { what: one.outerHTML.slice(0, 140), ring, free, place };
}"""
WALKS = ["/", GUIDE, "/search/?q=怎么关掉借呗", "/guides/"]


def walk(page: Page) -> list[dict[str, Any]]:
    stops: list[dict[str, Any]] = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            return stops
        stops.append(stop)


@pytest.mark.parametrize("address", WALKS)
@pytest.mark.parametrize("width", [1280, 390])
def test_every_stop_of_the_tab_key_is_seen_and_in_reading_order(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    stops = walk(page)
    assert len(stops) > 15
    assert [stop["what"] for stop in stops if not stop["ring"]] == []
    assert [stop["what"] for stop in stops if not stop["free"]] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)


def test_the_first_stop_leads_past_the_header(page):
    page.goto(GUIDE)
    skip = page.get_by_role("link", name="跳到正文")
    assert skip.bounding_box()["y"] < 0, "it is out of sight until it is needed"
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_slash_moves_to_the_search_field_but_can_be_typed_in_a_field(page):
    page.goto(GUIDE)
    page.keyboard.press("/")
    field = page.get_by_role("banner").get_by_role("combobox")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_escape_closes_the_share_menu_and_gives_the_focus_back(page):
    page.goto(GUIDE)
    opener = page.locator("summary", has_text="分享")
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="本页链接")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="本页链接")).to_be_hidden()
    expect(opener).to_be_focused()


def test_leaving_a_menu_by_tab_closes_it(page):
    page.goto(GUIDE)
    opener = page.locator("summary", has_text="显示")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("深色")).to_be_visible()
    page.get_by_role("link", name="登录", exact=True).focus()
    expect(page.get_by_label("深色")).to_be_hidden()


def test_steps_are_ticked_with_the_space_bar(page):
    page.goto(GUIDE)
    box = page.get_by_label("已完成第1步")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
