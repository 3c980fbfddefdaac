"""The ruled grid at the head of a guide: what a reader wants to know before reading on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guides.models import Guide, Product, Task

Facts = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    label: str
    value: str = ""
    note: str = ""
    items: Sequence[str] = ()
    width: str = ""  # "wide": two columns; "rows": a whole row on a phone
    quoted: bool = False  # the guide's own words, not the interface's


def facts_of(
    kind: str, facts: Facts, products: Sequence[Product], task: Task | None, *, fictional: bool
) -> list[Fact]:
    """The facts that are known; a fact nobody gave takes no room, unless its absence tells."""
    about = _about(products, task)
    if kind == Guide.Kind.PROCEDURE:
        found = [about, *_procedure(facts)]
    elif kind == Guide.Kind.RISK:
        found = [*_risk(facts), about, _early_signs(facts)]
    else:
        found = [about, *_case(facts, fictional)]
    return [fact for fact in found if fact.value or fact.items]


def _about(products: Sequence[Product], task: Task | None) -> Fact:
    names = _("、").join(product.display_name for product in products)
    parts = [names, task.display_name if task else ""]
    return Fact(_("产品与事项"), " · ".join(filter(None, parts)))


def _procedure(facts: Facts) -> Iterable[Fact]:
    yield Fact(_("谁来操作"), facts.get("performer", ""), quoted=True)
    yield _minutes(facts.get("minutes"))
    yield Fact(_("手边要有"), facts.get("at_hand", ""), width="wide", quoted=True)
    yield Fact(_("风险等级"), _level(facts.get("risk_level")), facts.get("risk_reason", ""))


def _minutes(minutes: int | None) -> Fact:
    if not minutes:
        return Fact(_("需要多久"), _("来源没有给出"))
    return Fact(
        _("需要多久"), _("约%(minutes)s分钟") % {"minutes": minutes}, _("编辑估计，来源未给")
    )


def _risk(facts: Facts) -> Iterable[Fact]:
    yield Fact(_("后果"), _level(facts.get("impact")), _("编辑判断，来源未给分级"))
    yield Fact(_("发生的可能"), _level(facts.get("likelihood")), _("编辑判断，来源未给分级"))
    yield Fact(_("还能挽回吗"), facts.get("recoverable", ""), quoted=True)


def _early_signs(facts: Facts) -> Fact:
    signs = facts.get("early_signs", ())
    return Fact(_("早期征兆"), items=signs, width="wide rows", quoted=True)


def _case(facts: Facts, fictional: bool) -> Iterable[Fact]:
    yield Fact(_("背景"), facts.get("setting", ""), quoted=True)
    yield Fact(_("结果"), facts.get("outcome", ""), quoted=True)
    if fictional:
        yield Fact(_("案例性质"), _("来源自注为虚构"), _("用来说明原因，不作证据"))


def _level(level: str | None) -> str:
    return str(Guide.Level(level).label) if level in Guide.Level.values else ""
