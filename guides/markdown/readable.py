"""A body as it is read and compared: parts, and in them blocks of words without our marks.

What stands in the Markdown stays to be seen, but for what only programs need: keys in braces, the
colons of call-outs, codes and slugs, which appear as what they stand for.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext
from markdown_it.token import Token

from guides.markdown import callouts, citations, links, outline
from guides.markdown.inline import TooComplex, is_wide
from guides.markdown.limits import SIZE
from guides.markdown.parser import parse
from guides.markdown.tokens import Tokens

_LINES = 5_000  # an honest body has a few hundred; parsing this many takes a second
_CODE = re.compile(r"(`{1,3}[^`]{1,400}`{1,3})")
_BREAK = re.compile(r"(?<=([^\s\\]))[ \t]*\\?\n[ \t]*(?=(\S))")
_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Names:
    """What readers are shown in place of codes, slugs and other terse values."""

    source: Callable[[str], str] = str
    guide: Callable[[str], str] = str
    claims: Mapping[str, Sequence[str]] = field(default_factory=dict)  # lines of text, by slug
    values: Mapping[str, str] = field(default_factory=dict)  # levels and marks of steps


@dataclass(frozen=True, order=True)
class Block:
    """A paragraph, an item, a row of a table … `frame` is the call-out or path around it.

    Kinds: text, item, numbered, quote, heading, row, code, path, term, rule, definition; and with
    words that are not the guide's own: marks, value.
    """

    text: str
    kind: str = "text"
    frame: str = ""
    label: str = ""


@dataclass(frozen=True)
class Part:
    """The lead, a section or a step. Steps have numbers, and keys unless they lost them."""

    kind: Literal["lead", "section", "step"]
    title: str = ""
    key: str = ""
    number: int = 0
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Section:
    part: Part
    steps: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A whole body."""

    lead: Part
    sections: tuple[Section, ...] = ()


def read(body: str, kind: str, names: Names) -> Reading | None:
    """The body in parts; None where it is too long or too tangled to be parsed."""
    if len(body) > SIZE or body.count("\n") > _LINES:
        return None
    try:
        tokens, env = parse(body)
    except TooComplex:
        return None
    parts = outline.build(tokens, kind)
    used: set[str] = set()
    sections = tuple(
        Section(
            _part("section", section, names),
            tuple(_step(step, names, used) for step in section.steps),
        )
        for section in parts.sections
    )
    lead = (*blocks(parts.lead, names), *_definitions(env))
    return Reading(Part("lead", blocks=lead), sections)


def _definitions(env: Mapping[str, Any]) -> Iterator[Block]:
    """Addresses that links elsewhere in the text use by a name."""
    for name, link in env.get("references", {}).items():
        yield Block(f"[{name.lower()}]: {link['href']}", "definition")


def read_plainly(body: str) -> Reading:
    """The body as typed, one block for every paragraph."""
    texts = filter(None, _PARAGRAPH.split(body.strip()))
    return Reading(Part("lead", blocks=tuple(Block(text) for text in texts)))


def _part(kind: Literal["section", "step"], part: outline.Part, names: Names) -> Part:
    return Part(kind, shown(part.name.content, names), blocks=blocks(part.tokens, names))


def _step(step: outline.Part, names: Names, used: set[str]) -> Part:
    text = _part("step", step, names)
    key = next((key for key in step.marks.keys if key not in used), "")
    used.add(key)
    marks = "、".join(names.values.get(mark, mark) for mark in step.marks.marks)
    first = (Block(marks, "marks"),) if marks else ()
    return Part("step", text.title, key, step.number, (*first, *text.blocks))


def shown(text: str, names: Names) -> str:
    """One line of Markdown as it is read."""
    parts = _CODE.split(_on_one_line(text))
    parts[::2] = [_with_names(part, names) for part in parts[::2]]
    return "".join(parts)


def _on_one_line(text: str) -> str:
    """A line broken in the middle of Chinese text leaves no space behind."""

    def join(found: re.Match[str]) -> str:
        return "" if is_wide(found[1]) and is_wide(found[2]) else " "

    return " ".join(_BREAK.sub(join, text).split())


def _with_names(text: str, names: Names) -> str:
    drawn = links.with_pictures(text, _picture)
    cited = citations.with_labels(drawn, lambda code: _citation(code, names))
    return links.with_titles(cited, lambda slug, words: f"{words}《{names.guide(slug)}》")


def _picture(description: str, name: str) -> str:
    """With the first letters of its name, so that another picture is seen to be another."""
    return f"〔{gettext('图片')} {description} {name[:8]}〕"


def _citation(code: str, names: Names) -> str:
    return f"〔{gettext('编辑补充') if code == citations.OWN else names.source(code)}〕"


def blocks(tokens: Tokens, names: Names) -> tuple[Block, ...]:
    """What can be read in these tokens, in order."""
    walk = _Walk(names)
    for token in tokens:
        walk.take(token)
    return tuple(walk.blocks)


class _Walk:
    """Goes once along the tokens and remembers what is open around them."""

    def __init__(self, names: Names) -> None:
        self.blocks: list[Block] = []
        self._names = names
        self._frames: list[tuple[str, str]] = []
        self._lists: list[str] = []
        self._quotes = 0
        self._kind = ""  # of the next stretch of text, where something said so
        self._cells: list[str] | None = None  # of an open row or path

    def take(self, token: Token) -> None:
        act = _ACTS.get(token.type)
        if act:
            act(self, token)

    def text(self, token: Token) -> None:
        text = shown(token.content, self._names)
        if self._cells is not None:
            self._cells.append(text)
            return
        kind, self._kind = self._kind or ("quote" if self._quotes else "text"), ""
        if kind in ("item", "numbered"):
            text = _BOX.sub(lambda found: "☐ " if found[1] == " " else "☑ ", text, count=1)
        self._add(text, kind)

    def _add(self, text: str, kind: str) -> None:
        frame, label = self._frames[-1] if self._frames else ("", "")
        if text:
            self.blocks.append(Block(text, kind, frame, label))

    def code(self, token: Token) -> None:
        self._add(token.content.strip("\n"), "code")

    def rule(self, _token: Token) -> None:
        self._add("———", "rule")

    def kind(self, kind: str) -> None:
        self._kind = kind

    def item(self, _token: Token) -> None:
        self._kind = self._lists[-1]

    def open_list(self, kind: str) -> None:
        self._lists.append(kind)

    def close_list(self, _token: Token) -> None:
        self._lists.pop()

    def quote(self, token: Token) -> None:
        self._quotes += token.nesting

    def open_cells(self, _token: Token) -> None:
        self._cells = []

    def close_cells(self, kind: str, between: str) -> None:
        cells, self._cells = self._cells or [], None
        self._add(between.join(cells).strip(), kind)

    def open_call(self, token: Token) -> None:
        kind = token.meta["kind"]
        known = kind in callouts.LABELS
        label = gettext(callouts.LABELS[kind]) if known else token.meta["name"]
        self._frames.append((kind if known else "unknown", label))

    def open_path(self, token: Token) -> None:
        codes = "".join(_citation(code, self._names) for code in token.meta["codes"])
        self._frames.append(("path", f"{token.meta['label']}{codes}"))

    def close_frame(self, _token: Token) -> None:
        self._frames.pop()


_ACTS: dict[str, Callable[[_Walk, Any], None]] = {
    "inline": _Walk.text,
    "code_block": _Walk.code,
    "fence": _Walk.code,
    "hr": _Walk.rule,
    "heading_open": lambda walk, _: walk.kind("heading"),
    "dt_open": lambda walk, _: walk.kind("term"),
    "bullet_list_open": lambda walk, _: walk.open_list("item"),
    "ordered_list_open": lambda walk, _: walk.open_list("numbered"),
    "bullet_list_close": _Walk.close_list,
    "ordered_list_close": _Walk.close_list,
    "list_item_open": _Walk.item,
    "list_item_close": lambda walk, _: walk.kind(""),
    "blockquote_open": _Walk.quote,
    "blockquote_close": _Walk.quote,
    "tr_open": _Walk.open_cells,
    "tr_close": lambda walk, _: walk.close_cells("row", " | "),
    "uipath_open": _Walk.open_cells,
    "uipath_close": lambda walk, _: walk.close_cells("path", " > "),
    "call_open": _Walk.open_call,
    "unknown_block_open": _Walk.open_call,
    "path_open": _Walk.open_path,
    "call_close": _Walk.close_frame,
    "unknown_block_close": _Walk.close_frame,
    "path_close": _Walk.close_frame,
}
