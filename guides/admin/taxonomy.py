"""Products, tasks, tags and the situations readers describe: how guides are found."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from guides import reindexing
from guides.forms import LinesField
from guides.models import Product, Situation, Tag, Task

LINES: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.JSONField: {"form_class": LinesField}
}


class _Searched(admin.ModelAdmin[Any]):
    """What guides are found by: search knows of a change as soon as it is saved."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with reindexing.kept_in_step():
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with reindexing.kept_in_step():
            super().delete_model(request, obj)


class _Counted(admin.ModelAdmin[Any]):
    """With the number of guides on it, counted in the list's own query."""

    formfield_overrides = LINES
    search_fields = ("slug", "name", "name_en")
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request).annotate(guide_count=Count("guides"))
        return rows

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        """A field in the list has no label of its own: it is named after its column."""
        rows = super().get_changelist_formset(request, **kwargs)
        for name in self.list_editable:
            field = rows.form.base_fields[name]
            field.widget.attrs["aria-label"] = field.label
        return rows

    @admin.display(description=gettext_lazy("指南数"), ordering="guide_count")
    def guide_count(self, row: Any) -> int:
        count: int = row.guide_count
        return count

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What guides are filed under stays, or their addresses would break."""
        in_use = obj is not None and getattr(obj, "guide_count", 0) > 0
        return not in_use and super().has_delete_permission(request, obj)


@admin.register(Product)
class ProductAdmin(_Searched, _Counted):
    list_display = ("name", "slug", "position", "guide_count")
    list_editable = ("position",)


@admin.register(Task)
class TaskAdmin(_Searched, _Counted):
    list_display = ("name", "slug", "definition", "position", "in_matrix", "guide_count")
    list_editable = ("position", "in_matrix")


@admin.register(Tag)
class TagAdmin(_Counted):
    list_display = ("name", "slug", "name_en", "guide_count")


@admin.register(Situation)
class SituationAdmin(_Searched):
    list_display = ("name", "slug")
    search_fields = ("slug", "name")
    formfield_overrides = LINES
    actions = None
