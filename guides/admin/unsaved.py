"""What the editor page offers of texts that were never saved, and who else has the guide open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guides import publishing
from guides.conflicts import Difference, Line, compared_lines, differences
from guides.forms import GuideForm
from guides.models import Autosave, Guide

SHORT = 400  # characters of a field that are shown when it is offered


@dataclass(frozen=True)
class Offer:
    """A text that was typed on another page of the editor, and how it differs from the saved."""

    page: str
    at: datetime
    is_open: bool
    fields: list[Difference]
    lines: list[Line]


def offers(by: User, form: GuideForm, guide: Guide | None) -> list[Offer]:
    """Only on opening the editor; a text that was saved after all is not offered."""
    if form.data and form.unsaved is None:
        return []
    kind = form._meta.model.KIND  # type: ignore[attr-defined]
    kept = publishing.unsaved(by, guide, kind).exclude(page=form["page"].value())
    return list(_offered(form, guide, kept))


def _offered(form: GuideForm, guide: Guide | None, kept: Any) -> Iterator[Offer]:
    since = timezone.now() - publishing.PRESENT
    for each in kept:
        stored = guide or form._meta.model()
        found = differences(stored, _values(type(form), each))
        body = [line for one in found if one.name == "body" for line in _lines(one)]
        fields = [one for one in found if one.name != "body"]
        if found:
            yield Offer(each.page, each.changed_at, each.seen_at > since, fields, body)


def _lines(body: Difference) -> list[Line]:
    return list(compared_lines(body.theirs, body.mine))


def _values(form_class: type[GuideForm], kept: Autosave) -> dict[str, Any]:
    """What was typed, as far as it can be read; what cannot is shown as it stands."""
    model: Any = form_class._meta.model
    instance = model.objects.get(pk=kept.guide_id) if kept.guide_id else model()
    form = form_class(as_sent(kept), instance=instance)
    form.full_clean()
    raw = {name: str(form[name].value() or "") for name in form.errors if name in form.fields}
    return raw | form.cleaned_data


def as_sent(kept: Autosave) -> QueryDict:
    """The form as a browser would send it; its writing goes on in the same autosave."""
    data = QueryDict(mutable=True)
    for name, values in kept.typed.items():
        data.setlist(name, values)
    data["page"] = kept.page
    return data


def taken_over(request: HttpRequest, guide: Guide | None, kind: str) -> QueryDict | None:
    """The autosave that the address names, if it is this person's and of this guide."""
    by: Any = request.user
    page = request.GET.get("autosave", "")[:32].replace("\0", "")
    if request.method != "GET" or not page:
        return None
    kept = publishing.unsaved(by, guide, kind).filter(page=page).first()
    return as_sent(kept) if kept else None


def presence(guide: Guide | None, by: User) -> str:
    """Who else has the guide open, each once, and since when."""
    if guide is None:
        return ""
    since: dict[str, str] = {}
    for each in publishing.others_in(guide, by):
        since.setdefault(each.writer.get_username(), clock(each.opened_at))
    words = [_("%(name)s（%(at)s起）") % {"name": name, "at": at} for name, at in since.items()]
    return _("%s也开着这篇。") % _("、").join(words) if words else ""


def clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i")
