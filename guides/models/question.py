"""What readers ask and what they wish for: counts by day, never who it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.guide import Guide
from guides.models.revision import Revision
from guides.models.taxonomy import Product, Task

QUESTION_LETTERS = 200


class Question(models.Model):
    """Words that were asked, normalised and masked, and how the newest asking of them went."""

    class State(models.TextChoices):
        OPEN = "open", _("未解决")
        WAITING = "waiting", _("等发布")
        ANSWERED = "answered", _("已能找到")
        OUTSIDE = "outside", _("不收录")

    text = models.CharField(_("问法"), max_length=QUESTION_LETTERS, unique=True)
    concepts = models.JSONField(_("认出的概念"), default=list)
    nearest = models.JSONField(default=list)  # keys of the guides that came closest
    results = models.PositiveIntegerField(_("结果数"), default=0)
    strong = models.BooleanField(_("有直接回答"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    # Which guide an editor gave the question to, and the version that answers it at last.
    guide = models.ForeignKey(
        Guide, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("指南")
    )
    answered_by = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["text"]
        default_permissions: ClassVar = ("view", "change")
        indexes: ClassVar = [models.Index("state", "checked_at", name="question_to_check")]
        verbose_name = _("问题")
        verbose_name_plural = _("问题台")

    def __str__(self) -> str:
        return self.text


class QuestionDay(models.Model):
    """How often a question was asked on a day, and how often no guide answered it directly."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(db_index=True)
    times = models.PositiveIntegerField(default=0)
    weak = models.PositiveIntegerField(default=0)
    wishes = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "day"], name="one_count_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.day}: {self.times}"


class QuestionOpening(models.Model):
    """How often a guide was opened from a question's results on a day."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="openings")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "guide", "day"], name="one_opening_count_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.guide_id} {self.day}: {self.times}"


class Wish(models.Model):
    """How often a guide for a product and a task was wished for on a day."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "task", "day"], name="one_wish_count_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.task_id} {self.day}: {self.times}"
