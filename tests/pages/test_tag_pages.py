"""/tags/ and /tags/<slug>/: one topic across products, tasks and kinds."""

from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def test_a_tag_lists_guides_of_every_kind_with_their_kind(client: Client) -> None:
    at = shop()
    make.make_procedure("p", tags=[at.fraud], task=at.close)
    make.make_risk("r", tags=[at.fraud], task=at.unbind)
    make.make_case("c", tags=[at.fraud, at.overdue])
    make.make_case("other", tags=[at.overdue])
    page = Page(client.get("/tags/fraud/"))
    assert page.text("h1") == "防诈骗"
    assert list(page.links(".entry .t a")) == ["/procedures/p/", "/risks/r/", "/cases/c/"]
    assert page.text(".entry .kind") == "操作指南 风险提示 案例"


def test_all_tags_in_use_are_listed_with_their_numbers(client: Client) -> None:
    at = shop()
    make.make_procedure("a", tags=[at.fraud])
    make.make_procedure("b", tags=[at.fraud])
    page = Page(client.get("/tags/"))
    assert page.links(".ruled a") == {"/tags/fraud/": "防诈骗"}
    assert page.text(".ruled") == "防诈骗 2篇"


def test_without_tags_in_use_the_page_says_so(client: Client) -> None:
    shop()
    assert "还没有用到标签的指南" in Page(client.get("/tags/")).text("#main")


def test_a_long_tag_goes_on_for_pages(client: Client) -> None:
    many(25, shop())
    assert len(Page(client.get("/tags/fraud/")).all(".entry")) == 20
    assert len(Page(client.get("/tags/fraud/?page=2")).all(".entry")) == 5
    assert len(Page(client.get("/tags/fraud/?page=abc")).all(".entry")) == 20


@pytest.mark.parametrize("slug", ["nothing", "overdue"])
def test_a_tag_that_is_unknown_or_on_nothing_is_not_found(client: Client, slug: str) -> None:
    shop()
    assert client.get(f"/tags/{slug}/").status_code == 404


def test_a_tag_only_on_guides_for_some_is_not_there_for_others(client: Client) -> None:
    at = shop()
    make.make_procedure("hidden", tags=[at.fraud], visibility="signed-in")
    assert client.get("/tags/fraud/").status_code == 404
    assert "防诈骗" not in Page(client.get("/tags/")).text()
    client.force_login(make.make_user())
    assert list(Page(client.get("/tags/fraud/")).links(".entry .t a")) == ["/procedures/hidden/"]


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(("address", "queries"), [("/tags/fraud/", 3), ("/tags/", 2)])
def test_tags_cost_at_most_three_queries_however_many_guides_there_are(
    client: Client, django_assert_num_queries: Any, count: int, address: str, queries: int
) -> None:
    many(count, shop())
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_pages_answer(client: Client, query: str) -> None:
    make.make_procedure("p", tags=[shop().fraud])
    for address in ("/tags/", "/tags/fraud/"):
        assert client.get(f"{address}?{query}").status_code == 200
