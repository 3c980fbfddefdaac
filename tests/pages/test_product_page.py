"""/products/ and /products/<slug>/: what can be done with a product, and what is missing."""

from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def groups(page: Page) -> list[str]:
    return [head.get_text(" ", strip=True) for head in page.all(".group h2")]


def test_a_products_guides_are_grouped_by_task_with_gaps_shown(client: Client) -> None:
    at = shop()
    make.make_procedure("close-jiebei", products=[at.jiebei], task=at.close)
    make.make_procedure("check", products=[at.jiebei], task=at.safeguard)
    page = Page(client.get("/products/jiebei/"))
    assert page.text("h1") == "借呗"
    assert page.text(".lead") == "个人小额借款。"
    assert groups(page) == ["关闭", "解绑", "防护"]
    assert page.links(".gap a") == {"/products/jiebei/unbind/": "看相近的内容 ：解绑"}


def test_risk_notes_cases_and_guides_without_a_task_have_groups_of_their_own(
    client: Client,
) -> None:
    at = shop()
    make.make_procedure("loose", products=[at.jiebei])
    make.make_risk("late", products=[at.jiebei], task=at.close)
    make.make_case("story", products=[at.jiebei])
    page = Page(client.get("/products/jiebei/"))
    assert groups(page) == ["关闭", "解绑", "其他操作指南", "风险提示", "案例"]


def test_a_group_that_is_too_long_leads_to_the_list_that_has_all(client: Client) -> None:
    at = shop()
    for number in range(8):
        make.make_risk(f"risk-{number}", products=[at.jiebei])
    page = Page(client.get("/products/jiebei/"))
    assert len(page.all(".entry")) == 6
    more = page.links(".group .head > a")
    assert more == {"/guides/?kind=risk&product=jiebei": "全部8篇"}
    assert "8篇" in Page(client.get(next(iter(more)))).text("p[role=status]")


def test_the_head_counts_kinds_and_states_of_verification(client: Client) -> None:
    at = shop()
    make.make_procedure("a", products=[at.jiebei])
    make.make_risk("b", products=[at.jiebei])
    make.make_procedure("elsewhere", products=[at.huabei])
    page = Page(client.get("/products/jiebei/"))
    assert page.text("p.meta") == "2篇 操作指南 1 风险提示 1 未核实 2"


def test_the_index_beside_it_leads_to_every_product_task_and_tag_in_use(client: Client) -> None:
    at = shop()
    make.make_procedure("a", products=[at.jiebei], task=at.close, tags=[at.fraud])
    page = Page(client.get("/products/jiebei/"))
    assert page.links(".index a") == {
        "/products/huabei/": "花呗 0",
        "/products/jiebei/": "借呗 1",
        "/tasks/close/": "关闭 1",
        "/tasks/unbind/": "解绑 0",
        "/tasks/safeguard/": "防护 0",
        "/tags/fraud/": "防诈骗 1",
    }
    assert page.one(".index [aria-current=page]")["href"] == "/products/jiebei/"


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(("address", "queries"), [("/products/jiebei/", 3), ("/products/", 2)])
def test_a_products_page_costs_three_queries_however_many_guides_there_are(
    client: Client, django_assert_num_queries: Any, count: int, address: str, queries: int
) -> None:
    many(count, shop())
    with django_assert_num_queries(queries):
        client.get(address)


def test_guides_for_some_are_neither_shown_nor_counted_for_others(client: Client) -> None:
    at = shop()
    make.make_procedure(
        "hidden",
        title="机密",
        products=[at.jiebei],
        task=at.close,
        tags=[at.fraud],
        visibility="signed-in",
    )
    page = Page(client.get("/products/jiebei/"))
    assert "机密" not in page.text()
    assert page.links(".index a")["/products/jiebei/"] == "借呗 0"
    assert "/tags/fraud/" not in page.links(".index a")
    assert len(page.all(".gap")) == 2
    client.force_login(make.make_user())
    assert "/procedures/hidden/" in Page(client.get("/products/jiebei/")).links(".entry a")


def test_a_product_without_guides_has_its_page(client: Client) -> None:
    shop()
    page = Page(client.get("/products/huabei/"))
    assert (page.status, groups(page)) == (200, ["关闭", "解绑"])


@pytest.mark.parametrize("slug", ["yuebao", "JIEBEI", "-", "x" * 300])
def test_an_unknown_product_is_not_found(client: Client, slug: str) -> None:
    shop()
    assert client.get(f"/products/{slug}/").status_code == 404


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_page_answers(client: Client, query: str) -> None:
    shop()
    assert client.get(f"/products/jiebei/?{query}").status_code == 200


def test_the_overview_leads_to_every_product_task_and_tag(client: Client) -> None:
    at = shop()
    make.make_procedure("a", products=[at.jiebei], tags=[at.fraud])
    make.make_tag("unused", name="没用过")
    page = Page(client.get("/products/"))
    links = page.links("#main a")
    for address in ("/products/huabei/", "/products/jiebei/", "/tasks/unbind/", "/tags/fraud/"):
        assert address in links
    assert "没用过" not in page.text()
    assert page.text(".nav [aria-current]") == "产品与标签"


def test_an_overview_of_nothing_says_so(client: Client) -> None:
    assert "还没有产品" in Page(client.get("/products/")).text("#main")


def test_in_english_products_have_their_english_names(client: Client) -> None:
    shop()
    page = Page(client.get("/en/products/jiebei/"))
    assert page.text("h1") == "Jiebei"
    assert "/en/products/huabei/" in page.links(".index a")
