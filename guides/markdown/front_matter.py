"""YAML at the head of a document: a small, unsurprising part of it, with line numbers.

No anchors, no tags, no nesting beyond lists, no key twice: what is read is what stands there.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from guides.markdown.faults import Fault, fault

SIZE = 50_000  # characters; an honest one has a thousand
Scalar = str | int | bool | None

_FIRST_LINE = 2  # the YAML begins below the opening line
_DEPTH = 2  # the mapping, and lists in it
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_TAG = "tag:yaml.org,2002:"


class Odd(str):
    """A bare word that YAML would take for a date, a fraction …: it must be quoted."""

    __slots__ = ()


@dataclass(frozen=True)
class Entry:
    """A value and the line of its key."""

    line: int
    value: Any


class Broken(Exception):
    """The YAML cannot be read."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """The same list twice is written twice."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # With escapes every value stays on one line, so that none can look like the closing line.
    style = '"' if any(c in text for c in "\n\r\x85\u2028\u2029") else None
    return dumper.represent_scalar(f"{_TAG}str", text, style)


_Dumper.add_representer(str, _represent_text)


def dump(values: Mapping[str, object]) -> str:
    """The values in their order, one way of writing for each."""
    return yaml.dump(
        dict(values),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=sys.maxsize,
    )


def load(text: str) -> tuple[dict[str, Entry], list[Fault]]:
    """The values by key, and what is wrong with single ones. Raises Broken."""
    if len(text) > SIZE:
        raise Broken(fault(1, "front-matter-too-long", count=len(text), limit=SIZE))
    try:
        _refuse_tricks(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + _FIRST_LINE
        raise Broken(fault(line, "forbidden-character")) from error
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        raise Broken(fault(line, "not-yaml", problem=error.problem or "")) from error
    if not isinstance(root, yaml.MappingNode):
        raise Broken(fault(_FIRST_LINE, "not-a-mapping"))
    return _entries(root)


def _refuse_tricks(text: str) -> None:
    faults = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = _line(event.start_mark)
        if getattr(event, "anchor", None):
            faults.append(fault(line, "yaml-anchor"))
        if getattr(event, "tag", None):
            faults.append(fault(line, "yaml-tag"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH:
            faults.append(fault(line, "yaml-nested"))
            break
    if faults:
        raise Broken(*faults)


def _entries(root: yaml.MappingNode) -> tuple[dict[str, Entry], list[Fault]]:
    entries: dict[str, Entry] = {}
    faults = []
    for key, node in root.value:
        line = _line(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            faults.append(fault(line, "not-a-mapping"))
        elif key.value in entries:
            first = entries[key.value].line
            faults.append(fault(line, "repeated-entry", key=key.value, first=first))
        else:
            entries[key.value] = Entry(line, _value(node))
    return entries, faults


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node.tag.removeprefix(_TAG), node.value)
    return Odd("{}")


def _scalar(tag: str, text: str) -> Scalar | Odd:
    if tag == "str":
        return text
    if tag == "null":
        return None
    if tag == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if tag == "bool" and text in ("true", "false"):
        return text == "true"
    return Odd(text)


def _line(mark: Any) -> int:
    return mark.line + _FIRST_LINE if mark else _FIRST_LINE
