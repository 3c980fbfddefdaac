"""The whole page of a draft, drawn by the reader's own template, for staff only."""

from copy import copy

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guides import content
from guides.models import Guide, Revision
from guides.views.guide_page import GuidePage
from guides.working_copy import KINDS, of_its_kind, read


@never_cache
@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    guide = get_object_or_404(Guide.objects.select_related("task", "live"), code=code)
    model = KINDS[guide.kind]._meta.model_name
    if not request.user.is_staff or not request.user.has_perm(f"guides.view_{model}"):
        raise Http404(code)
    as_guest = request.GET.get("as") == "guest"
    reader = _seen_by_a_guest(request) if as_guest else request
    page = GuidePage(reader, guide, _revision(guide))
    context = {
        "as_guest": as_guest,
        "page": page,
        "reader_template": f"guides/{guide.kind}.html",
        "change_url": reverse(f"admin:guides_{model}_change", args=[guide.pk]),
    }
    return render(reader, "admin/guides/draft.html", context)


def _seen_by_a_guest(request: HttpRequest) -> HttpRequest:
    """Links to what guests may not see become plain words, as they will for guests."""
    seen = copy(request)
    seen.user = AnonymousUser()
    return seen


def _revision(guide: Guide) -> Revision:
    """What publishing the working copy now would freeze, unsaved."""
    finished, _faults = content.build(read(of_its_kind(guide)))
    published = guide.revisions.published().count()
    return Revision(
        guide=guide, number=published + 1, published_at=timezone.now(), content=finished
    )
