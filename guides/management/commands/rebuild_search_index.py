"""Puts every guide into the search index again; readers go on searching meanwhile.

One that broke off is carried on where it stopped.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from guides import reindexing, search

AT_ONCE = 100  # guides in one transaction: writers wait for it, readers never do


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--afresh", action="store_true", help="all guides, whatever an earlier run has done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Counts first: every guide put in or taken out afterwards keeps them right. And once more
        # at the end, for the guides that the books knew and the postings did not.
        wrong = search.recount()
        self._put_again(reindexing.due(afresh=options["afresh"]))
        wrong += search.recount()
        told = _("搜索索引已重建：更正了%(wrong)d个词的计数，移除了%(removed)d篇多余的。")
        removed = reindexing.remove_surplus()
        self.stdout.write(self.style.SUCCESS(told % {"wrong": wrong, "removed": removed}))

    def _put_again(self, keys: list[int]) -> None:
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            reindexing.put_again(some)
            told = {"done": start + len(some), "all": len(keys)}
            self.stdout.write(_("%(done)d / %(all)d篇") % told)
            self.stdout.flush()
