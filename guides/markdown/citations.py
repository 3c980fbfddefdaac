"""`[^S3]` cites a source; `[^own]` says that no source does."""

import re
from collections.abc import Callable

from django.utils.html import escape, format_html
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from guides.markdown.tokens import Tokens

OWN = "own"
_CITATION = re.compile(r"\[\^([^\[\]\s]{1,20})\]")


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect `[^…]`."""
    dialect.inline.ruler.before("link", "citation", _inline)
    dialect.add_render_rule("citation", _render)


def part(text: str) -> tuple[str, list[str]]:
    """A label and the sources cited behind it."""
    return " ".join(_CITATION.sub(" ", text).split()), _CITATION.findall(text)


def with_labels(text: str, label: Callable[[str], str]) -> str:
    """The text with each citation replaced by the label of its code."""
    return _CITATION.sub(lambda found: label(found[1]), text)


def to_html(code: str, label: str) -> str:
    """The mark that stands in the text."""
    if code == OWN:
        return format_html('<span class="own">{}</span>', gettext("编辑补充"))
    name = gettext("来源%(label)s") % {"label": label}
    return format_html(
        '<a class="ref" href="#src-{}" aria-label="{}">〔{}〕</a>', code, name, label
    )


def _inline(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found[0]
        token.meta = {"code": found[1], "label": escape(found[1])}
    state.pos = found.end()
    return True


def _render(_: object, tokens: Tokens, index: int, *__: object) -> str:
    meta = tokens[index].meta
    return to_html(meta["code"], meta["label"])
