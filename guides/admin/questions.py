"""The question desk: what readers asked in vain, and what an editor makes of it in one click."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from guides import questions
from guides.admin import question_desk as desk
from guides.admin.editor import ADMIN_NAMES, change_url
from guides.admin.question_forms import CONCEPTS, FORMS, FilterForm, concepts_of
from guides.models import Guide, Product, Question, Task

DESK = "admin:guides_question_changelist"
TABS = {
    "open": gettext_lazy("未解决"),
    "wishes": gettext_lazy("想要的"),
    "answered": gettext_lazy("已能找到"),
    "outside": gettext_lazy("不收录"),
}
# What a choice needs besides the right to work at the desk; for the others it depends.
DRAFTING = "guides.add_procedure"
Told = tuple[str, str]  # what the editor is told, and where to go on


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin[Question]):
    """Lists and pages of Django's admin give way to the desk; its log and its rights stay."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("answer/<slug:choice>/", wrap(require_POST(self.answer)), name="question_answer"),
            path("wish/", wrap(require_POST(self.fulfil)), name="question_fulfil"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        tab = request.GET.get("tab", "open")
        if tab not in TABS:
            raise Http404(tab)
        context = {
            **self.admin_site.each_context(request),
            "title": Question._meta.verbose_name_plural,
            "opts": Question._meta,
            "tab": tab,
            "may": rights(request),
            **SHOW[tab](request),
            "summary": desk.summary(),
            "tabs": _tabs(),
        }
        return TemplateResponse(request, f"admin/guides/questions/{tab}.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of the group in which a question stands."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        question = get_object_or_404(Question, pk=_key(object_id))
        return self._group_page(request, question, {})

    def answer(self, request: HttpRequest, choice: str) -> HttpResponse:
        """One choice for the marked questions; what cannot be done comes back as it was typed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if choice not in FORMS:
            raise Http404(choice)
        form = _form(request, choice, request.POST)
        question = Question.objects.filter(pk=_key(request.POST.get("leader", ""))).first()
        if not form.is_valid():
            if question is None:
                raise Http404("leader")
            return self._group_page(request, question, {choice: form})
        told, url = ANSWERS[choice](request, form.cleaned_data)
        self._note(request, form.cleaned_data["questions"], told)
        return HttpResponseRedirect(url)

    def fulfil(self, request: HttpRequest) -> HttpResponse:
        """Begins the guide that readers wish for."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        _require(request, DRAFTING)
        given = {name: request.POST.get(name, "").replace("\0", "") for name in ("product", "task")}
        product = get_object_or_404(Product, slug=given["product"])
        task = get_object_or_404(Task, slug=given["task"])
        slugs = [f"product:{product.slug}", f"task:{task.slug}"]
        guide = questions.draft(f"{task.name}{product.name}", slugs, [], _person(request))
        messages.success(request, _("已起草，产品和事项填好了。"))
        return HttpResponseRedirect(change_url(guide))

    def _group_page(
        self, request: HttpRequest, question: Question, refused: dict[str, Any]
    ) -> HttpResponse:
        row = desk.rows([_group(question)])[0]
        context = {
            **self.admin_site.each_context(request),
            "title": row.group.leader.text,
            "opts": Question._meta,
            "row": row,
            "undone": row.group.leader.state in desk.UNDONE,
            "may": rights(request),
            "forms": _forms(request, row) | refused,
            "refused": refused,
            "marked": request.POST.getlist("questions") if refused else None,
        }
        return TemplateResponse(request, "admin/guides/questions/group.html", context)

    def _note(self, request: HttpRequest, chosen: Iterable[Question], told: str) -> None:
        who, words = _person(request).pk, strip_tags(told)
        LogEntry.objects.log_actions(who, list(chosen), CHANGE, words)
        messages.success(request, told)


# --- What the tabs show ------------------------------------------------------------------------


def _tabs() -> list[tuple[str, Any, int | None]]:
    counts = desk.tabs()
    return [(name, label, counts.get(name)) for name, label in TABS.items()]


def _open(request: HttpRequest) -> dict[str, Any]:
    """Opening the desk asks what is due again, so that nobody works on what is solved."""
    chosen = desk.chosen_filters(request.GET)
    plain = not any(chosen.values()) and "page" not in request.GET
    closed = questions.recheck() if plain else []
    return {
        **_listed(request, desk.UNDONE, chosen),
        "closed": desk.answered().filter(pk__in=[each.pk for each in closed]),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "periods": FilterForm.DAYS,
        "concepts": concepts_of(CONCEPTS),
    }


def _outside(request: HttpRequest) -> dict[str, Any]:
    return _listed(request, (desk.State.OUTSIDE,), {})


def _listed(request: HttpRequest, states: Any, chosen: dict[str, Any]) -> dict[str, Any]:
    found = desk.found_groups(states, chosen)
    page = desk.page_of(found, request.GET.get("page"))
    return {
        "page": page,
        "rows": desk.rows(page.object_list),
        "grouped": sum(len(group.questions) for group in found),
        "limit": questions.GROUPED,
    }


def _answered(request: HttpRequest) -> dict[str, Any]:
    return {"page": desk.page_of(desk.answered(), request.GET.get("page"))}


def _wishes(request: HttpRequest) -> dict[str, Any]:
    missing = "missing" in request.GET
    page = desk.page_of(questions.wished_cells(missing=missing), request.GET.get("page"))
    unhappy = [] if missing else desk.wished_answers()
    return {"page": page, "unhappy": unhappy, "missing": missing}


SHOW: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    "open": _open,
    "wishes": _wishes,
    "answered": _answered,
    "outside": _outside,
}


# --- What a choice does ------------------------------------------------------------------------


def _alias(request: HttpRequest, given: dict[str, Any]) -> Told:
    guide: Guide = given["guide"]
    _require(request, f"guides.change_{ADMIN_NAMES[guide.kind]}")
    row = questions.add_alias(guide, given["wordings"], given["questions"], _person(request))
    link = format_html('<a href="{}">{}</a>', change_url(row), row.title)
    return format_html(_("已加进{}的草稿，发布后生效，到时自动复查。"), link), reverse(DESK)


def _phrase(request: HttpRequest, given: dict[str, Any]) -> Told:
    concept = given["concept"]
    _require(request, f"guides.change_{concept._meta.model_name}")
    closed = questions.add_phrase(concept, given["wordings"], given["questions"])
    left = len(given["questions"]) - len(closed)
    done = _("已加进“%(name)s”的说法，马上生效：%(closed)d种问法已能找到，%(left)d种还不能。")
    return done % {"name": concept, "closed": len(closed), "left": left}, reverse(DESK)


def _draft(request: HttpRequest, given: dict[str, Any]) -> Told:
    _require(request, DRAFTING)
    chosen = given["questions"]
    guide = questions.draft(given["title"], chosen[0].concepts, chosen, _person(request))
    return _("已起草，问法放进了别名。写好发布后，这些问法自动复查。"), change_url(guide)


def _aside(request: HttpRequest, given: dict[str, Any]) -> Told:
    count = questions.put_aside(given["questions"])
    told = ngettext("%d种问法不收录，以后不再显示。", "%d种问法不收录，以后不再显示。", count)
    return told % count, reverse(DESK)


def _up(request: HttpRequest, given: dict[str, Any]) -> Told:
    count = questions.take_up(given["questions"])
    return ngettext("%d种问法回到未解决。", "%d种问法回到未解决。", count) % count, reverse(DESK)


ANSWERS: dict[str, Callable[[HttpRequest, dict[str, Any]], Told]] = {
    "alias": _alias,
    "phrase": _phrase,
    "draft": _draft,
    "aside": _aside,
    "up": _up,
}


# --- Who may do what ---------------------------------------------------------------------------


def rights(request: HttpRequest) -> dict[str, Any]:
    """Which choices this person is offered."""

    def has(name: str) -> bool:
        return request.user.has_perm(f"guides.{name}")

    works = has("change_question")
    kinds = {kind for kind, name in ADMIN_NAMES.items() if has(f"change_{name}")}
    return {
        "work": works,
        "alias": kinds if works else set(),
        "phrase": [name for name in CONCEPTS if works and has(f"change_{name}")],
        "draft": works and has("add_procedure"),
    }


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(permission)


def _person(request: HttpRequest) -> Any:
    """The admin lets nobody else in than a user."""
    return request.user


def _key(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def _group(question: Question) -> questions.Group:
    try:
        return desk.group_of(question)
    except Question.DoesNotExist as gone:  # its last count was forgotten meanwhile
        raise Http404(question.pk) from gone


def _form(request: HttpRequest, choice: str, given: Any, **more: Any) -> Any:
    if choice == "phrase":
        more["concepts"] = concepts_of(rights(request)["phrase"])
    return FORMS[choice](given, prefix=choice, **more)


def _forms(request: HttpRequest, row: desk.Row) -> dict[str, Any]:
    leader, may = row.group.leader, rights(request)
    words = questions.plain(leader.text)
    alias = {"wordings": [words], "guide": row.nearest[0].pk if row.nearest else None}
    offered = {"alias": alias, "phrase": {"wordings": [words]}, "draft": {"title": words[:60]}}
    return {
        choice: _form(request, choice, None, initial=initial)
        for choice, initial in offered.items()
        if may[choice]
    }
