"""Measures the search on made-up guides, in databases of its own, beside the databases' own search.

SQLite in a temporary file; PostgreSQL in a database that is made and dropped again, on the server
that PORTAL_TEST_POSTGRES_URL names. Says whether the figures asked for were reached.
"""

import json
import tempfile
import time
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from guides import two_databases
from guides.benchmark import copying, filling, measuring, told
from guides.benchmark.documents import Writer
from guides.vocabulary import vocabulary

Figures = dict[str, Any]


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--guides", type=int, default=100_000, help="how many to make up")
        parser.add_argument("--questions", type=int, default=300, help="of each sort")
        parser.add_argument("--database", choices=["sqlite", "both"], default="both")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        # One process for each database: they call themselves with these.
        parser.add_argument("--fill-and-measure", action="store_true", help=SUPPRESS)
        parser.add_argument("--copy-and-measure", type=Path, metavar="FILE", help=SUPPRESS)
        # In a database that was kept from an earlier run.
        parser.add_argument("--measure", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["guides"] < 1 or options["questions"] < 1:
            raise CommandError(_("至少一篇指南、一个问题。"))
        if options["measure"]:
            writer = Writer(vocabulary())
            figures = measuring.report(writer, options["guides"], options["questions"], 0)
            self._tell([figures.as_json()], options)
            return
        if options["fill_and_measure"] or options["copy_and_measure"]:
            self._measure(options["guides"], options["questions"], options["copy_and_measure"])
            return
        try:
            self._tell(list(self._figures(options)), options)
        except two_databases.NotComparable as error:
            raise CommandError(str(error)) from error

    def _tell(self, figures: list[Figures], options: Figures) -> None:
        self.stdout.write(
            json.dumps(figures, ensure_ascii=False, indent=1)
            if options["json"]
            else "\n".join(told.lines(figures))
        )

    def _figures(self, options: Figures) -> Iterator[Figures]:
        given = ["--guides", str(options["guides"]), "--questions", str(options["questions"])]
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/benchmark.sqlite3"
            yield _measured(f"sqlite:///{file}", "--fill-and-measure", *given)
            if options["database"] == "sqlite":
                return
            try:
                with two_databases.postgres_database() as url:
                    yield _measured(url, "--copy-and-measure", file, *given)
            except two_databases.NotComparable as error:
                self.stderr.write(_("没有测量 PostgreSQL：%s") % error)

    def _measure(self, guides: int, questions: int, file: Path | None) -> None:
        """In the database in use, which must be empty."""
        start = time.perf_counter()
        if file:
            copying.copy_from(file)
            writer = Writer(vocabulary())
        else:
            writer = self._filled(guides)
        filled = time.perf_counter() - start
        done = {"database": connection.display_name, "seconds": filled}
        self._say(_("%(database)s：填充用了 %(seconds).0f 秒，正在测量……") % done)
        figures = measuring.report(writer, guides, questions, filled)
        self.stdout.write(json.dumps(figures.as_json()))

    def _filled(self, guides: int) -> Writer:
        try:
            return filling.fill(guides, self._say)
        except filling.NotEmpty as error:
            raise CommandError(_("这个数据库里已有指南。")) from error

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()


def _measured(url: str, *arguments: str) -> Figures:
    two_databases.manage(url, "migrate", "--verbosity", "0")
    figures: Figures = json.loads(two_databases.manage(url, "bench_search", *arguments, heard=True))
    return figures
