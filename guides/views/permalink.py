"""Short addresses that survive renaming and rewording: to a guide, a version, a step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from guides import markdown
from guides.models import Guide, Revision
from guides.views.finding import gone, guide_by_code
from guides.views.guide_page import mark_names, neighbours


@require_safe
def to_guide(request: HttpRequest, code: str) -> HttpResponse:
    guide = guide_by_code(request, code)
    return gone(request, guide) if guide.is_retired else redirect(guide)


@require_safe
def to_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    guide = guide_by_code(request, code)
    if guide.is_retired:
        return gone(request, guide)
    return redirect(_version(guide, number))


@require_safe
def to_step(request: HttpRequest, code: str, key: str) -> HttpResponse:
    guide = guide_by_code(request, code)
    if guide.is_retired:
        return gone(request, guide)
    if guide.live and step_of(guide.live, key):
        return redirect(f"{guide.get_absolute_url()}#s-{key}")
    return _step_is_gone(request, guide, key)


@require_safe
def to_version_step(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    guide = guide_by_code(request, code)
    if guide.is_retired:
        return gone(request, guide)
    revision = _version(guide, number)
    if not step_of(revision, key):
        raise Http404(key)
    return redirect(f"{revision.get_absolute_url()}#s-{key}")


def step_of(revision: Revision, key: str) -> dict[str, Any] | None:
    steps = (step for section in revision.content["sections"] for step in section["steps"])
    return next((step for step in steps if step["key"] == key), None)


def _version(guide: Guide, number: int) -> Revision:
    revision = get_object_or_404(guide.revisions.published(), number=number)
    revision.guide = guide
    return revision


def _step_is_gone(request: HttpRequest, guide: Guide, key: str) -> HttpResponse:
    """Shows the step as the last version had it: whoever sent the link meant those words."""
    older = guide.revisions.published().order_by("-number").defer("document")
    found = ((revision, step_of(revision, key)) for revision in older.iterator(chunk_size=5))
    last, step = next(((rev, step) for rev, step in found if step), (None, None))
    if last is None or step is None:
        raise Http404(key)
    last.guide = guide
    links = neighbours(guide, last.content["linked"], request.user).links
    step = {
        **step,
        "html": SafeString(markdown.link_guides(step["html"], links)),
        "marks": mark_names(step["marks"]),
    }
    context = {"guide": guide, "revision": last, "step": step}
    return render(request, "guides/step_gone.html", context, status=410)
