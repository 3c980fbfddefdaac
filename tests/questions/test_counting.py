"""Every question asked to the end is counted, once for each who asks, by day."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.models import Question, QuestionDay
from guides.questions import counting
from tests.questions.conftest import counts, stored

pytestmark = pytest.mark.django_db
ODDITIES = [
    "", " ", "\0", "a", "😀", "x" * 10_000, "借呗" * 5_000, "' OR 1=1 --", "%_\\", "(?P<x>[",
    "\u202e借呗", "借\u200b呗", "<script>alert(1)</script>", "；DROP TABLE guides_question", "٣٤٥",
]  # fmt: skip


def test_a_question_is_counted_with_its_results_and_what_was_understood(ask, closing):
    ask("借呗怎么关掉")
    question = stored("借呗怎么关掉")
    day = question.days.get()
    assert (day.day, day.times, day.weak, day.results) == (timezone.localdate(), 1, 0, 1)
    assert (question.strong, question.state) == (True, "answered")
    assert set(question.concepts) == {"product:jiebei", "task:close"}
    assert question.nearest == [closing.pk]


def test_a_question_without_an_answer_is_counted_as_weak(ask, closing):
    for _time in range(3):
        ask("借呗开发票")
    question = stored("借呗开发票")
    assert (question.strong, question.state) == (False, "open")
    assert list(question.days.values_list("times", "weak")) == [(3, 3)]


def test_spellings_of_one_question_are_one(ask):
    for spelling in ("JIEBEI 換卡", "ｊｉｅｂｅｉ　换卡", " jiebei\n换卡 "):
        ask(spelling)
    assert counts() == {"jiebei 换卡": 3}


def test_each_day_has_its_own_count(ask):
    ask("借呗开发票")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    QuestionDay.objects.update(day=yesterday)
    ask("借呗开发票")
    assert QuestionDay.objects.count() == 2
    assert Question.objects.count() == 1


def test_reloading_counts_once_and_another_reader_counts_again(ask):
    for _time in range(20):
        ask("借呗开发票", reader="one")
    assert counts() == {"借呗开发票": 1}
    ask("借呗开发票", reader="another")
    assert counts() == {"借呗开发票": 2}


def test_behind_a_proxy_readers_are_told_apart_by_the_address_it_adds(ask, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for address in ("10.0.0.1", "10.0.0.2", "forged, 10.0.0.2"):
        ask("借呗开发票", reader="one", headers={"X-Forwarded-For": address})
    assert counts() == {"借呗开发票": 2}


@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"HX-Request": "true"}},
        {"headers": {"Sec-Purpose": "prefetch;prerender"}},
        {"headers": {"Purpose": "prefetch"}},
        {"query_params": {"q": "借呗开发票", "trial": "1"}},
        {"query_params": {"q": "借呗开发票", "literal": "1"}},
        {"query_params": {"q": "借呗开发票", "without": "product:jiebei"}},
        {"query_params": {"q": "借呗开发票", "page": "2"}},
    ],
)
def test_what_is_no_new_and_finished_question_is_not_counted(client, shop, more):
    given = {"query_params": {"q": "借呗开发票"}, **more}
    assert client.get("/search/", **given).status_code == 200
    assert client.head("/search/", **given).status_code == 200
    assert counts() == {}


def test_instant_results_count_when_the_reader_has_stopped(ask):
    for part in ("借", "借呗", "借呗开发"):
        ask(part, headers={"HX-Request": "true"})
    ask("借呗开发票", headers={"HX-Request": "true", "X-Question": "complete"})
    assert counts() == {"借呗开发票": 1}


def test_a_question_too_long_is_cut_and_an_empty_one_ignored(ask):
    ask("问" * 500)
    ask("  ")
    ask("？！")
    assert [len(text) for text in counts()] == [199]


@pytest.mark.parametrize("oddity", ODDITIES)
def test_nothing_somebody_asks_is_an_error(ask, closing, oddity):
    assert ask(oddity).status_code == 200
    assert all(len(text) <= 200 for text in counts())


@given(text=st.text(max_size=120))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_asked_is_answered_and_counted_at_most_once(shop, text):
    before = sum(counts().values())
    agent = f"reader {before} {text!r}".encode("ascii", "replace").decode()
    assert Client(HTTP_USER_AGENT=agent).get("/search/", {"q": text}).status_code == 200
    assert sum(counts().values()) - before in (0, 1)


def test_asked_in_vain_again_an_answered_question_is_open_again(ask, closing):
    ask("借呗怎么关掉")
    closing.live = None
    type(closing).objects.update(visibility="signed-in")
    ask("借呗怎么关掉")
    question = stored("借呗怎么关掉")
    assert (question.state, question.strong) == ("open", False)
    assert list(question.days.values_list("times", "weak")) == [(2, 1)]


def test_what_editors_decided_outlives_further_asking(ask):
    ask("苹果手机越狱")
    Question.objects.update(state="outside")
    ask("苹果手机越狱")
    assert stored("苹果手机越狱").state == "outside"
    assert counts() == {"苹果手机越狱": 2}


def test_a_flood_of_different_questions_ends_in_counting_what_is_known(ask, monkeypatch):
    monkeypatch.setattr(counting, "NEW_A_DAY", 2)
    for question in ("甲乙", "丙丁", "戊己", "甲乙"):
        assert ask(question).status_code == 200
    assert counts() == {"甲乙": 2, "丙丁": 1}


def test_counting_a_known_question_costs_few_queries(ask, django_assert_max_num_queries):
    ask("借呗开发票")
    with django_assert_max_num_queries(0):
        counting.record("", None)
    client = Client(HTTP_USER_AGENT="somebody else")
    with django_assert_max_num_queries(20) as first:
        client.get("/search/", {"q": "借呗开发票"})
    with django_assert_max_num_queries(len(first) - 4):  # a reload: nothing is written
        client.get("/search/", {"q": "借呗开发票"})
