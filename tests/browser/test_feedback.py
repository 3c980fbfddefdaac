"""A reader says where they got stuck, and the editors' desk shows it."""

from playwright.sync_api import expect


def test_a_reader_reports_step_3_and_the_desk_shows_it(page, portal, portal_for_writing, sign_in):
    page.goto(f"{portal.address}/procedures/close-jiebei/")
    step = page.locator(".step").nth(2)
    title = step.locator("h3").evaluate("heading => heading.firstChild.textContent.trim()")
    step.get_by_role("link", name="卡住了？").click()
    expect(page.get_by_label("卡在哪一步")).to_contain_text(f"第3步：{title}")
    expect(page.get_by_role("radio", name="卡住了")).to_be_checked()
    page.get_by_role("radio", name="没有这个按钮").check()
    page.get_by_label("您看到的和这里写的有什么不同").fill("只看到“更多服务”。")
    page.get_by_role("button", name="告诉编辑").click()
    expect(page.get_by_role("heading", name="记下了，谢谢")).to_be_visible()
    page.get_by_role("link", name="回到第3步").click()
    expect(page).to_have_url(
        f"{portal.address}/procedures/close-jiebei/#{step.get_attribute('id')}"
    )

    sign_in("editor")
    page.goto(portal.address)
    page.get_by_role("link", name="读者卡住的地方").click()
    row = page.locator("#result_list tbody tr").filter(has_text="只看到“更多服务”。")
    expect(row).to_contain_text(f"第3步：{title}")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="没有这个按钮")).to_be_visible()
    page.get_by_label("理由（只有编辑看得到）").fill("来源写的就是这样，下次走查再看。")
    page.get_by_role("button", name="不改，记下理由").click()
    expect(page.get_by_role("status").first).to_contain_text("已处理")
    page.goto(f"{portal.address}/procedures/close-jiebei/")
    expect(page.locator(".step .fbtold")).to_have_count(0)
