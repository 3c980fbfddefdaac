"""The lists behind the work desk: what is counted there, with a way to do it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guides import workdesk
from guides.admin.editor import change_url, review_url, verify_url
from guides.models import Guide, Revision

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One thing to do: which guide, why it is here, and where it is done."""

    guide: Guide
    why: str
    url: str


def desk(request: HttpRequest, name: str) -> HttpResponse:
    job = workdesk.JOBS.get(name)
    if job is None:
        raise Http404(name)
    if not job.is_for(request.user):
        raise PermissionDenied(name)
    if job.address:
        return HttpResponseRedirect(job.url)
    rows = job.rows(request.user)  # type: ignore[arg-type]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": job.label,
        "job": job,
        "page": page,
        "lines": LINES[name](page.object_list),
    }
    return TemplateResponse(request, "admin/guides/desk.html", context)


def _review(rows: Any) -> list[Line]:
    known = rows.select_related("guide", "submitted_by").defer("document", "content", "guide__body")
    return [Line(row.guide, _submitted(row), review_url(row.guide)) for row in known]


def _submitted(revision: Revision) -> str:
    told = {"name": revision.submitted_by or _("命令"), "at": _day(revision.submitted_at)}
    return _("%(at)s由%(name)s提交") % told


def _overdue(rows: Any) -> list[Line]:
    """To a walk through the version that readers have."""
    told = _("上次核实%(on)s，间隔%(days)s天")
    return [
        Line(
            guide,
            told % {"on": guide.verified_on, "days": guide.review_interval_days},
            verify_url(guide),
        )
        for guide in rows.defer("body")
    ]


def _different(rows: Any) -> list[Line]:
    told = _("%(count)s处和走查的不一样")
    return [
        Line(guide, told % {"count": guide.steps_differing}, change_url(guide))
        for guide in rows.defer("body")
    ]


def _links(rows: Any) -> list[Line]:
    """Names the guides that are not there; `live__content` is read for this page's rows only."""
    guides = list(rows.select_related("live").defer("body", "live__document"))
    codes = {code for guide in guides for code in guide.live.content["linked"]}
    there = Guide.objects.filter(live__isnull=False, retired_at=None)
    lost = Guide.objects.filter(code__in=codes).exclude(pk__in=there.values("pk"))
    titles = dict(lost.values_list("code", "title"))
    return [Line(guide, _lost(guide, titles), change_url(guide)) for guide in guides]


def _lost(guide: Any, titles: dict[str, str]) -> str:
    names = [titles[code] for code in guide.live.content["linked"] if code in titles]
    return _("连到%(names)s") % {"names": _("、").join(f"“{name}”" for name in names)}


def _drafts(rows: Any) -> list[Line]:
    told = _("%(at)s保存以后没有动过")
    return [
        Line(guide, told % {"at": _day(guide.saved_at)}, change_url(guide))
        for guide in rows.defer("body")
    ]


def _ownerless(rows: Any) -> list[Line]:
    live, draft = _("在线"), _("未发布")
    return [
        Line(guide, live if guide.live_id else draft, change_url(guide))
        for guide in rows.defer("body")
    ]


def _day(at: Any) -> str:
    return date_format(timezone.localtime(at), "Y-m-d") if at else ""


LINES: dict[str, Callable[[Any], Iterable[Line]]] = {
    "review": _review,
    "different": _different,
    "overdue": _overdue,
    "links": _links,
    "drafts": _drafts,
    "ownerless": _ownerless,
}
