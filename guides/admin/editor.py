"""What the editor page shows beside the form's fields: preview, faults, pickers, who may what."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.admin.guide_list import state_of
from guides.admin.preview import draw, panel, typed
from guides.admin.toolbar import groups, shortcuts
from guides.admin.unsaved import offers, presence
from guides.feedback import open_on
from guides.forms import GuideForm
from guides.models import Guide, Revision, Source

WRITTEN = ("title", "summary", "aliases", "body")
ADMIN_NAMES = {"procedure": "procedure", "risk": "risknote", "case": "casestudy"}


def change_url(guide: Guide) -> str:
    return reverse(f"admin:guides_{ADMIN_NAMES[guide.kind]}_change", args=[guide.pk])


def review_url(guide: Guide) -> str:
    return reverse(f"admin:guides_{ADMIN_NAMES[guide.kind]}_review", args=[guide.pk])


def verify_url(guide: Guide) -> str:
    return reverse(f"admin:guides_{ADMIN_NAMES[guide.kind]}_verify", args=[guide.pk])


@dataclass(frozen=True)
class Saved:
    """Who saved a guide last, and when; nobody's name where a command did."""

    name: str
    at: Any


def editor_context(request: HttpRequest, form: GuideForm, guide: Guide | None) -> dict[str, Any]:
    model: Any = form._meta.model
    kind = model.KIND
    language = _language(form)
    written = typed(_written(form), kind=kind, language=language)
    drawn = draw(written, guide.live if guide else None)
    refused = getattr(form, "faults", [])
    by: Any = request.user
    return {
        "kind": kind,
        "language": language,
        "drawn": drawn,
        "faults_panel": panel(refused) if refused else drawn.panel,
        "shortcuts": shortcuts(kind),
        "tools": groups(kind),
        "sources": Source.objects.defer("text").order_by("code"),
        "linkable": Guide.objects.filter(language=language).order_by("title"),
        "state": state_of(guide) if guide else _("新稿"),
        "last_saved": last_saved(guide) if guide else None,
        "told": open_on(guide, request.user) if guide else [],
        "savers": savers(form, guide),
        "offers": offers(by, form, guide),
        "present": presence(guide, by),
        "review": form.review,
        "review_url": review_url(guide) if guide else "",
        "reviewed": settings.REVIEW_REQUIRED,
        "may_publish": not settings.REVIEW_REQUIRED
        and request.user.has_perm("guides.publish_guide"),
        "may_retire": request.user.has_perm("guides.retire_guide"),
        "may_verify": request.user.has_perm("guides.add_verification"),
        "verify_url": f"admin:guides_{ADMIN_NAMES[kind]}_verify",
        "publish_url": f"admin:guides_{ADMIN_NAMES[kind]}_publish",
        "retire_url": f"admin:guides_{ADMIN_NAMES[kind]}_retire",
        "links_url": f"admin:guides_{ADMIN_NAMES[kind]}_links",
        "reinstate_url": f"admin:guides_{ADMIN_NAMES[kind]}_reinstate",
    }


def _written(form: GuideForm) -> dict[str, str]:
    """As typed; who may only look has a form without these fields."""
    if form.is_bound:
        return {name: str(form[name].value() or "") for name in WRITTEN}
    guide = form.instance
    stored = {name: getattr(guide, name) for name in WRITTEN}
    stored["body"] = stored["body"] or form.initial.get("body", "")
    return stored | {"aliases": "\n".join(guide.aliases)}


def _language(form: GuideForm) -> str:
    typed = str(form["language"].value()) if form.is_bound else ""
    return typed if typed in dict(settings.LANGUAGES) else form.instance.language


def savers(form: GuideForm, guide: Guide | None) -> list[Saved]:
    """Who saved since a stale form was opened; a change of classification leaves only its last."""
    if form.conflict is None or guide is None:
        return []
    found = [Saved(_name(each.author), each.created_at) for each in form.conflict.saves]
    last = last_saved(guide)
    return found or ([last] if last else [])


def _name(user: User | None) -> str:
    return user.get_username() if user else _("导入命令")


def last_saved(guide: Guide) -> Saved | None:
    """From the admin's log, or from the newest revision where that is younger."""
    kinds = ContentType.objects.filter(app_label="guides", model=ADMIN_NAMES[guide.kind])
    entries = LogEntry.objects.filter(content_type__in=kinds, object_id=str(guide.pk))
    entry = entries.select_related("user").first()
    revision = Revision.objects.filter(guide=guide).select_related("author").first()
    known: list[tuple[Any, User | None]] = []
    if entry:
        known.append((entry.action_time, entry.user))
    if revision:
        known.append((revision.created_at, revision.author))
    if not known:
        return None
    at, user = max(known, key=lambda each: each[0])
    return Saved(_name(user), at)
