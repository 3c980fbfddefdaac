"""Finding the guide an address means, and what to answer where there is none to show."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from guides.models import Guide, SlugHistory

Answer = Callable[[Guide], HttpResponse]
_NOT_SHOWN = ("body", "live__document")


def with_texts(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """One query for all that the head of a page needs."""
    people = ("live__author", "live__reviewer")
    return guides.select_related("live", "task", *people).defer(*_NOT_SHOWN)


def guide_by_slug(request: HttpRequest, slug: str) -> Guide | None:
    """Retired ones as well. A slug is unique in a language only: the reader's own comes first."""
    mine_first = Case(When(language=get_language(), then=Value(0)), default=Value(1))
    visible = Guide.objects.visible_to(request.user, retired=True)
    return with_texts(visible).filter(slug=slug).order_by(mine_first, "language").first()


def guide_by_code(request: HttpRequest, code: str) -> Guide:
    visible = Guide.objects.visible_to(request.user, retired=True)
    guide = with_texts(visible).filter(code=code).first()
    if guide is None:
        raise Http404(code)
    return guide


def guide_once_called(request: HttpRequest, slug: str) -> Guide:
    """The guide that had this slug before it was renamed."""
    visible = Guide.objects.visible_to(request.user, retired=True)
    old = SlugHistory.objects.filter(slug=slug, guide__in=visible).select_related("guide").first()
    if old is None:
        raise Http404(slug)
    return old.guide


def answered(
    request: HttpRequest, slug: str, kind: str, page: str, given: dict[str, Any], answer: Answer
) -> HttpResponse:
    """Leads old names and wrong kinds to the canonical address; else gives the answer."""
    guide = guide_by_slug(request, slug) or guide_once_called(request, slug)
    if (guide.kind, guide.slug) != (kind, slug):
        address = reverse(f"{guide.kind}{page}", kwargs={"slug": guide.slug, **given})
        return redirect(address, permanent=True)
    return gone(request, guide) if guide.is_retired else answer(guide)


def gone(request: HttpRequest, guide: Guide) -> HttpResponse:
    """A retired guide keeps its address, which tells where to read on."""
    visible = Guide.objects.visible_to(request.user)
    successor = visible.filter(predecessors=guide).select_related("live").first()
    # Without one the page itself offers a search.
    context = {"guide": guide, "successor": successor, "hide_top_search": not successor}
    return render(request, "guides/retired.html", context, status=410)
