"""The pages of a guide: its live text, one of its versions, its Markdown."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from guides import publishing
from guides.models import Guide, Revision
from guides.standing import records_of, standing
from guides.verified import document_notes
from guides.views.finding import answered
from guides.views.guide_page import GuidePage
from guides.views.history import versions_of


@require_safe
def page(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return answered(request, slug, kind, "", {}, lambda guide: _shown(request, guide, guide.live))


@require_safe
def version(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    return answered(
        request,
        slug,
        kind,
        "_version",
        {"number": number},
        lambda guide: _version_shown(request, guide, number),
    )


@require_safe
def markdown(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return answered(request, slug, kind, "_markdown", {}, lambda guide: _document(request, guide))


def _shown(
    request: HttpRequest, guide: Guide, revision: Revision | None, **more: Any
) -> HttpResponse:
    if revision is None:
        raise Http404(guide.slug)
    page = GuidePage(request, guide, revision)
    return render(request, f"guides/{guide.kind}.html", {"page": page, **more})


def _version_shown(request: HttpRequest, guide: Guide, number: int) -> HttpResponse:
    versions = versions_of(guide)
    wanted = next((revision for revision in versions if revision.number == number), None)
    if wanted is None:
        raise Http404(f"v{number}")
    return _shown(request, guide, wanted, versions=versions)


def _document(request: HttpRequest, guide: Guide) -> HttpResponse:
    """What an export would write, and in comments how far it is verified."""
    text = _with_notes(guide, publishing.document_of(guide)).encode()
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{guide.slug}.md"'
    response["Link"] = f'<{guide.get_absolute_url()}>; rel="canonical"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _with_notes(guide: Guide, document: str) -> str:
    if guide.live is None:
        return document
    known = standing(guide.live.content, records_of(guide))
    notes = document_notes(known, known.state(guide.review_interval_days))
    first, rest = document.split("\n", 1)
    return "\n".join([first, *(f"# {note}" for note in notes), rest])
