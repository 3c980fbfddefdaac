"""A page that answers never fails, and never waits long, because its question is not counted."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from guides.models import Question, QuestionDay
from guides.questions import counting
from tests import factories as make
from tests.questions.conftest import counts

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 3  # seconds; a reader would have waited ten without the bound


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another process holds the database, or the rows, in a long transaction."""
    other: Any
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        given = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        other = psycopg.connect(**{name: given[name] for name in names if given.get(name)})
        other.execute("LOCK TABLE guides_question, guides_questionday IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def ask(question: str = "借呗开发票", reader: str = "one"):
    return Client(HTTP_USER_AGENT=reader).get("/search/", {"q": question})


def test_a_locked_database_costs_a_moment_and_a_line_in_the_log(caplog):
    make.make_product("jiebei", name="借呗")
    ask(reader="to warm up")
    with somebody_writes():
        started = time.perf_counter()
        page = ask()
        waited = time.perf_counter() - started
    assert page.status_code == 200
    assert waited < LONG
    assert "A question was not counted: OperationalError" in caplog.messages
    assert counts() == {"借呗开发票": 1}
    ask(reader="afterwards")
    assert counts() == {"借呗开发票": 2}


def test_the_usual_patience_comes_back():
    ask()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone()[0] == 10_000
        else:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == "0"


def test_a_database_that_may_only_be_read_answers_all_the_same(caplog):
    make.make_product("jiebei", name="借呗")
    only = {"sqlite": "PRAGMA query_only", "postgresql": "SET default_transaction_read_only"}
    with connection.cursor() as cursor:
        cursor.execute(f"{only[connection.vendor]} = on")
        try:
            page = ask("借呗开发票 13800138000")
        finally:
            cursor.execute(f"{only[connection.vendor]} = off")
    assert page.status_code == 200
    assert any("was not counted" in told for told in caplog.messages)
    assert counts() == {}


@pytest.mark.parametrize("fault", [DatabaseError, RuntimeError, UnicodeError])
def test_no_fault_of_counting_reaches_the_reader(monkeypatch, caplog, fault):
    def broken(*_given: object, **_more: object) -> None:
        raise fault("DETAIL: Key (text)=(我的卡6222021234567890123) already exists")

    monkeypatch.setattr(counting, "_record", broken)
    monkeypatch.setattr(counting, "_add", broken)
    product, task = make.make_product(), make.make_task()
    with caplog.at_level(logging.DEBUG):
        assert ask("我的卡6222021234567890123怎么办").status_code == 200
        counting.wish(product, task)
        counting.wish_for_answer("怎么办")
    assert len([told for told in caplog.messages if told.endswith(fault.__name__)]) == 3
    assert "6222" not in caplog.text


def test_a_cache_that_is_gone_costs_the_count_and_not_the_page(monkeypatch):
    def gone(*_given: object, **_more: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", gone)
    assert ask().status_code == 200


def test_many_at_once_count_into_one_row(monkeypatch):
    """Every thread has its own connection, and so its own transaction."""
    monkeypatch.setattr(counting, "PATIENCE", 20_000)
    start, readers, times = threading.Barrier(4), 4, 10

    def read(name: int) -> None:
        start.wait()
        try:
            for turn in range(times):
                ask(reader=f"{name} {turn}")
        finally:
            connection.close()

    threads = [threading.Thread(target=read, args=(name,)) for name in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Question.objects.count() == QuestionDay.objects.count() == 1
    assert counts() == {"借呗开发票": readers * times}
