"""The databases' own full-text search over the same words, with indexes as they advise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guides.models import Revision, SearchHolding
from guides.search import normalise, terms

AT_ONCE = 1000
FIELDS = ("title", "aliases", "headings", "summary", "plain")
Document = tuple[str, ...]


class Rival(Protocol):
    name: str

    def fill(self) -> None:
        """Every published guide's words, in a table of its own."""

    def ask(self, words: Sequence[str], allowed: QuerySet[Any], limit: int) -> list[int]:
        """The keys that hold any of the words, best first."""


class Fts5:
    name = "FTS5 bm25"

    def fill(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE rival USING fts5(title, aliases, headings, summary, body,"
                " concepts, content='', tokenize='unicode61 remove_diacritics 0')"
            )
            for batch in _documents():
                rows: list[Any] = [(key, *document) for key, document in batch.items()]
                cursor.executemany(
                    "INSERT INTO rival (rowid, title, aliases, headings, summary, body, concepts)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                    rows,
                )
            cursor.execute("INSERT INTO rival (rival) VALUES ('optimize')")

    def ask(self, words: Sequence[str], allowed: QuerySet[Any], limit: int) -> list[int]:
        wanted = " OR ".join(f'"{_token(word)}"' for word in words)
        seen, values = _seen(allowed, "rival.rowid")
        statement = (
            f"SELECT rowid FROM rival WHERE rival MATCH %s AND EXISTS ({seen})"  # noqa: S608
            " ORDER BY bm25(rival, 5, 5, 2, 3, 1, 5) LIMIT %s"
        )
        return _keys(statement, [wanted, *values, limit])


class TsRank:
    name = "ts_rank"

    def fill(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE rival (key bigint PRIMARY KEY, words tsvector)")
            for batch in _documents():
                rows: list[Any] = [_by_weight(key, *each) for key, each in batch.items()]
                cursor.executemany(
                    "INSERT INTO rival VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
                    " || setweight(to_tsvector('simple', %s), 'B')"
                    " || setweight(to_tsvector('simple', %s), 'C')"
                    " || setweight(to_tsvector('simple', %s), 'D'))",
                    rows,
                )
            cursor.execute("CREATE INDEX rival_words ON rival USING gin (words)")
            cursor.execute("ANALYZE rival")

    def ask(self, words: Sequence[str], allowed: QuerySet[Any], limit: int) -> list[int]:
        wanted = " | ".join(f"'{_token(word)}'" for word in words)
        seen, values = _seen(allowed, "rival.key")
        statement = (
            "SELECT key FROM rival, CAST(%s AS tsquery) AS wanted"  # noqa: S608
            f" WHERE words @@ wanted AND EXISTS ({seen})"
            " ORDER BY ts_rank('{0.2, 0.4, 0.6, 1}', words, wanted) DESC, key LIMIT %s"
        )
        return _keys(statement, [wanted, *values, limit])


RIVALS: Mapping[str, type[Fts5] | type[TsRank]] = {"sqlite": Fts5, "postgresql": TsRank}


def _documents() -> Iterator[dict[int, Document]]:
    keys = list(Revision.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        said: dict[int, list[str]] = {key: [] for key in some}
        rows = SearchHolding.objects.filter(key__in=some).values_list("key", "terms")
        for key, held in rows:
            said[key] += [_token(term) for term in held.splitlines() if ":" in term]
        contents = Revision.objects.filter(pk__in=some).values_list("pk", "content")
        yield {key: (*_cut(content), " ".join(said[key])) for key, content in contents}


def _cut(content: Mapping[str, Any]) -> list[str]:
    texts = (content[name] for name in FIELDS)
    joined = (text if isinstance(text, str) else " / ".join(text) for text in texts)
    return [" ".join(map(_token, terms(normalise(text)))) for text in joined]


def _by_weight(
    key: int, title: str, aliases: str, headings: str, summary: str, body: str, concepts: str
) -> tuple[int, str, str, str, str]:
    return key, f"{title} {aliases} {concepts}", summary, headings, body


def _token(word: str) -> str:
    """Letters and digits only: neither database cuts it apart, no query language reads it."""
    return "".join(letter for letter in word if letter.isalnum())


def _seen(allowed: QuerySet[Any], key: str) -> tuple[str, tuple[Any, ...]]:
    rows = allowed.filter(pk=RawSQL(key, ())).values("pk")  # noqa: S611 - one of two names
    sql, values = rows.query.get_compiler(using=allowed.db).as_sql()
    return sql, tuple(values)


def _keys(statement: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]
