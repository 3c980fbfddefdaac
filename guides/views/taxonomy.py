"""Products, tasks, their cells, and tags: the ways to browse."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.models import Guide, GuideQuerySet, Product, Task
from guides.views import groups
from guides.views.cards import cards
from guides.views.library import Keys, Library, library
from guides.views.lists import PER_PAGE, in_order
from guides.views.matrix import cell_url, keys_in_cell

Found = TypeVar("Found")


@dataclass(frozen=True)
class Census:
    """How many guides there are of each kind, and how far they were checked."""

    total: int
    kinds: Mapping[str, int]
    states: Mapping[str, int]


def product_list(request: HttpRequest) -> HttpResponse:
    seen = library(Guide.objects.visible_to(request.user))
    products = [(shelf, census(seen, shelf.keys)) for shelf in seen.products.values()]
    context = {
        "products": products,
        "tasks": list(seen.tasks.values()),
        "tags": seen.used_tags(),
        "crumbs": [(_("产品与标签"), "")],
    }
    return render(request, "guides/product_list.html", context)


def product(request: HttpRequest, slug: str) -> HttpResponse:
    visible, seen = _seen(request)
    shelf = _found(seen.products, slug)
    context = {
        "product": shelf.thing,
        "groups": _filled(visible, groups.of_product(seen, shelf)),
        "census": census(seen, shelf.keys),
        "index": index(seen),
        "crumbs": [_top(), (shelf.thing.display_name, "")],
    }
    return render(request, "guides/product.html", context)


def task(request: HttpRequest, slug: str) -> HttpResponse:
    visible, seen = _seen(request)
    shelf = _found(seen.tasks, slug)
    context = {
        "task": shelf.thing,
        "groups": _filled(visible, groups.of_task(seen, shelf)),
        "census": census(seen, shelf.keys),
        "index": index(seen),
        "crumbs": [_top(), (shelf.thing.display_name, "")],
    }
    return render(request, "guides/task.html", context)


def cell(request: HttpRequest, slug: str, task: str) -> HttpResponse:
    visible, seen = _seen(request)
    product_shelf, task_shelf = _found(seen.products, slug), _found(seen.tasks, task)
    product, one_task = product_shelf.thing, task_shelf.thing
    context = {
        "product": product,
        "task": one_task,
        "is_gap": not keys_in_cell(seen, product_shelf, task_shelf),
        "groups": _filled(visible, groups.of_cell(seen, product_shelf, task_shelf)),
        "index": index(seen),
        "neighbours": _neighbours(seen, product, one_task),
        "crumbs": [
            _top(),
            (product.display_name, product.get_absolute_url()),
            (one_task.display_name, ""),
        ],
    }
    return render(request, "guides/cell.html", context)


def tag_list(request: HttpRequest) -> HttpResponse:
    seen = library(Guide.objects.visible_to(request.user))
    crumbs = [_top(), (_("标签"), "")]
    return render(request, "guides/tag_list.html", {"tags": seen.used_tags(), "crumbs": crumbs})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag on nothing that this reader may see is not there."""
    visible, seen = _seen(request)
    shelf = _found({each.slug: each for each in seen.used_tags()}, slug)
    pages = Paginator(seen.by_task(shelf.keys), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tag": shelf.thing,
        "page": page,
        "cards": in_order(cards(visible.filter(pk__in=page.object_list)), page.object_list),
        "census": census(seen, shelf.keys),
        "index": index(seen),
        "crumbs": [_top(), (_("标签"), reverse("tag_list")), (shelf.thing.display_name, "")],
    }
    return render(request, "guides/tag.html", context)


def census(seen: Library, keys: Keys) -> Census:
    spines = [seen.spines[key] for key in keys]
    return Census(
        len(spines),
        Counter(spine.kind for spine in spines),
        Counter(spine.verification.state for spine in spines),
    )


def index(seen: Library) -> dict[str, Any]:
    """What stands beside every page of this file."""
    return {
        "products": list(seen.products.values()),
        "tasks": list(seen.tasks.values()),
        "tags": seen.used_tags(),
    }


def _seen(request: HttpRequest) -> tuple[GuideQuerySet, Library]:
    visible = Guide.objects.visible_to(request.user)
    return visible, library(visible)


def _found(shelves: Mapping[str, Found], slug: str) -> Found:
    if slug not in shelves:
        raise Http404(slug)
    return shelves[slug]


def _filled(visible: GuideQuerySet, plans: list[groups.Plan]) -> list[groups.Group]:
    known = {card.key: card for card in cards(visible.filter(pk__in=groups.shown_keys(plans)))}
    return groups.filled(plans, known)


def _neighbours(seen: Library, product: Product, task: Task) -> list[tuple[Task, str, bool]]:
    """The product's other cells: task, address, is it this one."""
    return [
        (shelf.thing, cell_url(product, shelf.thing), shelf.slug == task.slug)
        for shelf in seen.tasks.values()
    ]


def _top() -> tuple[str, str]:
    return _("产品与标签"), reverse("product_list")
