"""The lists of guides: what is live, what is only a draft, what wants checking."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Guide, Revision
from guides.verified import STATES as STATES_OF_VERIFICATION

SUBMITTED = Revision.objects.filter(
    guide=OuterRef("pk"), pk__gt=Coalesce(OuterRef("live"), 0)
).order_by("-pk")
WAITING, RETURNED = Revision.State.IN_REVIEW, Revision.State.CHANGES_REQUESTED
NEWEST = Revision.objects.filter(guide=OuterRef("pk")).order_by("-created_at", "-pk")

STATES: dict[str, tuple[Any, Q]] = {
    "unpublished": (gettext_lazy("未发布"), Q(live=None, review=None)),
    "changed": (
        gettext_lazy("草稿比线上新"),
        Q(live__isnull=False, retired_at=None, review=None) & ~Q(newest=F("live")),
    ),
    "in-review": (gettext_lazy("复核中"), Q(review=WAITING)),
    "returned": (gettext_lazy("退回修改"), Q(review=RETURNED)),
    "published": (gettext_lazy("已发布"), Q(retired_at=None, newest=F("live"))),
    "retired": (gettext_lazy("已下架"), Q(retired_at__isnull=False)),
}


def for_list(guides: "QuerySet[Any]") -> "QuerySet[Any]":
    """With all that the columns show: the same few queries for any length."""
    known: Any = guides
    newest = Subquery(NEWEST.values("pk")[:1])
    discussed = SUBMITTED.filter(state__in=(WAITING, RETURNED))
    review = Subquery(discussed.values("state")[:1])
    listed: QuerySet[Any] = known.annotate(newest=newest, review=review)
    return listed.prefetch_related("products")


def state_of(guide: Guide) -> str:
    """Needs `for_list` on the query; the words that the list and the editor page show."""
    if guide.retired_at:
        return _("已下架")
    review = guide.review  # type: ignore[attr-defined]
    if review:
        return _("复核中") if review == WAITING else _("退回修改")
    if guide.live is None:
        return _("未发布")
    if guide.live_id != guide.newest:  # type: ignore[attr-defined]
        return _("第%(number)s版在线，草稿更新") % {"number": guide.live.number}
    return _("已发布第%(number)s版") % {"number": guide.live.number}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("状态")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(key, name) for key, (name, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        state = STATES.get(self.value() or "")
        return queryset.filter(state[1]) if state else queryset


class VerificationFilter(admin.SimpleListFilter):
    title = gettext_lazy("核实")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return STATES_OF_VERIFICATION.items()

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Read in Python, where the state is derived: due dates differ from guide to guide."""
        if self.value() not in STATES_OF_VERIFICATION:
            return queryset
        keys = [guide.pk for guide in queryset if guide.verification.state == self.value()]
        return queryset.filter(pk__in=keys)


@admin.display(description=gettext_lazy("产品"))
def product_names(guide: Guide) -> str:
    return "、".join(product.display_name for product in guide.products.all())


@admin.display(description=gettext_lazy("状态"))
def state(guide: Guide) -> str:
    return state_of(guide)


@admin.display(description=gettext_lazy("核实"))
def checked(guide: Guide) -> str:
    known = guide.verification
    if known.differing:
        return _("%(state)s，%(count)d处有出入") % {
            "state": STATES_OF_VERIFICATION[known.state],
            "count": known.differing,
        }
    if known.verified and not known.on:
        return f"{STATES_OF_VERIFICATION[known.state]} {known.verified}/{known.total}"
    return f"{STATES_OF_VERIFICATION[known.state]} {known.on or ''}".rstrip()


COLUMNS = ("title", product_names, "task", state, checked, "owner", "updated_at")
FILTERS: tuple[Any, ...] = (
    StateFilter,
    VerificationFilter,
    *((name, admin.RelatedOnlyFieldListFilter) for name in ("products", "task", "tags", "owner")),
    "visibility",
)
