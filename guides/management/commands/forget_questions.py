"""Deletes counted questions, openings and wishes that are older than QUESTION_DAYS."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from guides import questions


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        gone = questions.forget()
        self.stdout.write(self.style.SUCCESS(_("已删除%d条过期的记录。") % gone))
