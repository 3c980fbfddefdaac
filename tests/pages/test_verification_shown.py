"""How far a guide is verified: every place that says so says the same, in every state."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides.models import Guide
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import shop

pytestmark = pytest.mark.django_db
SLUG = "close-jiebei"
TITLE = "关闭借呗"


def day(days_ago: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days_ago)


def walked(**more) -> Callable[[Guide, User], object]:
    return lambda guide, verifier: make.walked(guide, verifier, **more)


def mended(guide: Guide, verifier: User) -> None:
    make.walked(guide, verifier, checked_on=day(9), differing={"k002": "没有这个按钮"})
    make.walked(guide, verifier, checked_on=day(2))


# What was done; the state that follows, in the words of a filter; the words of the mark.
STATES = {
    "nobody": (lambda _guide, _verifier: None, "unverified", "未核实"),
    "part": (walked(skipped=["k002"]), "unverified", "未核实 2步中1步核实过"),
    "different": (walked(differing={"k002": "没有"}), "unverified", "未核实 1步有出入"),
    "sources": (walked(kind="sources", checked_on=day(3)), "sources", f"来源核对 {day(3)}"),
    "device": (walked(checked_on=day(2)), "device", f"真机走查 {day(2)}"),
    "mended": (mended, "device", f"真机走查 {day(2)}"),
    "overdue": (walked(checked_on=day(200)), "due", f"待复核 {day(200)}"),
}


def of_entry(page: Page) -> str:
    """The mark of the one guide that this test looks at, in a list."""
    entries = [each for each in page.all(".entry, .hit") if TITLE in each.get_text()]
    assert len(entries) == 1
    return " ".join(entries[0].select_one(".vm").get_text(" ").split())


def on_the_page(selector: str, address: str = f"/procedures/{SLUG}/"):
    return lambda client: Page(client.get(address)).text(selector)


def in_a_list(address: str):
    return lambda client: of_entry(Page(client.get(address)))


def in_the_matrix(client: Client) -> str:
    """Where there is little room, the year is left out."""
    cell = Page(client.get("/")).text(".matrix .vm")
    return re.sub(r" (\d\d-\d\d)$", lambda found: f" {_whole(found[1])}", cell)


def _whole(month_and_day: str) -> str:
    """The date of this test's walk that ends so."""
    known = [day(days) for days in (2, 3, 200)]
    return next(str(each) for each in known if str(each).endswith(month_and_day))


PLACES = {
    "head of the page": on_the_page(".trust .vm"),
    "proof": on_the_page("#proof .vm"),
    "head on paper": on_the_page(".prn .vm"),
    "version page": on_the_page(".trust .vm", f"/procedures/{SLUG}/v1/"),
    "all guides": in_a_list("/guides/"),
    "procedures": in_a_list("/procedures/"),
    "product": in_a_list("/products/jiebei/"),
    "product and task": in_a_list("/products/jiebei/close/"),
    "task": in_a_list("/tasks/close/"),
    "tag": in_a_list("/tags/fraud/"),
    "search": in_a_list(f"/search/?q={TITLE}"),
    "matrix": in_the_matrix,
}


@pytest.fixture
def guide():
    at = shop()
    make.make_risk("late", title="另一篇", products=[at.jiebei])
    known = {"products": [at.jiebei], "task": at.close, "tags": [at.fraud]}
    return make.make_procedure(SLUG, title=TITLE, review_interval_days=90, **known)


@pytest.fixture
def zhou():
    return make.make_user("zhou", "add_verification")


@pytest.mark.parametrize("name", STATES)
def test_every_place_says_the_same(client: Client, guide, zhou, name: str) -> None:
    act, _state, words = STATES[name]
    act(guide, zhou)
    assert {place: told(client) for place, told in PLACES.items()} == dict.fromkeys(PLACES, words)


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize(
    "address", ["/guides/?", "/procedures/?", f"/search/?q={TITLE}&"]
)  # the counts beside the filters come from the same
def test_every_filter_finds_it_under_its_state_and_no_other(
    client: Client, guide, zhou, name: str, address: str
) -> None:
    act, state, _words = STATES[name]
    act(guide, zhou)
    for wanted in ("unverified", "sources", "device", "due"):
        page = Page(client.get(f"{address}verification={wanted}"))
        titles = page.text(".entry .t, .hit h2").replace(" ", "")
        assert (TITLE in titles) == (wanted == state)


@pytest.mark.parametrize("name", STATES)
def test_the_editors_list_says_it_and_filters_by_it(admin_client, guide, zhou, name: str) -> None:
    act, state, words = STATES[name]
    act(guide, zhou)
    address = reverse("admin:guides_procedure_changelist")
    found = Page(admin_client.get(address, {"verification": state})).text("td.field-checked")
    special = {"part": "未核实 1/2", "different": "未核实，1处有出入"}
    assert found == special.get(name, words)


@pytest.mark.parametrize("name", STATES)
def test_the_document_says_it_in_a_comment_and_can_be_read_in_again(
    client: Client, guide, zhou, name: str
) -> None:
    act, _state, words = STATES[name]
    act(guide, zhou)
    document = client.get(f"/procedures/{SLUG}.md").content.decode()
    notes = [line for line in document.split("---")[1].splitlines() if line.startswith("# ")]
    expected = {
        "part": ["# 核实：未核实 2步中1步核实过。"],
        "different": [
            "# 核实：未核实 2步中1步核实过，第2步有出入。",
            f"# 第2步有出入（{day(0)}）：没有",
        ],
    }
    assert notes == expected.get(name, [f"# 核实：{words}"])


def test_the_head_of_a_product_counts_the_states(client: Client, guide, zhou) -> None:
    make.walked(guide, zhou)
    assert "真机走查 1" in Page(client.get("/products/jiebei/")).text(".meta")


def test_a_list_costs_no_query_more_for_what_is_verified(
    client: Client, guide, zhou, django_assert_max_num_queries
) -> None:
    for _each in range(5):
        make.walked(guide, zhou)
        make.walked(make.make_procedure(), zhou, differing={"k001": "没有"})
    with django_assert_max_num_queries(4):
        client.get("/guides/")
    with django_assert_max_num_queries(3):
        client.get(f"/procedures/{SLUG}/")
    with django_assert_max_num_queries(4):
        client.get(f"/procedures/{SLUG}/history/")
    with django_assert_max_num_queries(5):  # the versions, and the text of the one that is shown
        client.get(f"/procedures/{SLUG}/v1/")
