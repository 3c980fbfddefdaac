"""Opening a result is told to the portal, and the link leads on as if nothing had happened."""

from playwright.sync_api import Request, expect

ASKED = "/search/?q=怎么关掉借呗"


def told_by(page) -> list[tuple[str, str]]:
    """Addresses and forms of what the page posts."""
    sent: list[tuple[str, str]] = []

    def asked(request: Request) -> None:
        if request.method == "POST":
            sent.append((request.url, request.post_data or ""))

    page.on("request", asked)
    return sent


def test_a_click_on_a_result_is_counted_and_leads_to_the_guide(page, portal, portal_for_writing):
    sent = told_by(page)
    page.goto(portal.address + ASKED)
    link = page.locator("#results h2 a").first
    address = link.get_attribute("href")
    # The answer may come when its page is left already, so it is asked for a second time below.
    with page.expect_request("**/opened/") as told:
        link.click()
    expect(page).to_have_url(portal.address + address)
    ((url, form),) = sent
    assert url == f"{portal.address}/opened/"
    assert "怎么关掉借呗" in form
    kind = told.value.headers["content-type"]
    again = page.request.post(url, data=form, headers={"Content-Type": kind, "Referer": page.url})
    assert again.status == 204


def test_other_links_tell_nothing(page, portal):
    sent = told_by(page)
    page.goto(portal.address + ASKED)
    page.locator("header a").first.click()
    page.wait_for_load_state()
    assert sent == []


def test_i_need_this_works_without_a_script(browser, portal, portal_for_writing):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{portal.address}/products/huabei/unbind/")
        page.get_by_role("button", name="我需要这篇").click()
        expect(page.get_by_role("heading", name="记下了，谢谢")).to_be_visible()
        page.get_by_role("link", name="回到刚才的页面").click()
        expect(page).to_have_url(f"{portal.address}/products/huabei/unbind/")
    finally:
        context.close()
