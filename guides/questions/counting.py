"""Counting what is asked, opened and wished for. A page never fails or waits because of it."""

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone

from guides.models import Guide, Product, Question, QuestionDay, QuestionOpening, Task, Wish
from guides.questions.masking import kept
from guides.search import Match

logger = logging.getLogger(__name__)

PATIENCE = 50  # milliseconds that counting waits for another writer
AGAIN = 600  # seconds in which one visitor's same question, opening or wish counts once
NEW_A_DAY = 5_000  # different questions; more than that are no readers
NEAREST = 5
FORGOTTEN_AT_ONCE = 50  # rows that a new question deletes on the way
FORGETTING = 3600  # seconds until another new question does so, in each process
# Tells visitors apart for AGAIN seconds: made anew by each process, written nowhere.
SALT = secrets.token_bytes(16)

# Statements before, inside and after a transaction, so that it waits for PATIENCE only.
BRIEFLY: dict[str, tuple[str, str, str]] = {
    "sqlite": ("PRAGMA busy_timeout = {brief}", "", "PRAGMA busy_timeout = {usual}"),
    "postgresql": (
        "",
        "SET LOCAL lock_timeout = {brief}; SET LOCAL statement_timeout = {brief}",
        "",
    ),
}


def record(text: str, match: Match, visitor: str = "", *, answered: bool | None = None) -> None:
    """Counts one complete question and how it went. Never raises.

    `answered` where it differs from a strong match: in a gap the nearest guide is no answer.
    """
    with _swallowed("question"):
        words = kept(text)
        if words and _first_time(visitor, "asked", words):
            with _briefly():
                is_new = _record(words, match, match.strong if answered is None else answered)
            if is_new and cache.add("questions:forgetting", 1, FORGETTING):
                with _briefly():
                    forget(FORGOTTEN_AT_ONCE)


def record_opening(text: str, guide: Guide, visitor: str = "") -> None:
    """Counts that a guide was opened from the results of a question counted today. Never raises."""
    with _swallowed("opening"):
        words = kept(text)
        if words and _first_time(visitor, "opened", f"{guide.pk} {words}"):
            with _briefly():
                asked = QuestionDay.objects.filter(question__text=words, day=timezone.localdate())
                for question in asked.values_list("question", flat=True):
                    _add(QuestionOpening, {"question_id": question, "guide_id": guide.pk}, times=1)


def wish(product: Product, task: Task, visitor: str = "") -> None:
    """Counts that somebody needs a guide for a product and a task. Never raises."""
    with _swallowed("wish"):
        if _first_time(visitor, "wished", f"{product.pk} {task.pk}"):
            with _briefly():
                _add(Wish, {"product_id": product.pk, "task_id": task.pk}, times=1)


def wish_for_answer(text: str, visitor: str = "") -> None:
    """Counts that somebody needs a guide that answers a question. Never raises."""
    with _swallowed("wish"):
        words = kept(text)
        if words and _first_time(visitor, "wished", words):
            with _briefly():
                question = Question.objects.filter(text=words).first() or _added(
                    Question(text=words)
                )
                if question:
                    _add(QuestionDay, {"question_id": question.pk}, wishes=1)


def forget(limit: int | None = None) -> int:
    """Deletes what is older than QUESTION_DAYS, `limit` rows at most; says how many counts."""
    oldest = timezone.localdate() - dt.timedelta(days=settings.QUESTION_DAYS)
    gone = 0
    for model in (QuestionDay, QuestionOpening, Wish):
        rows: models.QuerySet[Any] = model._default_manager.filter(day__lt=oldest)
        gone += _deleted(rows, limit)
    unasked = Question.objects.filter(days=None).exclude(state=Question.State.OUTSIDE)
    _deleted(unasked, limit)
    return gone


def _deleted(rows: "models.QuerySet[Any]", limit: int | None) -> int:
    keys = list(rows.values_list("pk", flat=True)[:limit])
    for start in range(0, len(keys), 500):
        rows.model._default_manager.filter(pk__in=keys[start : start + 500]).delete()
    return len(keys)


def _record(words: str, match: Match, answered: bool) -> bool:
    """Whether the question had not been asked before."""
    known = Question.objects.filter(text=words).first()
    question = known or _added(_asked(words, match, answered))
    if question is None:
        return False
    if known:
        _keep_newest(known, match, answered)
    weak = int(not answered)
    _add(QuestionDay, {"question_id": question.pk}, {"results": match.total}, times=1, weak=weak)
    return not known


def _asked(words: str, match: Match, answered: bool) -> Question:
    state = Question.State.ANSWERED if answered else Question.State.OPEN
    return Question(text=words, state=state, **how_it_went(match, answered))


def how_it_went(match: Match, answered: bool) -> dict[str, Any]:
    return {
        "concepts": [concept.slug for concept in match.understood],
        "nearest": [hit.key for hit in match.hits[:NEAREST]],
        "results": match.total,
        "strong": answered,
    }


def _added(question: Question) -> Question | None:
    """None where today has more different questions than readers would ask.

    Who asks the same at the same moment gets the same row: the text is written over itself.
    """
    if QuestionDay.objects.filter(day=timezone.localdate()).count() >= NEW_A_DAY:
        return None
    rows = Question.objects.bulk_create(
        [question], update_conflicts=True, unique_fields=["text"], update_fields=["text"]
    )
    return rows[0]


def _keep_newest(question: Question, match: Match, answered: bool) -> None:
    """Asked again without an answer, an answered question is open again."""
    newest = how_it_went(match, answered)
    if question.state == Question.State.ANSWERED and not answered:
        newest |= {"state": Question.State.OPEN, "answered_by": None, "answered_at": None}
    if any(getattr(question, name) != value for name, value in newest.items()):
        Question.objects.filter(pk=question.pk).update(**newest)


def _add(
    model: type[models.Model],
    about: dict[str, int],
    newest: dict[str, int] | None = None,
    **counts: int,
) -> None:
    """Adds to today's counts in one statement; two at once add to the same row."""
    unique = {**about, "day": timezone.localdate()}
    given = {**unique, **(newest or {}), **counts}
    row = {
        str(field.column): field.get_db_prep_value(
            given.get(field.attname, field.default), connection
        )
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    table = model._meta.db_table
    changes = [f"{name} = {table}.{name} + excluded.{name}" for name in counts]
    changes += [f"{name} = excluded.{name}" for name in newest or ()]
    statement = UPSERT.format(
        table=table,
        columns=", ".join(row),
        values=", ".join(["%s"] * len(row)),
        unique=", ".join(unique),
        changes=", ".join(changes),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(row.values()))


# Names of our own columns are put in; every value is a parameter.
UPSERT = """
INSERT INTO {table} ({columns}) VALUES ({values})
ON CONFLICT ({unique}) DO UPDATE SET {changes}
"""


# --- Not in the reader's way -------------------------------------------------------------------


@contextmanager
def _swallowed(what: str) -> Iterator[None]:
    """The log tells what kind of thing went wrong: a database's own message quotes the data."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever it is, the reader came for something else)
        logger.warning("A %s was not counted: %s", what, type(error).__name__)


@contextmanager
def _briefly() -> Iterator[None]:
    before, inside, after = (_statement(template) for template in BRIEFLY[connection.vendor])
    before()
    try:
        with transaction.atomic():
            inside()
            yield
    finally:
        after()


def _statement(template: str) -> Callable[[], None]:
    usual = round(1000 * float(connection.settings_dict["OPTIONS"].get("timeout", 5)))

    def run() -> None:
        if template:
            with connection.cursor() as cursor:
                cursor.execute(template.format(brief=PATIENCE, usual=usual))

    return run


def _first_time(visitor: str, what: str, about: str) -> bool:
    """Whether this visitor has not done the same within AGAIN seconds.

    The cache holds a keyed hash of both, which nobody can turn back, and only as long as that.
    """
    if not visitor:
        return True
    secret = hashlib.blake2b(f"{visitor}\0{what}\0{about}".encode(), key=SALT, digest_size=16)
    return cache.add(f"question:{secret.hexdigest()}", 1, AGAIN)
