"""Autosaving: what somebody types, kept for them alone until they save it or throw it away."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from guides.markdown import MAX_BODY
from guides.models import Autosave, Guide
from guides.publishing.refusals import PageClosed, TooMuchText
from guides.publishing.rows import require
from guides.working_copy import KINDS

Typed = Mapping[str, list[str]]  # a form's fields, as a browser sends them

KEPT = dt.timedelta(days=30)  # after the last change
CLOSED = dt.timedelta(days=1)
PRESENT = dt.timedelta(seconds=90)  # since the page was last heard of
MOST_PAGES = 20  # of one person with unsaved text
MOST_TEXT = MAX_BODY + 50_000  # the longest body, and everything around it


@transaction.atomic
def autosave(
    by: User, guide: Guide | None, *, kind: str, page: str, typed: Typed | None = None
) -> Autosave:
    """Keeps what an opened page holds; without `typed` it only says that the page is open.

    Raises PermissionDenied, TooMuchText, PageClosed.
    """
    require(by, f"guides.{'change' if guide else 'add'}_{KINDS[kind]._meta.model_name}")
    if typed and sum(len(value) for values in typed.values() for value in values) > MOST_TEXT:
        raise TooMuchText(MOST_TEXT)
    kept, created = _opened(by, page, kind, guide)
    if created:
        _forget(by)
    if kept.is_closed or kept.guide_id != (guide.pk if guide else None):
        raise PageClosed(page)
    kept.seen_at = timezone.now()
    if typed:
        kept.typed = {name: [_storable(each) for each in typed[name]] for name in typed}
        kept.changed_at = kept.seen_at
    kept.save()
    return kept


@transaction.atomic
def close_page(by: User, page: str, guide: Guide) -> None:
    """What was typed there is saved; an autosave that was overtaken by the save is refused."""
    kept, _created = _opened(by, page, guide.kind, guide)
    kept.guide, kept.typed, kept.changed_at, kept.is_closed = guide, {}, None, True
    kept.save()


def discard(by: User, page: str) -> Autosave | None:
    """Throws away what the page holds, on its writer's word."""
    kept = Autosave.objects.filter(writer=by, page=page).select_related("guide").first()
    if kept:
        kept.typed, kept.changed_at, kept.is_closed = {}, None, True
        kept.save()
    return kept


def unsaved(by: User, guide: Guide | None, kind: str) -> "QuerySet[Autosave]":
    """What somebody typed into this guide, or into a new one, and has not saved; newest first."""
    mine = Autosave.objects.filter(writer=by, guide=guide, kind=kind, is_closed=False)
    return mine.filter(changed_at__gt=timezone.now() - KEPT)


def others_in(guide: Guide, by: User) -> "QuerySet[Autosave]":
    """The pages on which other people have this guide open at the moment."""
    open_now = guide.autosaves.filter(seen_at__gt=timezone.now() - PRESENT, is_closed=False)
    return open_now.exclude(writer=by).select_related("writer").order_by("opened_at")


def _opened(by: User, page: str, kind: str, guide: Guide | None) -> tuple[Autosave, bool]:
    """Locked, so that a save and a late autosave have an order."""
    rows = Autosave.objects.select_for_update()
    return rows.get_or_create(writer=by, page=page, defaults={"kind": kind, "guide": guide})


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL, and no guide may hold one."""
    return text.replace("\0", "")


def _forget(by: User) -> None:
    """Expired ones of everybody, and of one person who leaves very many behind the oldest."""
    now = timezone.now()
    Autosave.objects.filter(seen_at__lt=now - KEPT).delete()
    Autosave.objects.filter(seen_at__lt=now - CLOSED, changed_at=None).delete()
    with_text = Autosave.objects.filter(writer=by, changed_at__isnull=False)
    too_many = list(with_text.values_list("pk", flat=True)[MOST_PAGES:])
    Autosave.objects.filter(pk__in=too_many).delete()
