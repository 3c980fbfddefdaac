"""How far a version is verified, worked out from the records about its steps and nothing else.

A record counts for every version in which the step it was made on has the same key and the same
text. Why it is so, and what part of a walk counts for what: docs/decisions/0009.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, TextField
from django.db.models.functions import Cast, JSONObject

from guides.models import Guide, StepCheck, Verification, VerificationState

MATCHES, DIFFERS = StepCheck.Result.MATCHES, StepCheck.Result.DIFFERS
DEVICE = Verification.Kind.DEVICE
Content = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What is verified by itself: a step, or the whole text of a guide without steps."""

    key: str
    number: int
    title: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a record says of one part."""

    record: "Record"
    step: str
    number: int
    fingerprint: str
    result: str
    difference: str


@dataclass(kw_only=True)
class Record:
    """A verification as pages show it."""

    key: int
    version: int
    on: dt.date
    kind: str
    app: str
    note: str
    alone: bool
    verifier: User
    checks: list[Check] = field(default_factory=list)

    def numbers(self, result: str) -> list[int]:
        return [check.number for check in self.checks if check.result == result]

    @property
    def is_whole(self) -> bool:
        """Of a guide without steps."""
        return [check.step for check in self.checks] == [""]

    @property
    def matching(self) -> list[int]:
        return self.numbers(MATCHES)

    @property
    def skipped(self) -> list[int]:
        return self.numbers(StepCheck.Result.SKIPPED)

    @property
    def differing(self) -> list[Check]:
        return [check for check in self.checks if check.result == DIFFERS]

    @property
    def kind_label(self) -> str:
        return str(Verification.Kind(self.kind).label)


@dataclass(kw_only=True)
class PartStanding:
    """What is known of one part: since when it is verified, and what is said to be different."""

    part: Part
    on: dt.date | None = None
    on_device: dt.date | None = None
    version: int = 0  # the one that was walked through when it was verified last
    differences: list[Check] = field(default_factory=list)

    @property
    def is_verified(self) -> bool:
        return self.on is not None and not self.differences

    def hear(self, check: Check) -> None:
        """The next record in the order of time."""
        if check.result == DIFFERS:
            self.differences.append(check)
            self.on = self.on_device = None
        elif check.result == MATCHES:
            self.on, self.version = check.record.on, check.record.version
            self._settle(check.record)

    def _settle(self, record: Record) -> None:
        """What was seen on a device is settled on a device only."""
        if record.kind == DEVICE:
            self.on_device, self.differences = record.on, []
        else:
            seen = [each for each in self.differences if each.record.kind == DEVICE]
            self.differences = seen


@dataclass(frozen=True)
class Standing:
    """What is known of a whole version."""

    parts: list[PartStanding]

    @property
    def verified(self) -> list[PartStanding]:
        return [part for part in self.parts if part.is_verified]

    @property
    def differing(self) -> list[PartStanding]:
        return [part for part in self.parts if part.differences]

    @property
    def columns(self) -> dict[str, Any]:
        """What `Guide` keeps of it; nothing where nobody has checked anything."""
        total, verified, differing = len(self.parts), len(self.verified), len(self.differing)
        whole = verified == total
        known = bool(verified or differing)
        return {
            "verified_on_device": _oldest(part.on_device for part in self.parts) if whole else None,
            "verified_on": _oldest(part.on for part in self.parts) if whole else None,
            "steps_total": total if known else 0,
            "steps_verified": verified,
            "steps_differing": differing,
        }

    def state(self, interval_days: int) -> VerificationState:
        return VerificationState.of(**self.columns, review_interval_days=interval_days)

    def kept(self, number: int) -> list[tuple[int, list[int]]]:
        """Which parts of version `number` are verified by records of which earlier version."""
        earlier = {part.version for part in self.verified if part.version < number}
        return [
            (version, [each.part.number for each in self.verified if each.version == version])
            for version in sorted(earlier, reverse=True)
        ]


def _oldest(days: Iterable[dt.date | None]) -> dt.date | None:
    """None as soon as one of them is missing."""
    known = list(days)
    present = [day for day in known if day]
    return min(present) if present and len(present) == len(known) else None


def parts_of(content: Content) -> list[Part]:
    """The steps of a finished text; the text as a whole where it has none."""
    steps = [step for section in content["sections"] for step in section["steps"]]
    if not steps:
        words = [content[name] for name in ("title", "summary", "facts", "lead", "claims")]
        sections = [[section["title"], section["html"]] for section in content["sections"]]
        return [Part("", 0, content["title"], _fingerprint([*words, *sections]))]
    return [
        Part(
            step["key"],
            step["number"],
            step["title"],
            _fingerprint([step["title"], sorted(step["marks"]), step["html"]]),
        )
        for step in steps
    ]


def _fingerprint(words: list[Any]) -> str:
    """The same for the same text: what readers are shown, its number left out."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def standing(content: Content, records: Iterable[Record]) -> Standing:
    """`records` may be of any version and in any order."""
    parts = {part.key: PartStanding(part=part) for part in parts_of(content)}
    for record in sorted(records, key=lambda each: (each.on, each.key)):
        for check in record.checks:
            mine = parts.get(check.step)
            if mine and mine.part.fingerprint == check.fingerprint:
                mine.hear(check)
    return Standing(list(parts.values()))


LINE = JSONObject(
    key="pk",
    version="revision__number",
    on="checked_on",
    kind="kind",
    app="app",
    app_version="app_version",
    note="note",
    alone="alone",
    last_name="verifier__last_name",
    first_name="verifier__first_name",
    username="verifier__username",
    step="checks__step",
    number="checks__number",
    fingerprint="checks__fingerprint",
    result="checks__result",
    difference="checks__difference",
)


def lines(guide: Guide) -> Any:
    """All records about a guide, one line a step, as text: so that they fit into a union."""
    mine = Verification.objects.filter(revision__guide=guide.pk).order_by()
    return mine.annotate(line=Cast(LINE, TextField()))


def records_of(guide: Guide) -> list[Record]:
    """One query, newest first."""
    return records_in(lines(guide).values_list(F("line"), flat=True))


def records_in(texts: Iterable[str]) -> list[Record]:
    """Newest first, each with its steps in order."""
    known: dict[int, Record] = {}
    for line in map(json.loads, texts):
        record = known.setdefault(line["key"], _record(line))
        if line["result"]:
            names = ("step", "number", "fingerprint", "result", "difference")
            record.checks.append(Check(record=record, **{name: line[name] for name in names}))
    for record in known.values():
        record.checks.sort(key=lambda check: check.number)
    return sorted(known.values(), key=lambda each: (each.on, each.key), reverse=True)


def _record(line: dict[str, Any]) -> Record:
    person = {name: line[name] for name in ("last_name", "first_name", "username")}
    return Record(
        key=line["key"],
        version=line["version"],
        on=dt.date.fromisoformat(line["on"]),
        kind=line["kind"],
        app=f"{line['app']} {line['app_version']}".strip(),
        note=line["note"],
        alone=bool(line["alone"]),
        verifier=User(**person),
    )


def until(records: Iterable[Record], number: int) -> list[Record]:
    """Those that a version can rest on: of itself and of what came before."""
    return [record for record in records if record.version <= number]
