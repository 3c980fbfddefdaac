"""Sources, the claims they disagree on, and the records of who verified what."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin.editor import change_url
from guides.models import Claim, Guide, Position, Source, StepCheck, Verification


def links_to(guides: "QuerySet[Guide]") -> SafeString | str:
    """The editor pages of guides, one per line."""
    rows = [(change_url(guide), guide.title) for guide in guides]
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return SafeString(f'<ul class="plain-list">{listed}</ul>') if rows else _("还没有指南")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = (
        "code", "title", "publisher", "accessed_on", "reliability", "fictional", "claim_count",
    )  # fmt: skip
    list_filter = ("reliability", "fictional")
    search_fields = ("code", "title", "publisher", "note")
    readonly_fields = ("claims_touched", "cited_in")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Source]":
        sources = super().get_queryset(request)
        return sources.annotate(claim_count=Count("positions"))

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """A cited source stays: published pages and claims point to it."""
        return not (obj and _citing(obj).exists()) and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("争议点"), ordering="claim_count")
    def claim_count(self, source: Any) -> int:
        count: int = source.claim_count
        return count

    @admin.display(description=gettext_lazy("涉及的争议点"))
    def claims_touched(self, source: Source) -> str:
        claims = Claim.objects.filter(positions__source=source)
        return "；".join(claim.question for claim in claims) or _("没有")

    @admin.display(description=gettext_lazy("引用它的指南"))
    def cited_in(self, source: Source) -> str:
        return links_to(_citing(source)) if source.pk else "—"


def _citing(source: Source) -> "QuerySet[Guide]":
    """By the working copies: that is where an editor would have to change something."""
    return Guide.objects.filter(body__contains=f"[^{source.code}]").order_by("title")


class PositionInline(admin.StackedInline[Position, Claim]):
    model = Position
    extra = 1
    verbose_name = verbose_name_plural = gettext_lazy("各来源的说法")
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})}
    }


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin[Claim]):
    list_display = ("question", "slug", "position_count", "guide_count")
    search_fields = ("question", "wording", "slug")
    readonly_fields = ("concerned",)
    inlines = (PositionInline,)
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Claim]":
        counted = {
            "position_count": Count("positions", distinct=True),
            "guide_count": Count("guides", distinct=True),
        }
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description=gettext_lazy("说法数"), ordering="position_count")
    def position_count(self, claim: Any) -> int:
        count: int = claim.position_count
        return count

    @admin.display(description=gettext_lazy("指南数"), ordering="guide_count")
    def guide_count(self, claim: Any) -> int:
        count: int = claim.guide_count
        return count

    @admin.display(description=gettext_lazy("涉及的指南"))
    def concerned(self, claim: Claim) -> str:
        return links_to(claim.guides.order_by("title")) if claim.pk else "—"


@admin.register(Verification)
class VerificationAdmin(admin.ModelAdmin[Verification]):
    """A record is added once and stands: what was seen on that day does not change."""

    list_display = ("revision", "kind", "checked_on", "app", "app_version", "verifier", "results")
    list_filter = ("kind", "checked_on")
    list_select_related = ("revision__guide", "verifier")
    search_fields = ("revision__guide__title", "revision__guide__slug", "note", "app")
    fields = (
        "revision", "kind", "checked_on", "app", "app_version", "verifier", "alone", "steps",
        "note",
    )  # fmt: skip
    readonly_fields = ("steps",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Verification]":
        records = super().get_queryset(request).prefetch_related("checks")
        return records.defer("revision__document", "revision__content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody notes down a verification without walking through the version."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("结果"))
    def results(self, record: Verification) -> str:
        counts = Counter(str(check.get_result_display()) for check in record.checks.all())
        return "，".join(f"{word} {count}" for word, count in counts.items()) or "—"

    @admin.display(description=gettext_lazy("逐步结果"))
    def steps(self, record: Verification) -> SafeString | str:
        rows = [
            (_step_name(check), check.get_result_display(), f" {check.difference}".rstrip())
            for check in record.checks.all()
        ]
        listed = format_html_join("", "<li>{} {}{}</li>", rows)
        return SafeString(f'<ul class="plain-list">{listed}</ul>') if rows else "—"


def _step_name(check: StepCheck) -> str:
    return _("第%d步") % check.number if check.number else _("全文")
