"""Two texts that were begun from one, made one again: part by part, with nothing lost.

A part is the lead, a section or a step. What one side changed is taken over; what both changed
stays in both forms until a person decides. The result is the same whichever side comes first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from guides.markdown import aligning, outline, steps
from guides.markdown.inline import TooComplex
from guides.markdown.keys import without_keys
from guides.markdown.limits import SIZE
from guides.markdown.parser import parse

Kind = Literal["lead", "section", "step"]
Choice = Literal["", "mine", "theirs", "both"]
Name = tuple[str, str, int]

LINES = 5_000  # an honest body has a few hundred; a longer one is merged as one part
RENAMED = 0.5  # under another title, a part must share that much of its lines
PAIRS = 2_500  # of parts, compared at most
APART = "\n\n"


@dataclass(frozen=True)
class _Part:
    kind: Kind
    title: str
    key: str
    text: str
    gap: str | None  # the line ends behind it; unknown of the last one and of nothing


@dataclass(frozen=True)
class MergedPart:
    """One part as it was and as each side has it; None where a side does not have it."""

    kind: Kind
    title: str
    base: str | None
    mine: str | None
    theirs: str | None
    gap: str = field(default=APART, repr=False)

    @property
    def is_conflict(self) -> bool:
        """Both sides changed it, and not alike."""
        return merged_value(self.base, self.mine, self.theirs) is CONFLICT

    @property
    def is_taken(self) -> bool:
        """Only they changed it."""
        return self.mine == self.base != self.theirs

    def text(self, choice: Choice = "both") -> str | None:
        """None where it is deleted; a conflict is answered by the choice."""
        merged = merged_value(self.base, self.mine, self.theirs)
        if not isinstance(merged, Conflicting):
            return merged
        if choice == "both":
            return APART.join(text for text in (self.mine, self.theirs) if text)
        return self.mine if choice == "mine" else self.theirs


class Conflicting:
    """What two sides changed differently has no value yet."""


CONFLICT = Conflicting()


def merged_value(
    base: str | None, mine: str | None, theirs: str | None
) -> str | Conflicting | None:
    """One value of three; CONFLICT where both sides changed it, and not alike."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else CONFLICT


def merged_list(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Lists never conflict: what either side added is there, what either removed is not."""
    if list(mine) in (list(base), list(theirs)):
        return list(theirs)
    if list(theirs) == list(base):
        return list(mine)
    kept = [item for item in base if item in mine and item in theirs]
    added = sorted([item for item in side if item not in base] for side in (mine, theirs))
    return list(dict.fromkeys([*kept, *added[0], *added[1]]))


def merge_bodies(base: str, mine: str, theirs: str, *, kind: str) -> tuple[MergedPart, ...]:
    """The parts of both texts in one order; `joined` makes one text of them."""
    before = _named(_cut(base, kind))
    ours, others = (_known_as(before, _named(_cut(side, kind))) for side in (mine, theirs))
    ours = _known_as(others, ours, besides=before)
    parts = {
        name: _merged(before.get(name), ours.get(name), others.get(name))
        for name in {**before, **ours, **others}
    }
    return tuple(
        parts[name] for name in _ordered(before, ours, others) if parts[name].text() is not None
    )


def joined(parts: Iterable[MergedPart], choices: Mapping[int, Choice] | None = None) -> str:
    """One body; of conflicts that nobody decided, both sides are in it."""
    chosen = choices or {}
    texts = ((part.text(chosen.get(at) or "both"), part.gap) for at, part in enumerate(parts))
    body = "".join(text + gap for text, gap in texts if text).strip("\n")
    return f"{body}\n" if body else ""


def _merged(base: _Part | None, mine: _Part | None, theirs: _Part | None) -> MergedPart:
    gaps = [part.gap if part else None for part in (base, mine, theirs)]
    if not base and mine and theirs and without_keys(mine.text) == without_keys(theirs.text):
        # New on both sides: the same text sent twice. The one that was saved has its key.
        mine = theirs = max(mine, theirs, key=lambda part: (len(part.text), part.text))
    shown = mine or theirs or base
    assert shown  # noqa: S101 - every name comes from one of the three
    before, ours, others = (part.text if part else None for part in (base, mine, theirs))
    return MergedPart(shown.kind, shown.title, before, ours, others, _gap(*gaps))


def _gap(base: str | None, mine: str | None, theirs: str | None) -> str:
    known = [gap for gap in (mine, theirs) if gap is not None]
    changed = [gap for gap in known if gap != base]
    return max(changed or known or [base or APART], key=len)


# — cutting —


def _cut(body: str, kind: str) -> list[_Part]:
    """The lead, which may be empty, and everything behind it; joined again it is the body."""
    body = body.strip("\n")
    heads = [(0, "lead", "", ""), *_heads(body, kind)]
    starts = _line_starts(body)
    places = [starts[line] for line, *_rest in heads[1:]]
    chunks = [body[a:b] for a, b in zip([0, *places], [*places, len(body)], strict=True)]
    parts = [_part(*head[1:], chunk) for head, chunk in zip(heads, chunks, strict=True)]  # type: ignore[arg-type]
    return [*parts[:-1], replace(parts[-1], gap=None)]


def _part(kind: Kind, title: str, key: str, chunk: str) -> _Part:
    text = chunk.rstrip("\n")
    return _Part(kind, title, key, text, chunk[len(text) :] or None)


def _heads(body: str, kind: str) -> list[tuple[int, str, str, str]]:
    """Line, kind, title and key of every section and step; none where it cannot be parsed."""
    if len(body) > SIZE or body.count("\n") > LINES:
        return []
    try:
        tokens, _env = parse(body)
    except TooComplex:
        return []
    found = []
    for section in outline.build(tokens, kind).sections:
        found.append((section.line - 1, "section", section.title, ""))
        found += [(each.line - 1, "step", each.title, steps.key(each)) for each in section.steps]
    return found


def _line_starts(body: str) -> list[int]:
    starts = [0]
    for line in body.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


# — which part is which —


def _named(parts: Iterable[_Part]) -> dict[Name, _Part]:
    """A step is known by its key, anything else by its title; of two alike each has a number."""
    seen: Counter[tuple[str, str]] = Counter()
    named: dict[Name, _Part] = {}
    for part in parts:
        name = (part.kind, f"#{part.key}" if part.key else part.title)
        named[*name, seen[name]] = part
        seen[name] += 1
    return named


def _known_as(
    known: Mapping[Name, _Part], side: dict[Name, _Part], besides: Iterable[Name] = ()
) -> dict[Name, _Part]:
    """The side's parts under the names they have in `known`: renamed sections, lost keys."""
    left_out = set(besides)
    old = [name for name in known if name not in side and name not in left_out]
    new = [name for name in side if name not in known and name not in left_out]
    if len(old) * len(new) > PAIRS:
        return side
    found = sorted(
        (-value, sorted((known[a].text, side[b].text)), b, a)
        for a in old
        for b in new
        if (value := _likeness(known[a], side[b])) >= RENAMED
    )
    names: dict[Name, Name] = {}
    for _value, _texts, b, a in found:
        if b not in names and a not in names.values():
            names[b] = a
    return {names.get(name, name): part for name, part in side.items()}


def _likeness(one: _Part, other: _Part) -> float:
    if one.kind != other.kind or one.kind == "lead" or (one.key and other.key):
        return 0.0
    if one.title == other.title:
        return 1.0
    mine, theirs = (Counter(filter(None, part.text.split("\n")[1:])) for part in (one, other))
    return aligning.similar(mine, theirs) if mine and theirs else 0.0


# — the order —


def _ordered(
    base: Mapping[Name, _Part], mine: Mapping[Name, _Part], theirs: Mapping[Name, _Part]
) -> list[Name]:
    """The order of the side that moved something, with what only the other has woven in."""
    first, second = sorted((mine, theirs), key=_rank(base, mine, theirs))
    order = list(first)
    for before, name in _neighbours(second):
        if name not in order:
            order.insert(_place(order, before, name[0]), name)
    return order


def _rank(
    base: Mapping[Name, _Part], mine: Mapping[Name, _Part], theirs: Mapping[Name, _Part]
) -> Callable[[Mapping[Name, _Part]], tuple[bool, bool, list[str]]]:
    """Moved parts count more than new ones; two sides that did the same are told by their text."""
    shared = dict.fromkeys(name for name in base if name in mine and name in theirs)

    def rank(side: Mapping[Name, _Part]) -> tuple[bool, bool, list[str]]:
        stayed = [name for name in side if name in shared] == list(shared)
        return stayed, list(side) == list(base), [part.text for part in side.values()]

    return rank


def _neighbours(side: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """Every part with the one before it; the lead, which every text has, comes first."""
    before: Name = ("lead", "", 0)
    for name in side:
        yield before, name
        before = name


def _place(order: list[Name], before: Name, kind: str) -> int:
    """Behind its predecessor; a section never tears the steps of another apart."""
    place = order.index(before) + 1
    while kind == "section" and place < len(order) and order[place][0] == "step":
        place += 1
    return place
