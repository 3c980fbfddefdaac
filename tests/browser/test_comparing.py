"""Two versions chosen and compared, by whatever a reader has: keys, a phone, paper, no script."""

import re

import pytest
from playwright.sync_api import Page, expect

HISTORY = "/procedures/two-versions/history/"
COMPARISON = "/procedures/two-versions/diff/v1/v2/"
RICH = "/procedures/for-colleagues/diff/v1/v2/"


def left_edge(page: Page, locator: str) -> float:
    box = page.locator(locator).first.bounding_box()
    assert box
    return box["x"]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_two_versions_are_chosen_and_compared_without_script(page):
    page.goto(HISTORY)
    older = page.get_by_role("group", name="第1版")
    older.get_by_label("旧").check()
    page.get_by_role("group", name="第2版").get_by_label("新").check()
    page.get_by_role("button", name="比较").click()
    page.wait_for_url(re.compile(f"{COMPARISON}$"))
    page.get_by_role("link", name="左右对照").click()
    page.wait_for_url(re.compile(r"\?view=side$"))
    page.get_by_role("button", name="比较").click()
    page.wait_for_url(re.compile(r"\?view=side$"))


def test_the_overview_leads_to_the_place_and_folds_open_by_keyboard(page):
    page.goto(COMPARISON)
    page.get_by_role("navigation", name="改动一览").get_by_role("link").first.press("Enter")
    expect(page.locator("section.hunk:target")).to_be_in_viewport()
    folded = page.locator("details.hunk").first
    folded.locator("summary").press("Enter")
    expect(folded.locator(".ln").first).to_be_visible()


def test_side_by_side_is_one_column_on_a_phone(page):
    page.goto(f"{COMPARISON}?view=side")
    page.set_viewport_size({"width": 1280, "height": 800})
    old, new = ".ln.two:has(del) > div", ".ln.two:has(ins) > div:last-child"
    assert left_edge(page, new) - left_edge(page, old) > 300
    page.set_viewport_size({"width": 390, "height": 800})
    assert abs(left_edge(page, new) - left_edge(page, old)) < 30


def test_a_comparison_on_paper_is_the_comparison_alone(page):
    page.goto(COMPARISON)
    page.emulate_media(media="print")
    expect(page.locator("form.index")).to_be_hidden()
    expect(page.locator("nav.seg")).to_be_hidden()
    expect(page.locator("section.hunk ins").first).to_be_visible()
    line = page.locator("section.hunk del").first
    assert "line-through" in line.evaluate("one => getComputedStyle(one).textDecoration")


def test_a_changed_warning_and_a_moved_step_can_be_told_at_a_glance(page, sign_in):
    sign_in("editor")
    page.goto(RICH)
    overview = page.get_by_role("navigation", name="改动一览")
    expect(overview).to_contain_text("“停”有改动")
    expect(overview).to_contain_text(re.compile("从第.步移到第.步"))
    expect(page.locator("section.hunk", has_text="风险等级").locator("ins")).to_contain_text("高")


def test_what_is_far_from_a_change_is_folded_and_unfolds(page, sign_in):
    sign_in("editor")
    page.goto(RICH)
    folded = page.locator("section.hunk details")
    expect(folded.get_by_text("三。")).to_be_hidden()
    expect(page.locator("section.hunk").get_by_text("五。")).to_be_visible()
    folded.get_by_text("段没有变").click()
    expect(folded.get_by_text("三。")).to_be_visible()
