"""Where live portals keep their rows: databases made once and copied for every portal."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


class Store(Protocol):
    def url(self, name: str) -> str: ...
    def create(self, name: str) -> None: ...
    def copy(self, name: str, to: str) -> None: ...
    def drop(self, name: str) -> None: ...
    def execute(self, name: str, statement: str) -> None: ...


class SqliteStore:
    """A file for each database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def create(self, name: str) -> None:
        """SQLite makes the file when something is first written."""

    def copy(self, name: str, to: str) -> None:
        source, target = sqlite3.connect(self._file(name)), sqlite3.connect(self._file(to))
        with closing(source), closing(target):
            source.backup(target)

    def drop(self, name: str) -> None:
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def execute(self, name: str, statement: str) -> None:
        with closing(sqlite3.connect(self._file(name), isolation_level=None)) as connection:
            connection.execute(statement)


class PostgresStore:
    """Databases beside the one that DATABASE_URL names, on its server and in its owner's name."""

    def __init__(self, url: str, label: str) -> None:
        self.parts = urlsplit(url)
        self.prefix = f"test_{self.parts.path.strip('/')}_live_{label}"

    def _name(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def _at(self, database: str) -> str:
        return urlunsplit(self.parts._replace(path=f"/{database}"))

    def _ask_server(self, statement: str, **names: str) -> None:
        with psycopg.connect(self._at("postgres"), autocommit=True) as connection:
            quoted = {key: sql.Identifier(self._name(name)) for key, name in names.items()}
            connection.execute(sql.SQL(statement).format(**quoted))

    def url(self, name: str) -> str:
        return self._at(self._name(name))

    def create(self, name: str) -> None:
        self.drop(name)
        self._ask_server("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'", name=name)

    def copy(self, name: str, to: str) -> None:
        self.drop(to)
        self._ask_server("CREATE DATABASE {to} TEMPLATE {name}", name=name, to=to)

    def drop(self, name: str) -> None:
        self._ask_server("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)

    def execute(self, name: str, statement: str) -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement.encode())


def store_for(url: str, folder: Path, label: str) -> Store:
    """The kind of store that the tests of this run use."""
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresStore(url, label)
    return SqliteStore(folder)
