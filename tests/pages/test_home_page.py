"""/: ask, act in an emergency, find by product and task, by state, by news."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from guides import publishing
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def home(client: Client, address: str = "/") -> Page:
    return Page(client.get(address))


def cell(page: Page, product: str, task: str) -> str:
    """Selects a cell of the matrix by what its row and column are called."""
    columns = [head.get_text(" ", strip=True).split()[0] for head in page.all(".matrix thead th")]
    rows = [head.get_text(" ", strip=True).split()[0] for head in page.all(".matrix tbody th")]
    column, row = columns.index(task) + 1, rows.index(product) + 1
    return f".matrix tbody tr:nth-of-type({row}) > :nth-child({column})"


def test_the_question_goes_to_the_search_page(client: Client) -> None:
    form = home(client).one(".hero form")
    assert (form["action"], form.get("method", "get")) == ("/search/", "get")
    assert form.select_one("input[type=search]")["name"] == "q"


def test_the_example_questions_are_searches_already(client: Client) -> None:
    links = home(client).links(".try a")
    assert len(links) == 4
    for address, words in links.items():
        assert Page(client.get(address)).one("input[type=search]")["value"] == words


def test_an_emergency_is_told_in_readers_words_and_leads_to_its_guide(client: Client) -> None:
    aliases = ["手机丢了", "卡被盗刷", "有人登录我的账户", "第四种说法"]
    make.make_procedure("respond", is_emergency=True, aliases=aliases)
    page = home(client)
    assert [link.get_text(strip=True) for link in page.all(".alarm a")] == aliases[:3]
    assert set(page.links(".alarm a")) == {"/procedures/respond/"}


def test_without_an_emergency_guide_there_is_no_emergency_panel(client: Client) -> None:
    make.make_procedure("calm")
    assert home(client).all(".alarm") == []


def test_a_cell_leads_to_its_guide_and_tells_how_far_it_was_checked(client: Client) -> None:
    at = shop()
    make.make_procedure("close-jiebei", title="关闭借呗", products=[at.jiebei], task=at.close)
    page = home(client)
    here = cell(page, "借呗", "关闭")
    link = page.one(f"{here} a")
    assert (link["href"], link.get_text()) == ("/procedures/close-jiebei/", "关闭借呗")
    assert page.text(f"{here} .vm") == "未核实"


def test_a_guide_for_all_products_is_in_each_products_cell_below_the_products_own(
    client: Client,
) -> None:
    at = shop()
    make.make_procedure("a-prepare", products=[at.huabei, at.jiebei], task=at.close)
    make.make_procedure("close-jiebei", products=[at.jiebei], task=at.close)
    page = home(client)
    own, shared = "/procedures/close-jiebei/", "/procedures/a-prepare/"
    assert list(page.links(f"{cell(page, '借呗', '关闭')} a")) == [own, shared]
    assert list(page.links(f"{cell(page, '花呗', '关闭')} a")) == [shared]


def test_a_gap_is_struck_through_and_leads_to_the_page_of_its_cell(client: Client) -> None:
    at = shop()
    make.make_procedure("close-jiebei", products=[at.jiebei], task=at.close)
    page = home(client)
    gap = cell(page, "花呗", "解绑")
    assert "void" in page.one(gap)["class"]
    assert page.links(f"{gap} a") == {"/products/huabei/unbind/": "暂无指南 ：花呗解绑"}
    assert "4格中1格有指南" in page.text("section .head p")


def test_a_risk_note_does_not_fill_a_cell(client: Client) -> None:
    at = shop()
    make.make_risk("overdue", products=[at.jiebei], task=at.unbind)
    page = home(client)
    assert "void" in page.one(cell(page, "借呗", "解绑"))["class"]


def test_a_task_outside_the_matrix_has_no_column(client: Client) -> None:
    at = shop()
    make.make_procedure("check", products=[at.jiebei], task=at.safeguard)
    page = home(client)
    assert page.text(".matrix thead") == "产品 关闭 停用。 解绑"
    assert "/procedures/check/" not in page.links(".matrix a")


def test_a_full_cell_shows_three_guides_and_leads_to_the_others(client: Client) -> None:
    at = shop()
    for number in range(5):
        make.make_procedure(f"way-{number}", products=[at.jiebei], task=at.close)
    page = home(client)
    links = page.links(f"{cell(page, '借呗', '关闭')} a")
    assert len(links) == 4
    assert links["/products/jiebei/close/"] == "另有2篇"


def test_the_matrix_stays_a_table_where_a_phone_lays_it_out_as_blocks(client: Client) -> None:
    shop()
    page = home(client)
    table = page.one("[role=table] table.matrix")
    assert table["role"] == "none"  # else the roles inside would not be allowed
    cells = page.all(".matrix tbody td")
    assert {each["role"] for each in cells} == {"cell"}
    assert [each["data-task"] for each in cells] == ["关闭", "解绑"] * 2
    assert len(page.all(".matrix [role=rowheader]")) == 2


def test_the_newest_guide_comes_first_with_what_changed(client: Client) -> None:
    first = make.make_procedure("first")
    make.make_risk("second", title="后来的风险")
    publishing.save_draft(make.edited(first, title="改过的标题"), None)
    publishing.publish(first, None, note="补上第三步的出处。")
    page = home(client)
    assert list(page.links(".upd a")) == ["/procedures/first/", "/risks/second/"]
    assert page.text(".upd li:first-child p") == "补上第三步的出处。"
    assert page.text(".upd li:last-child .kind") == "风险提示"


def test_a_date_of_another_year_names_the_year(client: Client) -> None:
    guide = make.make_procedure("old")
    long_ago = dt.datetime(2019, 3, 4, 5, tzinfo=dt.UTC)
    QuerySet.update(guide.revisions.all(), published_at=long_ago)
    assert home(client).text(".upd time") == "2019 03-04"


def test_words_that_were_only_drafted_are_not_shown(client: Client) -> None:
    at = shop()
    guide = make.make_procedure("one", title="线上标题", products=[at.jiebei], task=at.close)
    publishing.save_draft(make.edited(guide, title="草稿标题", aliases=["草稿"]), None)
    text = home(client).text()
    assert "线上标题" in text
    assert "草稿" not in text


def test_before_acting_the_worst_risks_are_named_first(client: Client) -> None:
    make.make_risk("a-small", impact="low", likelihood="high")
    make.make_risk("b-rare", impact="high", likelihood="low")
    make.make_risk("c-worst", impact="high", likelihood="high")
    order = list(home(client).links("section[aria-labelledby=h-risks] li a"))
    assert order == ["/risks/c-worst/", "/risks/b-rare/", "/risks/a-small/"]


def test_an_empty_portal_has_a_home_page(client: Client) -> None:
    page = home(client)
    assert page.status == 200
    assert "还没有发布任何指南" in page.text("#main")


@pytest.mark.parametrize("count", [3, 60])
def test_the_home_page_costs_four_queries_however_many_guides_there_are(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    many(count, shop())
    with django_assert_num_queries(4):
        page = home(client)
    assert f"全部{count}篇" in page.text("section .head a")


def test_a_guide_for_some_is_nowhere_on_the_page_of_others(client: Client) -> None:
    at = shop()
    team = make.make_group("风控", member := make.make_user("lin"))
    for slug, fields in {
        "close-jiebei": {"visibility": "groups", "groups": [team]},
        "secret-help": {"visibility": "signed-in", "is_emergency": True, "aliases": ["机密说法"]},
    }.items():
        make.make_procedure(slug, title="机密标题", products=[at.jiebei], task=at.close, **fields)
    make.make_risk("secret-risk", title="机密标题", visibility="signed-in")
    page = home(client)
    assert "机密" not in page.text()
    assert not any("secret" in link or "close-jiebei" in link for link in page.links())
    assert "全部0篇" in page.text()
    client.force_login(member)
    assert "/procedures/close-jiebei/" in home(client).links(".matrix a")


def test_a_retired_guide_leaves_the_page(client: Client) -> None:
    at = shop()
    guide = make.make_procedure("close-huabei", products=[at.huabei], task=at.close)
    publishing.retire(guide, None)
    assert not any("close-huabei" in link for link in home(client).links())


def test_in_english_the_portal_speaks_english_and_the_guides_say_they_do_not(
    client: Client,
) -> None:
    at = shop()
    make.make_procedure("close-jiebei", title="关闭借呗", products=[at.jiebei], task=at.close)
    page = home(client, "/en/")
    assert "Jiebei" in page.text(".matrix tbody")
    link = page.one(".matrix td a[href*=close-jiebei]")
    assert (link["href"], link["lang"]) == ("/en/procedures/close-jiebei/", "zh-Hans")


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_home_page_answers(client: Client, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 200


def test_nothing_on_the_page_is_styled_or_scripted_in_place(client: Client) -> None:
    many(3, shop())
    html = client.get("/").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", html)
