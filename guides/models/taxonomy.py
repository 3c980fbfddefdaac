"""How guides are classified: products, tasks and free tags."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def _in_readers_language(chinese: str, english: str) -> str:
    """The English wording for a reader of the English interface, where there is one."""
    return english if english and (get_language() or "").startswith("en") else chinese


class Product(models.Model):
    """花呗, 借呗, 网商贷: what the account is for."""

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    aliases = models.JSONField(
        _("别名"), default=list, blank=True, help_text=_("读者会输入的其他叫法。")
    )
    description = models.CharField(_("一句话说明"), max_length=200, blank=True)
    description_en = models.CharField(_("英文说明"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        ordering: ClassVar = ["position", "slug"]
        verbose_name = _("产品")
        verbose_name_plural = _("产品")

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def display_name(self) -> str:
        return _in_readers_language(self.name, self.name_en)

    @property
    def display_description(self) -> str:
        return _in_readers_language(self.description, self.description_en)


class Task(models.Model):
    """解绑, 关闭, 注销, 恢复, 防护: what is to be done."""

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    aliases = models.JSONField(
        _("别名"), default=list, blank=True, help_text=_("读者会输入的其他叫法。")
    )
    definition = models.CharField(_("一句话定义"), max_length=200, blank=True)
    definition_en = models.CharField(_("英文定义"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    in_matrix = models.BooleanField(
        _("列入首页表格"),
        default=True,
        help_text=_("首页“按产品和事项找”里占一列；没有指南的格子会显示为缺口。"),
    )

    class Meta:
        ordering: ClassVar = ["position", "slug"]
        verbose_name = _("事项")
        verbose_name_plural = _("事项")

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("task", args=[self.slug])

    @property
    def display_name(self) -> str:
        return _in_readers_language(self.name, self.name_en)

    @property
    def display_definition(self) -> str:
        return _in_readers_language(self.definition, self.definition_en)


class Tag(models.Model):
    """A free classification beside product and task."""

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["slug"]
        verbose_name = _("标签")
        verbose_name_plural = _("标签")

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    @property
    def display_name(self) -> str:
        return _in_readers_language(self.name, self.name_en)
