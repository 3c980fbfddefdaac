"""The admin site: its name, the addresses that the editor's scripts talk to, and what becomes of
a form that was sent after its writer's login expired."""

from functools import cache, update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import images, kept_form, workdesk
from guides.admin import autosaving
from guides.admin.desk import desk
from guides.admin.guards import WRITING, for_staff, refusal
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


@for_staff(WRITING)
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
            path("markdown/autosave/", autosaving.autosave, name="autosave"),
            path("markdown/discard/", autosaving.discard, name="autosave_discard"),
            path("markdown/token/", autosaving.token, name="form_token"),
            path("desk/<slug:name>/", self.admin_view(desk), name="desk"),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What there is to do comes first."""
        found = {"jobs": workdesk.jobs(request.user), "waiting": workdesk.waiting(request.user)}
        return super().index(request, {**found, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who was signed out meanwhile is not sent to the login, which would forget the form."""
        guarded = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated and kept_form.is_worth_keeping(request):
                return kept_form.answer(request, kept_form.SIGNED_OUT, status=403)
            return guarded(request, *args, **kwargs)

        return update_wrapper(kept, guarded)

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
