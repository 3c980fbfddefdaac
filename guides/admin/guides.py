"""The editor pages of the three kinds of guide. What is saved and published, publishing decides."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import publishing
from guides.admin import lifecycle
from guides.admin.editor import change_url, editor_context, review_url
from guides.admin.guide_list import COLUMNS, FILTERS, for_list
from guides.admin.review import review
from guides.admin.skeletons import SKELETONS
from guides.admin.unsaved import taken_over
from guides.admin.walking import walk
from guides.forms import GuideForm, LinesField
from guides.models import CaseStudy, Guide, Procedure, RiskNote

REFUSALS = (
    publishing.StaleEdit,
    publishing.SlugTaken,
    publishing.PublishError,
    publishing.ReviewRequired,
    PermissionDenied,
)
PAGES = {
    "review": review,
    "publish": lifecycle.publish,
    "links": lifecycle.links,
    "retire": lifecycle.retire,
    "reinstate": lifecycle.reinstate,
    "verify": walk,
}
CLASSIFICATION = ("products", "task", "tags", "claims", "related", "is_emergency")
READERS = ("visibility", "groups", "owner", "review_interval_days", "language", "translation_of")


class GuideAdmin(admin.ModelAdmin[Any]):
    form = GuideForm
    change_form_template = "admin/guides/editor.html"
    formfield_overrides = {models.JSONField: {"form_class": LinesField}}
    list_display = COLUMNS
    list_filter = FILTERS
    list_select_related = ("task", "owner", "live")
    list_per_page = 50
    search_fields = ("title", "slug", "code", "summary", "body")
    ordering = ("-updated_at",)
    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return for_list(super().get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Guide | None = None) -> Any:
        text = ("title", "slug", "summary", "aliases", *self.model.FACTS, "body")
        return [
            (None, {"fields": text}),
            (gettext_lazy("分类"), {"fields": CLASSIFICATION}),
            (gettext_lazy("读者与负责人"), {"fields": READERS}),
        ]

    def get_urls(self) -> list[URLPattern]:
        """What is done with a stored text has pages of its own, for who may not write."""
        name, wrap = self.model._meta.model_name, self.admin_site.admin_view
        pages = [
            path(
                f"<int:key>/{verb}/",
                wrap(page),
                {"model": self.model},
                name=f"guides_{name}_{verb}",
            )
            for verb, page in PAGES.items()
        ]
        return [*pages, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A guide is retired, so that its addresses still answer."""
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        form.unsaved = taken_over(request, obj, self.model.KIND)  # type: ignore[attr-defined]
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new guide begins with the sections that its kind has, as gaps to be filled."""
        return {"body": SKELETONS[self.model.KIND], **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Without the admin's pop-up links, which would lead away from an unsaved text."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What publishing refuses comes back as the same form, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= editor_context(request, context["adminform"].form, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saved together with its relations, below."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        guide, typed = form.instance, form.cleaned_data
        by: Any = request.user
        publishing.save_draft(guide, by, edition=typed["seen_edition"], relations=form.relations())
        if typed["page"]:
            publishing.close_page(by, typed["page"], guide)
        told = {"note": typed["note"], "significance": typed["significance"] or "minor"}
        if "_publish" in request.POST:
            publishing.publish(guide, by, **told)
        elif "_submit" in request.POST:
            _submit(request, guide, told)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the same page: writing goes on after a save."""
        guide = Guide.objects.select_related("live").get(pk=obj.pk)
        messages.success(request, _told(guide, request))
        return HttpResponseRedirect(change_url(guide))


def _submit(request: HttpRequest, guide: Any, told: dict[str, str]) -> None:
    """A change of classification alone is in force already and needs no review."""
    by: Any = request.user
    try:
        publishing.submit(guide, by, **told)
    except publishing.NothingToReview:
        request.nothing_to_review = True  # type: ignore[attr-defined]


def _told(guide: Guide, request: HttpRequest) -> SafeString | str:
    if "_publish" in request.POST and guide.live:
        link = format_html('<a href="{}">{}</a>', guide.get_absolute_url(), _("看线上页面"))
        return format_html(_("已发布第{}版。{}"), guide.live.number, link)
    if getattr(request, "nothing_to_review", False):
        return _("已保存。文字和线上一样，不用复核；分类已经生效。")
    if "_submit" in request.POST:
        link = format_html('<a href="{}">{}</a>', review_url(guide), _("看复核页"))
        return format_html(_("已提交复核，读者看到的还没有变。{}"), link)
    return _("草稿已保存，读者看到的没有变。")


admin.site.register([Procedure, RiskNote, CaseStudy], GuideAdmin)
