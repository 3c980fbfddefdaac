"""The figures as a table, and whether they are what was asked for."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

Figures = dict[str, Any]
QUESTIONS = "questions"
# Milliseconds for 99 of 100 whole questions, and how many times as fast as the database's own.
P99 = {"SQLite": 15.0, "PostgreSQL": 35.0}
TIMES = {"SQLite": 5.0, "PostgreSQL": 10.0}
FINDABLE = 50.0  # milliseconds
MEGABYTE = 1_000_000


def lines(measured: Sequence[Figures]) -> Iterator[str]:
    for figures in measured:
        yield from _table(figures)
        yield from _costs(figures)
        yield from _verdicts(figures)
        yield ""


def _table(figures: Figures) -> Iterator[str]:
    yield _("%(database)s，%(guides)d 篇指南，毫秒：") % figures
    heads = [f"{head:>9}" for head in ("p50", "p90", "p99")]
    yield f"{'':14}{''.join(heads)}   {''.join(heads)}   x p50   x p99  ({figures['rival']})"
    for name, ours in figures["ours"].items():
        line = f"{name:14}" + _three(ours)
        theirs = figures["theirs"].get(name)
        if theirs:
            ratios = [f"{theirs[share] / ours[share]:8.1f}" for share in ("p50", "p99")]
            line += "   " + _three(theirs) + "".join(ratios)
        yield line


def _three(timing: dict[str, float]) -> str:
    return "".join(f"{timing[share]:9.1f}" for share in ("p50", "p90", "p99"))


def _costs(figures: Figures) -> Iterator[str]:
    yield _("保存到能搜到：p50 %(p50).1f，p99 %(p99).1f 毫秒") % figures["findable"]
    yield _("其中用自己的标题搜不到的：%(lost)d 篇") % figures
    rebuild = {
        "rate": figures["put_again"],
        "seconds": figures["guides"] / figures["put_again"],
        "guides": figures["guides"],
    }
    yield _("重建：每秒 %(rate).0f 篇，%(guides)d 篇约 %(seconds).0f 秒") % rebuild
    size = {
        "size": figures["index_bytes"] / MEGABYTE,
        "each": figures["index_bytes"] / figures["guides"],
    }
    yield _("索引：%(size).0f MB，每篇 %(each).0f 字节") % size


def _verdicts(figures: Figures) -> Iterator[str]:
    name, ours = figures["database"], figures["ours"][QUESTIONS]["p99"]
    theirs = figures["theirs"][QUESTIONS]["p99"]
    found = figures["findable"]["p99"]
    rival = figures["rival"]
    yield _verdict(_("整句提问 p99"), "<=", P99[name], "ms", ours <= P99[name])
    yield _verdict(rival, ">=", TIMES[name], "x", theirs >= TIMES[name] * ours)
    yield _verdict(_("保存到能搜到 p99"), "<=", FINDABLE, "ms", found <= FINDABLE)
    yield _verdict(_("用自己的标题搜不到的"), "<=", 0, _("篇"), not figures["lost"])


def _verdict(what: str, sign: str, figure: float, unit: str, reached: bool) -> str:
    told = _("达到") if reached else _("没有达到")
    return f"{what} {sign} {figure:.0f} {unit}: {told}"
