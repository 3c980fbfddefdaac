"""The same guides and questions in two fresh databases, SQLite's and PostgreSQL's."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg import sql

from guides import interchange

POSTGRES = "PORTAL_TEST_POSTGRES_URL"


class NotComparable(Exception):
    """One of the databases could not be had; the message says which and why."""


def evaluate(files: Sequence[Path]) -> list[str]:
    """The questions whose first ten differ between the databases. Raises NotComparable."""
    with tempfile.TemporaryDirectory() as folder:
        guides = Path(folder) / "guides.zip"
        guides.write_bytes(interchange.as_zip(interchange.export_files()))
        with postgres_database() as postgres:
            sqlite = f"sqlite:///{folder}/evaluation.sqlite3"
            one, other = (_answers(url, guides, files) for url in (sqlite, postgres))
    return [query for query, found in one.items() if found != other[query]]


@contextmanager
def postgres_database() -> Iterator[str]:
    """A database of our own on the server that the environment names, dropped afterwards."""
    server = os.environ.get(POSTGRES, "")
    if not server:
        raise NotComparable(_("要比较两个数据库，请先设置 %s。") % POSTGRES)
    name = f"portal_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                yield _at(server, name)
            finally:
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise NotComparable(f"{POSTGRES}: {error}") from error


def _at(server: str, database: str) -> str:
    """Another database on the same server; the one named may not exist."""
    return urlsplit(server)._replace(path=f"/{database}").geturl()


def _answers(url: str, guides: Path, files: Sequence[Path]) -> dict[str, Any]:
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "import_guides", str(guides), "--publish")
    report = json.loads(manage(url, "evaluate_search", "--json", *map(str, files)))
    return {each["query"]: each["found"] for each in report["answers"]}


def manage(url: str, *arguments: str, heard: bool = False) -> str:
    """A process of its own: settings are read once, with one database. Says what it printed.

    `heard`: what it tells on standard error is passed on at once. Raises NotComparable.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    environment = {**os.environ, "DATABASE_URL": url, "DATABASE_POOL_SIZE": "0"}
    done = subprocess.run(  # noqa: S603 - our own manage.py, no shell
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=None if heard else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotComparable(f"{arguments[0]}: {(done.stderr or '').strip()[-2000:]}")
    return done.stdout
