"""Statements with many values or many bytes, as each database takes them fastest."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

BATCH = 500


def cursor_for_bytes(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """Django's cursor for PostgreSQL writes bytes out as text, which takes longer than all else."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    plain: Any = psycopg.Cursor(connection.connection)
    plain.format = psycopg.pq.Format.BINARY
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrapped(plain)


def insert(
    connection: BaseDatabaseWrapper, statement: str, types: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """`statement` with rows for its {}; `types` are PostgreSQL's of the columns: "text int"."""
    if connection.vendor == "postgresql":
        columns = ", ".join(f"%b::{each}[]" for each in types.split())
        values = f"SELECT * FROM unnest({columns})"  # noqa: S608
        batches = ((values, [*map(list, zip(*batch, strict=True))]) for batch in batched(rows))
    else:
        row = f"({places(types.split())})"
        batches = (
            ("VALUES " + ", ".join([row] * len(batch)), [value for each in batch for value in each])
            for batch in batched(rows)
        )
    with cursor_for_bytes(connection) as cursor:
        for values, parameters in batches:
            cursor.execute(statement.format(values), parameters)


def batched(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
