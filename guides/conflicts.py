"""Two people in one guide: what the later save would change of what the earlier one wrote."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from guides.models import Guide
from guides.working_copy import of_its_kind

STEP_KEY = re.compile(r"[ \t]*\{#[a-z][a-z0-9]{3,7}\}|(?<=\{)#[a-z][a-z0-9]{3,7} ?")
CONTEXT = 2


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


class Conflict:
    """The guide as somebody else saved it, against the values typed into a stale form."""

    def __init__(self, theirs: Guide, typed: Mapping[str, Any]) -> None:
        self.theirs = of_its_kind(theirs)
        self._typed = typed

    @cached_property
    def differences(self) -> list[Difference]:
        fields = [field for field in _columns(self.theirs) if field.name in self._typed]
        pairs = [(field, *self._both(field)) for field in fields]
        return [
            Difference(field.name, str(field.verbose_name), theirs, mine)
            for field, theirs, mine in pairs
            if _without_keys(theirs) != _without_keys(mine)
        ]

    @property
    def fields(self) -> list[Difference]:
        """Without the body, which is compared by lines."""
        return [difference for difference in self.differences if difference.name != "body"]

    def lines(self) -> list[Line]:
        """Where the two bodies differ, with a little of what surrounds it."""
        return list(_compared(self.theirs.body, str(self._typed.get("body", ""))))

    def _both(self, field: Any) -> tuple[str, str]:
        return _shown(getattr(self.theirs, field.name)), _shown(self._typed[field.name])


def _columns(guide: Guide) -> list[Any]:
    return [field for field in (*guide._meta.fields, *guide._meta.many_to_many) if field.editable]


def _shown(value: Any) -> str:
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, Iterable) and not isinstance(value, str):
        names = [str(item) for item in value]
        return "、".join(names if isinstance(value, list) else sorted(names))
    return "" if value is None else str(value)


def _without_keys(text: str) -> str:
    """A text sent twice lacks the step keys that its first save wrote in."""
    return STEP_KEY.sub("", text).strip()


def _compared(theirs: str, mine: str) -> Iterable[Line]:
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
