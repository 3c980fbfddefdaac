"""All guides, or those of one kind: filtered, sorted, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.models import Guide, GuideQuerySet
from guides.views.cards import Card, cards
from guides.views.facets import address, filters
from guides.views.library import Keys, Library, library

PER_PAGE = 20
SORTS: dict[str, str | Promise] = {
    "task": _("按事项"),
    "title": _("按标题"),
    "recent": _("最近更新在前"),
}


@dataclass(frozen=True)
class Heading:
    title: str | Promise
    lead: str | Promise


HEADINGS = {
    "": Heading(
        _("全部指南"), _("操作指南、风险提示和案例都在这里，可以按产品、事项、标签和核实情况筛选。")
    ),
    Guide.Kind.PROCEDURE.value: Heading(
        _("操作指南"), _("一件事从头办到尾：每一步做什么、出自哪里、做错了怎么退回来。")
    ),
    Guide.Kind.RISK.value: Heading(
        _("风险提示"), _("动手之前看一眼：会出什么事，怎么早点看出来，出了事怎么补。")
    ),
    Guide.Kind.CASE.value: Heading(
        _("案例"), _("别人遇到过的事：经过、原因、做了什么，对您意味着什么。")
    ),
}


def guide_list(request: HttpRequest) -> HttpResponse:
    return _list(request)


def procedure_list(request: HttpRequest) -> HttpResponse:
    return _list(request, Guide.Kind.PROCEDURE)


def risk_list(request: HttpRequest) -> HttpResponse:
    return _list(request, Guide.Kind.RISK)


def case_list(request: HttpRequest) -> HttpResponse:
    return _list(request, Guide.Kind.CASE)


def _list(request: HttpRequest, kind: str = "") -> HttpResponse:
    visible = Guide.objects.visible_to(request.user)
    seen = library(visible)
    within = seen.of_kind(kind) if kind else seen.keys
    chosen = filters(seen, request, within, fixed=["kind"] if kind else [])
    sort = _sort(request)
    ordered = _ordered(visible, seen, chosen.keys, sort)
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": HEADINGS[kind],
        "show_kind": not kind,
        "filters": chosen,
        "kept": [("sort", "" if sort == "task" else sort)],
        "sorts": _sorts(request, sort),
        "page": page,
        "cards": in_order(cards(visible.filter(pk__in=page.object_list)), page.object_list),
    }
    return render(request, "guides/guide_list.html", context)


def in_order(unordered: Iterable[Card], keys: Iterable[int]) -> list[Card]:
    by_key = {card.key: card for card in unordered}
    return [by_key[key] for key in keys if key in by_key]


def _sort(request: HttpRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked in SORTS else "task"


def _sorts(request: HttpRequest, current: str) -> list[tuple[str | Promise, str, bool]]:
    return [
        (label, address(request, sort=[] if name == "task" else [name]), name == current)
        for name, label in SORTS.items()
    ]


def _ordered(visible: GuideQuerySet, seen: Library, keys: Keys, sort: str) -> list[int]:
    if sort == "title":
        # Sorted here, as databases differ in how they order Chinese.
        title = KeyTextTransform("title", "live__content")
        titles = visible.filter(pk__in=keys).values_list(title, "slug", "pk")
        return [key for _title, _slug, key in sorted(titles)]
    if sort == "recent":
        return [key for key in seen.newest if key in keys]
    return seen.by_task(keys)
