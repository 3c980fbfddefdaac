"""What changed between two texts of one guide, as plain data: by part, by block, by word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from django.utils.translation import override

from guides.markdown import aligning, readable
from guides.markdown.aligning import Effort, Pairs, Pieces, Words
from guides.markdown.document import FACTS, GuideDocument
from guides.markdown.readable import Block, Names, Part, Reading

State = Literal["same", "changed", "added", "removed"]
Side = Literal["added", "removed"]

ALIKE = 0.4  # blocks that share less of their words are two, not one that was changed
RENAMED = 0.5  # a section or a step under another title must share more
WARNINGS = ("stop", "caution", "wayback")


@dataclass(frozen=True)
class BlockChange:
    """One block, or one that replaced another."""

    state: State
    kind: str
    frame: str
    label: Pieces
    pieces: Pieces


@dataclass(frozen=True)
class FieldChange:
    """A field outside the body: title, summary, aliases, claims, or a fact by its name."""

    name: str
    blocks: tuple[BlockChange, ...]

    @property
    def is_changed(self) -> bool:
        return any(block.state != "same" for block in self.blocks)


@dataclass(frozen=True)
class PartChange:
    """The lead, a section or a step; a step that is elsewhere now is moved, not new."""

    kind: Literal["lead", "section", "step"]
    state: State
    title: Pieces
    blocks: tuple[BlockChange, ...]
    key: str = ""
    old_number: int = 0
    new_number: int = 0
    is_moved: bool = False

    @property
    def is_changed(self) -> bool:
        return self.state != "same" or self.is_moved

    @property
    def is_renamed(self) -> bool:
        return self.state == "changed" and any(state != "same" for state, _text in self.title)

    @property
    def counts(self) -> Counter[str]:
        """How many blocks were changed, added and removed."""
        return Counter(block.state for block in self.blocks if block.state != "same")

    @property
    def warnings(self) -> list[str]:
        """The kinds of warning in it that are not what they were."""
        changed = {block.frame for block in self.blocks if block.state != "same"}
        return [kind for kind in WARNINGS if kind in changed]


@dataclass(frozen=True)
class Comparison:
    """Two texts of one guide at once."""

    fields: tuple[FieldChange, ...]
    parts: tuple[PartChange, ...]
    only_layout: bool = False  # nothing that can be read has changed, but the Markdown has

    @property
    def is_same(self) -> bool:
        fields, parts = self.fields, self.parts
        return not any(each.is_changed for each in fields) and not any(
            each.is_changed for each in parts
        )


def compare(
    old: GuideDocument,
    new: GuideDocument,
    *,
    words: Words,
    old_names: Names | None = None,
    new_names: Names | None = None,
) -> Comparison:
    """Compare two texts. `words` cuts a text into words and loses nothing of it."""
    before, after = old_names or Names(), new_names or Names()
    with override(new.language):
        run = _Run(words)
        fields = tuple(run.fields(_fields(old, before), _fields(new, after)))
        parts = tuple(run.parts(*_readings(old, new, before, after)))
    comparison = Comparison(fields, parts)
    if comparison.is_same and old.body != new.body:
        return Comparison(fields, parts, only_layout=True)
    return comparison


def _readings(
    old: GuideDocument, new: GuideDocument, before: Names, after: Names
) -> tuple[Reading, Reading]:
    """Both parsed, or neither."""
    mine = readable.read(old.body, old.kind, before)
    theirs = readable.read(new.body, new.kind, after)
    if mine is None or theirs is None:
        return readable.read_plainly(old.body), readable.read_plainly(new.body)
    return mine, theirs


def _fields(document: GuideDocument, names: Names) -> dict[str, tuple[Block, ...]]:
    claims = [line for slug in document.claims for line in names.claims.get(slug, (slug,))]
    facts = {name: _lines(document.facts[name], names) for name in FACTS.get(document.kind, {})}
    return {
        "title": (Block(document.title),),
        "summary": (Block(document.summary),),
        "aliases": tuple(Block(alias, "item") for alias in document.aliases),
        **facts,
        "claims": tuple(Block(line) for line in claims),
    }


def _lines(value: Any, names: Names) -> tuple[Block, ...]:
    if isinstance(value, list):
        return tuple(Block(item, "item") for item in value)
    text = "" if value is None else str(value)
    if text in names.values:
        return (Block(names.values[text], "value"),)
    return (Block(text),) if text else ()


@dataclass
class _Run:
    """One comparison: its words, and what it may still cost."""

    words: Words
    effort: Effort = field(default_factory=Effort)
    bags: dict[str, Counter[str]] = field(default_factory=dict)

    def fields(
        self, old: dict[str, tuple[Block, ...]], new: dict[str, tuple[Block, ...]]
    ) -> Iterator[FieldChange]:
        for name in dict.fromkeys((*old, *new)):
            mine, theirs = old.get(name, ()), new.get(name, ())
            if len(mine) == len(theirs) == 1:
                yield FieldChange(name, (self._block(mine[0], theirs[0]),))
            else:
                yield FieldChange(name, self.blocks(mine, theirs))

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[BlockChange, ...]:
        pairs = aligning.align(old, new, self.effort)
        for a, b, c, d in list(_gaps(pairs, len(old), len(new))):
            pairs += [(a + i, c + j) for i, j in self._near(old[a:b], new[c:d])]
        return tuple(self._merged(old, new, sorted(pairs)))

    def _near(self, old: Sequence[Block], new: Sequence[Block]) -> Pairs:
        if not old or not new:
            return []
        lengths = [sum(self._bag(block.text).total() for block in side) for side in (old, new)]
        cost = lengths[0] * len(new) + lengths[1] * len(old)
        return aligning.pair_similar(old, new, self._likeness, self.effort, cost)

    def _likeness(self, old: Block, new: Block) -> float:
        if (old.kind, old.frame) != (new.kind, new.frame):
            return 0.0
        value = aligning.similar(self._bag(old.text), self._bag(new.text))
        return value if value >= ALIKE else 0.0

    def _bag(self, text: str) -> Counter[str]:
        if text not in self.bags:
            self.bags[text] = aligning.bag(text, self.words)
        return self.bags[text]

    def _merged(
        self, old: Sequence[Block], new: Sequence[Block], pairs: Pairs
    ) -> Iterator[BlockChange]:
        a = c = 0
        for i, j in [*pairs, (len(old), len(new))]:
            yield from (_whole(block, "removed") for block in old[a:i])
            yield from (_whole(block, "added") for block in new[c:j])
            if i < len(old):
                yield self._block(old[i], new[j])
            a, c = i + 1, j + 1

    def _block(self, old: Block, new: Block) -> BlockChange:
        if old == new:
            return _whole(old, "same")
        label, pieces = self._pieces(old.label, new.label), self._pieces(old.text, new.text)
        return BlockChange("changed", new.kind, new.frame, label, pieces)

    def _pieces(self, old: str, new: str) -> Pieces:
        return aligning.compare_words(old, new, self.words, self.effort)

    def parts(self, old: Reading, new: Reading) -> Iterator[PartChange]:
        if old.lead.blocks or new.lead.blocks:
            yield self._part(old.lead, new.lead)
        steps = list(self._changes(_steps(old), _steps(new)))
        mine, theirs = ([section.part for section in side.sections] for side in (old, new))
        holder = _holder(new) or _holder(old)
        for change, *sides in self._changes(mine, theirs):
            yield change
            if any(side is holder for side in sides if side):
                yield from (step for step, *_sides in steps)

    def _changes(
        self, old: Sequence[Part], new: Sequence[Part]
    ) -> Iterator[tuple[PartChange, Part | None, Part | None]]:
        """Every part once, in the new order, the removed ones behind what they followed."""
        pairs = [*_by_identity(old, new)]
        pairs += self._by_likeness(old, new, pairs)
        moved = _moved(old, new, pairs, self.effort)
        for i, j in _in_order(pairs, len(old), len(new)):
            if i is None and j is not None:
                yield _lone(new[j], "added"), None, new[j]
            elif j is None and i is not None:
                yield _lone(old[i], "removed"), old[i], None
            elif i is not None and j is not None:
                yield self._part(old[i], new[j], is_moved=(i, j) in moved), old[i], new[j]

    def _by_likeness(self, old: Sequence[Part], new: Sequence[Part], known: Pairs) -> Pairs:
        """Sections under another title, and steps that lost their keys."""
        mine = [i for i in range(len(old)) if i not in {i for i, _j in known}]
        theirs = [j for j in range(len(new)) if j not in {j for _i, j in known}]
        if not self.effort.spend(100 * len(mine) * len(theirs)):
            return []
        found = [
            (-value, sorted((old[i].title, new[j].title)), (i, j))
            for i in mine
            for j in theirs
            if not (old[i].key and new[j].key)
            and (value := self._part_likeness(old[i], new[j])) >= RENAMED
        ]
        return _best_first(pair for _value, _titles, pair in sorted(found))

    def _part_likeness(self, old: Part, new: Part) -> float:
        return aligning.similar(self._bag(_all_text(old)), self._bag(_all_text(new)))

    def _part(self, old: Part, new: Part, *, is_moved: bool = False) -> PartChange:
        title, blocks = self._pieces(old.title, new.title), self.blocks(old.blocks, new.blocks)
        same = old.title == new.title and all(block.state == "same" for block in blocks)
        numbers = old.number, new.number
        state: State = "same" if same else "changed"
        return PartChange(new.kind, state, title, blocks, new.key, *numbers, is_moved)


def _gaps(pairs: Pairs, old: int, new: int) -> Iterator[aligning.Range]:
    fences = [(-1, -1), *pairs, (old, new)]
    return ((i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(fences))


def _whole(block: Block, state: Literal["same", "added", "removed"]) -> BlockChange:
    label: Pieces = ((state, block.label),) if block.label else ()
    return BlockChange(state, block.kind, block.frame, label, ((state, block.text),))


def _lone(part: Part, side: Side) -> PartChange:
    blocks = tuple(_whole(block, side) for block in part.blocks)
    title: Pieces = ((side, part.title),) if part.title else ()
    old, new = (part.number, 0) if side == "removed" else (0, part.number)
    return PartChange(part.kind, side, title, blocks, part.key, old, new)


def _steps(reading: Reading) -> list[Part]:
    return [step for section in reading.sections for step in section.steps]


def _holder(reading: Reading) -> Part | None:
    """The section with the steps."""
    return next((section.part for section in reading.sections if section.steps), None)


def _all_text(part: Part) -> str:
    return "\n".join((part.title, *(block.text for block in part.blocks)))


Identity = tuple[str, str, int]


def _identities(parts: Sequence[Part]) -> list[Identity]:
    """A step is known by its key, anything else by its title; of two alike each has a number."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for part in parts:
        name = ("key", part.key) if part.key else ("title", part.title)
        found.append((*name, seen[name]))
        seen[name] += 1
    return found


def _by_identity(old: Sequence[Part], new: Sequence[Part]) -> Pairs:
    places = {identity: j for j, identity in enumerate(_identities(new))}
    found = enumerate(_identities(old))
    return [(i, places[identity]) for i, identity in found if identity in places]


def _best_first(candidates: Iterable[tuple[int, int]]) -> Pairs:
    pairs: Pairs = []
    used: tuple[set[int], set[int]] = (set(), set())
    for i, j in candidates:
        if i not in used[0] and j not in used[1]:
            pairs.append((i, j))
            used[0].add(i)
            used[1].add(j)
    return pairs


def _moved(old: Sequence[Part], new: Sequence[Part], pairs: Pairs, effort: Effort) -> set[Any]:
    """The pairs that left the order in which the others stand."""
    mine, theirs = _identities(old), _identities(new)
    # The same name from either side, so that the same parts count as moved.
    names = {pair: tuple(sorted((mine[pair[0]], theirs[pair[1]]))) for pair in pairs}
    before = [names[pair] for pair in sorted(pairs)]
    after = [names[pair] for pair in sorted(pairs, key=lambda pair: pair[1])]
    staying = {before[i] for i, _j in aligning.align(before, after, effort)}
    return {pair for pair in pairs if names[pair] not in staying}


def _in_order(pairs: Pairs, old: int, new: int) -> list[tuple[int | None, int | None]]:
    partners = dict(pairs)
    sources = {j: i for i, j in pairs}
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for i in range(old):
        if i in partners:
            last = partners[i]
        else:
            behind.setdefault(last, []).append(i)
    order: list[tuple[int | None, int | None]] = [(i, None) for i in behind.get(None, ())]
    for j in range(new):
        order.append((sources.get(j), j))
        order += [(i, None) for i in behind.get(j, ())]
    return order
