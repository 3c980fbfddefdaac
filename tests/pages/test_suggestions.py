"""/search/suggest/: ways to go on while a question is still being typed."""

import json
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, Shop, shop

pytestmark = pytest.mark.django_db
# Products with tasks, guides; the search itself asks for a beginning in three ways of typing, and
# where those are too few for the guides that best speak of the rarest word.
OURS, BY_THE_SEARCH = 2, 5


def suggested(client: Client, typed: str, start: str = "/") -> Page:
    return Page(client.get(f"{start}search/suggest/", {"q": typed}))


def lines(page: Page) -> dict[str, str]:
    """Address to words, as they are read: marks within a word do not part it."""
    return {
        str(line["href"]): " ".join(" ".join(part.get_text() for part in line.children).split())
        for line in page.all("a[role=option]")
    }


def told(client: Client, typed: str, start: str = "/") -> list[Any]:
    answer = client.get(f"{start}search/suggest.json", {"q": typed})
    assert answer.status_code == 200
    return list(json.loads(answer.content))


@pytest.fixture
def at() -> Shop:
    at = shop()
    make.make_procedure(
        "close-jiebei",
        title="关闭借呗",
        aliases=["借呗怎么关掉"],
        products=[at.jiebei],
        task=at.close,
    )
    make.make_risk("late", title="关闭借呗以后逾期", products=[at.jiebei])
    return at


def test_a_guide_is_suggested_by_its_title_and_leads_straight_to_it(client: Client, at: Shop):
    found = lines(suggested(client, "关闭借"))
    assert found["/procedures/close-jiebei/"] == "关闭借呗 操作指南"
    assert found["/risks/late/"] == "关闭借呗以后逾期 风险提示"


def test_another_name_of_a_guide_is_shown_with_its_title(client: Client, at: Shop):
    page = suggested(client, "借呗怎么")
    assert lines(page)["/procedures/close-jiebei/"] == "借呗怎么关掉 关闭借呗 操作指南"
    assert page.text("small") == "关闭借呗"


def test_products_and_tasks_lead_to_their_pages(client: Client, at: Shop):
    assert lines(suggested(client, "借"))["/products/jiebei/"] == "借呗 产品"
    assert lines(suggested(client, "关"))["/tasks/close/"] == "关闭 事项"


@pytest.mark.parametrize("typed", ["gbjb", "guanbi", "guan bi jie"])
def test_the_sound_or_its_initials_are_enough(client: Client, at: Shop, typed: str):
    assert "/procedures/close-jiebei/" in lines(suggested(client, typed))


def test_what_was_typed_is_marked(client: Client, at: Shop):
    page = suggested(client, "关闭")
    assert {mark.get_text() for mark in page.all("mark")} == {"关闭"}


def test_the_last_line_searches_for_what_was_typed(client: Client, at: Shop):
    (*_others, (address, words)) = lines(suggested(client, "关 & <b>")).items()
    assert address == "/search/?q=%E5%85%B3%20%26%20%3Cb%3E"
    assert words == "搜索“关 & <b>”"


def test_every_line_has_an_id_and_is_left_out_of_the_tab_order(client: Client, at: Shop):
    options = suggested(client, "关").all("a[role=option]")
    assert len({option["id"] for option in options}) == len(options) > 2
    assert {(option["tabindex"], option["aria-selected"]) for option in options} == {
        ("-1", "false")
    }


@pytest.mark.parametrize("typed", ["关", "gb", "", "zzz", "<a href=x>"])
def test_the_list_is_well_formed(client: Client, at: Shop, typed: str):
    answer = client.get("/search/suggest/", {"q": typed})
    html5lib.HTMLParser(strict=True).parseFragment(answer.content.decode())


def test_nothing_typed_nothing_suggested(client: Client, at: Shop):
    for typed in ("", "  ", "\0"):
        assert lines(suggested(client, typed)) == {}
        assert told(client, typed)[1:] == [[], [], []]


def test_what_nothing_begins_with_can_still_be_searched_for(client: Client, at: Shop):
    assert list(lines(suggested(client, "zzz"))) == ["/search/?q=zzz"]


def test_a_guide_for_some_is_suggested_to_them_only(client: Client, at: Shop):
    team = make.make_group("风控", member := make.make_user("lin"))
    make.make_procedure("hidden", title="关闭机密账户", visibility="groups", groups=[team])
    make.make_procedure("inside", title="关闭内部账户", visibility="signed-in")
    for typed in ("关闭机密", "gbjm", "机密账户"):
        assert "机密账户" not in suggested(client, typed).text("a:not(#suggest-all)")
        assert told(client, typed)[1] == []
    client.force_login(make.make_user())
    assert told(client, "关闭内部")[1] == ["关闭内部账户"]
    assert told(client, "关闭机密")[1] == []
    client.force_login(member)
    assert told(client, "关闭机密")[1] == ["关闭机密账户"]
    assert "/procedures/hidden/" in lines(suggested(client, "gbjm"))


def test_the_list_is_short_however_much_begins_so(client: Client, at: Shop):
    for number in range(30):
        make.make_procedure(f"g-{number}", title=f"关闭账户{number}")
    assert len(lines(suggested(client, "关闭"))) == 8
    assert len(told(client, "关闭")[1]) == 7


@pytest.mark.parametrize("count", [3, 40])
def test_a_suggestion_costs_few_queries_however_many_guides_there_are(
    client: Client, at: Shop, django_assert_max_num_queries: Any, count: int
):
    for number in range(count):
        make.make_procedure(f"g-{number}", title=f"关闭账户{number}")
    for typed in ("关闭", "账户", "gb", "zzz"):
        with django_assert_max_num_queries(OURS + BY_THE_SEARCH):
            suggested(client, typed)


def test_suggestions_are_one_readers_own_and_no_pages(client: Client, at: Shop):
    for address in ("/search/suggest/?q=关", "/search/suggest.json?q=关"):
        answer = client.get(address)
        assert "private" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert "Cookie" in answer["Vary"]
        assert client.post(address).status_code == 405


def test_a_browser_is_told_in_the_form_it_knows(client: Client, at: Shop):
    answer = client.get("/search/suggest.json", {"q": "关闭借呗"}, headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/x-suggestions+json; charset=utf-8"
    typed, words, about, addresses = json.loads(answer.content)
    assert typed == "关闭借呗"
    assert len(words) == len(about) == len(addresses) == 2
    assert words[0] == "关闭借呗"
    assert addresses[0] == "http://localhost/procedures/close-jiebei/"


def test_in_english_the_portals_words_are_english_and_guides_say_that_they_are_not(
    client: Client, at: Shop
):
    page = suggested(client, "jie", "/en/")
    assert page.text("a[href='/en/products/jiebei/']") == "Jie bei Product"
    guide = page.one("a[href='/en/procedures/close-jiebei/'] > span[lang]")
    assert guide["lang"] == "zh-Hans"
    assert page.text("#suggest-all") == "Search for “jie”"
    assert "http://testserver/en/products/jiebei/" in told(client, "jie", "/en/")[3]


@pytest.mark.parametrize(
    "query",
    [
        *BAD_QUERIES,
        "q=" + "%E5%85%B3" * 10_000,
        "q=%ff%fe",
        "q=%ED%A0%80",
        "q=*%25_%5C'%22%3B--",
        "q=%E2%80%AE%E5%85%B3",
        "q=%F0%9F%92%A9",
        "q=a&q=b",
    ],
)
def test_whatever_is_typed_there_is_an_answer(client: Client, at: Shop, query: str):
    assert client.get(f"/search/suggest/?{query}").status_code == 200
    assert client.get(f"/search/suggest.json?{query}").status_code == 200


def test_what_was_typed_is_shown_and_never_run(client: Client, at: Shop):
    page = suggested(client, '"><script>alert(1)</script>')
    assert page.all("script") == []
    assert "<script>" in page.text("#suggest-all")
