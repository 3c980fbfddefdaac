"""Writing a guide, from signing in to what readers see."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.live.furnish import PASSWORD

GUIDE = "/procedures/close-jiebei/"
EDITOR = "/admin/guides/procedure/{procedure}/change/"
SENTENCE = "先把这一句加上。"
ADDED = f"\n## 写在最后\n\n{SENTENCE}[^own]\n"


@pytest.fixture
def editor(portal_for_writing, page, sign_in) -> Page:
    sign_in("editor")
    page.goto(portal_for_writing.place(EDITOR))
    return page


def body(page: Page):
    return page.get_by_label("正文（Markdown）")


def preview(page: Page):
    return page.get_by_role("region", name="预览")


def append(page: Page, text: str) -> None:
    """Typed at the end, as a person would."""
    body(page).press("Control+End")
    page.keyboard.insert_text(text)


def test_an_editor_signs_in_edits_previews_and_submits_and_a_colleague_approves(
    portal_for_writing, page, approve
):
    page.goto("/admin/")
    page.get_by_label("用户名").fill("meiling")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="操作指南").first.click()
    page.get_by_role("link", name="关闭借呗", exact=True).click()
    append(page, ADDED)
    expect(preview(page)).to_contain_text(SENTENCE)
    page.get_by_label("给读者的修改说明").fill("补一句。")
    page.get_by_role("button", name="保存并提交复核").click()
    expect(page.get_by_role("status").first).to_contain_text("已提交复核")
    page.goto(GUIDE)
    expect(page.get_by_role("main")).not_to_contain_text(SENTENCE)
    approve(page)
    page.get_by_role("link", name="看线上第2版").click()
    page.wait_for_url(re.compile(f"{GUIDE}$"))
    expect(page.get_by_role("main")).to_contain_text(SENTENCE)
    expect(page.get_by_role("main")).to_contain_text("第2版")


def test_a_draft_is_seen_in_its_preview_and_not_by_readers(editor, sign_in):
    append(editor, ADDED)
    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.get_by_role("status").first).to_contain_text("草稿已保存")
    editor.get_by_role("link", name="按读者页预览草稿").click()
    expect(editor.get_by_role("main")).to_contain_text(SENTENCE)
    sign_in("guest")
    editor.goto(GUIDE)
    expect(editor.get_by_role("main")).not_to_contain_text(SENTENCE)


def test_the_preview_looks_as_the_page_does(editor):
    look = """(step) => {
      const style = getComputedStyle(step.querySelector(".text"));
      const title = getComputedStyle(step.querySelector("h3"));
      return [style.fontSize, style.lineHeight, style.color, title.fontSize, title.fontWeight];
    }"""
    previewed = preview(editor).locator(".step").first.evaluate(look)
    editor.goto(GUIDE)
    assert editor.locator(".step").first.evaluate(look) == previewed


def test_a_fault_stops_publishing_and_leads_to_its_line(editor):
    append(editor, "\n## 又一节\n\n参见[[no-such-guide]]。\n")
    checks = editor.get_by_role("region", name="发布检查")
    expect(checks).to_contain_text("no-such-guide")
    editor.get_by_role("button", name="保存并提交复核").click()
    expect(editor.get_by_role("alert")).to_be_visible()
    expect(body(editor)).to_have_value(re.compile("no-such-guide"))
    checks.get_by_role("listitem").filter(has_text="no-such-guide").get_by_role("link").click()
    expect(body(editor)).to_be_focused()
    selected = body(editor).evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)")
    assert "no-such-guide" in selected


def test_leaving_with_unsaved_text_is_asked_about(editor):
    append(editor, ADDED)
    editor.once("dialog", lambda dialog: dialog.dismiss())
    with editor.expect_event("dialog") as asked:
        editor.get_by_role("link", name="内容", exact=True).click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    expect(body(editor)).to_have_value(re.compile(SENTENCE))
    editor.once("dialog", lambda dialog: dialog.accept())
    editor.close(run_before_unload=True)


def test_the_toolbar_writes_the_dialect_and_can_be_undone(editor):
    before = body(editor).input_value()
    body(editor).press("Control+End")
    editor.get_by_text("〔 〕引来源").click()
    editor.get_by_role("button", name=re.compile(r"^\[\^S3\]")).click()
    expect(body(editor)).to_have_value(f"{before}[^S3]")
    body(editor).press("Control+z")
    expect(body(editor)).to_have_value(before)


def test_a_picker_is_narrowed_by_typing(editor):
    editor.get_by_text("[[ ]] 连指南").click()
    editor.get_by_label("找指南").fill("close-huabei")
    expect(editor.get_by_role("button", name=re.compile("close-huabei"))).to_be_visible()
    expect(editor.get_by_role("button", name=re.compile("reopen-after-closing"))).to_be_hidden()
    editor.keyboard.press("Enter")
    expect(body(editor)).to_have_value(re.compile(r"\[\[close-huabei\]\]"))


def test_two_brackets_open_the_list_of_guides_and_what_is_chosen_takes_their_place(editor):
    before = body(editor).input_value()
    body(editor).press("Control+End")
    editor.keyboard.insert_text("[[")
    narrow = editor.get_by_label("找指南")
    expect(narrow).to_be_focused()
    narrow.fill("close-huabei")
    editor.keyboard.press("ArrowDown")
    expect(editor.get_by_role("button", name=re.compile("close-huabei"))).to_be_focused()
    editor.keyboard.press("Enter")
    expect(body(editor)).to_be_focused()
    editor.keyboard.insert_text("。[^")
    expect(editor.get_by_label("找来源")).to_be_focused()
    editor.keyboard.press("Escape")
    expect(body(editor)).to_be_focused()
    editor.keyboard.insert_text("own]")
    expect(body(editor)).to_have_value(f"{before}[[close-huabei]]。[^own]")


def test_a_tool_has_a_key_and_text_and_preview_keep_to_the_same_place(editor):
    body(editor).press("Control+End")
    body(editor).press("Control+Shift+Digit3")
    expect(body(editor)).to_have_value(re.compile(r"::: 停\n内容\n:::\s*$"))
    outline = editor.get_by_role("region", name="大纲")
    last = outline.get_by_role("link").last
    title = last.inner_text()
    last.click()
    expect(body(editor)).to_be_focused()
    heading = preview(editor).get_by_role("heading", name=title)
    expect(heading).to_be_in_viewport()
    body(editor).hover()
    editor.mouse.wheel(0, -20_000)
    expect(preview(editor).get_by_role("heading").first).to_be_in_viewport()
    expect(heading).not_to_be_in_viewport()


def test_nobody_approves_the_own_text_and_a_comment_goes_to_its_step(
    portal_for_writing, editor, sign_in, approve
):
    review = portal_for_writing.place("/admin/guides/procedure/{procedure}/review/")
    append(editor, ADDED)
    editor.get_by_role("button", name="保存并提交复核").click()
    editor.get_by_role("link", name="看复核页", exact=True).click()
    expect(editor.get_by_role("button", name="撤回提交")).to_be_visible()
    expect(editor.get_by_role("button", name="批准并发布")).to_have_count(0)
    sign_in("reviewer")
    editor.goto(review)
    step = editor.locator(".step").nth(2)
    step.get_by_text("对这一步提意见").click()
    step.get_by_label("意见").fill("哪一条入口？")
    step.get_by_role("button", name="记下意见").click()
    expect(step).to_contain_text("哪一条入口？")
    expect(editor.get_by_role("button", name="批准并发布")).to_be_disabled()
    sign_in("editor")
    editor.goto(review)
    step.get_by_role("button", name="处理好了").click()
    expect(step).to_contain_text("meiling已处理")
    approve(editor)
