"""Check lists, and ordered lists drawn as a chain of causes."""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guides.markdown.register import Register
from guides.markdown.tokens import Tokens, line_of

CHAIN = ".chain"
_ATTRIBUTES = re.compile(r"\{[ \t]*([.#][^{}]*)\}[ \t]*")
_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_OPENINGS = ("bullet_list_open", "ordered_list_open")
_CLOSINGS = ("bullet_list_close", "ordered_list_close")


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect `{.chain}` and how boxes to tick are written."""
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    dialect.block.ruler.before("fence", "attributes", _attributes, alternatives)
    dialect.add_render_rule("attributes", lambda *_: "")
    dialect.add_render_rule("tick_open", _render_tick)
    dialect.add_render_rule("tick_close", lambda *_: "</label>")


def dress(tokens: Tokens, register: Register) -> None:
    """Give lists and items their classes."""
    open_lists: Tokens = []
    closed: Token | None = None
    boxes = 0
    for index, token in enumerate(tokens):
        if token.type in _OPENINGS:
            open_lists.append(token)
        elif token.type == "attributes":
            _chain(token, closed, register)
        elif token.type == "list_item_open" and _has_box(tokens, index):
            boxes += 1
            _tick(tokens, index, boxes)
            open_lists[-1].attrSet("class", "ticks")
        closed = open_lists.pop() if token.type in _CLOSINGS else None


def _attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    found = _ATTRIBUTES.fullmatch(state.src, begin, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = found[1].strip()
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _chain(token: Token, before: Token | None, register: Register) -> None:
    if token.content == CHAIN and before is not None and before.type == "ordered_list_open":
        before.attrSet("class", "chain")
    else:
        register.report(line_of(token), "misplaced-chain", marks=f"{{{token.content}}}")


def _has_box(tokens: Tokens, index: int) -> bool:
    if index + 2 >= len(tokens) or tokens[index + 1].type != "paragraph_open":
        return False
    children = tokens[index + 2].children or []
    return bool(children and children[0].type == "text" and _BOX.match(children[0].content))


def _tick(tokens: Tokens, index: int, number: int) -> None:
    item, opening, inline, closing = tokens[index : index + 4]
    text = (inline.children or [])[0]
    box = _BOX.match(text.content)
    ticked = box is not None and box[1] != " "
    text.content = _BOX.sub("", text.content, count=1)
    item.attrSet("class", "tickline")
    opening.type, closing.type = "tick_open", "tick_close"
    opening.hidden = closing.hidden = False
    opening.meta = {"id": f"t-{number}", "ticked": ticked}


def _render_tick(_: object, tokens: Tokens, index: int, *__: object) -> str:
    name = tokens[index].meta["id"]
    ticked = " checked" if tokens[index].meta["ticked"] else ""
    return f'<input type="checkbox" id="{name}"{ticked}><label for="{name}">'
