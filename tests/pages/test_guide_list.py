"""/guides/, /procedures/, /risks/, /cases/: filtered, sorted, page by page."""

from itertools import chain
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides import publishing
from guides.models import Tag
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, Shop, many, shop

pytestmark = pytest.mark.django_db
LISTS = ["/guides/", "/procedures/", "/risks/", "/cases/"]


def listed(page: Page) -> list[str]:
    return [link.rstrip("/").split("/")[-1] for link in page.links(".entries .t a")]


def number(page: Page) -> int:
    return int(page.text("p[role=status]").partition("篇")[0].split()[-1])


def stock(at: Shop) -> None:
    """A bit of everything, unevenly spread."""
    make.make_procedure("p1", products=[at.huabei], task=at.close, tags=[at.fraud])
    make.make_procedure("p2", products=[at.jiebei], task=at.close, tags=[at.fraud, at.overdue])
    make.make_procedure("p3", products=[at.huabei, at.jiebei], task=at.unbind)
    make.make_risk("r1", products=[at.jiebei], task=at.unbind, tags=[at.overdue])
    make.make_risk("r2", products=[at.huabei, at.jiebei], task=at.safeguard, tags=[at.fraud])
    checked = make.make_case("c1", products=[at.jiebei], tags=[at.overdue])
    editor = make.make_user("lin", "add_verification")
    make.walked(checked, editor, kind="sources", checked_on=timezone.localdate())


def test_all_guides_are_listed_with_what_each_is_about(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/"))
    assert sorted(listed(page)) == ["c1", "p1", "p2", "p3", "r1", "r2"]
    assert number(page) == 6
    assert len(page.all(".entry .kind")) == 6
    assert len(page.all(".entry .vm")) == 6


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/procedures/", ["p1", "p2", "p3"]),
        ("/risks/", ["r1", "r2"]),
        ("/cases/", ["c1"]),
        ("/guides/?kind=risk", ["r1", "r2"]),
        ("/guides/?kind=risk&kind=case", ["c1", "r1", "r2"]),
        ("/guides/?product=huabei", ["p1", "p3", "r2"]),
        ("/guides/?product=huabei&task=close", ["p1"]),
        ("/guides/?tag=overdue&tag=fraud", ["c1", "p1", "p2", "r1", "r2"]),
        ("/guides/?tag=overdue&kind=risk", ["r1"]),
        ("/guides/?verification=sources", ["c1"]),
        ("/guides/?verification=unverified&task=unbind", ["p3", "r1"]),
        ("/risks/?product=huabei", ["r2"]),
        ("/guides/?product=&kind=", ["c1", "p1", "p2", "p3", "r1", "r2"]),
    ],
)
def test_conditions_in_the_address_choose_what_is_listed(
    client: Client, address: str, expected: list[str]
) -> None:
    stock(shop())
    assert sorted(listed(Page(client.get(address)))) == expected


@pytest.mark.parametrize(
    "conditions", ["", "product=jiebei", "kind=risk&tag=fraud", "task=unbind&product=huabei"]
)
def test_every_count_is_what_one_gets_by_choosing_it(client: Client, conditions: str) -> None:
    stock(shop())
    page = Page(client.get(f"/guides/?{conditions}"))
    labels = page.all(".facets fieldset label")
    assert len(labels) == 3 + 2 + 3 + 2 + 4
    for label, box, count in zip(
        labels,
        page.all(".facets fieldset input"),
        page.all(".facets fieldset span"),
        strict=True,
    ):
        name, value = box["name"], box["value"]
        others = [part for part in conditions.split("&") if part and not part.startswith(name)]
        chosen = Page(client.get(f"/guides/?{'&'.join([*others, f'{name}={value}'])}"))
        assert count.get_text() == str(number(chosen)), label.get_text()


def test_what_would_bring_nothing_cannot_be_ticked(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/?task=close"))
    boxes = {(box["name"], box["value"]): box for box in page.all(".facets fieldset input")}
    assert boxes["kind", "risk"].has_attr("disabled")
    assert not boxes["kind", "procedure"].has_attr("disabled")
    assert boxes["task", "close"].has_attr("checked")


def test_each_condition_can_be_taken_back_by_a_link(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/?product=jiebei&kind=risk&sort=recent&page=1"))
    assert page.links(".chosen .chip") == {
        "/guides/?product=jiebei&sort=recent": "类型 风险提示",
        "/guides/?kind=risk&sort=recent": "产品 借呗",
    }
    assert page.one(".chosen > a:not(.chip)")["href"] == "/guides/?sort=recent"


def test_the_form_keeps_the_order_that_was_chosen(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/?sort=title"))
    hidden = page.one(".facets input[type=hidden]")
    assert (hidden["name"], hidden["value"]) == ("sort", "title")


def test_an_unknown_condition_is_ignored_and_named(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/?product=yuebao&kind=risk"))
    assert sorted(listed(page)) == ["r1", "r2"]
    assert page.text(".call.caution q") == "yuebao"
    assert list(page.links(".chosen .chip")) == ["/guides/?product=yuebao"]


def test_what_is_ignored_is_quoted_shortened_and_escaped(client: Client) -> None:
    shop()
    page = Page(client.get("/guides/", {"tag": ["<script>alert(1)</script>", "x" * 500]}))
    quoted = [each.get_text() for each in page.all(".call.caution q")]
    assert quoted == ["<script>alert(1)</script>", "x" * 40]


def test_a_list_of_one_kind_offers_no_choice_of_kinds(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/risks/?kind=procedure"))
    assert sorted(listed(page)) == ["r1", "r2"]
    assert page.all(".facets [name=kind]") == []
    assert page.all(".entry .kind") == []


def test_guides_stand_in_the_order_of_the_matrix_unless_another_is_chosen(client: Client) -> None:
    at = shop()
    make.make_procedure("z", title="丙", products=[at.jiebei], task=at.unbind)
    make.make_procedure("y", title="乙", products=[at.jiebei], task=at.close)
    make.make_procedure("x", title="甲", products=[at.huabei, at.jiebei], task=at.close)
    make.make_procedure("w", title="丁", products=[at.huabei], task=at.close)
    assert listed(Page(client.get("/guides/"))) == ["w", "y", "x", "z"]
    assert listed(Page(client.get("/guides/?sort=recent"))) == ["w", "x", "y", "z"]
    assert listed(Page(client.get("/guides/?sort=nonsense"))) == ["w", "y", "x", "z"]
    titles = Page(client.get("/guides/?sort=title"))
    assert [link.get_text() for link in titles.all(".entries .t a")] == ["丁", "丙", "乙", "甲"]
    assert titles.text(".sort [aria-current]") == "按标题"


def test_a_long_list_goes_on_for_pages_and_keeps_its_conditions(client: Client) -> None:
    many(45, shop())
    first = Page(client.get("/guides/?tag=fraud"))
    assert (number(first), len(listed(first))) == (45, 20)
    assert first.one(".pager a[rel=next]")["href"] == "?tag=fraud&page=2"
    last = Page(client.get("/guides/?tag=fraud&page=3"))
    assert len(listed(last)) == 5
    assert last.all(".pager a[rel=next]") == []


def test_pages_together_have_every_guide_once(client: Client) -> None:
    guides = many(45, shop())
    pages = [listed(Page(client.get(f"/guides/?page={page}"))) for page in (1, 2, 3)]
    assert sorted(chain(*pages)) == sorted(guide.slug for guide in guides)


@pytest.mark.parametrize(("asked", "shown"), [("abc", "第1页"), ("999", "第2页"), ("-1", "第2页")])
def test_a_page_that_is_not_there_leads_to_one_that_is(
    client: Client, asked: str, shown: str
) -> None:
    many(25, shop())
    page = Page(client.get(f"/guides/?page={asked}"))
    assert page.text(".pager .meta") == f"{shown}，共2页"


def test_where_nothing_holds_the_page_tells_which_condition_to_give_up(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/guides/?kind=case&product=jiebei&task=close"))
    assert "没有同时符合这些条件的指南" in page.text(".told h2")
    assert page.links(".told a") == {
        "/guides/?product=jiebei&task=close": "不限类型“案例”",
        "/guides/?kind=case&product=jiebei": "不限事项“关闭”",
        "/guides/": "清除全部条件",
    }
    assert page.text(".told .num") == "1篇 1篇"


def test_an_empty_list_says_so(client: Client) -> None:
    for address in LISTS:
        assert "这里还没有指南" in Page(client.get(address)).text(".told")


def test_only_the_plain_list_is_for_search_engines(client: Client) -> None:
    shop()
    assert Page(client.get("/guides/")).all("meta[name=robots]") == []
    robots = Page(client.get("/guides/?product=jiebei")).one("meta[name=robots]")
    assert robots["content"] == "noindex,follow"


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(
    ("query", "queries"), [("", 3), ("product=jiebei&tag=fraud&sort=recent", 3), ("sort=title", 4)]
)
def test_a_list_costs_at_most_four_queries(
    client: Client, django_assert_num_queries: Any, count: int, query: str, queries: int
) -> None:
    many(count, shop())
    with django_assert_num_queries(queries):
        client.get(f"/guides/?{query}")


def test_a_guide_for_some_is_neither_listed_nor_counted_for_others(client: Client) -> None:
    at = shop()
    stock(at)
    secret = make.make_tag("secret", name="机密话题")
    make.make_procedure(
        "hidden", title="机密", products=[at.jiebei], tags=[secret], visibility="signed-in"
    )
    page = Page(client.get("/guides/"))
    assert number(page) == 6
    assert "机密" not in page.text()
    told = Page(client.get("/guides/?tag=secret"))
    assert (number(told), told.text(".call.caution q")) == (6, "secret")
    client.force_login(make.make_user())
    assert listed(Page(client.get("/guides/?tag=secret"))) == ["hidden"]


def test_a_draft_and_a_retired_guide_are_not_listed(client: Client) -> None:
    make.make_procedure("draft", live=False)
    publishing.retire(make.make_procedure("old"), None)
    assert number(Page(client.get("/guides/"))) == 0


def test_a_tag_that_nothing_bears_is_not_offered(client: Client) -> None:
    stock(shop())
    Tag.objects.create(slug="unused", name="没用过")
    assert "没用过" not in Page(client.get("/guides/")).text(".facets")


@pytest.mark.parametrize("address", ["/guides/", "/risks/"])
@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_list_answers(
    client: Client, address: str, query: str
) -> None:
    shop()
    assert client.get(f"{address}?{query}").status_code == 200


def test_in_english_filters_are_english_and_titles_stay_chinese(client: Client) -> None:
    stock(shop())
    page = Page(client.get("/en/guides/?product=jiebei"))
    assert "Jiebei" in page.text(".chosen")
    assert {link["lang"] for link in page.all(".entries .t a")} == {"zh-Hans"}
    assert all(link.startswith("/en/") for link in page.links(".entries .t a"))
