"""The words of a text without its marks: for search, snippets and titles."""

from collections.abc import Iterator

from django.utils.translation import gettext
from markdown_it.token import Token

from guides.markdown.inline import is_wide
from guides.markdown.tokens import Tokens

_CELL = "\x1f"  # between cells until a line is tidied; text itself holds none, as it is white space
_GAPS = {"td_close": _CELL, "th_close": _CELL, "uipath_item_close": " > "}
_PAUSES = "，。；：、！？,.;:!?"
_LEAVES = ("code_block", "fence")


def text(tokens: Tokens) -> str:
    """One line of text for every block."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts.append(line(token))
        elif token.type in _LEAVES:
            parts.append(token.content)
        elif token.type == "path_open":
            parts.append(f"{token.meta['label']}\n")
        elif token.nesting < 0 and not (token.hidden and token.type == "paragraph_close"):
            parts.append(_GAPS.get(token.type, "\n"))
    return _tidy("".join(parts))


def line(token: Token) -> str:
    """The words of one stretch of text, on one line."""
    return " ".join("".join(_words(token.children or [])).split())


def _words(children: Tokens) -> Iterator[str]:
    for index, token in enumerate(children):
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type == "softbreak":
            yield soft_break(children, index)
        elif token.type == "hardbreak":
            yield " "
        elif token.type == "image":
            yield str(token.attrs.get("alt") or "")
        elif token.type == "guide_link":
            # The other guide may be closed to whoever reads this text, so it stays unnamed.
            yield token.meta["text"] or gettext("另一篇指南")


def soft_break(children: Tokens, index: int) -> str:
    """A line broken in the middle of Chinese text leaves no space behind."""
    before, after = _edge(children, index, -1), _edge(children, index, 1)
    return "" if is_wide(before) and is_wide(after) else "\n"


def _edge(children: Tokens, index: int, step: int) -> str:
    for _ in range(4):
        index += step
        if not 0 <= index < len(children):
            break
        token = children[index]
        if token.type in ("citation", "guide_link"):
            return "〔"
        if token.content:
            return token.content[0 if step > 0 else -1]
    return " "


def _tidy(words: str) -> str:
    lines = (_row(line.split(_CELL)).removesuffix(" >") for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def _row(cells: list[str]) -> str:
    """Cells with a pause between them: a space alone is too thin among Chinese characters."""
    row = ""
    for cell in filter(None, (" ".join(cell.split()) for cell in cells)):
        row += (_pause(row[-1]) if row else "") + cell
    return row


def _pause(before: str) -> str:
    if before in _PAUSES:
        return "" if is_wide(before) else " "
    return "，" if is_wide(before) else ", "
