"""Whatever happens to a tab, a login or a colleague: what was typed is still there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, signed_in
from tests.browser.test_accessibility import HEIGHT, violations
from tests.browser.test_editing import EDITOR, append, body
from tests.live.furnish import PASSWORD

MINE = "\n## 我加的一节\n\n我写的。[^own]\n"
THEIRS = "\n## 同事加的一节\n\n同事写的。[^own]\n"


@pytest.fixture
def address(portal_for_writing) -> str:
    return portal_for_writing.place(EDITOR)


@pytest.fixture
def editor(page, sign_in, address) -> Page:
    sign_in("editor")
    with page.expect_response(re.compile("/autosave/")):  # from now on colleagues are told
        page.goto(address)
    return page


@pytest.fixture
def colleague(new_context, watch, portal_for_writing, address) -> Page:
    """Another person, at another machine."""
    context = new_context(base_url=watch.address)
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    signed_in(context, portal_for_writing, "writer")
    page = context.new_page()
    page.goto(address)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="保存草稿").click()


def is_saved(page: Page) -> None:
    expect(page.locator(".messagelist")).to_contain_text("草稿已保存")


def is_kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_contain_text("已暂存")


def test_two_editors_collide_and_their_texts_become_one(editor, colleague):
    expect(colleague.locator("[data-present]")).to_contain_text("meiling")
    append(editor, MINE)
    editor.get_by_label("标题", exact=True).fill("我的标题")
    append(colleague, THEIRS)
    colleague.get_by_label("标题", exact=True).fill("同事的标题")
    save(colleague)
    is_saved(colleague)
    save(editor)
    conflict = editor.get_by_role("region", name="别人的改动")
    expect(conflict).to_contain_text("xuexi")
    expect(conflict).to_contain_text("同事加的一节")
    title = conflict.get_by_role("group", name="标题")
    expect(title).to_contain_text("同事")
    editor.set_viewport_size({"width": 1280, "height": HEIGHT})
    assert violations(editor) == []
    title.get_by_label("用我的").check()
    editor.get_by_role("button", name="合成一份").click()
    expect(conflict).to_contain_text("还没有保存")
    expect(body(editor)).to_have_value(re.compile("我写的.*同事写的|同事写的.*我写的", re.DOTALL))
    expect(editor.get_by_label("标题", exact=True)).to_have_value("我的标题")
    save(editor)
    is_saved(editor)
    expect(body(editor)).to_have_value(re.compile("我写的"))
    expect(body(editor)).to_have_value(re.compile("同事写的"))


def test_the_tab_is_killed_and_the_text_is_offered_again(editor, context, address):
    append(editor, MINE)
    is_kept(editor)
    editor.close()
    again = context.new_page()
    again.goto(address)
    offer = again.get_by_role("region", name="没保存的文字")
    expect(offer).to_contain_text("没保存的文字")
    expect(body(again)).not_to_have_value(re.compile("我写的"))
    offer.get_by_role("link", name="接着写这一份").click()
    expect(body(again)).to_have_value(re.compile("我写的"))
    expect(offer).to_have_count(0)
    save(again)
    is_saved(again)
    expect(body(again)).to_have_value(re.compile("我写的"))
    expect(offer).to_have_count(0)


def test_a_login_that_expires_costs_nothing(editor, context, watch):
    append(editor, MINE)
    context.clear_cookies(name="sessionid")
    save(editor)
    expect(editor.locator("[data-alarm]")).to_contain_text("登录已过期")
    expect(body(editor)).to_have_value(re.compile("我写的"))
    other = context.new_page()
    other.goto("/admin/login/")
    other.get_by_label("用户名").fill("meiling")
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    expect(other.get_by_role("link", name="操作指南").first).to_be_visible()
    save(editor)
    is_saved(editor)
    expect(body(editor)).to_have_value(re.compile("我写的"))
    # Autosave and preview were refused, as they should be; the browser logs each of them.
    assert all("403" in note for note in watch.notes)
    watch.notes.clear()
