"""/search/?explain=1: staff see why each result stands where it stands; nobody else does."""

import pytest
from django.test import Client

from tests import factories as make
from tests.admin.people import EDITOR, NOBODY, READER, STAFF, client_of
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db


def stock() -> None:
    product, task = make.make_product(name="借呗"), make.make_task(name="关闭")
    make.make_procedure("close", title="关闭借呗", products=[product], task=task)
    make.make_risk("late", title="关闭借呗以后逾期", products=[product])


def search(client: Client, **conditions: str) -> Page:
    return Page(client.get("/search/", {"q": "怎么关闭借呗", **conditions}))


@pytest.mark.parametrize("name", [STAFF, EDITOR])
def test_staff_see_what_each_term_brought(name: str) -> None:
    stock()
    page = search(client_of(name), explain="1")
    assert len(page.all("#results > li")) == len(page.all("#results > li > details.why")) == 2
    first = page.all("#results > li:first-child details.why tbody tr")
    told = {str(row.th.string): [float(cell.string) for cell in row.select("td")] for row in first}
    assert {"task:close", "product:jiebei", "kind:procedure"} <= set(told)
    for impact, weight, points in told.values():
        assert impact * weight == pytest.approx(points, abs=0.2)


@pytest.mark.parametrize("name", [NOBODY, READER])
def test_nobody_else_sees_it_whatever_they_ask_for(name: str) -> None:
    stock()
    client = client_of(name)
    page = search(client, explain="1")
    assert page.all("details.why") == []
    assert "task:close" not in page.text("#results")
    assert [link for link in page.links("main p a") if "explain" in link] == []
    assert search(client).text("#results") == page.text("#results")


def test_staff_get_it_only_where_they_ask_and_get_rid_of_it_again() -> None:
    stock()
    client = client_of(EDITOR)
    plain = search(client)
    assert plain.all("details.why") == []
    address = next(link for link in plain.links() if "explain=1" in link)
    explained = Page(client.get(address))
    assert len(explained.all("details.why")) == 2
    back = {words: link for link, words in explained.links().items()}["不再解释排序"]
    assert "explain" not in back
    assert Page(client.get(back)).all("details.why") == []


def test_filters_keep_the_explanations() -> None:
    stock()
    client = client_of(EDITOR)
    kept = search(client, explain="1").one("form input[type=hidden][name=explain]")
    assert kept["value"] == "1"
    narrowed = search(client, explain="1", kind="risk")
    assert len(narrowed.all("details.why")) == 1


def test_where_nothing_is_found_there_is_nothing_to_explain() -> None:
    page = search(client_of(EDITOR), explain="1")
    assert page.status == 200
    assert page.all("details.why") == []
