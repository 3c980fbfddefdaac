"""Seconds taken, by the clock, in this process."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import QuerySet

from guides import publishing, reindexing, search
from guides.benchmark.documents import Made, Writer
from guides.benchmark.filling import write
from guides.benchmark.rivals import RIVALS, Rival
from guides.models import Guide
from guides.search import weights
from guides.vocabulary import vocabulary

WARMING = 10  # questions asked before any is measured
SHOWN = 500  # results that the search page wants
OFFERED = 7  # suggestions
SAVED = 50  # guides
PUT_AGAIN = 2000  # guides
SHARES = {"p50": 0.50, "p90": 0.90, "p99": 0.99}


@dataclass(frozen=True)
class Timing:
    """Milliseconds."""

    p50: float
    p90: float
    p99: float


@dataclass(frozen=True)
class Report:
    database: str
    rival: str
    guides: int
    filled: float  # seconds
    ours: dict[str, Timing]  # by what was asked
    theirs: dict[str, Timing]
    findable: Timing
    lost: int  # of the guides saved meanwhile, those not found by their own title
    put_again: float  # guides in a second
    index_bytes: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def timing(seconds: Iterable[float]) -> Timing:
    """The least time within which so many of all were done."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    return Timing(**{name: 1000 * ordered[round(share * last)] for name, share in SHARES.items()})


class Stopwatch:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds.append(time.perf_counter() - start)


def report(writer: Writer, guides: int, questions: int, filled: float) -> Report:
    rival: Rival = RIVALS[connection.vendor]()
    if "rival" not in connection.introspection.table_names():
        rival.fill()
        _settle()
    asked = {
        "questions": [*writer.questions(questions)],
        "common words": [*writer.common_words(questions)],
        "rare words": [*writer.rare_words(questions)],
    }
    gc.freeze()  # as portal.wsgi does; the benchmark's own words are no portal's garbage
    seen = Guide.objects.visible_to(AnonymousUser())
    typed = [*writer.typing(questions)]
    ours = {name: _ours(each, seen) for name, each in asked.items()}
    theirs = {name: _theirs(rival, each, seen) for name, each in asked.items()}
    findable, lost = _findable(writer, guides, seen)
    return Report(
        database=connection.display_name,
        rival=rival.name,
        guides=guides,
        filled=filled,
        ours={**ours, "typing": _suggesting(typed, seen)},
        theirs=theirs,
        findable=findable,
        lost=lost,
        put_again=_put_again(guides),
        index_bytes=_index_bytes(),
    )


def _settle() -> None:
    """What autovacuum has done to a site's tables soon after they were filled."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _timed(ask: Callable[[Any], object], asked: Sequence[Any]) -> Timing:
    for each in asked[:WARMING]:
        ask(each)
    watch = Stopwatch()
    for each in asked:
        with watch.running():
            ask(each)
    return timing(watch.seconds)


def _ours(asked: Sequence[str], seen: QuerySet[Guide]) -> Timing:
    """As the search page asks: with concepts, guesses at slips, and visibility."""
    known = vocabulary()
    return _timed(lambda each: search.match(each, seen, concepts=known, limit=SHOWN), asked)


def _suggesting(typed: Sequence[str], seen: QuerySet[Guide]) -> Timing:
    known = vocabulary()
    return _timed(lambda each: search.suggest(each, seen, concepts=known, limit=OFFERED), typed)


def _theirs(rival: Rival, asked: Sequence[str], seen: QuerySet[Guide]) -> Timing:
    """Given the terms of each question: finding them out is no part of what they are timed for."""
    known = vocabulary()
    matches = [search.match(each, seen, concepts=known) for each in asked]
    words = [
        [term for term in match.worth if not term.startswith(("intent:", "kind:"))]
        for match in matches
    ]
    asking = [each for each in words if each]
    return _timed(lambda each: rival.ask(each, seen, weights.CANDIDATES), asking)


def _findable(writer: Writer, guides: int, seen: QuerySet[Guide]) -> tuple[Timing, int]:
    """From a guide's saved rows to its being found, in one transaction, which is then undone."""
    known, watch, lost = vocabulary(), Stopwatch(), 0
    for number in range(guides + 1, guides + 1 + SAVED):
        made = writer.guide(number)
        made = Made(number, made.texts, open_to_all=True)
        with transaction.atomic():
            write([made])
            guide = Guide.objects.get(pk=number)
            with watch.running():
                publishing.index(guide)
                found = search.match(made.texts.title, seen, concepts=known)
            lost += number not in {hit.key for hit in found.hits}
            transaction.set_rollback(True)
    return timing(watch.seconds), lost


def _put_again(guides: int) -> float:
    """As a rebuild does it, some guides at a time, with the whole index standing."""
    keys = list(range(1, min(guides, PUT_AGAIN) + 1))
    watch = Stopwatch()
    with watch.running():
        for start in range(0, len(keys), reindexing.AT_ONCE):
            reindexing.put_again(keys[start : start + reindexing.AT_ONCE])
    return len(keys) / watch.seconds[0]


SIZES = {
    "sqlite": "SELECT tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_master USING (name)"
    " WHERE aggregate = TRUE GROUP BY tbl_name",
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class",
}
TABLES = tuple(f"guides_search{name}" for name in ("posting", "holding", "word", "entry", "phrase"))


def _index_bytes() -> int:
    """Tables and their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES[connection.vendor])
        sizes = dict(cursor.fetchall())
    return sum(int(sizes[table]) for table in TABLES)
