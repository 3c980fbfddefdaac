"""What one database holds, in another one: texts are made and taken apart once for both."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

AT_ONCE = 10_000
Rows = list[tuple[Any, ...]]


@transaction.atomic
def copy_from(file: Path) -> None:
    """All rows of the portal's own tables, from SQLite to the PostgreSQL database in use."""
    tables = list(apps.get_app_config("guides").get_models(include_auto_created=True))
    with closing(sqlite3.connect(file)) as source:
        for table in tables:
            _copy(source, table)
    for statement in connection.ops.sequence_reset_sql(no_style(), tables):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _copy(source: sqlite3.Connection, table: type[models.Model]) -> None:
    fields = table._meta.local_concrete_fields
    flags = [isinstance(field, models.BooleanField) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    name = table._meta.db_table
    into = f"COPY {name} ({columns}) FROM STDIN"
    # Django's cursor does not know COPY, the driver's below it does.
    with connection.cursor() as cursor, cursor.cursor.copy(into) as copy:
        for batch in _batches(source, f"SELECT {columns} FROM {name}"):  # noqa: S608
            for row in batch:
                copy.write_row([_value(*pair) for pair in zip(row, flags, strict=True)])


def _value(value: Any, is_flag: bool) -> Any:
    """SQLite knows no truth values, only 0 and 1."""
    return bool(value) if is_flag and value is not None else value


def _batches(source: sqlite3.Connection, statement: str) -> Iterator[Rows]:
    rows = source.execute(statement)
    while batch := rows.fetchmany(AT_ONCE):
        yield batch
