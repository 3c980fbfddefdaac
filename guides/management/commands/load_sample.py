"""Loads the sample content into an empty portal; does nothing where there are guides already."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from guides import interchange
from guides.models import Guide


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        if Guide.objects.exists():
            self.stdout.write(_("已有指南，不再导入示例内容。"))
            return
        parcel = interchange.unpack(settings.BASE_DIR / "fixtures")
        outcomes = interchange.import_parcel(parcel, None, publish=True)
        self.stdout.write(self.style.SUCCESS(_("已导入示例内容：%d 篇。") % len(outcomes)))
