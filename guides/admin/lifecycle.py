"""Publishing and retiring a stored guide: pages of their own, for who may do it but not write."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from guides import publishing
from guides.admin.editor import change_url, last_saved, review_url
from guides.admin.preview import draw, panel
from guides.forms import PublishForm, RetireForm
from guides.models import Guide
from guides.working_copy import read


def retire(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    guide = _found(request, key, model, "guides.retire_guide")
    form = RetireForm(request.POST or None, guide=guide)
    if request.method == "POST" and form.is_valid():
        publishing.retire(guide, person(request), successor=form.cleaned_data["successor"])
        return done(request, guide, _("已下架。原来的网址会告诉读者它由哪篇代替。"))
    return _page(request, guide, "admin/guides/retire.html", form, linking=_linking_to(guide))


def links(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    """What to think of before renaming or retiring."""
    guide = _found(request, key, model, f"guides.view_{model._meta.model_name}")
    linking = _linking_to(guide)
    return _page(request, guide, "admin/guides/links.html", None, linking=linking)


def _linking_to(guide: Guide) -> list[tuple[Guide, str]]:
    found = Guide.objects.linking_to(guide).select_related("live").order_by("title")
    return [(each, change_url(each)) for each in found]


def reinstate(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    guide = _found(request, key, model, "guides.retire_guide")
    if request.method == "POST":
        publishing.reinstate(guide, person(request))
        return done(request, guide, _("已重新上架，读者看到的是下架前的版本。"))
    return _page(request, guide, "admin/guides/reinstate.html", None)


def publish(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    """For a team of one; with reviews, publishing is what approving does."""
    guide = _found(request, key, model, "guides.publish_guide")
    if settings.REVIEW_REQUIRED:
        return HttpResponseRedirect(review_url(guide))
    form = PublishForm(request.POST or None, initial={"seen_edition": guide.edition})
    drawn = draw(read(guide), guide.live, editable=False)
    shown = {"drawn": drawn, "faults_panel": drawn.panel}
    if request.method == "POST" and form.is_valid():
        try:
            revision = _publish_as_seen(guide, request, form.cleaned_data)
        except publishing.StaleEdit:
            form.add_error(None, _("没有发布：您打开之后有人改过这篇。请看过新稿再发布。"))
            form.data = _with_edition(request, guide)
        except publishing.PublishError as error:
            form.add_error(None, _("没有发布：有%d处要先改好。") % len(error.faults))
            shown["faults_panel"] = panel(error.faults, editable=False)
        else:
            return done(request, guide, _("已发布第%s版。") % revision.number)
    return _page(request, guide, "admin/guides/publish.html", form, **shown)


def _with_edition(request: HttpRequest, guide: Guide) -> QueryDict:
    """What was typed, on top of the draft that is now on the screen."""
    data = request.POST.copy()
    data["seen_edition"] = str(guide.edition)
    return data


@transaction.atomic
def _publish_as_seen(guide: Guide, request: HttpRequest, typed: dict[str, Any]) -> Any:
    """Only the text that was on the screen is published. Raises StaleEdit, PublishError."""
    stored = Guide.objects.select_for_update().get(pk=guide.pk)
    if stored.edition != typed["seen_edition"]:
        raise publishing.StaleEdit(stored)
    return publishing.publish(
        stored, person(request), note=typed["note"], significance=typed["significance"]
    )


def _found(request: HttpRequest, key: int, model: type[Guide], permission: str) -> Guide:
    if not request.user.has_perm(permission):
        raise PermissionDenied(permission)
    return get_object_or_404(model, pk=key)


def person(request: HttpRequest) -> Any:
    """The admin lets nobody else in than a user."""
    return request.user


def done(request: HttpRequest, guide: Guide, told: str, *, then: str = "") -> HttpResponse:
    """Written into the admin's log and told on the next page."""
    LogEntry.objects.log_actions(
        person(request).pk, [guide], CHANGE, change_message=told, single_object=True
    )
    messages.success(request, told)
    return HttpResponseRedirect(then or change_url(guide))


def _page(
    request: HttpRequest, guide: Guide, template: str, form: Any, **more: Any
) -> TemplateResponse:
    context = {
        **site.each_context(request),
        "title": guide.title,
        "guide": guide,
        "opts": guide._meta,
        "form": form,
        "last_saved": last_saved(guide),
        "change_url": change_url(guide),
        **more,
    }
    return TemplateResponse(request, template, context)
