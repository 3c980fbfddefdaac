"""Tables that become stacked cards on a phone: every cell knows the name of its column."""

from django.utils.html import format_html
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guides.markdown import plain
from guides.markdown.tokens import Tokens

_LABEL = 40  # repeated in every cell of the column, so it must not be a way to blow up a page


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect how tables are written."""
    dialect.add_render_rule("table_open", _render_open)
    dialect.add_render_rule("table_close", lambda *_: "</table></div>\n")


def dress(tokens: Tokens) -> None:
    """Name the columns in the cells, and make the first cell of a row its heading."""
    table: Token | None = None
    columns: list[str] = []
    column = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            table, columns = token, []
            table.meta["columns"] = columns
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            columns.append(plain.line(tokens[index + 1])[:_LABEL])
            token.attrs = {"scope": "col"}
        elif token.type == "td_open":
            _dress_cell(token, tokens[index + 2], column, columns)
            column += 1


def _dress_cell(opening: Token, closing: Token, column: int, columns: list[str]) -> None:
    if column == 0 and len(columns) > 1:
        opening.tag = closing.tag = "th"
        opening.attrs = {"scope": "row"}
    else:
        opening.attrs = {"data-l": columns[column]} if columns[column] else {}


def _render_open(_: object, tokens: Tokens, index: int, *__: object) -> str:
    columns = [name for name in tokens[index].meta["columns"] if name]
    label = gettext("表格：%(columns)s") % {"columns": "、".join(columns)[:_LABEL]}
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="ledger stack">',
        label,
    )
