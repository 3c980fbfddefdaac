"""Saved drafts and published versions: to look at, and to bring back as a new draft."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from guides import publishing
from guides.admin.editor import ADMIN_NAMES, change_url
from guides.comparing import ComparedRevisions, compare_revisions
from guides.models import Guide, Revision

HEAVY = ("document", "content")


def _may_write(request: HttpRequest, guide: Guide) -> bool:
    return request.user.has_perm(f"guides.change_{ADMIN_NAMES[guide.kind]}")


def _compared(revision: Revision, view: str) -> ComparedRevisions | None:
    """With what readers get; what they get, with what they got before."""
    live: Revision | None = revision.guide.live
    if live and live.pk == revision.pk:
        earlier = revision.guide.revisions.published().filter(number__lt=revision.number)
        live = earlier.order_by("-number").first()
    if live is None:
        return None
    old, new = sorted((revision, live), key=lambda each: each.pk)
    return compare_revisions(old, new, guides=Guide.objects.all(), view=view)


@require_POST
def restore(request: HttpRequest, key: int) -> HttpResponse:
    revision = get_object_or_404(Revision.objects.select_related("guide"), pk=key)
    if not _may_write(request, revision.guide):
        raise PermissionDenied("guides.change_guide")
    by: Any = request.user
    publishing.restore(revision, by)
    told = _("旧稿已恢复为草稿，读者看到的没有变。")
    LogEntry.objects.log_actions(
        by.pk, [revision.guide], CHANGE, change_message=told, single_object=True
    )
    messages.success(request, told)
    return HttpResponseRedirect(change_url(revision.guide))


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin[Revision]):
    change_form_template = "admin/guides/revision.html"
    list_display = (
        "guide", "version", "created_at", "author", "published_at", "reviewer", "note",
    )  # fmt: skip
    list_filter = ("state", "significance", "created_at")
    list_select_related = ("guide", "author", "reviewer")
    ordering = ("-created_at", "-pk")
    search_fields = ("guide__title", "guide__slug", "guide__code", "note")
    fields = (
        "guide_link", "version", "significance", "note", "author", "created_at",
        "reviewer", "published_at", "text",
    )  # fmt: skip
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Revision]":
        """The list shows no text, so none is read."""
        match = request.resolver_match
        light = match and match.url_name == "guides_revision_changelist"
        revisions = super().get_queryset(request)
        return revisions.defer(*HEAVY) if light else revisions

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:key>/restore/", wrap(restore), name="guides_revision_restore"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        revision = context["original"]
        context["may_restore"] = _may_write(request, revision.guide)
        context["is_live"] = revision.guide.live_id == revision.pk
        context["comparison"] = _compared(revision, request.GET.get("view", ""))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("版本"), ordering="number")
    def version(self, revision: Revision) -> str:
        if revision.number:
            return _("第%(number)s版") % {"number": revision.number}
        return str(revision.get_state_display())

    @admin.display(description=gettext_lazy("指南"))
    def guide_link(self, revision: Revision) -> SafeString:
        return format_html('<a href="{}">{}</a>', change_url(revision.guide), revision.guide)

    @admin.display(description=gettext_lazy("文档"))
    def text(self, revision: Revision) -> SafeString:
        told = '<details><summary>{}</summary><pre class="document">{}</pre></details>'
        return format_html(told, _("看全文"), revision.document)
