"""The versions of a guide: the list of them, and any two compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.comparing import VIEWS, compare_revisions
from guides.models import Guide, Revision
from guides.people import credit_line
from guides.standing import records_of
from guides.verified import shown
from guides.views.finding import answered
from guides.views.guide_page import LIST_OF_KIND

SHOWN_BESIDE = 6  # versions beside a comparison; the page of all of them has the others


@dataclass(frozen=True)
class Version:
    """One line of the list."""

    revision: Revision
    credits: str
    is_live: bool
    before: int | None  # the number of the version before it

    @property
    def number(self) -> int:
        return self.revision.number or 0


@dataclass(frozen=True)
class Picker:
    """Versions to choose two of; what stands in the addresses is what is chosen."""

    versions: Sequence[Version]
    old: int
    new: int
    view: str
    more: int = 0  # versions that are not listed


def versions_of(guide: Guide) -> list[Revision]:
    """Published ones, newest first, without their texts."""
    published = guide.revisions.published().select_related("author", "reviewer")
    return list(published.defer("document", "content").order_by("-number"))


@require_safe
def history(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return answered(request, slug, kind, "_history", {}, lambda guide: _history(request, guide))


@require_safe
def comparison(request: HttpRequest, kind: str, slug: str, old: int, new: int) -> HttpResponse:
    return answered(
        request,
        slug,
        kind,
        "_comparison",
        {"old": old, "new": new},
        lambda guide: _comparison(request, guide, old, new),
    )


def _history(request: HttpRequest, guide: Guide) -> HttpResponse:
    versions = _versions(request, guide)
    old, new = _chosen(request, versions)
    if old and new and old != new:
        return redirect(_address(guide, old, new, _view(request)))
    numbers = [version.number for version in versions]
    picker = Picker(versions, old or numbers[:2][-1], new or numbers[0], _view(request))
    context = _frame(guide) | {
        "picker": picker,
        "records": shown(records_of(guide), request.user),
        "asked_in_vain": "old" in request.GET or "new" in request.GET,
    }
    return render(request, "guides/history.html", context)


def _comparison(request: HttpRequest, guide: Guide, old: int, new: int) -> HttpResponse:
    versions = _versions(request, guide)
    numbers = {version.number for version in versions}
    if not {old, new} <= numbers:
        raise Http404(f"v{old} v{new}")
    if old == new:
        return redirect(reverse(f"{guide.kind}_history", args=[guide.slug]))
    if old > new:
        return redirect(_address(guide, new, old, _view(request)), permanent=True)
    texts = {each.number: each for each in guide.revisions.filter(number__in=(old, new))}
    visible = Guide.objects.visible_to(request.user)
    compared = compare_revisions(texts[old], texts[new], guides=visible, view=_view(request))
    context = _frame(guide) | {
        "comparison": compared,
        "picker": _beside(versions, old, new, compared.view),
    }
    return render(request, "guides/comparison.html", context)


def _versions(request: HttpRequest, guide: Guide) -> list[Version]:
    revisions = versions_of(guide)
    earlier = [revision.number for revision in revisions[1:]]
    return [
        Version(
            revision=revision,
            credits=credit_line(revision, request.user),
            is_live=revision.pk == guide.live_id,
            before=before,
        )
        for revision, before in zip(revisions, [*earlier, None], strict=True)
    ]


def _beside(versions: list[Version], old: int, new: int, view: str) -> Picker:
    newest = versions[:SHOWN_BESIDE]
    listed = [each for each in versions if each in newest or each.number in (old, new)]
    return Picker(listed, old, new, view, more=len(versions) - len(listed))


def _chosen(request: HttpRequest, versions: list[Version]) -> tuple[int, int]:
    """The numbers that the form sent, 0 for what is none of this guide's versions."""
    numbers = {str(version.number): version.number for version in versions}
    old, new = (numbers.get(request.GET.get(name, ""), 0) for name in ("old", "new"))
    return (min(old, new), max(old, new)) if old and new else (old, new)


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else VIEWS[0]


def _address(guide: Guide, old: int, new: int, view: str) -> str:
    address = reverse(f"{guide.kind}_comparison", args=[guide.slug, old, new])
    return address if view == VIEWS[0] else f"{address}?{urlencode({'view': view})}"


def _frame(guide: Guide) -> dict[str, Any]:
    """What both pages say of the guide above their headings."""
    names = {"procedure": _("操作指南"), "risk": _("风险提示"), "case": _("案例")}
    kind = guide.kind
    return {"guide": guide, "list_name": names[kind], "list_url": reverse(LIST_OF_KIND[kind])}
