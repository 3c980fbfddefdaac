"""Finding a guide: by the table of products and tasks, and by asking."""

import re

from playwright.sync_api import Page, expect

QUESTION = "怎么把借呗关掉"


def results(page: Page):
    return page.locator("#results > li h2 a")


def test_a_reader_finds_a_guide_by_product_and_task(page):
    page.goto("/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="借呗"))
    row.get_by_role("link", name="关闭借呗").first.click()
    page.wait_for_url(re.compile("/procedures/close-jiebei/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("关闭借呗")


def test_a_cell_of_the_table_may_be_pressed_anywhere(page):
    page.goto("/")
    cell = page.get_by_role("cell").filter(has=page.get_by_role("link", name="关闭花呗")).first
    box = cell.bounding_box()
    cell.click(position={"x": box["width"] - 6, "y": 6})
    page.wait_for_url(re.compile("/procedures/close-huabei/$"))


def test_a_cell_without_a_guide_says_so_and_leads_to_what_is_near(page):
    page.goto("/")
    page.get_by_role("cell").get_by_role("link", name="暂无指南").first.click()
    page.wait_for_url(re.compile("/products/[a-z]+/[a-z]+/$"))
    expect(page.get_by_role("main")).to_contain_text("没有")
    expect(page.locator("main a[href*='/procedures/']").first).to_be_visible()


def test_on_a_phone_the_table_is_still_read_as_a_table(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")
    table = page.get_by_role("table", name="按产品和事项找")
    assert table.get_by_role("row").count() == 4
    assert table.get_by_role("rowheader").count() == 3
    tops = {cell.bounding_box()["y"] for cell in table.get_by_role("cell").all()}
    assert len(tops) > 3, "on a phone a product takes more than one line"


def test_a_question_is_asked_and_answered_without_the_mouse(page):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    first = results(page).first
    title = first.inner_text()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/procedures/close-jiebei/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_arrow_keys_walk_through_the_results_and_back_to_the_question(page):
    page.goto(f"/search/?q={QUESTION}")
    field = page.get_by_role("main").get_by_role("combobox")
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_results_are_narrowed_by_a_filter_that_stays_in_the_address(page):
    page.goto("/search/?q=借呗")
    said = page.locator("#answer [data-said]")
    before = said.inner_text()
    page.get_by_role("group", name="类型").get_by_label("案例").check()
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("kind=case"))
    expect(said).not_to_have_text(before)
    for link in results(page).all():
        assert "/cases/" in link.get_attribute("href")
    page.reload()
    expect(page.get_by_role("group", name="类型").get_by_label("案例")).to_be_checked()


def test_unfolding_the_filters_on_a_phone_leaves_the_page_where_it_is(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/search/?q=借呗")
    page.evaluate("addEventListener('scroll', () => (document.body.dataset.moved = scrollY))")
    opener = page.get_by_text("筛选", exact=True)
    place = opener.bounding_box()
    opener.click()
    expect(page.get_by_role("group", name="类型")).to_be_visible()
    assert opener.bounding_box() == place
    expect(page.locator("body")).not_to_have_attribute("data-moved", re.compile("."))


def test_a_question_nobody_answers_offers_other_ways(page):
    page.goto("/search/?q=qqxxzz")
    expect(page.get_by_role("main")).to_contain_text("没有找到“qqxxzz”")
    expect(page.locator("#results")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="借呗", exact=True).click()
    page.wait_for_url(re.compile("/products/jiebei/$"))
