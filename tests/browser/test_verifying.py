"""A verifier, a phone in one hand: a step is marked, and the page readers see changes."""

import re

from playwright.sync_api import Page, expect

WALK = "/admin/guides/procedure/{procedure}/verify/"
GUIDE = "/procedures/close-jiebei/"
FOUND = "「借呗」改名叫「信用贷」了。"


def test_a_verifier_marks_a_step_and_the_page_changes(portal_for_writing, page: Page, sign_in):
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in("reviewer")
    page.goto(GUIDE)
    page.get_by_role("link", name="去核实").click()
    expect(page).to_have_url(re.compile(portal_for_writing.place(WALK)))
    steps = page.locator(".walking > li")
    expect(steps).to_have_count(6)
    first, third = steps.nth(0), steps.nth(2)
    expect(third.get_by_label("哪里不同")).to_be_hidden()
    first.get_by_text("一致", exact=True).click()
    third.get_by_text("有出入", exact=True).click()
    expect(third.get_by_label("哪里不同")).to_be_visible()
    page.get_by_role("button", name="记下核实").click()
    expect(page.get_by_role("alert")).to_contain_text("没有记下")
    expect(first.get_by_label("一致")).to_be_checked()
    page.get_by_label("App", exact=True).fill("支付宝")
    page.get_by_label("App版本").fill("10.6.20")
    third.get_by_label("哪里不同").fill(FOUND)
    page.get_by_role("button", name="记下核实").click()
    expect(page.get_by_role("status").first).to_contain_text("核实已记下")
    page.goto(GUIDE)
    expect(page.locator(".step").nth(2)).to_contain_text(FOUND)
    expect(page.locator(".step").nth(0)).not_to_contain_text("有出入")
    expect(page.locator(".trust")).to_contain_text("1步有出入")
