"""What stands in braces behind a heading: `### 打开借呗管理页 {#k3f9 .identity}`."""

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

KEY = re.compile(r"[a-z][a-z0-9]{3,7}")
MARKS = ("identity", "irreversible", "waiting")


@dataclass(frozen=True)
class Marks:
    """The parts of the braces; `text` is what was written."""

    text: str = ""
    keys: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Marks":
        """Sort the words between the braces."""
        words = text[1:-1].split()
        marks = [word[1:] for word in words if word[0] == "." and word[1:] in MARKS]
        return cls(
            text=text,
            keys=tuple(word[1:] for word in words if word[0] == "#"),
            marks=tuple(dict.fromkeys(marks)),
            unknown=tuple(word for word in words if word[0] != "#" and word[1:] not in marks),
        )


def tail(content: str) -> str:
    """The braces at the end of a heading, or nothing."""
    start = content.rfind("{")
    if start < 0 or not content.endswith("}"):
        return ""
    braces = content[start:]
    return braces if braces[1:].lstrip().startswith(("#", ".")) else ""


def add_rules(dialect: MarkdownIt) -> None:
    """Part braces from titles before titles are parsed."""
    dialect.core.ruler.after("block", "heading_marks", _take_marks)


def _take_marks(state: StateCore) -> None:
    for heading, title in pairwise(state.tokens):
        if heading.type == "heading_open":
            braces = tail(title.content)
            title.content = title.content.removesuffix(braces).rstrip()
            heading.meta["marks"] = Marks.read(braces) if braces else Marks()
