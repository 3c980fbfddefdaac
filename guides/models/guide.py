"""The guide: the editors' working copy, its kinds, and who may see it."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guides.models.evidence import Claim
from guides.models.taxonomy import Product, Tag, Task

CODE_LETTERS = "abcdefghijkmnpqrstuvwxyz"  # no l and o: they are read as 1 and 0
CODE_DIGITS = "23456789"
CODE_LENGTH = 5


def new_code() -> str:
    """A permalink code: a letter first, so that spreadsheets don't take it for a number."""
    rest = (secrets.choice(CODE_LETTERS + CODE_DIGITS) for _i in range(CODE_LENGTH - 1))
    return secrets.choice(CODE_LETTERS) + "".join(rest)


@dataclass(frozen=True)
class VerificationState:
    """How far a guide's live text was verified, and since when; derived from records alone."""

    # What of a guide it is made from, in the order of `of`. All but the last are derived, too:
    # `publishing.derive` writes them.
    COLUMNS: ClassVar = (
        "verified_on_device",
        "verified_on",
        "steps_total",
        "steps_verified",
        "steps_differing",
        "review_interval_days",
    )

    state: str  # "unverified", "sources", "device" or "due"
    on: dt.date | None = None
    total: int = 0  # steps; 1 for a guide without steps, 0 where nobody has checked any
    verified: int = 0
    differing: int = 0

    @classmethod
    def of(
        cls,
        verified_on_device: dt.date | None,
        verified_on: dt.date | None,
        steps_total: int,
        steps_verified: int,
        steps_differing: int,
        review_interval_days: int,
    ) -> Self:
        """The dates are those on which the step verified longest ago was verified."""
        counts = (steps_total, steps_verified, steps_differing)
        if verified_on is None:
            return cls("unverified", None, *counts)
        oldest = timezone.localdate() - dt.timedelta(days=review_interval_days)
        if verified_on_device and verified_on_device >= oldest:
            return cls("device", verified_on_device, *counts)
        return cls("sources" if verified_on >= oldest else "due", verified_on, *counts)


class GuideQuerySet(models.QuerySet["Guide"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, *, retired: bool = False) -> Self:
        """The only gate: published guides this reader may see; retired ones only on request."""
        published = self.filter(live__isnull=False)
        current = published if retired else published.filter(retired_at__isnull=True)
        if getattr(user, "is_superuser", False) and user.is_active:
            return current
        if not user.is_authenticated:
            return current.filter(visibility=Guide.Visibility.PUBLIC)
        open_to_all = Q(visibility__in=[Guide.Visibility.PUBLIC, Guide.Visibility.SIGNED_IN])
        mine = Guide.groups.through.objects.filter(
            guide=OuterRef("pk"), group__in=Group.objects.filter(user=user.pk)
        )
        in_my_groups = Q(visibility=Guide.Visibility.GROUPS) & models.Exists(mine)
        return current.filter(open_to_all | in_my_groups)

    def linking_to(self, guide: "Guide") -> Self:
        """Guides whose working copy or published text names this one, `[[slug]]`, by any slug."""
        slugs = [guide.slug, *guide.old_slugs.values_list("slug", flat=True)]
        named = Q()
        for slug in slugs:
            for link in (f"[[{slug}]]", f"[[{slug}|"):
                named |= Q(body__contains=link) | Q(live__document__contains=link)
        return self.filter(named, language=guide.language).exclude(pk=guide.pk)


class Guide(models.Model):
    """A procedure, a risk note or a case study; the row is the editors' working copy."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", pgettext_lazy("one guide", "操作指南")
        RISK = "risk", pgettext_lazy("one guide", "风险提示")
        CASE = "case", pgettext_lazy("one guide", "案例")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("公开")
        SIGNED_IN = "signed-in", _("登录后可见")
        GROUPS = "groups", _("指定用户组")

    class Level(models.TextChoices):
        LOW = "low", _("低")
        MEDIUM = "medium", _("中")
        HIGH = "high", _("高")

    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, editable=False)
    slug = models.SlugField(_("网址名"), max_length=80)
    language = models.CharField(
        _("语言"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    code = models.CharField(
        _("固定链接代号"), max_length=12, unique=True, default=new_code, editable=False
    )
    title = models.CharField(_("标题"), max_length=60)
    summary = models.CharField(_("摘要"), max_length=200)
    aliases = models.JSONField(_("也有人这样问"), default=list, blank=True)
    body = models.TextField(_("正文"), blank=True)

    products = models.ManyToManyField(
        Product, blank=True, related_name="guides", verbose_name=_("产品")
    )
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guides",
        verbose_name=_("事项"),
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="guides", verbose_name=_("标签"))
    claims = models.ManyToManyField(
        Claim, blank=True, related_name="guides", verbose_name=_("争议点")
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("相关指南"))
    is_emergency = models.BooleanField(
        _("应急指南"), default=False, help_text=_("在首页“账户出事，先止损”里列出。")
    )

    visibility = models.CharField(
        _("谁能看"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    groups = models.ManyToManyField(
        Group, blank=True, related_name="guides", verbose_name=_("指定用户组")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_guides",
        verbose_name=_("负责人"),
    )
    review_interval_days = models.PositiveSmallIntegerField(_("复核间隔（天）"), default=90)
    translation_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        verbose_name=_("译自"),
    )

    live = models.ForeignKey(
        "guides.Revision",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("线上版本"),
    )
    retired_at = models.DateTimeField(_("下架时间"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        verbose_name=_("由哪篇代替"),
    )
    # Derived from the verifications by `publishing.derive` alone, so that lists need not.
    verified_on_device = models.DateField(null=True, blank=True, editable=False)
    verified_on = models.DateField(null=True, blank=True, editable=False)
    steps_total = models.PositiveSmallIntegerField(default=0, editable=False)
    steps_verified = models.PositiveSmallIntegerField(default=0, editable=False)
    steps_differing = models.PositiveSmallIntegerField(default=0, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)  # the optimistic lock
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "slug"], name="one_slug_per_language")
        ]
        permissions: ClassVar = [
            ("publish_guide", _("可以发布指南")),
            ("retire_guide", _("可以下架指南")),
        ]
        verbose_name = _("指南")
        verbose_name_plural = _("指南")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if isinstance(self, Procedure | RiskNote | CaseStudy):
            self.kind = self.KIND.value
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.slug])

    def get_markdown_url(self) -> str:
        return reverse(f"{self.kind}_markdown", args=[self.slug])

    def get_permalink(self) -> str:
        return reverse("permalink", args=[self.code])

    @property
    def verification(self) -> VerificationState:
        return VerificationState.of(*(getattr(self, name) for name in VerificationState.COLUMNS))

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None


class Procedure(Guide):
    """How to do something, in steps."""

    KIND: ClassVar = Guide.Kind.PROCEDURE
    FACTS: ClassVar = ("performer", "minutes", "at_hand", "risk_level", "risk_reason")

    performer = models.CharField(_("谁来操作"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("需要多久（分钟）"), null=True, blank=True, help_text=_("编辑估计；来源没给就留空。")
    )
    at_hand = models.CharField(_("手边要有"), max_length=120, blank=True)
    risk_level = models.CharField(
        _("风险等级"), max_length=10, choices=Guide.Level.choices, default=Guide.Level.MEDIUM
    )
    risk_reason = models.CharField(_("风险等级的理由"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("操作指南")
        verbose_name_plural = _("操作指南")


class RiskNote(Guide):
    """What can go wrong, how to notice, what to do."""

    KIND: ClassVar = Guide.Kind.RISK
    FACTS: ClassVar = ("likelihood", "impact", "early_signs", "recoverable")

    likelihood = models.CharField(
        _("发生的可能"), max_length=10, choices=Guide.Level.choices, default=Guide.Level.MEDIUM
    )
    impact = models.CharField(
        _("后果"), max_length=10, choices=Guide.Level.choices, default=Guide.Level.MEDIUM
    )
    early_signs = models.JSONField(_("早期征兆"), default=list, blank=True)
    recoverable = models.CharField(_("还能挽回吗"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("风险提示")
        verbose_name_plural = _("风险提示")


class CaseStudy(Guide):
    """What happened to somebody, what was learnt."""

    KIND: ClassVar = Guide.Kind.CASE
    FACTS: ClassVar = ("setting", "outcome")

    setting = models.CharField(_("背景"), max_length=120, blank=True)
    outcome = models.CharField(_("结果"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("案例")
        verbose_name_plural = _("案例")


class SlugHistory(models.Model):
    """A slug a guide once had; its address redirects for ever."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="old_slugs")
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "slug"], name="one_old_slug_per_language")
        ]

    def __str__(self) -> str:
        return self.slug
