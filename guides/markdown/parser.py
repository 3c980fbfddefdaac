"""The dialect: which rules of CommonMark apply, and where ours are added."""

from functools import cache
from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin

from guides.markdown import (
    callouts,
    citations,
    headings,
    inline,
    links,
    lists,
    paths,
    plain,
    tables,
)
from guides.markdown.tokens import Tokens, line_of

NESTING = 20  # open lists, items, quotes and call-outs inside each other


def parse(body: str) -> tuple[Tokens, dict[str, Any]]:
    """Take the body apart. Raises `inline.TooComplex` where it would take too long."""
    env: dict[str, Any] = {}
    return _dialect().parse(body, env), env


def write(tokens: Tokens) -> str:
    """HTML for these tokens, not yet cleaned."""
    dialect = _dialect()
    return str(dialect.renderer.render(tokens, dialect.options, {}))


@cache
def _dialect() -> MarkdownIt:
    # Every address is let through here and judged later, where a fault can be reported.
    dialect = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": NESTING})
    dialect.inline = inline.BoundedInline()
    dialect.enable(["table", "strikethrough"])
    dialect.use(deflist_plugin)
    dialect.validateLink = lambda url: True  # type: ignore[method-assign]
    for part in (callouts, paths, lists, tables, citations, links, headings):
        part.add_rules(dialect)
    dialect.add_render_rule("softbreak", _render_soft_break)
    for leaf in ("fence", "code_block"):
        dialect.add_render_rule(leaf, _render_code)
    dialect.core.ruler.at("inline", _parse_inline)
    return dialect


def _parse_inline(state: StateCore) -> None:
    budget = state.env["budget"] = inline.Budget()
    for token in state.tokens:
        if token.type == "inline":
            budget.line = line_of(token)
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _render_soft_break(_: object, tokens: Tokens, index: int, *__: object) -> str:
    return plain.soft_break(tokens, index)


def _render_code(_: object, tokens: Tokens, index: int, *__: object) -> str:
    # Long lines scroll, and what scrolls must be within reach of the keyboard.
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'
