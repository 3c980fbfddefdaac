"""A guide on paper: the text, where it came from, and nothing to press."""

import pytest
from playwright.sync_api import Page, expect

GUIDE = "/procedures/close-jiebei/"
COLOURS = """() => {
  const style = getComputedStyle(document.body);
  const brightness = (colour) => {
    const [r, g, b] = colour.match(/\\d+/g).map(Number);
    return Math.round((r + g + b) / 3);
  };
  return [brightness(style.backgroundColor), brightness(style.color)];
}"""


@pytest.fixture
def sheet(page) -> Page:
    page.goto(GUIDE)
    page.emulate_media(media="print")
    return page


def test_what_can_only_be_pressed_is_left_out(sheet):
    for gone in ("header.top", "footer.foot", ".acts", "[data-progress]", ".toc", ".anchor"):
        expect(sheet.locator(gone).first, gone).to_be_hidden()
    assert [button for button in sheet.get_by_role("button").all() if button.is_visible()] == []


def test_the_sheet_says_which_version_it_is_and_carries_its_code(sheet):
    head = sheet.locator(".prn")
    expect(head).to_be_visible()
    expect(head.locator("svg").first).to_be_visible()
    assert head.locator("svg").first.bounding_box()["width"] >= 64
    expect(head).to_contain_text("第1版")
    expect(head).to_contain_text("/v1/")
    expect(head).to_contain_text("打印于")


def test_steps_leave_room_for_ticks_and_signatures(sheet):
    expect(sheet.locator(".step")).to_have_count(6)
    for words in ("操作人", "复核人", "完成时间"):
        expect(sheet.locator(".sign").get_by_text(words)).to_be_visible()


def test_the_signature_lines_are_not_on_the_screen(page):
    page.goto(GUIDE)
    expect(page.locator(".sign").first).to_be_hidden()
    expect(page.locator(".prn")).to_be_hidden()


def test_a_dark_page_is_printed_black_on_white(context, portal, page):
    context.add_cookies([{"name": "theme", "value": "dark", "url": portal.address}])
    page.goto(GUIDE)
    assert page.evaluate(COLOURS)[0] < 40
    page.emulate_media(media="print")
    ground, ink = page.evaluate(COLOURS)
    assert (ground, ink < 60) == (255, True)


def test_the_print_button_opens_the_print_dialog(page):
    page.add_init_script("window.print = () => document.body.classList.add('printing')")
    page.goto(GUIDE)
    page.get_by_role("button", name="打印").click()
    expect(page.locator("body.printing")).to_have_count(1)
