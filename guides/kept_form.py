"""A form that could not be taken: shown again with everything typed in it, to be sent again.

Stands without the database, like the page of a server error: what failed may be what it needs.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

SIGNED_OUT, OLD_TOKEN, FAILED = "signed out", "old token", "failed"
KEPT_BELOW = "/admin/guides/"  # no accounts: a password is never written into a page
NOT_TYPED = ("csrfmiddlewaretoken",)
LONG = 80  # characters; longer texts are shown, so that they can be copied


def is_worth_keeping(request: HttpRequest) -> bool:
    """Whether somebody typed something here, on a page of ours."""
    return (
        request.method == "POST"
        and request.path.startswith(KEPT_BELOW)
        and _is_from_here(request)
        and any(value.strip() for _name, value in _typed(request))
    )


def answer(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    typed = [(name, value, _is_shown(name, value)) for name, value in _typed(request)]
    context = {
        "why": why,
        "typed": typed,
        "address": request.get_full_path(),
        "token": get_token(request),
    }
    response = HttpResponse(render_to_string("kept_form.html", context), status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if name not in NOT_TYPED for value in values]


def _is_shown(name: str, value: str) -> bool:
    """What a browser or a script put there is sent along, but nobody wants to read it."""
    is_ours = name in ("begun", "page") or name.startswith("initial-")
    return not is_ours and (len(value) > LONG or "\n" in value)


def _is_from_here(request: HttpRequest) -> bool:
    """Another site must not have its own text shown as if somebody had typed it here."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return not origin or urlsplit(origin).netloc == request.get_host()
