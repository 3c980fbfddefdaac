"""Working through a procedure: ticks, progress, the next step."""

import re

from playwright.sync_api import Page, expect

GUIDE = "/procedures/close-jiebei/"


def tick(page: Page, number: int):
    return page.get_by_label(f"已完成第{number}步")


def test_ticking_steps_moves_the_progress_and_offers_the_next_step(page):
    page.goto(GUIDE)
    progress = page.locator("[data-progress]")
    expect(progress.get_by_role("link")).to_be_hidden()
    tick(page, 1).check()
    tick(page, 2).check()
    expect(progress.locator("i.on")).to_have_count(2)
    expect(progress.get_by_role("link")).to_have_text("接着做第3步")
    progress.get_by_role("link").click()
    expect(page.locator(".step:target .no")).to_have_text("3")
    expect(page.locator(".step:target")).to_be_in_viewport()


def test_a_step_that_was_left_out_is_offered_first(page):
    page.goto(GUIDE)
    tick(page, 1).check()
    tick(page, 3).check()
    expect(page.locator("[data-progress]").get_by_role("link")).to_have_text("接着做第2步")
    tick(page, 1).uncheck()
    expect(page.locator("[data-progress]").get_by_role("link")).to_have_text("接着做第1步")


def test_ticks_are_still_there_after_a_reload(page):
    page.goto(GUIDE)
    tick(page, 1).check()
    page.locator(".ticks input[type=checkbox]").first.check()
    page.reload()
    expect(tick(page, 1)).to_be_checked()
    expect(page.locator(".ticks input[type=checkbox]").first).to_be_checked()
    expect(tick(page, 2)).not_to_be_checked()
    expect(page.locator("[data-progress]").get_by_role("link")).to_have_text("接着做第2步")


def test_when_every_step_is_done_the_page_says_so(page):
    page.goto(GUIDE)
    boxes = page.get_by_label(re.compile(r"^已完成第\d+步$"))
    for box in boxes.all():
        box.check()
    expect(page.get_by_text("全部做完了")).to_be_visible()
    expect(page.locator("[data-progress]").get_by_role("link")).to_be_hidden()


def test_ticks_can_be_cleared_and_stay_cleared(page):
    page.goto(GUIDE)
    tick(page, 1).check()
    page.get_by_role("button", name="清除勾选").click()
    expect(tick(page, 1)).not_to_be_checked()
    expect(tick(page, 1)).to_be_focused()
    expect(page.locator("#live")).to_have_text("勾选已清除")
    page.reload()
    expect(tick(page, 1)).not_to_be_checked()


def test_another_version_of_the_guide_begins_without_ticks(page):
    page.goto("/procedures/two-versions/v1/")
    tick(page, 1).check()
    page.goto("/procedures/two-versions/v2/")
    expect(tick(page, 1)).not_to_be_checked()
    page.goto("/procedures/two-versions/v1/")
    expect(tick(page, 1)).to_be_checked()


def test_the_contents_lead_to_a_step_and_mark_where_one_is(page):
    page.goto(GUIDE)
    contents = page.locator("[data-contents]")
    contents.get_by_role("link", name=re.compile("打开借呗管理页")).click()
    expect(page.locator(".step:target h3")).to_contain_text("打开借呗管理页")
    expect(contents.locator("[aria-current]")).to_have_count(1)
    expect(contents.locator("[aria-current]")).to_contain_text("打开借呗管理页")
