"""Small questions asked of tokens, the parser's flat list of openings, closings and leaves."""

from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

Tokens = list[Token]


def line_of(token: Token) -> int:
    """The line of the body, counted from 1, where this begins."""
    return token.map[0] + 1 if token.map else 1


def make(kind: str, tag: str = "", nesting: int = 0, **details: Any) -> Token:
    """A token of our own. Details: content, map, meta, attrs, level, block."""
    return Token(kind, tag, nesting, **details)  # type: ignore[arg-type]


def make_inline(content: str, line: int) -> Token:
    """A stretch of text still to be parsed, from that line counted from 0."""
    return make("inline", content=content, map=[line, line + 1], children=[])


def turn_into_text(token: Token, text: str) -> None:
    """Keep the place of a token that may not stand, and show this instead."""
    token.type, token.tag, token.nesting, token.content = "text", "", 0, text
    token.attrs, token.children = {}, None


def inner(tokens: Tokens) -> Iterator[Token]:
    """The tokens inside the inline ones, in order."""
    for token in tokens:
        yield from token.children or ()
