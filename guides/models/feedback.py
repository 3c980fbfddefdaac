"""What readers say a published version did for them: it worked, or where they got stuck."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.revision import Revision

FEEDBACK_LETTERS = 300


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Whoever got stuck wants an answer: each of these is in exactly one of the states below."""

    def stuck(self) -> Self:
        return self.filter(outcome=Feedback.Outcome.STUCK)

    def answered(self) -> Self:
        return self.stuck().filter(answered_on__isnull=False)

    def open(self) -> Self:
        """What an editor has to do something about."""
        return self._unanswered().filter(promised=False)

    def waiting(self) -> Self:
        """The next version will answer it."""
        return self._unanswered().filter(promised=True)

    def moot(self) -> Self:
        """Nobody reads the guide any more."""
        return self.stuck().filter(answered_on=None, revision__guide__retired_at__isnull=False)

    def _unanswered(self) -> Self:
        return self.stuck().filter(answered_on=None, revision__guide__retired_at=None)


class Feedback(models.Model):
    """Belongs to the version that was read. Nothing here tells who said it, not even the hour."""

    class Outcome(models.TextChoices):
        DONE = "done", _("做成了")
        STUCK = "stuck", _("卡住了")

    class Reason(models.TextChoices):
        NO_BUTTON = "no-button", _("没有这个按钮")
        RENAMED = "renamed", _("名称不同")
        NOT_VERIFIED = "not-verified", _("验证没通过")
        OTHER = "other", _("其他")

    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="feedback", verbose_name=_("版本")
    )
    outcome = models.CharField(_("结果"), max_length=5, choices=Outcome.choices)
    step = models.CharField(_("步骤"), max_length=8, blank=True)  # its key; none: the whole guide
    reason = models.CharField(_("原因"), max_length=12, choices=Reason.choices, blank=True)
    text = models.CharField(_("读者的话"), max_length=FEEDBACK_LETTERS, blank=True)
    day = models.DateField(_("日期"), default=timezone.localdate, db_index=True)

    promised = models.BooleanField(_("下一版会改"), default=False)
    fixed_in = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("改在哪一版"),
    )
    answer = models.CharField(_("不改的理由"), max_length=FEEDBACK_LETTERS, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("谁处理的"),
    )
    answered_on = models.DateField(_("处理日期"), null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        default_permissions: ClassVar = ("view", "change")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="stuck") | Q(step="", reason="", text="", promised=False),
                name="only_who_is_stuck_says_where",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, fixed_in=None, answer="")
                | Q(answered_on__isnull=False, fixed_in__isnull=False, answer="")
                | (Q(answered_on__isnull=False, fixed_in=None) & ~Q(answer="")),
                name="answered_by_a_change_or_a_reason",
            ),
        ]
        verbose_name = _("读者反馈")
        verbose_name_plural = _("读者反馈")

    def __str__(self) -> str:
        return f"{self.revision} {self.get_outcome_display()}"
