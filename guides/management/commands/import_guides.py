"""Brings guides in from documents: a file, a folder or a zip archive, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides import interchange


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a .md file, a folder or a .zip archive")
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument(
            "--publish", action="store_true", help="publish what was imported, not only draft it"
        )
        parser.add_argument("--author", default="", metavar="NAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _user(options["author"])
        try:
            parcel = interchange.unpack(options["path"])
            outcomes = interchange.import_parcel(
                parcel, by, publish=options["publish"], dry_run=options["dry_run"]
            )
        except interchange.ImportFailed as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(_("%d 处有问题，什么都没有导入。") % len(error.faults)) from error
        self._report(outcomes, dry_run=options["dry_run"])

    def _report(self, outcomes: list[interchange.Outcome], *, dry_run: bool) -> None:
        for outcome in outcomes:
            self.stdout.write(f"{outcome.action:9} {outcome.slug}  {outcome.path}")
        done = _("检查通过，没有改动任何内容：%d 篇。") if dry_run else _("已导入 %d 篇。")
        self.stdout.write(self.style.SUCCESS(done % len(outcomes)))


def _user(name: str) -> User | None:
    """The person named on the command line; raises CommandError where there is none."""
    if not name:
        return None
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(_("没有这个账号：%s") % name)
    return user
