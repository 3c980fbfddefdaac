"""/tasks/<slug>/: one thing to do, product by product."""

from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def test_a_task_is_told_product_by_product_what_serves_several_first(client: Client) -> None:
    at = shop()
    make.make_procedure("z-prepare", products=[at.huabei, at.jiebei], task=at.close)
    make.make_procedure("close-huabei", products=[at.huabei], task=at.close)
    make.make_procedure("close-jiebei", products=[at.jiebei], task=at.close)
    page = Page(client.get("/tasks/close/"))
    assert page.text("h1") == "关闭"
    assert page.text(".lead") == "停用。"
    assert page.text(".group h2") == "几个产品都适用 花呗 借呗"
    assert list(page.links(".entry .t a")) == [
        "/procedures/z-prepare/",
        "/procedures/close-huabei/",
        "/procedures/close-jiebei/",
    ]


def test_a_product_that_lacks_the_task_is_shown_as_a_gap(client: Client) -> None:
    at = shop()
    make.make_procedure("unbind-jiebei", products=[at.jiebei], task=at.unbind)
    page = Page(client.get("/tasks/unbind/"))
    assert list(page.links(".gap a")) == ["/products/huabei/unbind/"]


def test_a_task_outside_the_matrix_has_no_gaps(client: Client) -> None:
    at = shop()
    make.make_procedure("check", products=[at.jiebei], task=at.safeguard)
    page = Page(client.get("/tasks/safeguard/"))
    assert page.all(".gap") == []
    assert page.text(".group h2") == "借呗"


def test_a_guide_for_no_product_in_particular_is_not_lost(client: Client) -> None:
    at = shop()
    make.make_procedure("general", task=at.close)
    page = Page(client.get("/tasks/close/"))
    assert list(page.links(".entry .t a")) == ["/procedures/general/"]


def test_risk_notes_and_cases_of_the_task_follow(client: Client) -> None:
    at = shop()
    make.make_risk("late", task=at.close)
    make.make_case("story", task=at.close)
    page = Page(client.get("/tasks/close/"))
    assert list(page.links(".entry .t a")) == ["/risks/late/", "/cases/story/"]


def test_a_guide_for_some_is_not_shown_to_others(client: Client) -> None:
    at = shop()
    make.make_procedure("hidden", title="机密", task=at.close, visibility="signed-in")
    page = Page(client.get("/tasks/close/"))
    assert "机密" not in page.text()
    assert page.text("p.meta") == "0篇"


@pytest.mark.parametrize("count", [3, 60])
def test_a_task_costs_three_queries_however_many_guides_there_are(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    many(count, shop())
    with django_assert_num_queries(3):
        client.get("/tasks/close/")


def test_an_unknown_task_is_not_found(client: Client) -> None:
    assert client.get("/tasks/fly/").status_code == 404


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_page_answers(client: Client, query: str) -> None:
    shop()
    assert client.get(f"/tasks/close/?{query}").status_code == 200
