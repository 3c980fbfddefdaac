"""What counting costs the page it rides on, in statements, on every database."""

import re
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import Question, QuestionDay
from guides.questions import counting
from guides.search import Intent, Match
from tests.questions.conftest import counts

CONTROL = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE|PRAGMA|SET ")
FOUND = Match([], [], [], None, Intent.NONE, strong=False, total=0, worth={})


def recorded(text: str, **more: bool) -> list[str]:
    """The statements that read or write anything, without what frames them."""
    with CaptureQueriesContext(connection) as captured:
        counting.record(text, FOUND, **more)
    assert len(captured) <= 16
    return [each["sql"] for each in captured if not CONTROL.match(each["sql"])]


@pytest.mark.django_db
def test_a_known_question_costs_a_look_and_a_count():
    recorded("借呗开发票")
    assert len(recorded("借呗开发票")) == 2
    assert len(recorded("借呗开发票", answered=True)) == 3  # and what is new about it
    QuestionDay.objects.update(day="2020-01-01")
    assert len(recorded("借呗开发票", answered=True)) == 2
    assert counts() == {"借呗开发票": 4}


@pytest.mark.django_db
def test_a_new_question_costs_four_statements_and_forgetting_a_few_more_once_an_hour():
    recorded("借呗开发票")
    assert len(recorded("花呗开发票")) == 4
    assert counts() == {"借呗开发票": 1, "花呗开发票": 1}


@pytest.mark.django_db(transaction=True)
def test_readers_who_ask_the_same_new_question_at_once_are_all_counted(monkeypatch):
    monkeypatch.setattr(counting, "PATIENCE", 20_000)
    readers = 6
    start = threading.Barrier(readers)
    nobody_knows_it = threading.Barrier(readers, timeout=5)
    added = counting._added

    def together(question: Question) -> Question | None:
        if connection.vendor == "postgresql":  # SQLite lets one writer in at a time
            nobody_knows_it.wait()
        return added(question)

    monkeypatch.setattr(counting, "_added", together)

    def read() -> None:
        start.wait()
        try:
            counting.record("借呗开发票", FOUND)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Question.objects.count() == 1
    assert counts() == {"借呗开发票": readers}
