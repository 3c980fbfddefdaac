"""Guides of a product, a task or a tag in groups, each short enough to be read at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guides.models import Guide, Product, Task
from guides.views.cards import Card
from guides.views.library import Keys, Library, Shelf
from guides.views.matrix import cell_url, keys_in_cell

SHOWN, COMPANY = 12, 6  # in one group; the list behind it has all of them


@dataclass(frozen=True)
class Plan:
    """A group before its cards are read. `gap_url` is set where a guide is missing."""

    title: str | Promise
    keys: list[int]
    lead: str = ""
    url: str = ""
    all_url: str = ""
    gap_url: str = ""
    most: int = SHOWN

    @property
    def shown(self) -> list[int]:
        return self.keys[: self.most]


@dataclass(frozen=True)
class Group:
    plan: Plan
    cards: list[Card]

    @property
    def total(self) -> int:
        return len(self.plan.keys)


def shown_keys(plans: Iterable[Plan]) -> set[int]:
    return {key for plan in plans for key in plan.shown}


def filled(plans: Iterable[Plan], cards: Mapping[int, Card]) -> list[Group]:
    return [
        Group(plan, [cards[key] for key in plan.shown if key in cards])
        for plan in plans
        if plan.keys or plan.gap_url
    ]


def of_product(seen: Library, product: Shelf[Product]) -> list[Plan]:
    tasks = [_task_of(seen, product, task) for task in seen.tasks.values()]
    without = product.keys & seen.of_kind(Guide.Kind.PROCEDURE) - _any_task(seen)
    other = Plan(_("其他操作指南"), seen.by_task(without))
    return [*tasks, other, *_company(seen, product.keys, product=product.slug)]


def of_task(seen: Library, task: Shelf[Task]) -> list[Plan]:
    """What serves several products comes first, as it is often what should be read first."""
    procedures = task.keys & seen.of_kind(Guide.Kind.PROCEDURE)
    own = {shelf.slug: procedures & _only_of(seen, shelf) for shelf in seen.products.values()}
    shared = procedures.difference(*own.values())
    return [
        Plan(_("几个产品都适用"), seen.by_task(shared)),
        *(_product_of(seen, task, seen.products[slug], keys) for slug, keys in own.items()),
        *_company(seen, task.keys, task=task.slug),
    ]


def of_cell(seen: Library, product: Shelf[Product], task: Shelf[Task]) -> list[Plan]:
    procedures = keys_in_cell(seen, product, task)
    if procedures:
        first = [Plan(_("操作指南"), seen.by_task(procedures))]
    else:
        first = _nearest(seen, product, task)
    both = product.keys & task.keys
    return [*first, *_company(seen, both, product=product.slug, task=task.slug)]


def _task_of(seen: Library, product: Shelf[Product], task: Shelf[Task]) -> Plan:
    keys, url = keys_in_cell(seen, product, task), cell_url(product.thing, task.thing)
    missing = task.thing.in_matrix and not keys
    return Plan(
        task.thing.display_name,
        seen.by_task(keys),
        lead=task.thing.display_definition,
        url=url,
        all_url=url,
        gap_url=url if missing else "",
    )


def _product_of(seen: Library, task: Shelf[Task], product: Shelf[Product], keys: Keys) -> Plan:
    url = cell_url(product.thing, task.thing)
    missing = task.thing.in_matrix and not keys_in_cell(seen, product, task)
    return Plan(
        product.thing.display_name,
        seen.by_task(keys),
        url=url,
        all_url=url,
        gap_url=url if missing else "",
    )


def _nearest(seen: Library, product: Shelf[Product], task: Shelf[Task]) -> list[Plan]:
    """What a reader might look at instead: named as what it is, never as the answer."""
    procedures = seen.of_kind(Guide.Kind.PROCEDURE)
    names = {"product": product.thing.display_name, "task": task.thing.display_name}
    return [
        Plan(
            _("别的产品怎么%(task)s") % names,
            seen.by_task(task.keys & procedures),
            lead=_("步骤不一定相同，不要照着做%(product)s。") % names,
            all_url=task.thing.get_absolute_url(),
        ),
        Plan(
            _("%(product)s的其他操作指南") % names,
            seen.by_task(product.keys & procedures),
            all_url=product.thing.get_absolute_url(),
        ),
    ]


def _company(seen: Library, keys: Keys, **conditions: str) -> list[Plan]:
    """Risk notes and cases beside the procedures, and the lists that have all of them."""
    return [_of_kind(seen, keys, kind, conditions) for kind in (Guide.Kind.RISK, Guide.Kind.CASE)]


def _of_kind(seen: Library, keys: Keys, kind: Guide.Kind, conditions: dict[str, str]) -> Plan:
    query = urlencode({"kind": kind.value, **conditions})
    return Plan(
        str(kind.label),
        seen.by_task(keys & seen.of_kind(kind)),
        all_url=f"{reverse('guide_list')}?{query}",
        most=COMPANY,
    )


def _only_of(seen: Library, product: Shelf[Product]) -> Keys:
    others = [shelf.keys for shelf in seen.products.values() if shelf is not product]
    return product.keys.difference(*others)


def _any_task(seen: Library) -> Keys:
    return frozenset().union(*(shelf.keys for shelf in seen.tasks.values()))
