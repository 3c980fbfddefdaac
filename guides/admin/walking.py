"""The page of a verifier: one step after the other, and what was found at each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides import publishing
from guides.admin.editor import change_url
from guides.admin.lifecycle import done, person
from guides.forms import WalkForm, name_of
from guides.markdown import GuideLink, link_guides
from guides.models import Guide, Revision, StepCheck, Verification
from guides.standing import Part, PartStanding, parts_of, records_of, standing
from guides.verified import Difference, differences_of

SKIPPED, MATCHES = StepCheck.Result.SKIPPED, StepCheck.Result.MATCHES
LABELS = dict(StepCheck.Result.choices)
RIGHT = "guides.add_verification"


@dataclass(frozen=True)
class Place:
    """One part as templates/admin/guides/walk.html shows it."""

    part: Part
    html: SafeString
    marks: list[str]
    result: Any
    difference: Any
    known: PartStanding
    differences: list[Difference]
    is_own: bool
    is_new: bool  # since the version that the verifier had before them

    @property
    def choices(self) -> list[tuple[str, str, bool, bool]]:
        """Value, word, whether it is chosen and whether it may not be."""
        chosen = self.result.value() or SKIPPED
        return [
            (value, str(word), value == chosen, self.is_own and value == MATCHES)
            for value, word in LABELS.items()
        ]


@dataclass(frozen=True)
class Lost:
    """What was typed at a part that readers have no longer."""

    part: Part
    result: str
    difference: str


def walk(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    may = request.user.has_perm(RIGHT)
    if not request.user.has_perm(f"guides.view_{model._meta.model_name}"):
        raise PermissionDenied(model)
    guide = get_object_or_404(model.objects.select_related("live"), pk=key)
    if request.method == "POST":
        return _handed_in(request, guide)
    if not may:
        raise PermissionDenied(RIGHT)
    if guide.live is None or guide.is_retired:
        messages.info(request, _("读者现在看不到这篇指南，没有可以核实的版本。"))
        return HttpResponseRedirect(change_url(guide))
    parts = parts_of(guide.live.content)
    form = WalkForm(parts=parts, initial={"revision": guide.live.pk, "kind": _likely(parts)})
    return _page(request, guide, guide.live, form)


def _likely(parts: list[Part]) -> str:
    """A text without steps can hardly be walked through on a device."""
    return Verification.Kind.DEVICE if parts[0].key else Verification.Kind.SOURCES


def _handed_in(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The verb decides upon the version that was walked through, not the one there is now."""
    seen = _seen(request, guide)
    form = WalkForm(request.POST, parts=parts_of(seen.content))
    status = 400
    if form.is_valid():
        try:
            publishing.verify(seen, person(request), form.walk())
            return done(request, guide, _("核实已记下，读者马上看得到。"))
        except (PermissionDenied, publishing.NotLive, publishing.OwnSteps) as refusal:
            status = 409 if isinstance(refusal, publishing.NotLive) else 403
            _tell(form, refusal)
        except publishing.UnfitWalk as refusal:
            form.refuse(refusal)
    guide.refresh_from_db()
    return _page(request, guide, seen, form, status)


def _seen(request: HttpRequest, guide: Guide) -> Revision:
    number = request.POST.get("revision", "")
    published = guide.revisions.published().filter(pk=int(number) if _is_key(number) else 0)
    return get_object_or_404(published)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _tell(form: WalkForm, refusal: Exception) -> None:
    if isinstance(refusal, publishing.OwnSteps):
        for key in refusal.steps:
            told = _("这一步是您写的，“一致”要由没有写它的人来说。")
            form.add_error(name_of("difference", key), told)
    elif isinstance(refusal, PermissionDenied):
        form.add_error(
            None, _("没有记下：您的账号没有核实的权限了。您写的还在，可以请有权限的同事照抄。")
        )


def _page(
    request: HttpRequest, guide: Guide, seen: Revision, form: WalkForm, status: int = 200
) -> HttpResponse:
    live = None if guide.is_retired else guide.live
    changed: set[str] = set()
    lost: list[Lost] = []
    if form.is_bound and (live is None or live.pk != seen.pk):
        lost = list(_lost(form, live))
        changed = _changed(seen, live)
        form = _moved(request, form, live, changed)
        status = 409
    context = {
        **site.each_context(request),
        "title": guide.title,
        "guide": guide,
        "opts": guide._meta,
        "form": form,
        "seen": seen,
        "live": live,
        "is_moved": live != seen,
        "lost": lost,
        "content": live.content if live else {},
        "places": _places(request, guide, live, form, changed) if live else [],
        "change_url": change_url(guide),
    }
    return TemplateResponse(request, "admin/guides/walk.html", context, status=status)


def _changed(seen: Revision, live: Revision | None) -> set[str]:
    """Keys of what is new or different in the version that readers have now."""
    before = {part.key: part.fingerprint for part in parts_of(seen.content)}
    now = parts_of(live.content) if live else []
    return {part.key for part in now if before.get(part.key) != part.fingerprint}


def _lost(form: WalkForm, live: Revision | None) -> Iterator[Lost]:
    there = {part.key for part in parts_of(live.content)} if live else set()
    for part in form.parts:
        result = str(form[name_of("result", part.key)].value() or SKIPPED)
        difference = str(form[name_of("difference", part.key)].value() or "")
        if part.key not in there and (difference or result != SKIPPED):
            yield Lost(part, str(LABELS.get(result, "")), difference)


def _moved(
    request: HttpRequest, form: WalkForm, live: Revision | None, changed: set[str]
) -> WalkForm:
    """The same form about the version there is now: what changed has to be looked at again."""
    if live is None:
        return form
    typed: QueryDict = request.POST.copy()
    typed["revision"] = str(live.pk)
    for key in changed:
        typed[name_of("result", key)] = SKIPPED
    moved = WalkForm(typed, parts=parts_of(live.content))
    for error in form.non_field_errors():
        moved.add_error(None, error)
    return moved


def _places(
    request: HttpRequest, guide: Guide, live: Revision, form: WalkForm, changed: set[str]
) -> list[Place]:
    stood = standing(live.content, records_of(guide))
    found = differences_of(stood, person(request))
    own = publishing.own_steps(live, person(request)) if settings.REVIEW_REQUIRED else set()
    texts = _texts(live)
    return [
        Place(
            part=each.part,
            html=texts[each.part.key][0],
            marks=texts[each.part.key][1],
            result=form[name_of("result", each.part.key)],
            difference=form[name_of("difference", each.part.key)],
            known=each,
            differences=found.get(each.part.key, []),
            is_own=each.part.key in own,
            is_new=each.part.key in changed,
        )
        for each in stood.parts
    ]


def _texts(live: Revision) -> dict[str, tuple[SafeString, list[str]]]:
    """What publishing sanitised, with present titles filled in; by the key of the step."""
    content = live.content
    named = Guide.objects.filter(code__in=content["linked"])
    links = {guide.code: GuideLink(guide.get_absolute_url(), guide.title) for guide in named}
    steps = [step for section in content["sections"] for step in section["steps"]]
    if steps:
        return {
            step["key"]: (SafeString(link_guides(step["html"], links)), step["marks"])
            for step in steps
        }
    named_parts = [
        format_html("<h3>{}</h3>{}", section["title"], SafeString(section["html"]))
        for section in content["sections"]
    ]
    whole = content["lead"] + "".join(named_parts)
    return {"": (SafeString(link_guides(whole, links)), [])}
