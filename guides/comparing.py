"""Two revisions of a guide compared for people: place by place, with counts and warnings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides import search
from guides.markdown import (
    BlockChange,
    Comparison,
    FieldChange,
    GuideDocument,
    Names,
    PartChange,
    Pieces,
    compare,
    from_document,
    linked_slugs,
)
from guides.models import Claim, Guide, Revision, Source
from guides.working_copy import KINDS

VIEWS = ("merged", "side", "new")
HEAD = ("title", "summary", "aliases")
CLAIMS = "claims"
# Around a change this many paragraphs stay in sight; of a longer run the middle is folded.
CONTEXT = 1
FOLDED = 3
MOST_LINES = 2_000  # on one page; an honest guide has a few hundred


@dataclass(frozen=True)
class Line:
    """A block, with the name of its field where it is no part of the body."""

    change: BlockChange
    name: str = ""


@dataclass(frozen=True)
class Run:
    """Neighbouring lines; far from every change they are folded."""

    lines: Sequence[Line]
    is_folded: bool = False


@dataclass(frozen=True)
class Place:
    """A step, a section or a group of fields, as templates/guides/_comparison.html shows it."""

    anchor: str
    name: str  # 第3步; empty where the title says it all
    title: Pieces
    state: str
    told: str  # 改1段，增1段
    warnings: Sequence[str]
    runs: Sequence[Run]
    is_changed: bool
    is_quoted: bool = False  # the title is the guide's own, not the interface's

    @property
    def length(self) -> int:
        """How many lines it takes."""
        return sum(len(run.lines) for run in self.runs)

    @property
    def plain_title(self) -> str:
        """The present title; the last one of what is gone."""
        left_out = "added" if self.state == "removed" else "removed"
        return "".join(text for state, text in self.title if state != left_out)


@dataclass(frozen=True)
class ComparedRevisions:
    """What templates/guides/_comparison.html shows; `view` is one of VIEWS."""

    old: Revision
    new: Revision
    view: str
    language: str
    places: Sequence[Place]
    only_layout: bool
    is_cut: bool = False  # too long to be shown in full

    @property
    def changed(self) -> list[Place]:
        return [place for place in self.places if place.is_changed]

    @property
    def old_name(self) -> str:
        return name_of(self.old)

    @property
    def new_name(self) -> str:
        return name_of(self.new)


def name_of(revision: Revision) -> str:
    """第3版, or the state of what has no number yet."""
    if revision.number:
        return _("第%(number)s版") % {"number": revision.number}
    return str(revision.get_state_display())


def compare_revisions(
    old: Revision, new: Revision, *, guides: QuerySet[Guide], view: str = "merged"
) -> ComparedRevisions:
    """Compares two revisions of one guide, word by word.

    `guides` are those whose titles may be named where a text links to them.
    """
    before, after = from_document(old.document), from_document(new.document)
    titles = _titles(guides, before, after)
    comparison = compare(
        before,
        after,
        words=search.words,
        old_names=_names(before, old, titles),
        new_names=_names(after, new, titles),
    )
    places = list(_places(comparison, after.kind))
    return ComparedRevisions(
        old=old,
        new=new,
        view=view if view in VIEWS else VIEWS[0],
        language=after.language,
        places=list(_cut(places)),
        only_layout=comparison.only_layout,
        is_cut=sum(place.length for place in places) > MOST_LINES,
    )


def _cut(places: Iterable[Place]) -> Iterator[Place]:
    """Every place keeps its title and its counts; the lines end where a page gets too long."""
    left = MOST_LINES
    for place in places:
        yield place if place.length <= left else replace(place, runs=list(_first(place.runs, left)))
        left = max(0, left - place.length)


def _first(runs: Iterable[Run], left: int) -> Iterator[Run]:
    for run in runs:
        if left <= 0:
            return
        yield replace(run, lines=run.lines[:left])
        left -= len(run.lines)


def _names(document: GuideDocument, revision: Revision, titles: Mapping[str, str]) -> Names:
    return Names(
        source=lambda code: Source(code=code).label,
        guide=lambda slug: titles.get(slug) or _("另一篇指南"),
        claims=_claims(document, revision),
        values={
            **{str(value): str(label) for value, label in Guide.Level.choices},
            "identity": _("身份验证"),
            "irreversible": _("不可撤回"),
            "waiting": _("需等待"),
        },
    )


def _titles(guides: QuerySet[Guide], *documents: GuideDocument) -> dict[str, str]:
    """Present titles by slug, under the names that guides once had as well."""
    slugs = {slug for document in documents for slug in linked_slugs(document.body)}
    if not slugs:
        return {}
    rows = (
        guides.filter(language=documents[-1].language)
        .filter(Q(slug__in=slugs) | Q(old_slugs__slug__in=slugs))
        .annotate(live_title=KeyTextTransform("title", "live__content"))
        .values_list("slug", "old_slugs__slug", "live_title", "title")
    )
    found: dict[str, str] = {}
    for slug, former, live_title, title in rows:
        found.setdefault(former or slug, live_title or title)
        found[slug] = live_title or title
    return found


def _claims(document: GuideDocument, revision: Revision) -> dict[str, list[str]]:
    """The words of its claims: frozen with a published version, today's for a draft."""
    frozen = revision.content.get("claims")
    if frozen is not None:
        return {claim["slug"]: _claim_lines(claim, claim["positions"]) for claim in frozen}
    if not document.claims:
        return {}
    rows = Claim.objects.filter(slug__in=document.claims).prefetch_related("positions__source")
    return {
        claim.slug: _claim_lines(
            {"question": claim.question, "wording": claim.wording},
            (
                {"label": position.source.label, "statement": position.statement}
                for position in claim.positions.all()
            ),
        )
        for claim in rows
    }


def _claim_lines(claim: Mapping[str, Any], positions: Iterable[Mapping[str, str]]) -> list[str]:
    said = [f"〔{each['label']}〕{each['statement']}" for each in positions]
    return [claim["question"], *said, claim["wording"]]


def _places(comparison: Comparison, kind: str) -> Iterator[Place]:
    anchors = (f"c-{number}" for number in range(1, 1_000_000))
    groups = {
        _("标题与摘要"): [each for each in comparison.fields if each.name in HEAD],
        _("页面资料"): [each for each in comparison.fields if each.name not in (*HEAD, CLAIMS)],
    }
    for name, fields in groups.items():
        yield _fields_place(next(anchors), name, fields, kind)
    for part in comparison.parts:
        yield _part_place(next(anchors), part)
    claims = [each for each in comparison.fields if each.name == CLAIMS and each.blocks]
    if claims:
        yield _fields_place(next(anchors), _("来源分歧"), claims, kind)


def _fields_place(anchor: str, name: str, fields: Sequence[FieldChange], kind: str) -> Place:
    columns = KINDS[kind]._meta
    lines = [
        Line(block, "" if each.name == CLAIMS else str(columns.get_field(each.name).verbose_name))  # type: ignore[union-attr]
        for each in fields
        for block in each.blocks
    ]
    counts = {state: sum(line.change.state == state for line in lines) for state in _ITEMS}
    is_changed = any(each.is_changed for each in fields)
    told = _joined(_counted(_ITEMS, counts))
    title: Pieces = (("same", name),)
    state = "changed" if is_changed else "same"
    return Place(anchor, "", title, state, told, (), list(_runs(lines)), is_changed)


def _part_place(anchor: str, part: PartChange) -> Place:
    name = _step_name(part) if part.kind == "step" else ""
    title: Pieces = part.title if part.kind != "lead" else (("same", _("开头")),)
    lines = [Line(block) for block in part.blocks]
    warnings = [str(_WARNINGS[kind]) for kind in part.warnings]
    told = _joined(_told(part))
    return Place(
        anchor,
        name,
        title,
        part.state,
        told,
        warnings,
        list(_runs(lines)),
        part.is_changed,
        is_quoted=part.kind != "lead",
    )


def _step_name(part: PartChange) -> str:
    """By its present number; by the last one where it is gone, which another step may have now."""
    if part.new_number:
        return _("第%(number)s步") % {"number": part.new_number}
    return _("原第%(number)s步") % {"number": part.old_number}


_WARNINGS = {
    "stop": gettext_lazy("停"),
    "caution": gettext_lazy("注意"),
    "wayback": gettext_lazy("退路"),
}
_PARAGRAPHS = {
    "changed": lambda n: ngettext("改%(n)s段", "改%(n)s段", n),
    "added": lambda n: ngettext("增%(n)s段", "增%(n)s段", n),
    "removed": lambda n: ngettext("删%(n)s段", "删%(n)s段", n),
}
_ITEMS = {
    "changed": lambda n: ngettext("改%(n)s项", "改%(n)s项", n),
    "added": lambda n: ngettext("增%(n)s项", "增%(n)s项", n),
    "removed": lambda n: ngettext("删%(n)s项", "删%(n)s项", n),
}


def _told(part: PartChange) -> Iterator[str]:
    if part.is_moved and part.kind == "step":
        numbers = {"old": part.old_number, "new": part.new_number}
        yield _("从第%(old)s步移到第%(new)s步") % numbers
    elif part.is_moved:
        yield _("换了位置")
    if part.state in ("added", "removed"):
        yield _("新增") if part.state == "added" else _("删去")
        return
    if part.is_renamed:
        yield _("改标题")
    yield from _counted(_PARAGRAPHS, part.counts)


def _counted(words: Mapping[str, Any], counts: Mapping[str, int]) -> Iterator[str]:
    for state, word in words.items():
        if counts.get(state):
            yield word(counts[state]) % {"n": counts[state]}


def _joined(words: Iterable[str]) -> str:
    return _("，").join(words)


def _runs(lines: Sequence[Line]) -> Iterator[Run]:
    """Long stretches without a change are folded, but for what touches a change."""
    for is_same, group in groupby(lines, lambda line: line.change.state == "same"):
        run = list(group)
        if not is_same or len(run) < FOLDED + 2 * CONTEXT or len(run) == len(lines):
            yield Run(run)
            continue
        head = CONTEXT if run[0] is not lines[0] else 0
        tail = len(run) - (CONTEXT if run[-1] is not lines[-1] else 0)
        yield from (Run(part) for part in [run[:head]] if part)
        yield Run(run[head:tail], is_folded=True)
        yield from (Run(part) for part in [run[tail:]] if part)
