"""Two people in one guide: the later text brought together with the one that was saved first."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from guides import publishing, search
from guides.markdown import (
    CONFLICT,
    Choice,
    Effort,
    MergedPart,
    Pieces,
    compare_words,
    from_document,
    joined,
    merge_bodies,
    merged_list,
    merged_value,
    without_keys,
)
from guides.models import Guide, Revision
from guides.working_copy import KINDS, of_its_kind, write_text

TEXT = ("title", "summary", "aliases", "body")
CONTEXT = 2  # lines
BESIDE, CUT = 60, " … "  # letters
Plain = str | list[str]
Plains = dict[str, Plain]


@dataclass(frozen=True)
class Difference:
    """One field as it stands in the database and as it was typed."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Line:
    """A line of two texts compared: "same", "theirs" (only there), "mine" or "gap"."""

    side: str
    text: str


@dataclass(frozen=True)
class Disputed:
    """A field or a part of the body that both changed, until `choice` says whose is taken.

    `pieces` are the words of both at once where they differ, theirs as the old ones; a side that
    deleted it has None.
    """

    name: str
    label: str
    kind: str  # "field", "lead", "section" or "step"
    mine: str | None
    theirs: str | None
    pieces: Pieces
    choice: str = ""


def columns(guide: Guide) -> dict[str, Any]:
    """What of a guide a form edits, by name."""
    fields = (*guide._meta.fields, *guide._meta.many_to_many)
    return {each.name: each for each in fields if each.editable and not each.primary_key}


def plain(value: Any) -> Plain:
    """A field's value so that it can be compared and sent in a form: keys for related rows."""
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, list | models.QuerySet):
        rows = [row.pk for row in value if isinstance(row, models.Model)]
        return sorted(map(str, rows)) or [str(item) for item in value]
    if isinstance(value, models.Model):
        return str(value.pk)
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)


def classification(guide: Guide, known: Mapping[str, Any] | None = None) -> str:
    """What is no text, as the editor's form carries it along: no revision keeps it by edition.

    `known` are values that were read already.
    """
    read = known or {}
    names = [name for name in columns(guide) if name not in (*TEXT, *_facts(guide))]
    values = {name: read[name] if name in read else getattr(guide, name) for name in names}
    return json.dumps({name: plain(value) for name, value in values.items()})


def _facts(guide: Guide) -> tuple[str, ...]:
    return KINDS[guide.kind].FACTS


def differences(guide: Guide, typed: Mapping[str, Any]) -> list[Difference]:
    """Where typed values are not what is saved; the keys of steps count for nothing."""
    fields = columns(guide)
    pairs = {
        name: (_shown(_stored(guide, name), fields[name]), _shown(typed[name], fields[name]))
        for name in fields
        if name in typed
    }
    return [
        Difference(name, str(fields[name].verbose_name), theirs, mine)
        for name, (theirs, mine) in pairs.items()
        if without_keys(theirs).strip() != without_keys(mine).strip()
    ]


def _stored(guide: Guide, name: str) -> Any:
    """What is new has no related rows yet, and must not be asked for them."""
    return [] if not guide.pk and columns(guide)[name].many_to_many else getattr(guide, name)


def compared_lines(theirs: str, mine: str) -> Iterator[Line]:
    """Where two bodies differ, with a little of what surrounds it."""
    old, new = theirs.splitlines(), mine.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > 2000)
    for number, group in enumerate(matcher.get_grouped_opcodes(CONTEXT)):
        if number:
            yield Line("gap", "")
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (Line("same", text) for text in old[a:b])
                continue
            yield from (Line("theirs", text) for text in old[a:b])
            yield from (Line("mine", text) for text in new[c:d])


class Conflict:
    """The guide as somebody else saved it, against the values typed into a stale form.

    `begun` is the classification that the form was opened with, `edition` says with what text,
    `choices` is what the editor answered so far, by the names of what is disputed.
    """

    def __init__(
        self,
        theirs: Guide,
        typed: Mapping[str, Any],
        *,
        edition: int,
        begun: str,
        choices: Mapping[str, str],
    ) -> None:
        self.theirs = of_its_kind(theirs)
        self.typed = {name: typed[name] for name in columns(self.theirs) if name in typed}
        self._edition, self._begun, self._choices = edition, begun, choices
        self._effort = Effort()

    @cached_property
    def is_repetition(self) -> bool:
        """The same form sent twice: its first copy has been saved."""
        return not differences(self.theirs, self.typed)

    @cached_property
    def saves(self) -> list[Revision]:
        """What was saved since the edit was begun."""
        return list(publishing.saves_since(self.theirs, self._edition))

    @cached_property
    def disputed(self) -> list[Disputed]:
        return [*self._disputed_fields(), *self._disputed_parts()]

    @property
    def is_decided(self) -> bool:
        return all(each.choice for each in self.disputed)

    @cached_property
    def taken(self) -> list[str]:
        """The names of what only they changed; it is in the merged text."""
        fields = columns(self.theirs)
        names = [
            str(fields[name].verbose_name)
            for name, (base, mine, theirs) in self._sides.items()
            if name != "body" and mine == base != theirs
        ]
        return names + [part.title or _("开头") for part in self._parts if part.is_taken]

    def merged(self) -> Plains:
        """Every field as the form should have it now; disputed ones by choice."""
        values = {name: self._merged(name) for name in self._sides if name != "body"}
        choices: dict[int, Choice] = {
            at: self._choice(f"body-{at}") for at in range(len(self._parts))
        }
        return values | {"body": joined(self._parts, choices)}

    @cached_property
    def _sides(self) -> dict[str, tuple[Plain | None, Plain, Plain]]:
        """Of each field how it was begun, mine and theirs; None where the beginning is unknown."""
        base = self._base()
        return {
            name: (base.get(name), plain(value), plain(getattr(self.theirs, name)))
            for name, value in self.typed.items()
        }

    def _base(self) -> Plains:
        known = _read(self._begun)
        revision = publishing.begun_from(self.theirs, self._edition)
        if revision:
            row = type(self.theirs)(kind=self.theirs.kind)
            write_text(from_document(revision.document), row)
            known |= {name: plain(getattr(row, name)) for name in (*TEXT, *row.FACTS)}
        return known

    @cached_property
    def _parts(self) -> tuple[MergedPart, ...]:
        base, mine, theirs = self._sides.get("body", ("", "", ""))
        bodies = (str(side or "") for side in (base, mine, theirs))
        return merge_bodies(*bodies, kind=self.theirs.kind)

    def _merged(self, name: str) -> Plain:
        base, mine, theirs = self._sides[name]
        if isinstance(mine, list) and isinstance(theirs, list):
            return merged_list(base if isinstance(base, list) else [], mine, theirs)
        merged = merged_value(base, mine, theirs)  # type: ignore[arg-type]
        if merged is CONFLICT:
            return theirs if self._choice(name) == "theirs" else mine
        return str(merged)

    def _choice(self, name: str) -> Choice:
        given = self._choices.get(name, "")
        return given if given in ("mine", "theirs", "both") else ""  # type: ignore[return-value]

    def _disputed_fields(self) -> Iterator[Disputed]:
        for name, sides in self._sides.items():
            is_list = isinstance(sides[1], list)
            if name == "body" or is_list or merged_value(*sides) is not CONFLICT:  # type: ignore[arg-type]
                continue
            field = columns(self.theirs)[name]
            mine, theirs = (
                _shown(value, field) for value in (self.typed[name], getattr(self.theirs, name))
            )
            yield self._one(name, str(field.verbose_name), "field", mine, theirs)

    def _disputed_parts(self) -> Iterator[Disputed]:
        for at, part in enumerate(self._parts):
            if part.is_conflict:
                title = part.title or _("开头")
                yield self._one(f"body-{at}", title, part.kind, part.mine, part.theirs)

    def _one(
        self, name: str, label: str, kind: str, mine: str | None, theirs: str | None
    ) -> Disputed:
        pieces = compare_words(theirs or "", mine or "", search.words, self._effort)
        return Disputed(name, label, kind, mine, theirs, _short(pieces), self._choice(name))


def _short(pieces: Pieces) -> Pieces:
    """What both have is cut down to what stands beside a difference."""
    last = len(pieces) - 1
    return tuple(
        (state, _ends(text, at > 0, at < last) if state == "same" else text)
        for at, (state, text) in enumerate(pieces)
    )


def _ends(text: str, is_behind: bool, is_before: bool) -> str:
    if len(text) <= 2 * BESIDE + len(CUT):
        return text
    return (text[:BESIDE] if is_behind else "") + CUT + (text[-BESIDE:] if is_before else "")


def _read(begun: str) -> Plains:
    """What the form carried along, as far as it is what a form of ours may carry."""
    try:
        values = json.loads(begun)
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: value for name, value in values.items() if _is_plain(value)}


def _is_plain(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str) for item in items)


def _shown(value: Any, field: Any) -> str:
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, Iterable) and not isinstance(value, str):
        names = [str(item) for item in value]
        return "、".join(names if isinstance(value, list) else sorted(names))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else str(value)
