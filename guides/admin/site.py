"""The admin site: its name, and the two addresses that the Markdown editor talks to."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from guides import images, workdesk
from guides.admin.desk import desk
from guides.admin.preview import draw, typed
from guides.markdown import MAX_BODY
from guides.models import Guide, Revision
from guides.working_copy import KINDS

ORDER = (
    *("Procedure", "RiskNote", "CaseStudy", "Image", "Revision"),
    *("Source", "Claim", "Verification"),
    *("Feedback", "Question"),
    *("Product", "Task", "Tag", "Situation"),
)
View = Callable[[HttpRequest], HttpResponse]


def refusal(message: object, status: int) -> JsonResponse:
    return JsonResponse({"message": str(message)}, status=status)


def for_staff(permissions: tuple[str, ...]) -> Callable[[View], View]:
    """Staff with any of the permissions; others are told so in words a script can show."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            user = request.user
            if not (user.is_active and user.is_staff):
                return refusal(_("登录已过期。请在另一个标签页登录，再回到这里继续。"), 403)
            if not any(user.has_perm(permission) for permission in permissions):
                return refusal(_("您的账号没有这项权限。"), 403)
            return view(request)

        return never_cache(require_POST(csrf_protect(guarded)))

    return decorate


_CHANGE = tuple(f"guides.change_{model._meta.model_name}" for model in KINDS.values())
_ADD = tuple(f"guides.add_{model._meta.model_name}" for model in KINDS.values())


@for_staff(_CHANGE + _ADD)
def preview(request: HttpRequest) -> HttpResponse:
    """The typed body as readers would see it, and its faults."""
    values = {name: request.POST.get(name, "") for name in ("title", "summary", "aliases")}
    body = values["body"] = request.POST.get("content", "")
    if len(body) > MAX_BODY:
        told = _("正文有%(count)s个字符，超过上限%(limit)s，不能预览。请拆成几篇指南。")
        return refusal(told % {"count": len(body), "limit": MAX_BODY}, 413)
    kind, language = request.POST.get("kind", ""), request.POST.get("language", "")
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        return refusal(_("预览请求不完整。请重新打开编辑页。"), 400)
    drawn = draw(typed(values, kind=kind, language=language), _live(request))
    parts = {"html": drawn.html, "faults": drawn.panel, "outline": drawn.outline}
    return JsonResponse(parts | {"errors": drawn.errors})


def _live(request: HttpRequest) -> Revision | None:
    """What readers have of the guide that is being written."""
    code = request.POST.get("guide", "")[:12].replace("\0", "")
    guide = Guide.objects.filter(code=code).select_related("live").first()
    return guide.live if guide else None


@for_staff(("guides.add_image",))
def upload(request: HttpRequest) -> HttpResponse:
    """One picture, pasted, dropped or chosen."""
    file = request.FILES.get("image")
    if file is None:
        return refusal(_("没有收到图片。"), 400)
    if (file.size or 0) > images.MAX_BYTES:
        return refusal(images.TOO_HEAVY, 413)
    try:
        image = images.store(file.read(), request.user)  # type: ignore[arg-type]
    except images.ImageRefused as error:
        return refusal(error.message, 400)
    return JsonResponse({"url": image.get_absolute_url(), "name": image.name})


class EditorsSite(AdminSite):
    site_title = gettext_lazy("有据管理后台")
    site_header = gettext_lazy("有据管理后台")
    index_title = gettext_lazy("内容")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [
            path("markdown/preview/", preview, name="markdown_preview"),
            path("markdown/image/", upload, name="markdown_image"),
            path("desk/<slug:name>/", self.admin_view(desk), name="desk"),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What there is to do comes first."""
        found = {"jobs": workdesk.jobs(request.user), "waiting": workdesk.waiting(request.user)}
        return super().index(request, {**found, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """In the order of the work, not of the alphabet; what is not named here comes last."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return apps


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


@cache
def editors_site() -> EditorsSite:
    """Django asks for the site while this package, which registers with it, is being imported:
    twice, and both times the answer has to be the same."""
    return EditorsSite()
