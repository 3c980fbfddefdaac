"""Questions that want the same answer stand together, in an order that does not change."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from guides import questions
from guides.models import Question, QuestionDay
from guides.search import Concept

pytestmark = pytest.mark.django_db
CONCEPTS = [Concept("product:jiebei", "借呗", ("借呗", "蚂蚁借呗"))]


def asked(
    text: str, *concepts: str, times: int = 1, weak: int = 1, ago: int = 0, **more
) -> Question:
    question = Question.objects.create(text=text, concepts=list(concepts), **more)
    day = timezone.localdate() - dt.timedelta(days=ago)
    QuestionDay.objects.create(question=question, day=day, times=times, weak=weak)
    return question


def found(*states: str, days: int | None = None) -> list[list[str]]:
    rows = questions.counted(states or ("open",), days=days)
    return [[each.text for each in group.questions] for group in questions.groups(rows, CONCEPTS)]


def test_the_same_task_of_the_same_product_is_one_question_however_it_is_put():
    asked("怎么关掉借呗", "product:jiebei", "task:close", times=3, weak=3)
    asked("不想用借呗了", "product:jiebei", "task:close")
    asked("花呗怎么关", "product:huabei", "task:close")
    assert found() == [["怎么关掉借呗", "不想用借呗了"], ["花呗怎么关"]]


def test_the_same_product_alone_says_too_little():
    for text in ("借呗发票怎么开", "蚂蚁借呗开发票", "借呗客服电话", "借呗 电子发票 怎么开"):
        asked(text, "product:jiebei")
    assert found() == [
        ["借呗 电子发票 怎么开", "借呗发票怎么开", "蚂蚁借呗开发票"],
        ["借呗客服电话"],
    ]


def test_without_any_concept_shared_words_decide():
    for text in ("开发票", "怎么开发票", "越狱", "how to get an invoice", "get invoice"):
        asked(text)
    assert found() == [
        ["get invoice", "how to get an invoice"],
        ["开发票", "怎么开发票"],
        ["越狱"],
    ]


def test_what_masks_a_number_makes_no_questions_alike():
    asked("〔手机号〕 收不到短信")
    asked("〔手机号〕 越狱")
    assert len(found()) == 2


def test_the_most_wanted_come_first_whatever_order_they_were_asked_in():
    rows = [("甲事", 5, 5), ("乙事", 90, 1), ("丙事", 9, 9), ("丁事", 3, 3)]
    random.Random(7).shuffle(rows)
    for text, times, weak in rows:
        asked(text, times=times, weak=weak)
    assert [group[0] for group in found()] == ["丙事", "甲事", "丁事", "乙事"]


def test_a_group_adds_up_what_its_questions_say(django_assert_num_queries):
    asked("借呗发票怎么开", "product:jiebei", times=4, weak=3, ago=2, results=7, nearest=[3, 1])
    asked("借呗开发票", "product:jiebei", times=2, weak=2, ago=9, results=9, nearest=[1, 2])
    with django_assert_num_queries(1):
        (group,) = questions.groups(questions.counted(("open",)), CONCEPTS)
    assert (group.times, group.weak, group.wishes, group.results) == (6, 5, 0, 9)
    assert group.last_asked == timezone.localdate() - dt.timedelta(days=2)
    assert group.nearest == [3, 1, 2]
    assert group.leader.text == "借呗发票怎么开"


def test_only_the_days_asked_for_count(settings):
    settings.QUESTION_DAYS = 60
    asked("昨天的", ago=1)
    asked("上月的", ago=40)
    asked("过期的", ago=61)
    assert found() == [["昨天的"], ["上月的"]] or found() == [["上月的"], ["昨天的"]]
    assert found(days=7) == [["昨天的"]]


def test_each_state_has_questions_of_its_own():
    asked("甲事", state="outside")
    asked("乙事", state="answered")
    asked("丙事")
    assert found("outside") == [["甲事"]]
    assert found("open", "waiting") == [["丙事"]]
