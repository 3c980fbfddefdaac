"""The review page: the text that was submitted, what is said about its steps, and the decision."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from guides import publishing
from guides.admin.editor import change_url, review_url
from guides.admin.lifecycle import done, person
from guides.admin.preview import draw, panel
from guides.comparing import ComparedRevisions, compare_revisions
from guides.feedback import by_step, open_on
from guides.forms import ReviewForm
from guides.markdown import Fault, GuideDocument, from_document
from guides.models import Guide, ReviewComment, Revision

REFUSALS = (
    PermissionDenied,
    publishing.NotInReview,
    publishing.OpenComments,
    publishing.OwnText,
    publishing.PublishError,
)
Typed = dict[str, Any]


def review(request: HttpRequest, key: int, model: type[Guide]) -> HttpResponse:
    if not request.user.has_perm(f"guides.view_{model._meta.model_name}"):
        raise PermissionDenied(model)
    guide = get_object_or_404(model.objects.select_related("live"), pk=key)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, guide, form)
    if not form.is_valid():
        return _page(request, guide, form, status=400)
    try:
        return _acted(request, guide, form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, _words_for(refusal))
        forbidden = isinstance(refusal, PermissionDenied | publishing.OwnText)
        faults = getattr(refusal, "faults", [])
        return _page(request, guide, form, status=403 if forbidden else 409, faults=faults)


def _page(
    request: HttpRequest,
    guide: Guide,
    form: ReviewForm,
    *,
    status: int = 200,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    revision = publishing.discussed(guide)
    if revision is None:
        told = " ".join(map(str, form.non_field_errors())) if form.is_bound else ""
        messages.info(request, told or _("这篇指南现在没有在复核的版本。"))
        return HttpResponseRedirect(change_url(guide))
    context = _context(request, guide, revision, form)
    if faults:
        context["faults_panel"] = panel(faults, editable=False)
    return TemplateResponse(request, "admin/guides/review.html", context, status=status)


def _acted(request: HttpRequest, guide: Guide, typed: Typed) -> HttpResponse:
    """Upon the revision that was on the screen, never on one that came after it."""
    revision = get_object_or_404(Revision, pk=typed["revision"], guide=guide.pk)
    told = ACTS[typed["act"]](revision, person(request), typed)
    still = publishing.discussed(Guide.objects.get(pk=guide.pk))
    return done(request, guide, told, then=review_url(guide) if still else "")


def _approve(revision: Revision, by: Any, typed: Typed) -> str:
    return _("已复核并发布第%s版。") % publishing.approve(revision, by).number


def _request_changes(revision: Revision, by: Any, typed: Typed) -> str:
    publishing.request_changes(revision, by, typed["text"])
    return _("已退回修改，编写人会看到您的意见。")


def _withdraw(revision: Revision, by: Any, typed: Typed) -> str:
    publishing.withdraw(revision, by)
    return _("已撤回，文稿还是草稿。")


def _comment(revision: Revision, by: Any, typed: Typed) -> str:
    publishing.comment(revision, by, typed["text"], step=typed["step"])
    return _("意见已记下。")


def _resolve(revision: Revision, by: Any, typed: Typed) -> str:
    one = get_object_or_404(ReviewComment, pk=typed["comment"] or 0, revision=revision)
    publishing.resolve(one, by)
    return _("这条意见已标为处理好。")


ACTS: dict[str, Callable[[Revision, Any, Typed], str]] = {
    "approve": _approve,
    "request_changes": _request_changes,
    "withdraw": _withdraw,
    "comment": _comment,
    "resolve": _resolve,
}


def _words_for(refusal: Exception) -> str:
    if isinstance(refusal, publishing.OwnText):
        return _("没有发布：这一版里有您写的内容，要由没有写过的人复核。")
    if isinstance(refusal, publishing.OpenComments):
        return _("没有发布：还有%d条意见没有处理好。请先处理，或者退回修改。") % refusal.count
    if isinstance(refusal, publishing.PublishError):
        return _("没有发布：有%d处要先改好。") % len(refusal.faults)
    if isinstance(refusal, publishing.NotInReview):
        return _("没有执行：您打开之后情况变了，下面是现在的样子。您写的还在。")
    return _("没有执行：您的账号没有这项权限。您写的还在。")


@dataclass(frozen=True)
class Thread:
    """What is said about one step, or about the whole text."""

    step: str
    comments: list[ReviewComment]

    @property
    def unsettled(self) -> int:
        return sum(not one.resolved_at for one in self.comments)


def _threads(revision: Revision, keys: Iterable[str]) -> dict[str, Thread]:
    """By step key; comments on steps that are gone stand with those on the whole text."""
    known = {"", *keys}
    threads = {key: Thread(key, []) for key in known}
    for each in revision.comments.select_related("author", "resolved_by"):
        threads[each.step if each.step in known else ""].comments.append(each)
    return threads


def _context(
    request: HttpRequest, guide: Guide, revision: Revision, form: ReviewForm
) -> dict[str, Any]:
    document = from_document(revision.document)
    drawn = draw(document, guide.live, editable=False)
    threads = _threads(revision, drawn.keys)
    told = by_step(open_on(guide, person(request)), drawn.keys)
    may_decide = request.user.has_perm("guides.publish_guide")
    own = person(request).pk in publishing.writers_of(revision)
    return {
        **site.each_context(request),
        "title": guide.title,
        "guide": guide,
        "opts": guide._meta,
        "form": form,
        "revision": revision,
        "document": document,
        "facts": _facts(guide, document),
        "body": drawn.with_threads(threads, request, told=told, revision=revision, form=form),
        "told": told[""],
        "whole": threads[""],
        "faults_panel": drawn.panel,
        "comparison": _compared(guide, revision, request.GET.get("view", "")),
        "unsettled": sum(thread.unsettled for thread in threads.values()),
        "may_decide": may_decide and revision.is_in_review and not own,
        "own": own and may_decide,
        "may_write": request.user.has_perm(f"guides.change_{guide._meta.model_name}"),
        "change_url": change_url(guide),
    }


def _facts(guide: Guide, document: GuideDocument) -> list[tuple[str, str]]:
    """The facts of its kind as label and value, so that nothing versioned goes unread."""
    fields: dict[str, Any] = {field.name: field for field in guide._meta.fields}
    return [
        (str(fields[name].verbose_name), _shown(fields[name], each))
        for name, each in document.facts.items()
        if each not in (None, "", [])
    ]


def _shown(field: Any, value: Any) -> str:
    """Choices by their words, lists in one line."""
    if isinstance(value, list):
        return "；".join(value)
    return str(dict(field.flatchoices).get(value, value))


def _compared(guide: Guide, revision: Revision, view: str) -> ComparedRevisions | None:
    """With what readers have now."""
    if guide.live is None:
        return None
    return compare_revisions(guide.live, revision, guides=Guide.objects.all(), view=view)
