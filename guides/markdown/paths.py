"""Paths through somebody else's app: `::: 入口甲 [^S5]` with `支付宝 > 我的 > 借呗`."""

import re

from django.utils.html import escape
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guides.markdown import citations
from guides.markdown.tokens import Tokens, make, make_inline

_LABELS = ("入口", "接入口", "界面路径", "path")
_ARROW = re.compile(r"(?<=\s)>(?=\s)|[＞›]")
_ANY_ARROW = re.compile(r"[>＞›]")  # the first line is meant as the path, spaces or not


def is_path(name: str) -> bool:
    """Whether a block of this name is a path."""
    return name.lower().startswith(_LABELS)


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect how paths look."""
    opening = {"routes_open": '<div class="routes">', "uipath_open": '<ol class="uipath">'}
    opening |= {"uipath_item_open": "<li><span>", "path_note_open": "<p><small>"}
    closing = {"routes_close": "</div>\n", "uipath_close": "</ol>", "path_close": "</div>\n"}
    closing |= {"uipath_item_close": "</span></li>", "path_note_close": "</small></p>"}
    for name, html in (opening | closing).items():
        dialect.add_render_rule(name, lambda *_, html=html: html)
    dialect.add_render_rule("path_open", _render_open)


def push(state: StateBlock, start: int, stop: int, name: str) -> Token:
    """Put the block's tokens into the state; its lines are no ordinary Markdown."""
    label, codes = citations.part(name)
    opening = state.push("path_open", "div", 1)
    opening.meta |= {"label": label, "codes": codes, "refs": [], "lines": 0}
    text = state.getLines(start + 1, stop, state.blkIndent, False)
    for number, line in enumerate(text.split("\n"), start + 1):
        if line.strip():
            _push_line(state, opening, line.strip(), number)
    state.push("path_close", "div", -1)
    return opening


def _push_line(state: StateBlock, opening: Token, line: str, number: int) -> None:
    parts = _stations(line, is_first=not opening.meta["lines"])
    if len(parts) < 2 or not all(parts):
        _push_text(state, "path_note", "p", line, number)
        return
    opening.meta["lines"] += 1
    state.push("uipath_open", "ol", 1)
    for part in parts:
        _push_text(state, "uipath_item", "li", part, number)
    state.push("uipath_close", "ol", -1)


def _stations(line: str, *, is_first: bool) -> list[str]:
    parts = [part.strip() for part in _ARROW.split(line)]
    if len(parts) < 2 and is_first:
        return [part.strip() for part in _ANY_ARROW.split(line)]
    return parts


def _push_text(state: StateBlock, name: str, tag: str, text: str, number: int) -> None:
    state.push(f"{name}_open", tag, 1)
    inline = make_inline(text, number)
    inline.level = state.level
    state.tokens.append(inline)
    state.push(f"{name}_close", tag, -1)


def set_side_by_side(tokens: Tokens) -> Tokens:
    """Put a frame around every run of neighbouring paths."""
    _set_headings(tokens)
    result: Tokens = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == "path_open" and not (before and before.type == "path_close"):
            result.append(make("routes_open", "div", 1, level=token.level))
        result.append(token)
        if token.type == "path_close" and not (after and after.type == "path_open"):
            result.append(make("routes_close", "div", -1, level=token.level))
    return result


def _set_headings(tokens: Tokens) -> None:
    """The name of a path is a heading one level below the one it stands under."""
    level = 2
    for token in tokens:
        if token.type == "heading_open" and not token.level:
            level = max(2, int(token.tag[1]))
        elif token.type == "path_open":
            token.meta["heading"] = f"h{min(level + 1, 6)}"


def _render_open(_: object, tokens: Tokens, index: int, *__: object) -> str:
    meta = tokens[index].meta
    label = gettext("界面路径") if meta["label"].lower() == "path" else meta["label"]
    heading = meta["heading"]
    return f"<div><{heading}>{escape(label)}{_source(meta['refs'])}</{heading}>"


def _source(refs: list[tuple[str, str]]) -> str:
    marks = "".join(citations.to_html(code, label) for code, label in refs)
    named = any(code != citations.OWN for code, _ in refs)
    return f" <small>{escape(gettext('来源')) if named else ''}{marks}</small>" if refs else ""
