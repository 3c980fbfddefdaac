"""Readers' feedback: listed by what has to be done, answered with a change or a reason."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import publishing
from guides.admin.editor import change_url
from guides.admin.lifecycle import person
from guides.admin.preview import guide_links
from guides.feedback import NOT_SHOWN, Told, described, steps_of
from guides.markdown import link_guides
from guides.models import Feedback, Revision
from guides.models.feedback import FEEDBACK_LETTERS

GUIDE = "revision__guide__id__exact"
FATES = {"changed": gettext_lazy("后来改过"), "gone": gettext_lazy("后来没有了")}
STATES: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "open": (gettext_lazy("未处理"), lambda rows: rows.open()),
    "waiting": (gettext_lazy("下一版会改"), lambda rows: rows.waiting()),
    "answered": (gettext_lazy("已处理"), lambda rows: rows.answered()),
    "moot": (gettext_lazy("指南已下架"), lambda rows: rows.moot()),
}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("状态")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(name, label) for name, (label, _rows) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        state = STATES.get(self.value() or "")
        return state[1](queryset) if state else queryset


def _of_one_guide(request: HttpRequest) -> "QuerySet[Feedback]":
    """Versions and steps mean something within a guide only: nothing, where none is chosen."""
    key = request.GET.get(GUIDE, "")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return Feedback.objects.none()
    return Feedback.objects.filter(revision__guide=int(key))


class VersionFilter(admin.SimpleListFilter):
    title = gettext_lazy("版本")
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        rows = _of_one_guide(request)
        numbers = rows.order_by("-revision__number").values_list("revision__number", flat=True)
        named = _("第%(number)s版")
        return [(str(number), named % {"number": number}) for number in numbers.distinct()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        known = dict(self.lookup_choices)
        wanted = self.value()
        return queryset.filter(revision__number=wanted) if wanted in known else queryset


class StepFilter(admin.SimpleListFilter):
    title = gettext_lazy("步骤")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Each by the title that it had when it was last spoken of."""
        about = _of_one_guide(request).exclude(step="").order_by("pk")
        told = described(about.select_related("revision__guide").defer(*NOT_SHOWN))
        return {each.feedback.step: step_name(each) for each in told}.items()

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        known = dict(self.lookup_choices)
        return queryset.filter(step=self.value()) if self.value() in known else queryset


def step_name(told: Told) -> str:
    if told.step is None:
        return told.feedback.step or _("整篇，或说不准")
    return _("第%(number)s步：%(title)s") % told.step


def state_of(feedback: Feedback) -> str:
    """In a few words what became of it."""
    if feedback.fixed_in:
        return _("第%(number)s版已改") % {"number": feedback.fixed_in.number}
    if feedback.answer:
        return _("不改：%(reason)s") % {"reason": feedback.answer}
    if feedback.outcome == Feedback.Outcome.DONE:
        return ""
    return _("下一版会改") if feedback.promised else _("未处理")


class DescribedList(ChangeList):
    """Rows that know what step they are about: one query for the whole page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for told in described(self.result_list):
            told.feedback.told = told  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """One act upon a feedback; only a refusal needs words."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("change", "next", "reason", "reopen")])
    revision = forms.ModelChoiceField(queryset=Revision.objects.none(), required=False)
    reason = forms.CharField(max_length=FEEDBACK_LETTERS, required=False)

    def __init__(self, *args: Any, feedback: Feedback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].queryset = later(feedback)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        act = cleaned.get("act")
        if act == "reason" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("请写下不改的理由。"))
        if act == "change" and not cleaned.get("revision") and "revision" not in self.errors:
            self.add_error("revision", _("请选是哪一版改的。"))
        return cleaned


def later(feedback: Feedback) -> "QuerySet[Revision]":
    """Versions after the one that was read, the newest first."""
    read = feedback.revision
    published = Revision.objects.published().filter(guide=read.guide_id, number__gt=read.number)
    return published.order_by("-number").defer("document", "content")


def _change(feedback: Feedback, by: Any, typed: dict[str, Any]) -> str:
    publishing.answer_with_change(feedback, by, typed["revision"])
    return _("已处理：第%(number)s版已改。") % {"number": typed["revision"].number}


def _next(feedback: Feedback, by: Any, typed: dict[str, Any]) -> str:
    publishing.promise(feedback, by)
    return _("已标为“下一版会改”，下一版发布时自动处理好。")


def _reason(feedback: Feedback, by: Any, typed: dict[str, Any]) -> str:
    publishing.answer_with_reason(feedback, by, typed["reason"])
    return _("已处理：不改，理由已记下。")


def _reopen(feedback: Feedback, by: Any, typed: dict[str, Any]) -> str:
    publishing.reopen(feedback, by)
    return _("已重新打开。")


ACTS: dict[str, Callable[[Feedback, Any, dict[str, Any]], str]] = {
    "change": _change,
    "next": _next,
    "reason": _reason,
    "reopen": _reopen,
}


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin[Feedback]):
    """The page of one feedback is our own; nobody adds, rewrites or deletes what readers said."""

    list_display = ("reason_or_outcome", "step_told", "text", "guide", "version", "day", "state")
    list_filter = (
        StateFilter,
        "outcome",
        "reason",
        ("revision__guide", admin.RelatedOnlyFieldListFilter),
        VersionFilter,
        StepFilter,
    )
    list_select_related = ("revision__guide", "fixed_in")
    list_per_page = 50
    search_fields = ("text", "revision__guide__title", "revision__guide__slug")
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Feedback]":
        heavy = (*NOT_SHOWN, "fixed_in__document", "fixed_in__content")
        return super().get_queryset(request).defer(*heavy)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DescribedList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("怎么了"))
    def reason_or_outcome(self, row: Feedback) -> str:
        return row.get_reason_display() or row.get_outcome_display()

    @admin.display(description=gettext_lazy("步骤"))
    def step_told(self, row: Any) -> str:
        told: Told = row.told
        if row.outcome == Feedback.Outcome.DONE:
            return "—"
        name, fate = step_name(told), FATES.get(told.fate)
        return _("%(step)s（%(fate)s）") % {"step": name, "fate": fate} if fate else name

    @admin.display(description=gettext_lazy("指南"), ordering="revision__guide__title")
    def guide(self, row: Feedback) -> str:
        return row.revision.guide.title

    @admin.display(description=gettext_lazy("读的是"), ordering="revision__number")
    def version(self, row: Feedback) -> str:
        return _("第%(number)s版") % {"number": row.revision.number}

    @admin.display(description=gettext_lazy("状态"))
    def state(self, row: Feedback) -> str:
        return state_of(row)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        known = Feedback.objects.select_related(
            "revision__guide__live", "fixed_in", "answered_by"
        ).defer("revision__document", "revision__guide__live__document")
        key = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        feedback = get_object_or_404(known, pk=key)
        if request.method != "POST":
            return self._page(request, feedback, AnswerForm(feedback=feedback))
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._answered(request, feedback)

    def _answered(self, request: HttpRequest, feedback: Feedback) -> HttpResponse:
        form = AnswerForm(request.POST, feedback=feedback)
        if not form.is_valid():
            return self._page(request, feedback, form, status=400)
        typed = form.cleaned_data
        try:
            told = ACTS[typed["act"]](feedback, person(request), typed)
        except publishing.AnsweredAlready as refusal:
            form.add_error(None, _("没有执行：您打开之后，已经有人处理了这一条。您写的还在。"))
            return self._page(request, refusal.feedback, form, status=409)
        LogEntry.objects.log_actions(
            person(request).pk, [feedback], CHANGE, change_message=told, single_object=True
        )
        messages.success(request, told)
        return HttpResponseRedirect(request.path)

    def _page(
        self, request: HttpRequest, feedback: Feedback, form: AnswerForm, *, status: int = 200
    ) -> HttpResponse:
        guide = feedback.revision.guide
        context = {
            **self.admin_site.each_context(request),
            "title": guide.title,
            "opts": Feedback._meta,
            "feedback": feedback,
            "guide": guide,
            "form": form,
            "told": described([feedback])[0],
            "state": state_of(feedback),
            "later": list(later(feedback)),
            "may_answer": self.has_change_permission(request),
            "change_url": change_url(guide),
            "others": _others(feedback),
            **_steps(feedback),
        }
        return TemplateResponse(request, "admin/guides/feedback.html", context, status=status)


def _others(feedback: Feedback) -> int:
    """How many more are open at the same step."""
    same = Feedback.objects.open().filter(revision__guide=feedback.revision.guide_id)
    return same.filter(step=feedback.step).exclude(pk=feedback.pk).count()


def _steps(feedback: Feedback) -> dict[str, Any]:
    """The step as it was read and, where it has changed, as readers have it now."""
    guide = feedback.revision.guide
    read = _step(feedback.revision, feedback.step)
    now = _step(guide.live, feedback.step) if guide.live else None
    return {"read": read, "now": now}


def _step(revision: Revision, key: str) -> dict[str, Any] | None:
    step = steps_of(revision.content["sections"]).get(key)
    links = guide_links(revision.content["linked"]) if step else {}
    return {**step, "html": SafeString(link_guides(step["html"], links))} if step else None
