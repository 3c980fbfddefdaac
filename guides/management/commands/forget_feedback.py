"""Deletes readers' feedback that is older than FEEDBACK_DAYS, answered or not."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from guides import publishing


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        gone = publishing.forget()
        self.stdout.write(self.style.SUCCESS(_("已删除%d条过期的反馈。") % gone))
