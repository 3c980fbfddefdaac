"""Where questions come in to be counted, and what readers say about them: opened, wanted."""

import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guides import questions
from guides.models import Guide, Product, Task
from guides.search import Match
from guides.views.visitors import address

LETTERS = 200
WISHES, OPENINGS = 10, 60  # of one visitor in WINDOW seconds
WINDOW = 600
# The same question asked another way, or not by a reader.
REFINED = {"literal", "without", "page", "trial"}
SALT = secrets.token_bytes(16)  # of this process: what it makes of visitors cannot be turned back


def count(request: HttpRequest, question: str, found: Match, *, answered: bool) -> None:
    """Counts a question that was asked to the end.

    Instant results ask at each pause of the typing; their script says `X-Question: complete` when
    the reader has stopped. Editors who try things out say trial=1.
    """
    if request.method != "GET" or REFINED & request.GET.keys() or "prefetch" in _purpose(request):
        return
    instant = request.headers.get("HX-Request") == "true"
    if not instant or request.headers.get("X-Question") == "complete":
        questions.record(question, found, visitor(request), answered=answered)


def _purpose(request: HttpRequest) -> str:
    return request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")


def visitor(request: HttpRequest) -> str:
    """Tells visitors apart within this process, and says nothing else about them."""
    told = f"{address(request)}\0{request.headers.get('User-Agent', '')}"
    return hashlib.blake2b(told.encode(errors="replace"), key=SALT, digest_size=16).hexdigest()


def _within(limit: int, what: str, who: str) -> bool:
    """Whether a visitor has not done something more often than `limit` in WINDOW seconds."""
    key = f"visitor:{what}:{who}"
    cache.add(key, 0, WINDOW)
    try:
        return int(cache.incr(key)) <= limit
    except ValueError:  # it ran out between the two calls
        return True


@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """A result was opened. Only what this reader may see, from a question asked today, counts."""
    who = visitor(request)
    if _within(OPENINGS, "opened", who):
        visible = Guide.objects.visible_to(request.user)
        guide = visible.filter(code=request.POST.get("guide", "")[:12].replace("\0", "")).first()
        if guide:
            questions.record_opening(request.POST.get("q", "")[:LETTERS], guide, who)
    return HttpResponse(status=204)


@dataclass(frozen=True)
class Wanted:
    """What somebody needs: a guide for a product and a task, or an answer to a question."""

    product: Product | None
    task: Task | None
    question: str

    @classmethod
    def of(cls, given: "dict[str, str]") -> "Wanted":
        product = Product.objects.filter(slug=_slug(given, "product")).first()
        task = Task.objects.filter(slug=_slug(given, "task")).first()
        both = product and task
        question = "" if both else questions.kept(given.get("q", "")[:LETTERS])
        return cls(product if both else None, task if both else None, question)

    def __bool__(self) -> bool:
        return bool(self.task or self.question)

    def count(self, who: str) -> None:
        if self.product and self.task:
            questions.wish(self.product, self.task, who)
        else:
            questions.wish_for_answer(self.question, who)

    def thanks_url(self, back: str) -> str:
        """The page of thanks. It names classification only: a question stays out of addresses."""
        cell = (("product", self.product), ("task", self.task))
        named = {name: thing.slug for name, thing in cell if thing}
        return f"{reverse('wanted')}?{urlencode({**named, 'done': '1', 'next': back})}"


def _slug(given: "dict[str, str]", name: str) -> str:
    return given.get(name, "")[:50].replace("\0", "")


@never_cache
def wanted(request: HttpRequest) -> HttpResponse:
    """“我需要这篇”: GET asks, POST counts and thanks."""
    return _wanted(request) if request.method == "POST" else _ask(request)


def _wanted(request: HttpRequest) -> HttpResponse:
    thing, who = Wanted.of(request.POST.dict()), visitor(request)
    if not thing:
        return _page(request, thing, status=400)
    if not _within(WISHES, "wanted", who):
        return _page(request, thing, too_often=True, status=429)
    thing.count(who)
    response = HttpResponseRedirect(
        thing.thanks_url(_way_back(request, request.POST.get("next", "")))
    )
    response.status_code = 303
    return response


@require_safe
def _ask(request: HttpRequest) -> HttpResponse:
    thing = Wanted.of(request.GET.dict())
    return _page(request, thing, done="done" in request.GET)


def _page(
    request: HttpRequest,
    thing: Wanted,
    *,
    done: bool = False,
    too_often: bool = False,
    status: int = 200,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    back = _way_back(request, given.get("next", ""))
    context = {"wanted": thing, "done": done, "too_often": too_often, "back": back}
    context["hide_top_search"] = not (thing or done or too_often)  # it has one of its own
    return render(request, "guides/wanted.html", context, status=status)


def _way_back(request: HttpRequest, address: str) -> str:
    here, secure = {request.get_host()}, request.is_secure()
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=here, require_https=secure)
    return address if safe else reverse("home")
