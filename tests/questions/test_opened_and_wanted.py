"""What readers say about results: this one I opened, that one I need. Without a script, too."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.models import Question, QuestionDay, QuestionOpening, Wish
from guides.views import counting
from tests import factories as make
from tests.questions.conftest import stored

pytestmark = pytest.mark.django_db


def form_of(page) -> dict[str, str]:
    """The fields of “我需要这篇” as they stand on a page."""
    form = BeautifulSoup(page.content, "html.parser").select_one('form[action="/wanted/"]')
    return {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}


def openings() -> list[tuple[str, str, int]]:
    rows = QuestionOpening.objects.order_by("pk")
    return list(rows.values_list("question__text", "guide__slug", "times"))


# --- Opened ------------------------------------------------------------------------------------


def test_the_results_say_how_to_tell_that_one_was_opened(ask, closing):
    soup = BeautifulSoup(ask("借呗怎么关掉").content, "html.parser")
    results = soup.select_one("#results")
    assert results["data-opened"] == "/opened/"
    assert results["data-question"] == "借呗怎么关掉"
    assert len(results["data-token"]) == 64
    hit = results.select_one("[data-code]")
    assert hit["data-code"] == closing.code
    assert hit.select_one("h2 a")["href"] == "/procedures/close-jiebei/"


def test_an_opening_is_counted_for_the_question_of_today(client, ask, closing):
    ask("借呗怎么关掉")
    for reader in ("one", "one", "another"):
        given = {"q": "借呗怎么关掉", "guide": closing.code}
        answer = client.post("/opened/", given, headers={"User-Agent": reader})
        assert (answer.status_code, answer.content) == (204, b"")
    assert openings() == [("借呗怎么关掉", "close-jiebei", 2)]
    assert QuestionOpening.objects.get().day == timezone.localdate()


def test_an_opening_from_a_question_nobody_asked_is_not_kept(client, closing):
    client.post("/opened/", {"q": "我的卡6222021234567890123", "guide": closing.code})
    assert (openings(), Question.objects.count()) == ([], 0)


def test_what_a_reader_may_not_see_cannot_be_counted(client, ask, shop):
    hidden = make.make_procedure("hidden", title="借呗内部流程", visibility="signed-in")
    ask("借呗内部流程")
    assert client.post("/opened/", {"q": "借呗内部流程", "guide": hidden.code}).status_code == 204
    assert openings() == []


def test_one_visitor_cannot_fill_the_counts(client, ask, shop, monkeypatch):
    monkeypatch.setattr(counting, "OPENINGS", 2)
    guides = [make.make_procedure(title=f"借呗的事{number}") for number in range(4)]
    ask("借呗的事")
    for guide in guides:
        client.post("/opened/", {"q": "借呗的事", "guide": guide.code})
    assert len(openings()) == 2


@pytest.mark.parametrize("address", ["/opened/", "/wanted/"])
def test_both_want_the_pages_own_token(closing, address):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"q": "借呗", "guide": closing.code}).status_code == 403


def test_opened_is_not_for_looking_at(client):
    assert client.get("/opened/").status_code == 405


# --- Wanted ------------------------------------------------------------------------------------


def test_a_missing_cell_is_wished_for_with_one_click_from_the_search(client, closing):
    page = client.get("/search/", {"q": "花呗解绑"})
    given = form_of(page)
    assert (given["product"], given["task"]) == ("huabei", "unbind")
    answer = client.post("/wanted/", given, follow=True)
    assert answer.redirect_chain[0][1] == 303
    assert "记下了" in answer.text
    assert "花呗解绑" in answer.text
    back = BeautifulSoup(answer.content, "html.parser").select_one("#main p a")
    assert back["href"] == given["next"]
    wish = Wish.objects.get()
    assert (wish.product.slug, wish.task.slug, wish.times) == ("huabei", "unbind", 1)


def test_a_missing_cell_is_wished_for_from_its_own_page(client, closing, shop):
    client.post("/wanted/", form_of(client.get("/products/huabei/unbind/")))
    assert Wish.objects.get().times == 1


@pytest.mark.parametrize("question", ["借呗开发票", "苹果手机越狱"])
def test_an_answer_is_wished_for_where_none_was_found(client, closing, question):
    page = client.get("/search/", {"q": f"{question} 13800138000"})
    client.post("/wanted/", form_of(page))
    asked = stored(f"{question} 〔手机号〕")
    assert list(asked.days.values_list("times", "wishes")) == [(1, 1)]
    assert not Wish.objects.exists()


def test_wishing_twice_counts_once_and_others_count_too(client, shop):
    given = {"product": "huabei", "task": "close"}
    for reader in ("one", "one", "another"):
        page = client.post("/wanted/", given, headers={"User-Agent": reader}, follow=True)
        assert "记下了" in page.text
    assert Wish.objects.get().times == 2


def test_wishing_for_too_much_at_once_is_told_honestly(client, shop, monkeypatch):
    monkeypatch.setattr(counting, "WISHES", 1)
    client.post("/wanted/", {"product": "huabei", "task": "close"})
    page = client.post("/wanted/", {"product": "huabei", "task": "unbind"})
    assert page.status_code == 429
    assert "没有记上" in page.text
    assert Wish.objects.count() == 1


def test_the_page_asks_first_where_a_link_leads_to_it(client, shop):
    page = client.get("/wanted/", {"product": "huabei", "task": "close"})
    assert page.status_code == 200
    client.post("/wanted/", form_of(page))
    assert Wish.objects.count() == 1
    assert "no-store" in page["Cache-Control"]


def test_a_wish_for_nothing_is_told_what_is_missing(client, shop):
    page = client.post("/wanted/", {"product": "huabei", "task": "nothing", "q": "13800138000"})
    assert (page.status_code, Wish.objects.count()) == (400, 0)
    assert "要哪一篇" in page.text


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_stays_on_the_portal(client, shop, away):
    given = {"product": "huabei", "task": "close", "next": away}
    page = client.post("/wanted/", given, follow=True)
    assert "evil" not in page.text
    assert "javascript:" not in page.text


@given(
    given=st.dictionaries(
        st.sampled_from(["product", "task", "q", "next", "guide", "done"]), st.text(max_size=80)
    )
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_input_is_an_error(shop, given):
    client = Client(HTTP_USER_AGENT=ascii(given))
    assert client.get("/wanted/", given).status_code == 200
    assert client.post("/wanted/", given).status_code in (303, 400)
    assert client.post("/opened/", given).status_code == 204
    assert not QuestionDay.objects.filter(question__text="").exists()
