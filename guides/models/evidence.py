"""What a guide rests on: sources, the claims they disagree about, and who verified what."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A document that guides rest on; cited in the text by its code, `[^S3]`."""

    class Reliability(models.TextChoices):
        HIGH = "high", _("高")
        MEDIUM = "medium", _("中")
        LOW = "low", _("低")

    code = models.SlugField(_("引用代号"), max_length=20, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    publisher = models.CharField(_("发布者"), max_length=100, blank=True)
    url = models.URLField(_("网址"), blank=True)
    accessed_on = models.DateField(_("收录日期"))
    reliability = models.CharField(
        _("可靠程度"), max_length=10, choices=Reliability.choices, default=Reliability.MEDIUM
    )
    disclaimer = models.CharField(_("来源自己的声明"), max_length=300, blank=True)
    fictional = models.BooleanField(_("来源自称虚构"), default=False)
    note = models.TextField(_("编辑附注"), blank=True)
    # Never shown and never served: it is somebody else's.
    text = models.TextField(
        _("来源全文"),
        blank=True,
        max_length=200_000,
        help_text=_("只用来比对，不给读者看：指南里和它连着20个字以上相同的，不能发布。"),
    )

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("来源")
        verbose_name_plural = _("来源")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def label(self) -> str:
        """What stands between the citation brackets: S3 is drawn as 〔3〕."""
        number = self.code[1:]
        return number if self.code[:1] in "Ss" and number.isdigit() else self.code


class Claim(models.Model):
    """A question on which sources may disagree, and how this portal writes it."""

    slug = models.SlugField(_("网址名"), unique=True)
    question = models.CharField(_("问题"), max_length=200)
    wording = models.TextField(_("本手册怎么写"))

    class Meta:
        ordering: ClassVar = ["slug"]
        verbose_name = _("争议点")
        verbose_name_plural = _("争议点")

    def __str__(self) -> str:
        return self.question


class Position(models.Model):
    """What one source says on a claim."""

    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="positions", verbose_name=_("争议点")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="positions", verbose_name=_("来源")
    )
    statement = models.TextField(_("说法"))

    class Meta:
        ordering: ClassVar = ["claim", "source__code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "source"], name="one_position_per_source")
        ]
        verbose_name = _("说法")
        verbose_name_plural = _("说法")

    def __str__(self) -> str:
        return f"{self.source.code}: {self.statement}"


class RecordStands(Exception):
    """A record of a verification was to be changed or deleted."""


class RecordQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise RecordStands("a record of a verification never changes")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RecordStands("a record of a verification is never deleted")


class Record(models.Model):
    """Written once; what was seen on that day does not change."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RecordStands(f"{self.pk} never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RecordStands(f"{self.pk} is never deleted")


class Verification(Record):
    """A record that a person walked through a published revision, on a date, and how."""

    class Kind(models.TextChoices):
        DEVICE = "device", _("真机走查")
        SOURCES = "sources", _("来源核对")

    revision = models.ForeignKey(
        "guides.Revision",
        on_delete=models.PROTECT,
        related_name="verifications",
        verbose_name=_("版本"),
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("核实人")
    )
    checked_on = models.DateField(_("核实日期"))
    kind = models.CharField(_("方式"), max_length=10, choices=Kind.choices)
    app = models.CharField(_("App"), max_length=100, blank=True)
    app_version = models.CharField(_("App版本"), max_length=50, blank=True)
    note = models.TextField(_("说明"), blank=True)
    # A team of one verifies its own text, and readers are told.
    alone = models.BooleanField(_("核实自己写的"), default=False)
    # The form's own name, so that a form sent twice is one record.
    token = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(_("记录时间"), default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-checked_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verifier", "token"], name="one_record_per_form")
        ]
        verbose_name = _("核实记录")
        verbose_name_plural = _("核实记录")

    def __str__(self) -> str:
        return f"{self.revision} · {self.get_kind_display()} {self.checked_on}"


class StepCheck(Record):
    """What a verification says of one step; of the whole text where the guide has no steps."""

    class Result(models.TextChoices):
        MATCHES = "matches", _("一致")
        DIFFERS = "differs", _("有出入")
        SKIPPED = "skipped", _("未走查")

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="checks", verbose_name=_("核实记录")
    )
    step = models.CharField(_("步骤"), max_length=12, blank=True)  # its key
    number = models.PositiveSmallIntegerField(_("第几步"))  # in that version; 0: the whole text
    fingerprint = models.CharField(max_length=32)  # of the text that was read
    result = models.CharField(_("结果"), max_length=10, choices=Result.choices)
    difference = models.TextField(_("哪里不同"), blank=True)

    class Meta:
        ordering: ClassVar = ["verification", "number"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["verification", "step"], name="one_check_per_step_of_a_walk"
            ),
            models.CheckConstraint(
                condition=(models.Q(result="differs") & ~models.Q(difference=""))
                | (~models.Q(result="differs") & models.Q(difference="")),
                name="a_difference_says_what_is_different",
            ),
        ]
        verbose_name = _("逐步结果")
        verbose_name_plural = _("逐步结果")

    def __str__(self) -> str:
        return f"{self.number} {self.get_result_display()}"
