"""Frozen copies of a guide's text: saved drafts and published versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PublishedRevisionIsFrozen(Exception):
    """A published revision was to be changed or deleted."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def published(self) -> "RevisionQuerySet":
        return self.filter(state=Revision.State.PUBLISHED)

    def update(self, **kwargs: Any) -> int:
        if self.published().exists():
            raise PublishedRevisionIsFrozen("a published revision never changes")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.published().exists():
            raise PublishedRevisionIsFrozen("a published revision is never deleted")
        return super().delete()


class Revision(models.Model):
    """`document` is the guide's document form, `content` the same, rendered once."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        IN_REVIEW = "in_review", _("复核中")
        CHANGES_REQUESTED = "changes_requested", _("退回修改")
        PUBLISHED = "published", _("已发布")

    class Significance(models.TextChoices):
        MINOR = "minor", _("小改")
        MAJOR = "major", _("重要改动")

    guide = models.ForeignKey(
        "guides.Guide", on_delete=models.PROTECT, related_name="revisions", verbose_name=_("指南")
    )
    state = models.CharField(
        _("状态"), max_length=20, choices=State.choices, default=State.DRAFT, db_index=True
    )
    number = models.PositiveIntegerField(_("版本号"), null=True, blank=True)
    # The guide's edition that first had this text: from it the text is found that an edit was
    # begun from. Texts from before that was noted have none.
    edition = models.PositiveIntegerField(null=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("编写人"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("复核人"),
    )
    # A team of one publishes its own text, and readers are told.
    alone = models.BooleanField(_("单人发布"), default=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("提交人"),
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("保存时间"), default=timezone.now)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    note = models.CharField(_("给读者的修改说明"), max_length=300, blank=True)
    significance = models.CharField(
        _("改动大小"),
        max_length=10,
        choices=Significance.choices,
        default=Significance.MINOR,
    )
    document = models.TextField(_("文档"))
    content = models.JSONField(_("成品"), default=dict, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guide", "number"], name="one_revision_per_number"),
            models.CheckConstraint(
                condition=models.Q(state="published", number__isnull=False)
                | (~models.Q(state="published") & models.Q(number__isnull=True)),
                name="published_revisions_are_numbered",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer=None)
                | models.Q(author=None)
                | ~models.Q(reviewer=models.F("author"))
                | models.Q(alone=True),
                name="nobody_approves_their_own_text",
            ),
        ]
        verbose_name = _("版本")
        verbose_name_plural = _("版本")

    def __str__(self) -> str:
        label = f"v{self.number}" if self.number else self.get_state_display()
        return f"{self.guide} {label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(f"{self.guide.kind}_version", args=[self.guide.slug, self.number])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_published()
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_in_review(self) -> bool:
        return self.state == self.State.IN_REVIEW

    @property
    def is_discussed(self) -> bool:
        """Whether its review goes on: it waits for a decision, or for its writers."""
        return self.state in (self.State.IN_REVIEW, self.State.CHANGES_REQUESTED)

    def _refuse_if_published(self) -> None:
        """Asks the database, not this object, whose state may just have been set to published."""
        if self.pk and Revision.objects.filter(pk=self.pk).published().exists():
            raise PublishedRevisionIsFrozen(f"{self.pk} is published and never changes")


class ReviewComment(models.Model):
    """What somebody says about a text under review; about one step if `step` has its key."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="comments", verbose_name=_("版本")
    )
    step = models.CharField(_("步骤"), max_length=8, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("谁说的"),
    )
    text = models.TextField(_("意见"), max_length=2000)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("谁处理的"),
    )
    resolved_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        default_permissions: ClassVar = ()
        verbose_name = _("复核意见")
        verbose_name_plural = _("复核意见")

    def __str__(self) -> str:
        return self.text
