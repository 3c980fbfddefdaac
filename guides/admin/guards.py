"""Who may talk to the addresses of the editor's scripts, and how they are told no."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from guides.working_copy import KINDS

CHANGING = tuple(f"guides.change_{model._meta.model_name}" for model in KINDS.values())
ADDING = tuple(f"guides.add_{model._meta.model_name}" for model in KINDS.values())
WRITING = CHANGING + ADDING
View = Callable[[HttpRequest], HttpResponse]


def refusal(message: object, status: int) -> JsonResponse:
    return JsonResponse({"message": str(message)}, status=status)


def for_staff(permissions: tuple[str, ...]) -> Callable[[View], View]:
    """Staff with any of the permissions; others are told so in words a script can show."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            user = request.user
            if not (user.is_active and user.is_staff):
                return refusal(_("登录已过期。请在另一个标签页登录，再回到这里继续。"), 403)
            if not any(user.has_perm(permission) for permission in permissions):
                return refusal(_("您的账号没有这项权限。"), 403)
            return view(request)

        return never_cache(require_POST(csrf_protect(guarded)))

    return decorate
