"""Everything works where no script runs."""

import re

import pytest
from playwright.sync_api import expect

from tests.live.pages import PUBLIC

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)
GUIDE = "/procedures/close-jiebei/"


@pytest.mark.parametrize("wanted", PUBLIC, ids=lambda page: page.name)
def test_a_page_shows_its_text_and_offers_nothing_that_needs_a_script(open_page, wanted):
    page = open_page(wanted)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.get_by_role("main").inner_text()) > 40
    assert [one for one in page.locator(".needs-js").all() if one.is_visible()] == []


def test_a_question_is_answered(page):
    page.goto("/")
    page.get_by_role("main").get_by_role("searchbox").fill("怎么把借呗关掉")
    page.get_by_role("main").get_by_role("button", name="搜索").click()
    page.locator("#results > li h2 a").first.click()
    page.wait_for_url(re.compile("/procedures/close-jiebei/$"))


@pytest.mark.parametrize("width", [1280, 390])
def test_results_are_filtered_and_a_filter_is_taken_back(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/search/?q=借呗")
    found = page.locator("#results > li")
    before = found.count()
    if width == 390:
        page.get_by_text("筛选", exact=True).click()
    box = page.get_by_role("group", name="类型").get_by_label("案例")
    expect(box).to_be_visible()
    box.check()
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("kind=case"))
    assert 0 < found.count() < before
    page.locator("main a.chip", has_text="案例").click()
    expect(found).to_have_count(before)
    assert "kind=case" not in page.url


def test_theme_and_size_are_chosen_by_a_form_that_leads_back(page):
    page.goto(GUIDE)
    page.get_by_text("显示", exact=True).click()
    page.get_by_label("深色", exact=True).check()
    page.get_by_label("大", exact=True).check()
    page.get_by_role("button", name="保存设置").click()
    page.wait_for_url(re.compile(f"{GUIDE}$"))
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-size", "large")


def test_the_share_menu_holds_the_addresses_to_be_copied_by_hand(page, portal):
    page.goto(GUIDE)
    page.get_by_text("分享", exact=True).click()
    field = page.get_by_role("textbox", name="本页链接")
    expect(field).to_be_visible()
    shown = field.input_value()
    page.goto(shown if "//" in shown else f"http://{shown}")
    page.wait_for_url(re.compile(f"{GUIDE}$"))


def test_steps_can_be_ticked_and_linked(page):
    page.goto(GUIDE)
    page.get_by_label("已完成第1步").check()
    expect(page.get_by_label("已完成第1步")).to_be_checked()
    page.get_by_role("link", name="第2步的链接").click()
    page.wait_for_url(re.compile(f"{GUIDE}#s-[a-z0-9]+$"))
    expect(page.locator(".step:target .no")).to_have_text("2")


def test_the_state_map_can_be_read_as_text(page):
    page.goto("/")
    page.get_by_text("用文字看这张图").click()
    expect(page.get_by_role("listitem").filter(has_text="可主动办理").first).to_be_visible()


def test_an_editor_previews_and_submits_and_a_colleague_approves(
    portal_for_writing, page, sign_in, approve
):
    sign_in("editor")
    page.goto(portal_for_writing.place("/admin/guides/procedure/{procedure}/change/"))
    body = page.get_by_label("正文（Markdown）")
    body.fill(f"{body.input_value()}\n## 写在最后\n\n不用脚本写的一句。[^own]\n")
    page.get_by_role("button", name="预览", exact=True).click()
    expect(page.get_by_role("region", name="预览")).to_contain_text("不用脚本写的一句")
    page.get_by_role("button", name="保存并提交复核").click()
    expect(page.get_by_role("status").first).to_contain_text("已提交复核")
    approve(page)
    page.goto(GUIDE)
    expect(page.get_by_role("main")).to_contain_text("不用脚本写的一句")
