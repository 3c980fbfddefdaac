"""Questions' terms in, scores out: one statement finds, the same on both databases."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guides.search import weights
from guides.search.tables import SearchWord

EVERY_GUIDE = SearchWord.EVERY_GUIDE


Row = tuple[int, str, int]  # key, term, impact


def counts(terms: Iterable[str]) -> dict[str, int]:
    """How many guides hold each term; EVERY_GUIDE tells how many there are."""
    wanted = [*terms, EVERY_GUIDE]
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(_places(wanted)), wanted)
        return dict(cursor.fetchall())


def rarities(shares: Mapping[str, float], held: Mapping[str, int]) -> dict[str, float]:
    """Each word's share of the capped idf; what no guide holds is as rare as can be."""
    every = held.get(EVERY_GUIDE, 0)
    return {word: share * _rarity(held.get(word, 0), every) for word, share in shares.items()}


def _rarity(guides: int, every: int) -> float:
    return min(weights.RAREST, math.log(1 + (every - guides + 0.5) / (guides + 0.5)))


def heard(sounds: Iterable[str]) -> dict[str, str]:
    """For each sound the word of titles, aliases and headings that most guides hold."""
    rows = SearchWord.objects.filter(sound__in=sorted(sounds)).order_by("guides", "-term")
    return {row.sound: row.term for row in rows}


def best(
    terms: Mapping[str, int], orders: Iterable[str], allowed: QuerySet[Any], candidates: int
) -> list[Row]:
    """The best candidates for weighted `terms`: their rows for the terms `orders`.

    Only a term's best guides are read, so that a common word costs no more than a rare one.
    """
    seen = _seen(allowed)
    if not terms or seen is None:
        return []
    condition, values = seen
    part = PART.format(seen=condition)
    wanted = list(orders)
    # Every value is a parameter; what is put together here is Django's SQL and ours.
    statement = BEST.format(found=" UNION ALL ".join([part] * len(terms)), wanted=_places(wanted))
    each = ((weight, term, *values, weights.BEST_PER_TERM) for term, weight in terms.items())
    with connections[allowed.db].cursor() as cursor:
        cursor.execute(statement, [*chain.from_iterable(each), candidates, *wanted])
        rows: list[Row] = cursor.fetchall()
        return rows


def leading(terms: Mapping[str, int], held: Mapping[str, int]) -> dict[str, int]:
    """The terms to look for guides by; what is too common for that only orders those found.

    The heaviest come first, and rows are read for as many as weights.READ allows: every term of a
    question in a small portal.
    """
    costs = {term: min(held.get(term, 0), weights.BEST_PER_TERM) for term in terms}
    chosen: dict[str, int] = {}
    read = 0
    for term in sorted(_telling(terms, costs), key=lambda term: (-terms[term], term)):
        if chosen and read + costs[term] > weights.READ:
            continue  # a rarer one may still fit: it costs little and tells most
        read += costs[term]
        chosen[term] = terms[term]
    return chosen


def _telling(terms: Mapping[str, int], costs: Mapping[str, int]) -> list[str]:
    """Terms whose best guides are not just any of too many; all of them where there are no others.

    All guides of a product or a task have the same impact. Where not all of them can be read,
    those that happen to be read would come before better ones.
    """
    telling = [
        term
        for term in terms
        if not term.startswith(("product:", "task:")) or costs[term] < weights.BEST_PER_TERM
    ]
    return telling or list(terms)


HELD = "SELECT term, guides FROM guides_searchword WHERE term IN ({})"
# OFFSET: else PostgreSQL joins and sorts all of a common term's guides instead of reading the best
# ones from the index, one by one, until there are enough that may be seen.
PART = """
SELECT * FROM (
    SELECT key, impact * %s AS points FROM guides_searchterm AS held
    WHERE term = %s AND EXISTS ({seen} LIMIT 1 OFFSET 0) ORDER BY impact DESC, key LIMIT %s
) AS part
"""
# CROSS: SQLite joins in the order written, candidates first, whatever it believes of the index.
BEST = """
WITH best AS (
    SELECT key, SUM(points) AS points
    FROM ({found}) AS found GROUP BY key ORDER BY points DESC, key LIMIT %s
)
SELECT held.key, held.term, held.impact
FROM best CROSS JOIN guides_searchterm AS held
WHERE held.key = best.key AND held.term IN ({wanted})
"""


def _seen(allowed: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Whether the key of a row is an allowed one; None where no key is."""
    rows = allowed.filter(pk=RawSQL("held.key", ())).order_by().values("pk")
    try:
        sql, values = rows.query.get_compiler(using=allowed.db).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(values)


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
