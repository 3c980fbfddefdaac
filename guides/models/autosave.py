"""暂存: what an opened editor page holds that nobody has saved, and that it is open."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.guide import Guide


class Autosave(models.Model):
    """One opened page of the editor: `typed` is its form, once something in it was changed.

    It belongs to its writer and is shown to nobody else, but for the fact that the page is open.
    """

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    page = models.CharField(max_length=32)  # made anew each time the editor is opened
    kind = models.CharField(max_length=10, choices=Guide.Kind.choices)
    guide = models.ForeignKey(
        Guide, null=True, on_delete=models.CASCADE, related_name="autosaves"
    )  # none while it is new
    typed = models.JSONField(default=dict)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(null=True)
    # Saved or thrown away: whatever of that page is still on its way comes too late.
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["writer", "page"], name="one_autosave_per_page")
        ]
        verbose_name = _("暂存")
        verbose_name_plural = _("暂存")

    def __str__(self) -> str:
        return f"{self.writer_id} {self.page}"
