"""Counts are kept for QUESTION_DAYS, then they are gone: by command, and little by little."""

import datetime as dt
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from guides import questions
from guides.models import Question, QuestionDay, QuestionOpening, Wish
from guides.questions import counting
from tests.questions.conftest import counts

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def make_old(text: str, age: int, **fields: object) -> Question:
    question = Question.objects.create(text=text, **fields)
    QuestionDay.objects.create(question=question, day=days_ago(age), times=1)
    return question


def test_the_command_deletes_what_is_too_old_and_nothing_else(closing, shop, settings):
    settings.QUESTION_DAYS = 30
    old, young = make_old("旧的", 31), make_old("新的", 30)
    for question, age in ((old, 31), (young, 30)):
        QuestionOpening.objects.create(question=question, guide=closing, day=days_ago(age), times=1)
    for task, age in (("close", 31), ("unbind", 30)):
        Wish.objects.create(product=shop["jiebei"], task=shop[task], day=days_ago(age), times=1)
    out = StringIO()
    call_command("forget_questions", stdout=out)
    assert counts() == {"新的": 1}
    assert list(Question.objects.all()) == [young]
    assert QuestionOpening.objects.get().question == young
    assert Wish.objects.get().task.slug == "unbind"
    assert "3" in out.getvalue()


def test_a_question_still_asked_loses_only_its_old_days():
    question = make_old("一直有人问", 200)
    QuestionDay.objects.create(question=question, day=days_ago(1), times=2)
    questions.forget()
    assert counts() == {"一直有人问": 2}


def test_what_is_out_of_scope_is_remembered():
    make_old("苹果手机越狱", 400, state="outside")
    questions.forget()
    assert Question.objects.get().state == "outside"
    assert counts() == {}


def test_recording_a_new_question_forgets_some_old_ones_once_an_hour(ask, monkeypatch):
    monkeypatch.setattr(counting, "FORGOTTEN_AT_ONCE", 3)
    for number in range(5):
        make_old(f"旧问题{number}", 181)
    ask("借呗开发票")
    assert QuestionDay.objects.count() == 3
    ask("借呗开发票")
    assert QuestionDay.objects.count() == 3
    ask("花呗开发票")
    assert QuestionDay.objects.count() == 4
    cache.clear()  # an hour later
    ask("网商贷开发票")
    assert counts() == {"借呗开发票": 2, "花呗开发票": 1, "网商贷开发票": 1}
    assert Question.objects.count() == 3


def test_many_are_forgotten_in_batches(django_assert_max_num_queries):
    rows = Question.objects.bulk_create(Question(text=f"第{n}个") for n in range(1_200))
    QuestionDay.objects.bulk_create(QuestionDay(question=row, day=days_ago(300)) for row in rows)
    with django_assert_max_num_queries(60):
        assert questions.forget() == 1_200
    assert not Question.objects.exists()
