"""Blocks between `::: name` and `:::`."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext, gettext_noop
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guides.markdown import paths
from guides.markdown.tokens import Tokens

NAMES = {
    "停": "stop",
    "注意": "caution",
    "说明": "note",
    "分歧": "differ",
    "退路": "wayback",
}
LABELS = {
    "stop": gettext_noop("停"),
    "caution": gettext_noop("注意"),
    "note": gettext_noop("说明"),
    "differ": gettext_noop("分歧"),
    "wayback": gettext_noop("退路"),
}

_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")


@dataclass
class _Search:
    """Looks for the `:::` that ends a block, past inner blocks and fenced code."""

    depth: int = 1
    fence: str = ""

    def passes(self, text: str) -> bool:
        """Take in one line; false when it ends the block."""
        fence = _FENCE.match(text)
        if self.fence:
            self._leave_code(text, fence)
        elif fence:
            self.fence = fence[0]
        elif text.startswith(":::"):
            self.depth += 1 if text.strip(": \t") else -1
        return self.depth > 0

    def _leave_code(self, text: str, fence: re.Match[str] | None) -> None:
        if fence and fence[0].startswith(self.fence) and not text[fence.end() :].strip():
            self.fence = ""


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect `:::`."""
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    dialect.block.ruler.before("fence", "callout", _block, alternatives)
    dialect.add_render_rule("call_open", _render_open)
    dialect.add_render_rule("call_close", lambda *_: "</div></div>\n")
    for nothing in ("unknown_block_open", "unknown_block_close", "stray_close"):
        dialect.add_render_rule(nothing, lambda *_: "")


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    if not line.startswith(":::") or state.is_code_block(start):
        return False
    if not silent:
        _take(state, start, end, line.lstrip(":").strip())
    return True


def _take(state: StateBlock, start: int, end: int, name: str) -> None:
    if not name:
        state.push("stray_close", "", 0).map = [start, start + 1]
        state.line = start + 1
        return
    stop, closed = _find_end(state, start, end)
    opening = _push(state, start, stop, name)
    opening.map = [start, stop]
    opening.meta |= {"name": name, "closed": closed}
    state.line = stop + 1 if closed else stop


def _push(state: StateBlock, start: int, stop: int, name: str) -> Token:
    if paths.is_path(name):
        return paths.push(state, start, stop, name)
    kind = NAMES.get(name, name.lower())
    token_name = "call" if kind in LABELS else "unknown_block"
    opening = state.push(f"{token_name}_open", "div", 1)
    opening.meta["kind"] = kind
    _push_inside(state, start + 1, stop)
    state.push(f"{token_name}_close", "div", -1)
    return opening


def _push_inside(state: StateBlock, start: int, stop: int) -> None:
    parent, limit = state.parentType, state.lineMax
    # The limit keeps a paragraph from running on past the end of the block.
    state.parentType, state.lineMax = "container", stop
    state.md.block.tokenize(state, start, stop)
    state.parentType, state.lineMax = parent, limit


def _find_end(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """The line that ends the block, and whether it is its `:::`.

    A heading ends it as well, so that one forgotten `:::` does not swallow what follows.
    """
    search = _Search()
    for line in range(start + 1, end):
        text = _line(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return line, False
        if state.is_code_block(line):
            continue
        if not search.fence and _HEADING.match(text):
            return line, False
        if not search.passes(text):
            return line, True
    return end, False


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _render_open(_: object, tokens: Tokens, index: int, *__: object) -> str:
    kind = tokens[index].meta["kind"]
    label = escape(gettext(LABELS[kind]))
    return f'<div class="call {kind}"><span class="lab">{label}</span><div>\n'
