"""The addresses that autosaving talks to: keep, throw away, and a new token for the form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from guides import publishing
from guides.admin.editor import ADMIN_NAMES, change_url
from guides.admin.guards import WRITING, for_staff, refusal
from guides.admin.unsaved import clock, presence
from guides.models import Guide
from guides.working_copy import KINDS

# The script's own words about a request; everything else is the form.
ABOUT = ("csrfmiddlewaretoken", "page", "_kind", "_guide", "_typed")
PAGE = 32


@for_staff(WRITING)
def autosave(request: HttpRequest) -> HttpResponse:
    by: Any = request.user
    kind, page = request.POST.get("_kind", ""), request.POST.get("page", "").replace("\0", "")
    code = request.POST.get("_guide", "")[:12].replace("\0", "")
    guide = Guide.objects.filter(code=code, kind=kind).first() if code else None
    if kind not in KINDS or not 0 < len(page) <= PAGE or bool(code) != bool(guide):
        return refusal(_("暂存请求不完整。请复制您写的文字，重新打开编辑页。"), 400)
    typed = _form(request) if "_typed" in request.POST else None
    try:
        kept = publishing.autosave(by, guide, kind=kind, page=page, typed=typed)
    except PermissionDenied:
        return refusal(_("没有暂存：您的账号没有这项权限。请先把文字复制出来。"), 403)
    except publishing.TooMuchText as error:
        told = _("没有暂存：文字超过%(limit)s个字符。请先保存，或者拆成几篇。")
        return refusal(told % {"limit": error.limit}, 413)
    except publishing.PageClosed:
        return refusal(_("这一页的文字已经保存过。"), 409)
    told = _("%s 已暂存，还没有保存。") % clock(kept.seen_at) if typed else ""
    return JsonResponse({"told": told, "others": presence(guide, by)})


def _form(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in ABOUT}


@for_staff(WRITING)
def discard(request: HttpRequest) -> HttpResponse:
    """Back to the editor, without what was thrown away."""
    by: Any = request.user
    kept = publishing.discard(by, request.POST.get("page", "")[:PAGE].replace("\0", ""))
    if kept is None:
        return HttpResponseRedirect(reverse("admin:index"))
    messages.success(request, _("没保存的文字已丢掉。"))
    adding = reverse(f"admin:guides_{ADMIN_NAMES[kept.kind]}_add")
    return HttpResponseRedirect(change_url(kept.guide) if kept.guide else adding)


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Signing in anew makes the tokens of open pages invalid; other sites cannot read this one."""
    return JsonResponse({"token": get_token(request)})
