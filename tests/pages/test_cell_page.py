"""/products/<slug>/<task>/: how to do one thing with one product, or that nobody has told yet."""

from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def entries(page: Page, group: str) -> list[str]:
    """The addresses below a heading."""
    for section in page.all(".group"):
        if section.select("h2")[0].get_text(strip=True) == group:
            return [str(link["href"]) for link in section.select(".entry .t a")]
    return []


def test_a_cell_lists_its_procedures_and_the_risks_and_cases_beside_them(client: Client) -> None:
    at = shop()
    make.make_procedure("b-shared", products=[at.huabei, at.jiebei], task=at.close)
    make.make_procedure("close-jiebei", products=[at.jiebei], task=at.close)
    make.make_risk("late", products=[at.jiebei], task=at.close)
    make.make_case("story", products=[at.jiebei], task=at.close)
    page = Page(client.get("/products/jiebei/close/"))
    assert page.text("h1") == "借呗：关闭"
    assert entries(page, "操作指南") == ["/procedures/close-jiebei/", "/procedures/b-shared/"]
    assert entries(page, "风险提示") == ["/risks/late/"]
    assert entries(page, "案例") == ["/cases/story/"]
    assert page.all("[data-gap]") == []


def test_a_gap_says_plainly_that_there_is_nothing(client: Client) -> None:
    shop()
    page = Page(client.get("/products/huabei/unbind/"))
    assert page.status == 200
    assert page.one("[data-gap]")["data-gap"] == "huabei/unbind"
    assert page.text("[data-gap] h2") == "还没有花呗解绑的指南"


def test_a_gap_shows_what_is_near_as_what_it_is_and_never_as_the_answer(client: Client) -> None:
    at = shop()
    make.make_procedure("unbind-jiebei", products=[at.jiebei], task=at.unbind)
    make.make_procedure("close-huabei", products=[at.huabei], task=at.close)
    page = Page(client.get("/products/huabei/unbind/"))
    assert entries(page, "别的产品怎么解绑") == ["/procedures/unbind-jiebei/"]
    assert entries(page, "花呗的其他操作指南") == ["/procedures/close-huabei/"]
    assert entries(page, "操作指南") == []
    assert "不要照着做花呗" in page.text(".group .head p")


def test_risk_notes_do_not_close_a_gap_but_are_shown(client: Client) -> None:
    at = shop()
    make.make_risk("late", products=[at.huabei], task=at.unbind)
    page = Page(client.get("/products/huabei/unbind/"))
    assert len(page.all("[data-gap]")) == 1
    assert entries(page, "风险提示") == ["/risks/late/"]


def test_the_products_other_tasks_are_one_click_away(client: Client) -> None:
    shop()
    page = Page(client.get("/products/huabei/unbind/"))
    assert list(page.links(".tabs a")) == [
        "/products/huabei/close/",
        "/products/huabei/unbind/",
        "/products/huabei/safeguard/",
    ]
    assert page.text(".tabs [aria-current=page]") == "解绑"


def test_a_guide_for_some_leaves_a_gap_for_others(client: Client) -> None:
    at = shop()
    make.make_procedure(
        "hidden", title="机密", products=[at.huabei], task=at.unbind, visibility="signed-in"
    )
    page = Page(client.get("/products/huabei/unbind/"))
    assert len(page.all("[data-gap]")) == 1
    assert "机密" not in page.text()
    client.force_login(make.make_user())
    page = Page(client.get("/products/huabei/unbind/"))
    assert entries(page, "操作指南") == ["/procedures/hidden/"]


@pytest.mark.parametrize("count", [3, 60])
def test_a_cell_costs_three_queries_however_many_guides_there_are(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    many(count, shop())
    for address in ("/products/jiebei/close/", "/products/huabei/safeguard/"):
        with django_assert_num_queries(3):
            client.get(address)


@pytest.mark.parametrize("address", ["/products/jiebei/fly/", "/products/yuebao/close/"])
def test_an_unknown_product_or_task_is_not_found(client: Client, address: str) -> None:
    shop()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_page_answers(client: Client, query: str) -> None:
    shop()
    assert client.get(f"/products/jiebei/close/?{query}").status_code == 200
