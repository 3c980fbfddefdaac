"""Counts and words, no persons: neither in the tables nor in the log nor in what is cached."""

import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import models
from django.test import Client

from guides import questions, search
from guides.models import (
    Guide,
    Product,
    Question,
    QuestionDay,
    QuestionOpening,
    Revision,
    Task,
    Wish,
)
from guides.views import counting
from tests import factories as make

TABLES = (Question, QuestionDay, QuestionOpening, Wish)
ALLOWED = {Guide, Revision, Product, Task, Question}
ADDRESS, AGENT, NUMBER = "203.0.113.77", "Mozilla/5.0 (a very rare telephone)", "13800138000"


@pytest.mark.parametrize("table", TABLES)
def test_no_table_has_room_for_a_person_an_address_or_a_time_of_day(table):
    for field in table._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            assert field.related_model in ALLOWED
        elif isinstance(field, models.GenericIPAddressField | models.UUIDField):
            pytest.fail(f"{field} could tell readers apart")
    times = {f.name for f in table._meta.fields if isinstance(f, models.DateTimeField)}
    assert times <= {"decided_at", "answered_at", "checked_at"}  # the editors' and the desk's own


def everything_stored() -> str:
    return " ".join(str(list(table.objects.values())) for table in TABLES)


@pytest.mark.django_db
def test_a_signed_in_reader_leaves_no_trace(shop, caplog, monkeypatch):
    cached: list[Any] = []
    for name in ("add", "set", "incr"):
        real = getattr(cache, name)

        def watched(*given: Any, real: Any = real, **more: Any) -> Any:
            cached.append((given, more))
            return real(*given, **more)

        monkeypatch.setattr(cache, name, watched)
    reader = make.make_user("wang-xiaoming")
    guide = make.make_procedure(title="借呗开票")
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)
    client.force_login(reader)
    question = f"我的手机{NUMBER}借呗开票"
    with caplog.at_level(logging.DEBUG):
        client.get("/search/", {"q": question})
        client.post("/opened/", {"q": question, "guide": guide.code})
        client.post("/wanted/", {"q": question})
        client.post("/wanted/", {"product": "huabei", "task": "close"})
    kept = everything_stored()
    assert "借呗开票" in kept
    assert QuestionOpening.objects.exists()
    assert Wish.objects.exists()
    session = client.cookies["sessionid"].value
    for secret in (ADDRESS, AGENT, NUMBER, "wang-xiaoming", session):
        assert secret not in kept
        assert secret not in caplog.text
        assert secret not in str(cached)
    assert User.objects.get(pk=reader.pk).last_login == reader.last_login


def test_what_tells_visitors_apart_cannot_be_worked_out_again(rf, monkeypatch):
    request = rf.get("/", REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)
    here = counting.visitor(request)
    assert here == counting.visitor(request)
    monkeypatch.setattr(counting, "SALT", b"another process!")
    assert counting.visitor(request) != here


@pytest.mark.django_db
def test_every_way_in_masks_before_it_stores(shop):
    nothing = search.match("", Guide.objects.none(), concepts=[])
    questions.record(f"第1次 {NUMBER} 怎么办", nothing)
    questions.wish_for_answer(f"第2次 {NUMBER} 怎么办")
    assert Question.objects.count() == 2
    assert NUMBER not in everything_stored()
