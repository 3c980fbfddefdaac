"""Typing a question: answers that follow, suggestions, an input method, a slow line."""

import re
import statistics
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.test_accessibility import violations_in_every_look

QUESTION = "怎么把借呗关掉"
GUIDE = re.compile("/procedures/close-jiebei/$")
REST = 150  # milliseconds that the script waits for another key
FAST_3G = {
    "offline": False,
    "latency": 562,
    "downloadThroughput": 1.44e6 / 8,
    "uploadThroughput": 0.7e6 / 8,
}


def field(page: Page):
    return page.get_by_role("combobox")


def options(page: Page):
    return page.get_by_role("option")


def results(page: Page):
    return page.locator("#results > li h2 a")


def turn_to(page: Page, address: str) -> None:
    """To a page and its search field, as far as a reader's first key."""
    page.goto(address)
    with page.expect_response("**/htmx-*.js"):
        field(page).click()


def question_of(request: Request) -> str:
    return parse_qs(urlsplit(request.url).query).get("q", [""])[0]


def instant(request: Request) -> bool:
    return urlsplit(request.url).path == "/search/" and "hx-request" in request.headers


@pytest.fixture
def asked(page: Page) -> list[Request]:
    """What the script asks the search page for, in order."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request) if instant(request) else None)
    return found


def pause(page: Page) -> None:
    """Longer than the script waits for another key."""
    page.wait_for_timeout(4 * REST)


# — answers that follow —


def test_answers_follow_the_typing_and_the_page_stays(page, asked):
    turn_to(page, "/search/")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.keyboard.type("怎么关借呗", delay=30)
    expect(results(page).first).to_have_attribute("href", GUIDE)
    expect(page.locator("body")).to_have_attribute("data-same", "yes")
    assert [question_of(each) for each in asked] == ["怎么关借呗"], "one request, at the pause"
    expect(page).to_have_url(re.compile(r"/search/\?q=%E6%80%8E"))
    expect(page).to_have_title("“怎么关借呗”的搜索结果｜有据")
    for _times in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("掉")
    expect(page).to_have_title("“怎么关掉借呗”的搜索结果｜有据")
    expect(field(page)).to_be_focused()
    assert field(page).evaluate("field => field.selectionStart") == 4
    typed = page.locator("#answer").inner_text()
    page.reload()
    assert page.locator("#answer").inner_text() == typed


def test_what_was_typed_is_not_kept_in_the_browser(page):
    turn_to(page, "/search/?q=花呗")
    field(page).fill("关闭借呗")
    expect(page).to_have_title(re.compile("关闭借呗"))
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_nothing_is_asked_again_where_the_question_is_the_same(page, asked):
    turn_to(page, f"/search/?q={QUESTION}")
    page.keyboard.press("End")
    page.keyboard.type(" x", delay=10)
    page.keyboard.press("Backspace")
    pause(page)
    assert asked == []


def test_an_emptied_field_shows_what_can_be_asked(page):
    turn_to(page, f"/search/?q={QUESTION}")
    field(page).fill("")
    expect(page.get_by_role("heading", name="常有人这样问")).to_be_visible()
    expect(results(page)).to_have_count(0)


def test_an_older_question_is_given_up_and_its_answer_never_shown(page):
    held: list[Route] = []
    given_up: list[str] = []

    def slow(route: Route) -> None:
        if question_of(route.request) == "花呗":
            held.append(route)
        else:
            route.continue_()

    page.on("requestfailed", lambda request: given_up.append(question_of(request)))
    page.route("**/search/?q=*", slow)
    turn_to(page, "/search/")
    with page.expect_request(lambda request: question_of(request) == "花呗"):
        page.keyboard.type("花呗")
    with page.expect_event("requestfailed"):
        field(page).fill("关闭借呗")
    expect(results(page).first).to_have_attribute("href", GUIDE)
    assert given_up == ["花呗"]
    (route,) = held
    route.fulfill(body="<div id='answer'>too late</div>", content_type="text/html")
    pause(page)
    expect(page.locator("#answer")).not_to_contain_text("too late")


def test_a_late_answer_does_not_lose_the_readers_place(page):
    turn_to(page, f"/search/?q={QUESTION}")
    page.route("**/search/?q=*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.keyboard.press("End")
    with page.expect_request(instant):
        page.keyboard.type("呢")
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    expect(page).to_have_title(re.compile("呢”"))
    expect(field(page)).to_be_focused()


def test_the_other_language_asks_the_same_question(page):
    turn_to(page, "/search/")
    page.keyboard.type("关闭借呗")
    expect(page).to_have_url(re.compile(r"/search/\?q=%E5%85%B3%E9%97%AD%E5%80%9F%E5%91%97$"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=%E5%85%B3"))
    expect(field(page)).to_have_value("关闭借呗")


def test_back_leads_to_what_was_asked_before_not_to_every_key(page):
    page.goto("/guides/")
    page.goto("/search/?q=花呗")
    field(page).fill("关闭借呗")
    expect(results(page).first).to_have_attribute("href", GUIDE)
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("%E5%85%B3%E9%97%AD"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=(花呗|%E8%8A%B1%E5%91%97)$"))
    expect(field(page)).to_have_value("花呗")
    expect(page).to_have_title(re.compile("“花呗”"))
    page.go_back()
    expect(page).to_have_url(re.compile("/guides/$"))


def test_back_from_a_guide_shows_the_answers_it_was_found_in(page):
    turn_to(page, "/search/")
    page.keyboard.type("关闭借呗")
    results(page).first.click()
    expect(page).to_have_url(GUIDE)
    page.go_back()
    expect(field(page)).to_have_value("关闭借呗")
    expect(results(page).first).to_have_attribute("href", GUIDE)


def test_a_reader_is_told_when_there_is_no_connection(page, watch):
    page.goto("/search/?q=花呗")
    turn_to(page, "/search/?q=花呗")
    page.route("**/search/?q=*", lambda route: route.abort())
    page.keyboard.type("关闭")
    failed = page.get_by_role("alert")
    expect(failed).to_contain_text("没有连上")
    expect(field(page)).to_have_value(re.compile("关闭"))
    expect(results(page).first).to_be_visible()
    page.unroute("**/search/?q=*")
    page.keyboard.type("借呗")
    expect(failed).to_be_hidden()
    watch.notes.clear()


def test_what_was_found_is_read_out_once_the_typing_rests(page):
    turn_to(page, "/search/")
    page.evaluate(HEAR)
    page.keyboard.type("怎么关掉借呗", delay=2 * REST)
    expect(page.locator("#live")).to_have_text(re.compile(r"^\d+条结果$"))
    shown = page.locator("#answer [data-said]").inner_text()
    assert page.evaluate("said") == [shown]


# — an input method —


def test_letters_that_an_input_method_still_puts_together_ask_nothing(page, asked):
    turn_to(page, "/search/")
    method = page.context.new_cdp_session(page)
    for letters in ("j", "ji", "jie", "jieb", "jiebe", "jiebei"):
        place = {"selectionStart": len(letters), "selectionEnd": len(letters)}
        method.send("Input.imeSetComposition", {"text": letters, **place})
    pause(page)
    expect(field(page)).to_have_value("jiebei")
    page.keyboard.press("ArrowDown")
    expect(field(page)).to_be_focused()
    assert asked == []
    method.send("Input.insertText", {"text": "借呗"})
    expect(results(page).first).to_be_visible()
    expect(field(page)).to_have_value("借呗")
    assert [question_of(each) for each in asked] == ["借呗"]


# — what is counted —


def test_only_finished_questions_reach_the_question_desk(
    page, portal, portal_for_writing, sign_in, asked
):
    turn_to(page, f"{portal.address}/search/")
    page.keyboard.type("借呗能开", delay=10)
    expect(page).to_have_title(re.compile("能开”"))
    with page.expect_response(lambda answer: "x-question" in answer.request.headers):
        page.keyboard.type("电子发票吗", delay=10)
    told = [question_of(each) for each in asked if "x-question" in each.headers]
    assert told == ["借呗能开电子发票吗"]
    field(page).fill("花呗能开电子发票吗")
    expect(page).to_have_title(re.compile("花呗能开"))
    with page.expect_response(lambda answer: "x-question" in answer.request.headers):
        page.keyboard.press("Tab")
    sign_in("editor")
    page.goto(f"{portal.address}/admin/guides/question/?days=30")
    desk = page.get_by_role("main").inner_text()
    assert "借呗能开电子发票吗" in desk
    assert "花呗能开电子发票吗" in desk
    assert not re.search("借呗能开(?!电子)", desk)


def test_a_question_that_is_entered_is_counted_by_its_own_page(page, asked):
    turn_to(page, "/search/")
    page.keyboard.type("花呗能开发票吗")
    expect(page).to_have_title(re.compile("花呗能开"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_timeout(3000)
    assert [each for each in asked if "x-question" in each.headers] == []


# — suggestions —


def test_suggestions_are_walked_through_by_keyboard(page):
    turn_to(page, "/")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.insert_text("guanbi")
    expect(page.get_by_role("listbox", name="搜索建议")).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    count = options(page).count()
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(0)
    for key, place in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", count - 1),
        ("ArrowDown", None),
        ("ArrowUp", count - 1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        if place is None:
            expect(chosen).to_have_count(0)
            assert field(page).get_attribute("aria-activedescendant") is None
        else:
            wanted = options(page).nth(place)
            expect(wanted).to_have_attribute("aria-selected", "true")
            name = wanted.get_attribute("id")
            expect(field(page)).to_have_attribute("aria-activedescendant", name)
            expect(chosen).to_have_count(1)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("guanbi")


def test_a_late_list_keeps_what_was_chosen(page):
    turn_to(page, "/")
    page.keyboard.insert_text("关")
    expect(options(page).filter(has_text="关闭借呗")).to_be_visible()
    page.route("**/search/suggest/*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    with page.expect_response("**/search/suggest/*"):
        page.keyboard.insert_text("闭")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        address = chosen.get_attribute("href")
    expect(page.locator("#suggest-all")).to_contain_text("关闭")
    expect(chosen).to_have_attribute("href", address)
    expect(field(page)).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))


def test_enter_opens_the_suggestion_that_is_chosen(page):
    turn_to(page, "/guides/")
    page.keyboard.type("guanbijiebei")
    expect(options(page).first).to_contain_text("关闭借呗")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(GUIDE)


def test_enter_searches_where_nothing_is_chosen(page):
    turn_to(page, "/")
    page.keyboard.type("关闭")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=%E5%85%B3%E9%97%AD$"))


def test_escape_closes_the_list_keeps_the_text_and_the_arrow_brings_it_back(page):
    turn_to(page, "/")
    page.keyboard.type("关闭")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).to_have_value("关闭")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).not_to_be_focused()
    expect(field(page)).to_have_value("关闭")


def test_on_the_search_page_suggestions_give_way_to_answers(page):
    turn_to(page, "/search/")
    page.keyboard.type("gbj")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    field(page).fill("关闭借呗")
    expect(page.locator("#results[data-match=strong]")).to_be_visible()
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    expect(options(page).first).to_be_hidden()


@pytest.mark.browser_context_args(has_touch=True, viewport={"width": 390, "height": 800})
def test_suggestions_are_large_enough_to_touch_and_lead_on(page):
    page.goto("/")
    field(page).tap()
    page.keyboard.insert_text("关闭")
    expect(options(page).first).to_be_visible()
    boxes = [option.bounding_box() for option in options(page).all()]
    assert min(box["height"] for box in boxes) >= 44
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    options(page).filter(has_text="关闭借呗").first.tap()
    expect(page).to_have_url(GUIDE)


@pytest.mark.parametrize(
    ("address", "typed"), [("/", "关闭"), ("/guides/", "jie"), ("/search/", "gbj")]
)
def test_an_open_list_is_accessible(page, address, typed):
    turn_to(page, address)
    page.keyboard.type(typed)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    assert violations_in_every_look(page) == ""


def test_an_answer_that_was_typed_for_is_accessible(page):
    turn_to(page, "/search/")
    page.keyboard.type(QUESTION)
    expect(results(page).first).to_be_visible()
    page.wait_for_timeout(500)
    assert violations_in_every_look(page) == ""


# — what it costs —


def test_only_who_turns_to_a_search_field_pays_for_htmx(page):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    page.goto("/search/?q=借呗", wait_until="networkidle")
    assert not any("htmx" in path for path in loaded)
    with page.expect_response("**/htmx-*.js") as answer:
        field(page).click()
    assert "immutable" in answer.value.headers["cache-control"]
    assert re.search(r"\.[0-9a-f]{12}\.js$", answer.value.url)
    page.keyboard.press("Tab")
    field(page).click()
    pause(page)
    assert sum("htmx" in path for path in loaded) == 1


def test_on_a_slow_line_an_answer_takes_one_round_trip(page, asked):
    turn_to(page, "/search/")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", FAST_3G)
    bare = statistics.median(page.evaluate(BARE_FETCH, QUESTION) for _times in range(3))
    asked.clear()
    page.evaluate(WATCH_ANSWERS)
    page.keyboard.type(QUESTION, delay=20)
    expect(page.locator("#answer .best")).to_be_visible()
    took = page.evaluate("answered - lastKey")
    assert [question_of(each) for each in asked if "x-question" not in each.headers] == [QUESTION]
    assert bare > FAST_3G["latency"], "the line is slow indeed"
    # A second round trip would make it more than double.
    assert took - REST < 1.5 * bare


HEAR = """() => {
  const live = document.getElementById("live");
  window.said = [];
  new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
}"""
BARE_FETCH = """async (question) => {
  const start = performance.now();
  const headers = { "HX-Request": "true" };
  const address = `/search/?q=${encodeURIComponent(question)}&trial=1`;
  await (await fetch(address, { headers, cache: "no-store" })).text();
  return performance.now() - start;
}"""
WATCH_ANSWERS = """() => {
  addEventListener("input", () => (window.lastKey = performance.now()), true);
  new MutationObserver(() => {
    if (document.querySelector("#answer .best")) window.answered ??= performance.now();
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
}"""
