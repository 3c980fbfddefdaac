"""What somebody may be about to ask: titles and aliases of guides they may see, and concepts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guides.search import chinese
from guides.search.concepts import Concept
from guides.search.finding import Postings, best, counts
from guides.search.question import STOP_WORDS
from guides.search.tables import TYPED_LENGTH, SearchPhrase

READ = 100  # phrases that begin with what was typed, guides that have its words inside
Phrase = tuple[int, str, str, int]  # key, as it is shown, as it is compared, its number
AFTER_ALL = b"\xff"  # no letter has this byte


@dataclass(frozen=True)
class Suggestion:
    """`key` is the guide's where the words are its title or alias, else `concept` is set."""

    text: str
    key: int | None = None
    concept: str | None = None


def suggest(
    prefix: str, allowed: QuerySet[Any], *, concepts: Sequence[Concept] = (), limit: int = 8
) -> list[Suggestion]:
    """Ways to go on, each guide once: beginnings first, then words inside, short ones first."""
    typed = chinese.normalise(prefix[: 2 * TYPED_LENGTH])[:TYPED_LENGTH]
    if not typed:
        return []
    named = [
        Suggestion(concept.name, concept=concept.slug)
        for concept in concepts
        if concept.kind != "situation" and any(_begins(name, typed) for name in concept.phrases)
    ]
    return [*named, *_from_guides(typed, allowed, limit - len(named))][:limit]


def _begins(name: str, typed: str) -> bool:
    text, sound, initials = _ways_of_typing(name)
    if not typed.isascii():
        return text.startswith(typed)
    return text.startswith(typed) or sound.startswith(_spoken(typed)) or initials.startswith(typed)


@lru_cache(maxsize=10_000)
def _ways_of_typing(name: str) -> tuple[str, str, str]:
    text = chinese.normalise(name)
    return text, chinese.sound(text), chinese.initials(text)


def _spoken(typed: str) -> str:
    return chinese.merged(typed.replace(" ", ""))


def _from_guides(typed: str, allowed: QuerySet[Any], wanted: int) -> list[Suggestion]:
    if wanted <= 0:
        return []
    found = _once(_beginning(typed, allowed), typed)
    if len(found) < wanted:
        inside = _once(_saying(typed, allowed), typed)
        found |= {key: shown for key, shown in inside.items() if key not in found}
    return [Suggestion(shown, key=key) for key, shown in found.items()]


def _once(phrases: Iterable[Phrase], typed: str) -> dict[int, str]:
    """Each guide's best phrase, in the order in which they are offered."""
    first: dict[int, str] = {}
    for key, shown, _text, _pk in sorted(
        phrases, key=lambda phrase: _merit(phrase[2], phrase[3], typed)
    ):
        first.setdefault(key, shown)
    return first


def _merit(text: str, pk: int, typed: str) -> tuple[bool, int, int]:
    return not text.startswith(typed), len(text), pk


def _beginning(typed: str, allowed: QuerySet[Any]) -> list[Phrase]:
    """One range of an index for each way of typing."""
    ways = {"beginning": typed}
    if typed.isascii():
        ways |= {"sound": _spoken(typed), "initials": typed}
    seen = _seen(allowed)
    if seen is None:
        return []
    condition, values = seen
    parts = [PART.format(column=column, seen=condition) for column in ways]
    starts = [start.encode() for start in ways.values()]
    each = ((start, start + AFTER_ALL, *values, READ) for start in starts)
    with connections[allowed.db].cursor() as cursor:
        # Every value is a parameter; what is put together here is Django's SQL and ours.
        cursor.execute(" UNION ALL ".join(parts), list(chain.from_iterable(each)))
        phrases: list[Phrase] = cursor.fetchall()
        return phrases


PART = """
SELECT * FROM (
    SELECT key, shown, text, id FROM guides_searchphrase AS said
    WHERE {column} >= %s AND {column} < %s AND EXISTS ({seen})
    ORDER BY {column}, key, id LIMIT %s
) AS part
"""


def _seen(allowed: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Whether a phrase is of an allowed key; None where no key is."""
    rows = allowed.filter(pk=RawSQL("said.key", ())).order_by().values("pk")
    try:
        sql, values = rows.query.get_compiler(using=allowed.db).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(values)


def _saying(typed: str, allowed: QuerySet[Any]) -> Iterable[Phrase]:
    """Phrases with the letters inside, of the guides that most speak of the rarest word typed."""
    words = [word for word in chinese.terms(typed) if word not in STOP_WORDS]
    rarest = _rarest(words, counts(words))
    if rarest is None:
        return []
    postings = Postings(allowed.db)
    postings.read([rarest])
    keys = [key for key, _term, _impact in best(postings, {rarest: 1}, {}, allowed, READ)]
    phrases = SearchPhrase.objects.filter(key__in=keys, text__contains=typed).order_by("key", "pk")
    return phrases.values_list("key", "shown", "text", "pk")


def _rarest(words: Sequence[str], held: Mapping[str, int]) -> str | None:
    return min((word for word in words if word in held), key=lambda word: held[word], default=None)
