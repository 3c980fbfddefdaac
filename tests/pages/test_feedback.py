"""/feedback/…: a reader says how a guide went, and nobody learns who it was."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides import publishing
from guides.models import Feedback
from guides.views import visitors
from tests import factories as make

pytestmark = pytest.mark.django_db
STUCK = {"outcome": "stuck", "step": "k002", "reason": "no-button"}
MOBILE, CARD, IDENTITY = "138 0013 8000", "6222021234567890123", "11010519491231002X"


@pytest.fixture(autouse=True)
def _nobody_was_here():
    cache.clear()


@pytest.fixture
def guide():
    return make.make_procedure("close-jiebei", title="关闭借呗")


def address(guide, number: int = 1, language: str = "") -> str:
    return f"{language}/feedback/{guide.code}/v{number}/"


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(guide, client=None, **more):
    return (client or Client()).post(address(guide), {**STUCK, **more})


def stored() -> list[tuple[str, ...]]:
    columns = ("outcome", "step", "reason", "text")
    return list(Feedback.objects.order_by("pk").values_list(*columns))


# --- From the guide to the form ------------------------------------------------------------------


def test_each_step_leads_to_the_form_with_that_step_chosen(client, guide):
    links = soup(client.get(guide.get_absolute_url())).select(".step a.stuck")
    assert [link["href"] for link in links] == [
        f"{address(guide)}?step=k001",
        f"{address(guide)}?step=k002",
    ]
    page = soup(client.get(links[1]["href"]))
    assert page.select_one("select[name=step] option[selected]")["value"] == "k002"
    assert page.select_one("input[name=outcome][checked]")["value"] == "stuck"


def test_done_and_stuck_are_offered_below_a_procedure(client, guide):
    buttons = soup(client.get(guide.get_absolute_url())).select(".fb a.btn")
    assert [link.text for link in buttons] == ["做成了", "卡住了"]
    page = soup(client.get(buttons[0]["href"]))
    assert page.select_one("input[name=outcome][checked]")["value"] == "done"


def test_a_risk_note_and_a_case_ask_only_what_is_wrong(client):
    for guide in (make.make_risk(), make.make_case()):
        link = soup(client.get(guide.get_absolute_url())).select_one(".fb a.btn")
        page = soup(client.get(link["href"]))
        assert page.h1.text == "哪里不对？"
        names = {field["name"] for field in page.select("form.fbform [name]")}
        assert names == {"csrfmiddlewaretoken", "text"}
        assert client.post(link["href"], {"text": "第二段过时了。"}).status_code == 303
    assert stored() == [("stuck", "", "other", "第二段过时了。")] * 2


def test_a_guide_page_stays_without_cookie_token_and_form(guide):
    response = Client().get(guide.get_absolute_url())
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text


def test_an_old_version_asks_about_itself(client, guide):
    publishing.save_draft(make.edited(guide, title="关闭借呗账户"), None)
    publishing.publish(guide, None)
    page = soup(client.get(f"{guide.get_absolute_url()}v1/"))
    assert page.select_one(".fb a")["href"].startswith(address(guide, 1))
    assert client.post(address(guide, 1), STUCK).status_code == 303
    assert Feedback.objects.get().revision.number == 1


def test_a_draft_asks_nobody(admin_client):
    guide = make.make_procedure(live=False)
    page = soup(admin_client.get(reverse("guide_preview", args=[guide.code])))
    assert page.select(".fb, .stuck") == []


# --- What is kept --------------------------------------------------------------------------------


def test_who_is_stuck_is_thanked_and_led_back_to_the_step(client, guide):
    near = make.make_risk("overdue", title="逾期的风险")
    guide.related.add(near)
    urgent = make.make_procedure("respond", title="止损步骤", is_emergency=True)
    response = client.post(address(guide), {**STUCK, "text": "只有“更多”。"}, follow=True)
    assert response.redirect_chain[0][1] == 303
    page = soup(response)
    assert "记下了" in page.h1.text
    links = [link["href"] for link in page.select("#main .list a")]
    assert links[0] == f"{guide.get_absolute_url()}#s-k002"
    assert {near.get_absolute_url(), urgent.get_absolute_url()} <= set(links)
    assert "只有“更多”。" not in response.text
    assert stored() == [("stuck", "k002", "no-button", "只有“更多”。")]


def test_done_keeps_no_step_no_reason_and_no_words(client, guide):
    given = {**STUCK, "outcome": "done", "text": "顺带一提"}
    response = client.post(address(guide), given, follow=True)
    assert "照得通" in response.text
    assert stored() == [("done", "", "", "")]


def test_no_page_shows_readers_what_readers_said(client, guide):
    said(guide, text="独一无二的一句话")
    for page in (guide.get_absolute_url(), f"{guide.get_absolute_url()}v1/", address(guide)):
        assert "独一无二的一句话" not in client.get(page).text


def test_nothing_kept_tells_who_it_was(guide):
    names = {field.name for field in Feedback._meta.get_fields()}
    about_the_answer = {"promised", "fixed_in", "answer", "answered_by", "answered_on"}
    assert names - about_the_answer == {
        *("id", "revision", "outcome", "step", "reason", "text", "day"),
    }
    reader = make.make_user("wang-xiaoming")
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telltale/1")
    client.force_login(reader)
    said(guide, client)
    row = Feedback.objects.values().get()
    assert not row["answered_by_id"]
    for secret in ("203.0.113.77", "Telltale/1", "wang-xiaoming"):
        assert secret not in str(row)


def test_the_cache_holds_no_address(guide, monkeypatch):
    seen: list[str] = []

    def watched(real):
        def call(*given, **more):
            seen.append(str(given))
            return real(*given, **more)

        return call

    for name in ("add", "incr", "get_or_set"):
        monkeypatch.setattr(cache, name, watched(getattr(cache, name)), raising=False)
    said(guide, Client(REMOTE_ADDR="203.0.113.77"), text="话")
    assert len(seen) >= 3
    assert "203.0.113.77" not in " ".join(seen)
    assert "话" not in " ".join(seen)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"打给我{MOBILE}", "手机号"),
        (f"卡{CARD}扣不了", "银行卡号"),
        (f"身份证{IDENTITY}", "身份证号"),
        ("请回复wang@example.com", "邮箱"),
        (f"{MOBILE}，wang@example.com", "手机号、邮箱"),
    ],
)
def test_personal_numbers_are_refused_by_name_and_the_text_stays(client, guide, text, named):
    response = client.post(address(guide), {**STUCK, "text": text})
    assert response.status_code == 400
    page = soup(response)
    assert f"这里有{named}。" in page.select_one("#e-text").text
    assert page.select_one("textarea").text.strip() == text
    assert page.select_one("option[selected]")["value"] == "k002"
    assert stored() == []
    assert client.post(address(guide), {**STUCK, "text": "尾号8000"}).status_code == 303


@pytest.mark.parametrize("text", ["错误码 40004", "订单20261122001234", "客服95188不接"])
def test_numbers_that_are_nobodys_are_kept(client, guide, text):
    client.post(address(guide), {**STUCK, "text": text})
    assert stored()[0][-1] == text


# --- Bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": ""}, "请选一个原因"),
        ({"reason": "because"}, "请选一个原因"),
        ({"step": "k999"}, "这一版没有这一步"),
        ({"outcome": ""}, "请选做成了还是卡住了"),
        ({"outcome": "maybe"}, "maybe"),
        ({"text": "长" * 301}, "最多300字，现在301字"),
    ],
)
def test_what_makes_no_sense_is_told_and_keeps_what_was_typed(client, guide, given, told):
    typed = {**STUCK, "text": "我写的话", **given}
    response = client.post(address(guide), typed)
    assert response.status_code == 400
    assert told in response.text
    assert soup(response).select_one("textarea").text.strip() == typed["text"]
    assert stored() == []


def test_a_character_that_no_database_keeps_is_left_out(client, guide):
    assert said(guide, client, text="坏\0字").status_code == 303
    assert stored()[0][-1] == "坏字"


def test_an_address_that_makes_no_sense_still_asks(client, guide):
    page = soup(client.get(f"{address(guide)}?step=<b>&outcome=x"))
    assert page.select(".fbform [selected], .fbform [checked]") == []
    assert client.get(f"{address(guide)}thanks/?step=nope&outcome=nope").status_code == 200


def test_a_version_that_is_not_published_cannot_be_spoken_of(client, guide):
    for number in (0, 2, 10**30):
        assert client.get(address(guide, number)).status_code == 404
        assert client.post(address(guide, number), STUCK).status_code == 404
    assert stored() == []


def test_what_a_reader_may_not_see_answers_like_what_does_not_exist(client):
    hidden = make.make_procedure(visibility="signed-in")
    assert client.get(address(hidden)).status_code == 404
    assert client.post(address(hidden), STUCK).status_code == 404
    client.force_login(make.make_user())
    assert client.post(address(hidden), STUCK).status_code == 303


def test_a_guide_retired_while_somebody_wrote_loses_nothing(client, guide):
    publishing.retire(guide, None)
    assert client.get(address(guide)).status_code == 410
    assert "记下了" in client.post(address(guide), STUCK, follow=True).text
    assert len(stored()) == 1


def test_the_form_wants_its_own_token(guide):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(guide), STUCK).status_code == 403
    form = soup(strict.get(address(guide)))
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    assert strict.post(address(guide), {**STUCK, "csrfmiddlewaretoken": token}).status_code == 303


def test_the_same_form_sent_twice_is_one(client, guide):
    assert [said(guide, client).status_code for _again in range(3)] == [303] * 3
    assert said(guide, client, text="还有一句").status_code == 303
    assert len(stored()) == 2


# --- Too often -----------------------------------------------------------------------------------


def test_too_often_is_told_honestly_and_keeps_what_was_typed(client, guide, settings):
    settings.FEEDBACK_LIMIT = 2
    for number in range(2):
        assert said(guide, client, text=f"第{number}条").status_code == 303
    response = said(guide, client, text="第三条")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= visitors.WINDOW
    page = soup(response)
    assert re.fullmatch(r"请过\d+分钟再提交", page.h1.text)
    assert page.select_one("textarea").text.strip() == "第三条"
    assert page.select_one("[name=reason][checked]")["value"] == "no-button"
    assert len(stored()) == 2
    cache.clear()  # as time does
    assert said(guide, client, text="第三条").status_code == 303


def test_too_often_is_told_in_the_readers_language(client, guide, settings):
    settings.FEEDBACK_LIMIT = 0
    response = client.post(address(guide, language="/en"), STUCK)
    assert response.status_code == 429
    page = soup(response)
    assert page.html["lang"] == "en"
    assert page.h1.text.startswith("Please")


def test_the_limit_is_the_addresss_not_the_browsers(guide, settings):
    settings.FEEDBACK_LIMIT = 1
    for agent, place, status in [
        ("one", "203.0.113.7", 303),
        ("other", "203.0.113.7", 429),
        ("one", "203.0.113.8", 303),
        ("one", "2001:db8:1:2::3", 303),
        ("one", "2001:db8:1:2::4", 429),
        ("one", "2001:db8:1:3::4", 303),
        ("one", "::ffff:203.0.113.7", 429),
    ]:
        client = Client(REMOTE_ADDR=place, HTTP_USER_AGENT=agent)
        assert said(guide, client, text=f"{agent} {place}").status_code == status, place


def test_behind_a_proxy_its_last_word_counts(guide, settings):
    settings.FEEDBACK_LIMIT = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for given, status in [("1.1.1.1, 9.9.9.9", 303), ("2.2.2.2, 9.9.9.9", 429), ("8.8.8.8", 303)]:
        client = Client(HTTP_X_FORWARDED_FOR=given)
        assert said(guide, client, text=given).status_code == status


def test_without_a_proxy_nobody_can_pretend_to_be_another(guide, settings):
    settings.FEEDBACK_LIMIT = 1
    statuses = [
        said(guide, Client(HTTP_X_FORWARDED_FOR=f"1.1.1.{n}"), text=str(n)).status_code
        for n in range(3)
    ]
    assert statuses == [303, 429, 429]


# --- What it costs -------------------------------------------------------------------------------


def test_every_page_of_it_costs_few_queries(client, guide):
    for number in range(20):
        guide.related.add(make.make_risk())
        make.make_procedure(is_emergency=True, body=make.STEPS.format(lead=f"{number}。[^S1]"))
    for place in (address(guide), f"{address(guide)}thanks/?outcome=stuck&step=k001"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(place).status_code == 200
        assert len(captured) <= 4, place


def test_feedback_costs_readers_of_a_guide_nothing(client, guide, django_assert_max_num_queries):
    for number in range(30):
        publishing.tell(guide.live, "stuck", step="k001", reason="other", text=str(number))
    with django_assert_max_num_queries(3):
        client.get(guide.get_absolute_url())


def test_both_pages_speak_english(client, guide):
    said(guide, client)
    for place in ("", "thanks/?outcome=stuck&step=k001", "thanks/?outcome=done"):
        page = soup(client.get(f"{address(guide, language='/en')}{place}"))
        for mine in page.select("[lang=zh-Hans]"):
            mine.decompose()
        title = page.select_one("#main").get_text(" ").replace("关闭借呗", "")
        assert not re.search("[\u4e00-\u9fff]", title), title
