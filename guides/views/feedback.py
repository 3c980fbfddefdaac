"""“做成了” and “卡住了”: said of the version that was read, by nobody in particular."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guides import publishing
from guides.feedback import steps_of
from guides.models import Guide, Revision
from guides.views.cards import cards
from guides.views.feedback_form import DONE, STUCK, FeedbackForm
from guides.views.finding import gone, guide_by_code
from guides.views.visitors import first_time, not_done, seconds_to_wait

NEAREST = 5
EMERGENCIES = 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """GET asks, POST keeps and thanks. Guide pages only link here, so they need no token."""
    guide, revision = _version(request, code, number)
    if request.method == "POST":
        return _said(request, guide, revision)
    if guide.is_retired:
        return gone(request, guide)
    given = {"outcome": request.GET.get("outcome", STUCK), "step": request.GET.get("step", "")}
    form = FeedbackForm(steps=_steps(revision), initial=given)
    return _page(request, guide, revision, form)


def _said(request: HttpRequest, guide: Guide, revision: Revision) -> HttpResponse:
    """Said of a guide that was retired meanwhile it is kept, too: nothing typed is lost."""
    form = FeedbackForm(request.POST, steps=_steps(revision))
    if not form.is_valid():
        return _page(request, guide, revision, form, status=400)
    sent = _sent(request)
    refusal = _kept(request, guide, revision, form) if first_time("feedback", sent) else None
    if refusal:
        not_done("feedback", sent)
        return refusal
    said = {name: form.cleaned_data[name] for name in ("outcome", "step")}
    if said["outcome"] == DONE:
        del said["step"]
    response = HttpResponseRedirect(f"{_thanks_url(guide, revision)}?{urlencode(said)}")
    response.status_code = 303
    return response


def _kept(
    request: HttpRequest, guide: Guide, revision: Revision, form: FeedbackForm
) -> HttpResponse | None:
    """None where it was kept, or the page that says why it was not."""
    if wait := seconds_to_wait(request, "feedback", settings.FEEDBACK_LIMIT):
        minutes = -(-wait // 60)
        response = _page(request, guide, revision, form, minutes=minutes, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        publishing.tell(revision, **form.cleaned_data)
    except publishing.PersonalData as refusal:
        form.refuse(refusal.kinds)
        return _page(request, guide, revision, form, status=400)
    return None


def _sent(request: HttpRequest) -> str:
    """The same for a form that is sent twice; each page that asks has a token of its own."""
    return f"{request.path}\0{request.POST.urlencode()}"


@require_safe
def thanks(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Leads on: back to the step, to what is near, to what cannot wait."""
    guide, revision = _version(request, code, number)
    visible = Guide.objects.visible_to(request.user).exclude(pk=guide.pk)
    stuck = request.GET.get("outcome") != DONE
    step = _steps(revision).get(request.GET.get("step", ""))
    context = {
        "guide": guide,
        "revision": revision,
        "stuck": stuck,
        "step": step,
        "back": _back(guide, revision),
        "hide_top_search": True,
        "near": cards(visible.filter(related=guide).order_by("slug")[:NEAREST]),
        "urgent": cards(visible.filter(is_emergency=True).order_by("slug")[:EMERGENCIES])
        if stuck
        else [],
    }
    return render(request, "guides/feedback_thanks.html", context)


def _version(request: HttpRequest, code: str, number: int) -> tuple[Guide, Revision]:
    guide = guide_by_code(request, code)
    published = guide.revisions.published().defer("document")
    revision = get_object_or_404(published, number=number)
    revision.guide = guide
    return guide, revision


def _steps(revision: Revision) -> dict[str, dict[str, Any]]:
    return steps_of(revision.content["sections"])


def _back(guide: Guide, revision: Revision) -> str:
    is_current = guide.live_id == revision.pk
    return guide.get_absolute_url() if is_current else revision.get_absolute_url()


def _thanks_url(guide: Guide, revision: Revision) -> str:
    return reverse("feedback_thanks", args=[guide.code, revision.number])


def _page(
    request: HttpRequest,
    guide: Guide,
    revision: Revision,
    form: FeedbackForm,
    *,
    minutes: int = 0,
    status: int = 200,
) -> HttpResponse:
    asks = bool(form.steps)
    context = {
        "guide": guide,
        "revision": revision,
        "form": form,
        "minutes": minutes,
        "back": _back(guide, revision),
        "title": _("照着做，做成了吗？") if asks else _("哪里不对？"),
    }
    return render(request, "guides/feedback.html", context, status=status)
