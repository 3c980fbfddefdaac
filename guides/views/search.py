"""The search page: what was understood, what was found, and what to do where nothing was."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.models import Guide, GuideQuerySet, Product, Task
from guides.questions import kept
from guides.search import Explanation, Match, explain, match
from guides.views import asking, counting
from guides.views.facets import address, filters
from guides.views.home import EXAMPLES
from guides.views.library import Keys, Library, counted, library
from guides.views.results import results

LETTERS = 200  # more of a question is not read
FOUND = 500  # so many results are counted and filtered
PER_PAGE = 10
SORTS: dict[str, str | Promise] = {"": _("最相关在前"), "checked": _("最近核实在前")}


def search(request: HttpRequest) -> HttpResponse:
    """The page; or only what changes on it, for the script that asks while one types."""
    instant = request.headers.get("HX-Request") == "true"
    template = "guides/_answer_alone.html" if instant else "guides/search.html"
    response = render(request, template, _context(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(request: HttpRequest) -> dict[str, Any]:
    visible = Guide.objects.visible_to(request.user)
    asked = request.GET.get("q", "").replace("\0", "").strip()
    context: dict[str, Any] = {
        "hide_top_search": True,
        "question": asked[:LETTERS],
        "too_long": len(asked) > LETTERS,
        "letters": LETTERS,
        "examples": EXAMPLES,
    }
    if asked:
        context |= _answer(request, visible, asked[:LETTERS])
    if not asked or not context["found"].hits:
        context |= _where_else(visible)
    return context


def _where_else(visible: GuideQuerySet) -> dict[str, Any]:
    """Where to look without a question, or where it found nothing."""
    return {"products": counted(Product, visible), "tasks": counted(Task, visible)}


def _answer(request: HttpRequest, visible: GuideQuerySet, question: str) -> dict[str, Any]:
    literal = bool(request.GET.get("literal"))
    known = asking.concepts(request)
    found = match(question, visible, concepts=known, limit=FOUND, literal=literal)
    seen = library(visible, [hit.key for hit in found.hits])
    found = found.preferring(seen.precedence)
    missing = asking.gap(visible, seen, found)
    counting.count(request, question, found, answered=found.strong and not missing)
    chosen = filters(seen, request, frozenset(hit.key for hit in found.hits) & seen.keys)
    ordered = _ordered(seen, found, chosen.keys, request.GET.get("sort", ""))
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "found": found,
        "literal": literal,
        "literal_url": address(request, literal=[] if literal else ["1"]),
        "understood": asking.understood(seen, request, found),
        "unconditional_url": asking.unconditional_url(request, found),
        "gap": missing,
        "wishable": bool(kept(question)),
        "filters": chosen,
        "kept": _carried(request, question),
        "sorts": _sorts(request),
        "page": page,
        "results": results(
            visible, list(page.object_list), asking.marked(found), _reasons(request, found)
        ),
        "explained": _explains(request),
        "explain_url": _explain_url(request),
        "with_best": _has_best(request, found) and not missing,
    }


def _ordered(seen: Library, found: Match, keys: Keys, sort: str) -> list[int]:
    best_first = [hit.key for hit in found.hits if hit.key in keys]
    if sort != "checked":
        return best_first
    checked = {key: seen.spines[key].verification.on for key in best_first}
    dated = [key for key in best_first if checked[key]]
    dated.sort(key=lambda key: str(checked[key]), reverse=True)
    return [*dated, *(key for key in best_first if not checked[key])]


def _sorts(request: HttpRequest) -> list[tuple[str | Promise, str, bool]]:
    asked = request.GET.get("sort", "")
    current = asked if asked in SORTS else ""
    return [
        (label, address(request, sort=[name] if name else []), name == current)
        for name, label in SORTS.items()
    ]


def _carried(request: HttpRequest, question: str) -> list[tuple[str, str]]:
    """What the form of filters must carry on, besides the filters themselves."""
    carried = [("q", question)]
    for name in ("sort", "literal", "without", "explain"):
        carried += [(name, value[:LETTERS]) for value in request.GET.getlist(name)[:PER_PAGE]]
    return carried


def _has_best(request: HttpRequest, found: Match) -> bool:
    """One result stands out only where it answers, and where results are in that order."""
    return found.strong and request.GET.get("sort", "") not in SORTS.keys() - {""}


def _explains(request: HttpRequest) -> bool:
    """Why a result stands where it stands is the editors' business."""
    return bool(request.GET.get("explain")) and request.user.is_staff


def _reasons(request: HttpRequest, found: Match) -> dict[int, Explanation]:
    return explain(found) if _explains(request) else {}


def _explain_url(request: HttpRequest) -> str:
    """Where staff get explanations, or get rid of them; empty for everybody else."""
    if not request.user.is_staff:
        return ""
    return address(request, explain=[] if _explains(request) else ["1"])
