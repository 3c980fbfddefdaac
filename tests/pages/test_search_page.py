"""/search/: a question in the reader's own words, and what to do where nothing answers it."""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django.test import Client

from guides.models import Wish
from guides.search.tables import Situation
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, Shop, shop

pytestmark = pytest.mark.django_db


def search(client: Client, question: str, **conditions: Any) -> Page:
    return Page(client.get("/search/", {"q": question, **conditions}))


def found(page: Page) -> list[str]:
    return list(page.links("#results > li > h2 a"))


def stock(at: Shop) -> None:
    make.make_procedure(
        "close-jiebei",
        title="关闭借呗",
        summary="不想再用借呗，把它关掉。",
        aliases=["借呗怎么关掉"],
        products=[at.jiebei],
        task=at.close,
        tags=[at.fraud],
    )
    make.make_procedure(
        "close-huabei",
        title="关闭花呗",
        summary="不想再用花呗，把它关掉。",
        aliases=["花呗怎么关掉"],
        products=[at.huabei],
        task=at.close,
    )
    make.make_procedure(
        "unbind-jiebei",
        title="借呗解绑银行卡",
        summary="把银行卡从借呗上拿掉。",
        products=[at.jiebei],
        task=at.unbind,
    )
    make.make_risk(
        "late", title="关闭借呗以后逾期", summary="借呗关了，欠款还在。", products=[at.jiebei]
    )


def test_results_are_an_ordered_list_of_links_to_the_guides_own_addresses(client: Client) -> None:
    stock(shop())
    page = search(client, "怎么关闭借呗")
    assert found(page)[0] == "/procedures/close-jiebei/"
    assert "/risks/late/" in found(page)
    results = page.one("ol#results")
    assert results["data-match"] == "strong"
    assert len(page.all("#results > li .vm")) == len(found(page))
    assert "风险提示" in page.text("#results .kind")


def test_the_best_match_shows_its_steps_so_that_they_can_be_entered_at_once(
    client: Client,
) -> None:
    stock(shop())
    page = search(client, "怎么关闭借呗")
    assert page.one("#results > li.best h2 a")["href"] == "/procedures/close-jiebei/"
    assert page.links(".best .mini a") == {
        "/procedures/close-jiebei/#s-k001": "1 打开管理页",
        "/procedures/close-jiebei/#s-k002": "2 确认关闭",
    }


def test_what_was_asked_is_marked_in_titles_and_snippets(client: Client) -> None:
    stock(shop())
    page = search(client, "关闭借呗")
    marked = {mark.get_text() for mark in page.all("#results h2 mark")}
    assert "借呗" in "".join(marked)
    assert page.all("#results p mark")


def test_a_result_leads_to_the_step_that_answers(client: Client) -> None:
    at = shop()
    make.make_procedure("steps", title="一篇指南", products=[at.jiebei], task=at.close)
    page = search(client, "读完弹窗再点")
    assert page.links("#results .at") == {
        "/procedures/steps/#s-k002": "跳到第2步： 确认关闭",
    }
    assert "弹窗" in page.text("#results p")


def test_the_cells_of_a_table_do_not_run_together_in_a_snippet(client: Client) -> None:
    table = "| 理由 | 关闭有没有用 |\n|---|---|\n| 总是忍不住花 | 来源认为有用 |"
    make.make_case("reasons", title="一个案例", body=f"## 经过\n\n{table}\n")
    shown = search(client, "总是忍不住花").one("#results p").get_text()
    assert "总是忍不住花，来源认为有用" in shown


def test_a_result_leads_to_the_section_that_answers(client: Client) -> None:
    make.make_risk("risk", title="一篇提示", summary="摘要。")
    page = search(client, "扣款卡被解绑")
    (address, words), *rest = page.links("#results .at").items()
    assert (address, words, rest) == ("/risks/risk/#怎么发生的", "跳到： 怎么发生的", [])


def test_what_was_understood_can_be_taken_back(client: Client) -> None:
    stock(shop())
    page = search(client, "怎么关闭借呗")
    chips = page.all(".intent .chip")
    assert [chip.get_text(" ", strip=True) for chip in chips] == ["产品 借呗", "事项 关闭"]
    without = Page(client.get(str(chips[0]["href"])))
    assert without.text(".intent .chip") == "事项 关闭"
    assert without.one("main input[type=search]")["value"] == "怎么关闭借呗"
    plain = Page(client.get(str(page.one(".intent > a:not(.chip)")["href"])))
    assert plain.all(".intent") == []
    assert found(plain)


def test_a_situation_that_was_recognised_can_be_taken_back_too(client: Client) -> None:
    stock(shop())
    Situation.objects.create(slug="lost-phone", name="手机丢了", phrases=["丢了手机", "手机丢"])
    page = search(client, "手机丢了怎么关闭借呗")
    assert page.text(".intent .chip.beside") == "情形 手机丢了"
    assert page.text(".intent .chip").endswith("情形 手机丢了"), "what decides stands first"
    chip = page.one(".intent .chip.beside")
    assert chip["aria-label"] == "去掉条件：情形是手机丢了"
    without = Page(client.get(str(chip["href"])))
    assert without.all(".intent .chip.beside") == []
    assert len(without.all(".intent .chip")) == 2
    english = Page(client.get("/en/search/", {"q": "手机丢了怎么关闭借呗"}))
    assert english.one(".intent .beside span")["lang"] == "zh-Hans"


def test_a_slip_is_searched_as_meant_and_as_typed_on_request(client: Client) -> None:
    stock(shop())
    page = search(client, "jiebeiguanbi")
    assert "也搜了" in page.text(".dym")
    assert "/procedures/close-jiebei/" in found(page)
    literal = Page(client.get(str(page.one(".dym a")["href"])))
    assert "只按原文搜索" in literal.text(".dym")
    again = Page(client.get(str(literal.one(".dym a")["href"])))
    assert found(again) == found(page)


def test_a_product_and_task_without_a_guide_is_told_as_a_gap(client: Client) -> None:
    stock(shop())
    page = search(client, "花呗怎么解绑")
    gap = page.one("[data-gap]")
    assert gap["data-gap"] == "huabei/unbind"
    assert "还没有花呗解绑的指南" in gap.get_text()
    assert list(page.links("[data-gap] a")) == [
        "/products/huabei/",
        "/tasks/unbind/",
        "/products/huabei/unbind/",
    ]
    assert page.all(".best") == []
    assert "/procedures/unbind-jiebei/" in found(page)


def test_a_missing_guide_is_asked_for_with_one_press(client: Client) -> None:
    at = shop()
    stock(at)
    page = search(client, "花呗怎么解绑")
    form = page.one("[data-gap] form")
    given = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    assert (given["product"], given["task"]) == ("huabei", "unbind")
    answer = client.post(str(form["action"]), given)
    assert answer.status_code == 303
    assert Wish.objects.get(product=at.huabei, task=at.unbind).times == 1


def test_nobody_is_invited_to_wish_for_an_answer_to_nothing(client: Client) -> None:
    stock(shop())
    for question in ("😀😀", "？！", "-- ' \""):
        page = search(client, question)
        assert page.status == 200
        assert page.all("#answer form[method=post]") == []
        assert "/guides/" in page.links("#answer a")
    assert search(client, "zzzqqqxxx").all("#answer form[method=post]")


def test_a_gap_is_one_only_for_readers_who_may_not_see_its_guide(client: Client) -> None:
    at = shop()
    stock(at)
    make.make_procedure(
        "hidden",
        title="花呗解绑机密",
        products=[at.huabei],
        task=at.unbind,
        visibility="signed-in",
    )
    page = search(client, "花呗怎么解绑")
    assert "机密" not in page.text()
    assert page.one("[data-gap]")
    client.force_login(make.make_user())
    page = search(client, "花呗怎么解绑")
    assert found(page)[0] == "/procedures/hidden/"
    assert page.all("[data-gap]") == []


def test_where_nothing_answers_directly_the_page_says_so_above_what_is_near(
    client: Client,
) -> None:
    stock(shop())
    page = search(client, "借呗最高能借多少钱利息怎么算")
    assert page.one("#results")["data-match"] == "weak"
    assert "没有直接回答这个问题的指南" in page.text("[data-weak]")
    assert page.all(".best") == []
    assert found(page)


def test_where_nothing_is_found_the_page_helps_on(client: Client) -> None:
    stock(shop())
    page = search(client, "zzzqqqxxx")
    assert page.all("#results") == []
    assert "没有找到“zzzqqqxxx”" in page.text("#main")
    assert {"/products/jiebei/", "/tasks/close/", "/guides/"} <= set(page.links("#main a"))


def test_without_a_question_the_page_shows_what_can_be_asked(client: Client) -> None:
    stock(shop())
    for address in ("/search/", "/search/?q=", "/search/?q=%20%20"):
        page = Page(client.get(address))
        assert page.status == 200
        assert page.all("#results") == []
        assert any(link.startswith("/search/?q=") for link in page.links("#main a"))


def test_filters_narrow_the_results_and_their_counts_are_what_they_bring(client: Client) -> None:
    stock(shop())
    page = search(client, "关闭借呗")
    for label in page.all(".facets fieldset label"):
        (box,), (count,) = label.select("input"), label.select("span")
        chosen = search(client, "关闭借呗", **{str(box["name"]): box["value"]})
        assert len(found(chosen)) == int(count.get_text()), box
    hidden = {(each["name"], each["value"]) for each in page.all(".facets input[type=hidden]")}
    assert hidden == {("q", "关闭借呗")}


def test_a_filter_can_be_taken_back_by_a_link(client: Client) -> None:
    stock(shop())
    page = search(client, "关闭借呗", kind="risk")
    assert found(page) == ["/risks/late/"]
    (address,) = page.links(".chosen .chip")
    assert found(Page(client.get(address))) == found(search(client, "关闭借呗"))


def test_filters_that_leave_nothing_tell_which_to_give_up(client: Client) -> None:
    stock(shop())
    page = search(client, "关闭借呗", kind="case")
    assert page.all("#results") == []
    assert page.links(".told a")


def test_results_can_stand_in_the_order_of_their_verification(client: Client) -> None:
    at = shop()
    stock(at)
    checked = make.make_procedure("checked", title="借呗", products=[at.jiebei])
    editor = make.make_user("lin", "add_verification")
    make.walked(checked, editor, kind="device", checked_on=dt.date(2026, 11, 1))
    page = search(client, "关闭借呗", sort="checked")
    assert found(page)[0] == "/procedures/checked/"
    assert page.text(".sort [aria-current]") == "最近核实在前"
    assert page.all(".best") == []
    assert found(search(client, "关闭借呗"))[0] != "/procedures/checked/"


def test_many_results_go_on_for_pages(client: Client) -> None:
    at = shop()
    for number in range(12):
        make.make_procedure(f"g-{number}", title=f"关闭借呗{number}", products=[at.jiebei])
    first, second = search(client, "关闭借呗"), search(client, "关闭借呗", page="2")
    assert (len(found(first)), len(found(second))) == (10, 2)
    assert not set(found(first)) & set(found(second))
    assert second.one("#results")["start"] == "11"
    assert second.all(".best") == []
    assert len(found(search(client, "关闭借呗", page="abc"))) == 10


def test_a_guide_for_some_is_neither_found_nor_counted_for_others(client: Client) -> None:
    at = shop()
    team = make.make_group("风控", member := make.make_user("lin"))
    make.make_procedure(
        "hidden", title="关闭借呗机密", products=[at.jiebei], visibility="groups", groups=[team]
    )
    page = search(client, "关闭借呗机密")
    assert (found(page), page.all(".facets")) == ([], [])
    client.force_login(make.make_user())
    assert found(search(client, "关闭借呗机密")) == []
    client.force_login(member)
    assert found(search(client, "关闭借呗机密")) == ["/procedures/hidden/"]


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(
    ("question", "queries"), [("借呗", 8), ("jie bei", 10), ("关闭借呗", 11), ("不相干的话", 10)]
)
def test_a_question_costs_few_queries_however_many_guides_there_are(
    client: Client, django_assert_max_num_queries: Any, count: int, question: str, queries: int
) -> None:
    """Names 1, situations 1, search itself 2 to 4, what was found 2, cards 1, texts 1.

    A gap takes 3 more. A trial is a question that is not recorded: only answering is measured.
    """
    at = shop()
    for number in range(count):
        make.make_procedure(f"g-{number}", title=f"关闭借呗{number}", products=[at.jiebei])
    with django_assert_max_num_queries(queries):
        search(client, question, trial="1")


def test_searches_are_not_for_search_engines(client: Client) -> None:
    assert (
        Page(client.get("/search/?q=x")).one("meta[name=robots]")["content"].startswith("noindex")
    )


def test_the_question_is_shown_as_it_was_put_and_never_run(client: Client) -> None:
    page = search(client, '"><script>alert(1)</script>')
    assert page.one("main input[type=search]")["value"] == '"><script>alert(1)</script>'
    assert page.all("#main script") == []


def test_a_question_that_is_too_long_is_cut_and_the_reader_told(client: Client) -> None:
    stock(shop())
    page = search(client, "关闭借呗" * 2_000)
    assert "只读了前200个字" in page.text(".dym")
    assert len(page.one("main input[type=search]")["value"]) == 200
    assert found(page)


@pytest.mark.parametrize(
    "query",
    [
        *BAD_QUERIES,
        "q=%00%E5%85%B3%00",
        "q=%ff%fe%fd",
        "q=%ED%A0%80",
        "q=" + "%F0%9F%92%A9" * 3_000,
        "q=*%25_%5C'%22%3B--",
        "q=[[[(((***",
        "q=%E5%85%B3&without=product%3Anope&sort=nope&literal=maybe&page=-7",
        "q=a&q=b&q=c",
    ],
)
def test_whatever_is_asked_the_page_answers(client: Client, query: str) -> None:
    stock(shop())
    assert client.get(f"/search/?{query}").status_code == 200


INSTANT = {"HX-Request": "true"}


@pytest.mark.parametrize("question", ["怎么关闭借呗", "花呗怎么解绑", "利息怎么算", "zzzqqq", ""])
def test_while_typing_only_what_changes_is_sent_and_it_is_what_the_page_shows(
    client: Client, question: str
) -> None:
    stock(shop())
    whole = search(client, question)
    answer = client.get("/search/", {"q": question}, headers=INSTANT)
    html5lib.HTMLParser(strict=True).parseFragment(answer.content.decode())
    part = Page(answer)
    assert part.text("title") == whole.text("title")
    assert part.text("#answer") == whole.text("#answer")
    assert found(part) == found(whole)
    assert part.all("header, footer, main, form[role=search], link, script") == []
    assert len(answer.content) < len(whole.response.content) / 1.5


def test_a_browser_never_takes_the_part_for_the_page(client: Client) -> None:
    for headers in ({}, INSTANT):
        answer = client.get("/search/", {"q": "借呗"}, headers=headers)
        assert "HX-Request" in answer["Vary"]
        assert "no-store" not in answer.get("Cache-Control", ""), "Back would have to load it anew"


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_is_typed_an_instant_answer_comes(client: Client, query: str) -> None:
    stock(shop())
    assert client.get(f"/search/?{query}", headers=INSTANT).status_code == 200


def test_in_english_results_say_that_they_are_chinese(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/en/search/", {"q": "close Jiebei"}))
    assert found(page)[0] == "/en/procedures/close-jiebei/"
    assert {link["lang"] for link in page.all("#results > li > h2 a")} == {"zh-Hans"}
    assert "Jiebei" in page.text(".intent")
