"""How pages are displayed: theme and size, kept in two cookies that the server reads back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from guides.context_processors import SIZES, THEMES

CHOICES = {"theme": THEMES, "size": SIZES}
A_YEAR = 365 * 24 * 3600


# The worst a forged form could do is change the colours. A token on every page would cost every
# reader a cookie and every page its cacheability.
@csrf_exempt
def display(request: HttpRequest) -> HttpResponse:
    """POST: keeps what was chosen and goes back to where the reader was."""
    response = redirect(_way_back(request))
    if request.method == "POST":
        for name, allowed in CHOICES.items():
            _keep(request, response, name, request.POST.get(name, ""), allowed)
    return response


def _keep(
    request: HttpRequest, response: HttpResponse, name: str, value: str, allowed: tuple[str, ...]
) -> None:
    if value in allowed:
        response.set_cookie(
            name, value, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    elif name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    here = {request.get_host()}
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(address, allowed_hosts=here, require_https=secure):
        return address
    return "home"
