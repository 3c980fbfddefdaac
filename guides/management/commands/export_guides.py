"""Writes the published guides as documents, with catalogues and pictures."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides import interchange


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder, or a file name ending in .zip")
        parser.add_argument(
            "--drafts", action="store_true", help="export unpublished guides as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        files = list(interchange.export_files(drafts=options["drafts"]))
        try:
            if path.suffix == ".zip":
                path.write_bytes(interchange.as_zip(files))
            else:
                _write_folder(path, files)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(self.style.SUCCESS(_("已导出 %d 个文件。") % len(files)))


def _write_folder(folder: Path, files: list[tuple[str, bytes]]) -> None:
    for name, data in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
