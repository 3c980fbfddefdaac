"""The pages that say no: in the reader's language, with a way on, and never failing themselves."""

import difflib
import re

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from guides import kept_form
from guides.models import Guide
from guides.views.cards import Card, cards

NEAREST = 3
CONSIDERED = 5_000  # beyond that many guides, comparing them all would be a way to wear us out
_WORD = re.compile(r"[a-z0-9-]{2,80}")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    near = nearest(request)
    context = {"near": near, "address": request.path[:120], "hide_top_search": True}
    return render(request, "404.html", context, status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that signing in again made invalid costs nobody what they typed."""
    if kept_form.is_worth_keeping(request):
        return kept_form.answer(request, kept_form.OLD_TOKEN, status=403)
    return render(request, "403.html", {"expired_form": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"hide_top_search": True}, status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context and database: whatever failed may fail here, too."""
    if kept_form.is_worth_keeping(request):
        return kept_form.answer(request, kept_form.FAILED, status=500)
    return HttpResponseServerError(render_to_string("500.html"))


def nearest(request: HttpRequest) -> list[Card]:
    """The guides whose address is most like the one asked for; those for emergencies if none is."""
    visible = Guide.objects.visible_to(request.user)
    words = _WORD.findall(request.path.lower())[-3:]
    names = list(visible.values_list("slug", "code")[:CONSIDERED]) if words else []
    slugs = {name: slug for slug, code in names for name in (slug, code)}
    close = [hit for word in reversed(words) for hit in difflib.get_close_matches(word, slugs, 3)]
    wanted = list(dict.fromkeys(slugs[hit] for hit in close))[:NEAREST]
    found = {card.url: card for card in cards(visible.filter(slug__in=wanted))} if wanted else {}
    return sorted(found.values(), key=lambda card: _place(card, wanted))


def _place(card: Card, wanted: list[str]) -> int:
    return next((i for i, slug in enumerate(wanted) if f"/{slug}/" in card.url), len(wanted))
