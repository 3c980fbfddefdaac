"""The document form: one guide as one text, Markdown with YAML in front.

Every guide has exactly one such text, so that texts can be compared instead of guides.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guides.markdown import front_matter
from guides.markdown.faults import Fault, fault
from guides.markdown.front_matter import Broken, Entry, Odd

_TEXT = 1_000_000  # characters of a whole document; the body has its own, lower limit
_LINE = "---"
_RULE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_FORBIDDEN = re.compile(r"[\x00\ud800-\udfff]")
_LARGEST = 32_767  # what a small integer column of a database holds


class DocumentError(Exception):
    """The text is no document. `faults` says all that is wrong, by line of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda each: each.line)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{each.line}: {each.message}" for each in self.faults)


class _Wrong(Exception):
    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class _Field:
    """How a value is read, and what stands for none."""

    read: Callable[[Any], Any]
    empty: Any = None
    required: bool = False

    def nothing(self) -> Any:
        """A fresh empty value."""
        return list(self.empty) if isinstance(self.empty, list) else self.empty


def _text(value: Any) -> str:
    if isinstance(value, list):
        raise _Wrong("not-text")
    if isinstance(value, Odd) or not isinstance(value, str):
        raise _Wrong("unquoted", value=str(value))
    if _FORBIDDEN.search(value):
        raise _Wrong("forbidden-character")
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise _Wrong("not-a-list")
    return [_text(item) for item in value]


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise _Wrong("not-a-number", largest=_LARGEST)
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("not-a-flag")
    return value


def _choice(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise _Wrong("not-a-choice", value=str(value), choices=", ".join(choices))
        return str(value)

    return read


def _name(pattern: str, example: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = _text(value)
        if not re.fullmatch(pattern, text):
            raise _Wrong("not-a-name", value=text, example=example)
        return text

    return read


_SLUG = _name(r"[-a-zA-Z0-9_]+", "close-jiebei")
_LEVEL = _Field(_choice("low", "medium", "high"), "medium")
_WORDS = _Field(_text, "")
_LIST = _Field(_texts, [])
_SLUGS = _Field(lambda value: [_SLUG(item) for item in _texts(value)], [])

_FIRST = {
    "kind": _Field(_choice("procedure", "risk", "case"), required=True),
    "slug": _Field(_SLUG, required=True),
    "language": _Field(_name(r"[a-z]{2,3}(-[a-z0-9]+)*", "zh-hans"), required=True),
    "code": _Field(_name(r"[a-z0-9]{5,12}", "k7m2q")),
    "title": _Field(_name(r"(?s).*\S.*", "关闭借呗"), required=True),
    "summary": _Field(_text, required=True),
    "aliases": _LIST,
}
FACTS: dict[str, dict[str, _Field]] = {
    "procedure": {
        "performer": _WORDS,
        "minutes": _Field(_number),
        "at_hand": _WORDS,
        "risk_level": _LEVEL,
        "risk_reason": _WORDS,
    },
    "risk": {
        "likelihood": _LEVEL,
        "impact": _LEVEL,
        "early_signs": _LIST,
        "recoverable": _WORDS,
    },
    "case": {"setting": _WORDS, "outcome": _WORDS},
}
_LAST = {
    "products": _SLUGS,
    "task": _Field(_SLUG),
    "tags": _SLUGS,
    "claims": _SLUGS,
    "related": _SLUGS,
    "emergency": _Field(_flag, False),
    "visibility": _Field(_choice("public", "signed-in", "groups"), "public"),
    "groups": _LIST,
    "owner": _Field(_text),
    "review_interval_days": _Field(_number, 90),
    "translation_of": _Field(_SLUG),
}
_ALL_FACTS = frozenset(name for facts in FACTS.values() for name in facts)


@dataclass(kw_only=True)
class GuideDocument:
    """A guide as plain data. Made canonical on creation, so that equal guides compare equal."""

    kind: str
    slug: str
    language: str
    code: str | None = None
    title: str
    summary: str
    aliases: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    products: list[str] = field(default_factory=list)
    task: str | None = None
    tags: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    emergency: bool = False
    visibility: str = "public"
    groups: list[str] = field(default_factory=list)
    owner: str | None = None
    review_interval_days: int = 90
    translation_of: str | None = None
    body: str = ""

    def __post_init__(self) -> None:
        body = _with_plain_line_ends(self.body).strip("\n")
        self.body = f"{body}\n" if body else ""
        self.related = sorted(set(self.related))
        known = FACTS.get(self.kind, {})
        self.facts = {name: self.facts.get(name, known[name].nothing()) for name in known}


def to_document(data: GuideDocument) -> str:
    """The one text for this guide. Raises DocumentError for what no file can hold."""
    values = {name: getattr(data, name) for name in _FIRST}
    values |= data.facts | {name: getattr(data, name) for name in _LAST}
    wrong = [name for name, value in values.items() if _FORBIDDEN.search(_joined(value))]
    if wrong or _FORBIDDEN.search(data.body):
        raise DocumentError([fault(1, "forbidden-character")])
    return f"{_LINE}\n{front_matter.dump(values)}{_LINE}\n\n{data.body}"


def from_document(text: str) -> GuideDocument:
    """The guide in this text. Raises DocumentError, which names every fault."""
    head, body = _split(_with_plain_line_ends(text.removeprefix("\ufeff")))
    try:
        entries, faults = front_matter.load(head)
    except Broken as broken:
        raise DocumentError(broken.faults) from broken
    values = _read(entries, faults)
    if faults:
        raise DocumentError(faults)
    facts = {name: values.pop(name) for name in FACTS[values["kind"]]}
    return GuideDocument(**values, facts=facts, body=body)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _joined(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _split(text: str) -> tuple[str, str]:
    if len(text) > _TEXT:
        raise DocumentError([fault(1, "document-too-long", count=len(text), limit=_TEXT)])
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        raise DocumentError([fault(line, "forbidden-character")])
    opening = _RULE.match(text)
    if not opening:
        raise DocumentError([fault(1, "no-front-matter")])
    closing = _RULE.search(text, opening.end())
    if not closing:
        raise DocumentError([fault(1, "unclosed-front-matter")])
    return text[opening.end() : closing.start()], text[closing.end() :]


def _read(entries: Mapping[str, Entry], faults: list[Fault]) -> dict[str, Any]:
    kind = entries["kind"].value if "kind" in entries else None
    facts = FACTS.get(kind, {}) if isinstance(kind, str) else {}
    known = _FIRST | facts | _LAST
    for name in entries.keys() - known.keys():
        if facts or name not in _ALL_FACTS:
            code = "foreign-entry" if name in _ALL_FACTS else "unknown-entry"
            faults.append(fault(entries[name].line, code, key=name))
    return {name: _read_one(name, known[name], entries.get(name), faults) for name in known}


def _read_one(name: str, known: _Field, entry: Entry | None, faults: list[Fault]) -> Any:
    line = entry.line if entry else 1
    if entry is None or entry.value is None:
        if known.required:
            faults.append(fault(line, "missing-entry", key=name))
        return known.nothing()
    try:
        return known.read(entry.value)
    except _Wrong as wrong:
        faults.append(fault(line, wrong.code, key=name, **wrong.details))
    return known.nothing()
