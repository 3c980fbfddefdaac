"""Links between guides, links to elsewhere, images: what may be pointed at."""

import re
from collections.abc import Callable, Mapping

from django.utils.html import escape, format_html
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from guides.markdown.terms import GuideLink
from guides.markdown.tokens import Tokens

SCHEMES = frozenset({"http", "https", "mailto"})
IMAGES = "/media/images/"

_GUIDE = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]")
_SCHEME = re.compile(r"([^/?#]*?):")
_UNSAFE = re.compile(r"[\x00-\x20\\]")  # browsers drop some of these, and read \ as /
_IMAGE = re.compile(rf"{IMAGES}([A-Za-z0-9][A-Za-z0-9._-]{{0,199}})")
_PICTURE = re.compile(rf"!\[([^\[\]\n]{{0,200}})\]\({_IMAGE.pattern}\)")
# Only this room can have written it: the cleaner writes "<" and the quote of any text as entities.
_PLACEHOLDER = re.compile(r'<a data-guide="([a-z0-9]+)">([^<]*)</a>')


def add_rules(dialect: MarkdownIt) -> None:
    """Teach the dialect `[[…]]`, and how links and images are written."""
    dialect.inline.ruler.before("link", "guide_link", _inline)
    dialect.add_render_rule("guide_link", _render_guide_link)
    dialect.add_render_rule("link_open", _render_link)
    dialect.add_render_rule("image", _render_image)


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: the web, mail, this site, this page."""
    if address.startswith("//") or _UNSAFE.search(address):
        return False
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in SCHEMES


def linked_slugs(body: str) -> set[str]:
    """Every slug a body may link to, found without parsing it: more than enough to look them up."""
    return {found[1].strip() for found in _GUIDE.finditer(body)}


def with_titles(text: str, title: Callable[[str, str], str]) -> str:
    """The text with each link to a guide replaced; told its slug and the words chosen for it."""
    return _GUIDE.sub(lambda found: title(found[1].strip(), (found[2] or "").strip()), text)


def with_pictures(text: str, picture: Callable[[str, str], str]) -> str:
    """The text with each uploaded image replaced; told its description and its name."""
    return _PICTURE.sub(lambda found: picture(found[1], found[2]), text)


def image_names(body: str) -> set[str]:
    """Every uploaded image a body may show, found without parsing it."""
    return set(_IMAGE.findall(body))


def image_name(address: str) -> str:
    """The name of an uploaded image, or nothing when the address is another."""
    found = _IMAGE.fullmatch(address)
    return found[1] if found else ""


def link_guides(html: str, guides: Mapping[str, GuideLink]) -> str:
    """Fill in addresses and titles; what is not in the mapping stays unnamed."""
    locked = format_html('<span class="locked">{}</span>', gettext("另一篇指南"))

    def fill(found: re.Match[str]) -> str:
        guide = guides.get(found[1])
        if guide is None:
            return locked
        return f'<a href="{escape(guide.url)}">{found[2] or escape(guide.title)}</a>'

    return _PLACEHOLDER.sub(fill, html)


def _inline(state: StateInline, silent: bool) -> bool:
    found = _GUIDE.match(state.src, state.pos, state.posMax)
    if not found or state.linkLevel:
        return False
    if not silent:
        token = state.push("guide_link", "", 0)
        token.content = found[0]
        token.meta = {"slug": found[1].strip(), "text": (found[2] or "").strip(), "code": ""}
    state.pos = found.end()
    return True


def _render_guide_link(_: object, tokens: Tokens, index: int, *__: object) -> str:
    meta = tokens[index].meta
    return format_html('<a data-guide="{}">{}</a>', meta["code"], meta["text"])


def _render_link(_: object, tokens: Tokens, index: int, *__: object) -> str:
    address = str(tokens[index].attrs["href"])
    outside = address.lower().startswith(("http:", "https:"))
    rel = ' rel="noopener noreferrer nofollow"' if outside else ""
    return f'<a href="{escape(address)}"{rel}>'


def _render_image(_: object, tokens: Tokens, index: int, *__: object) -> str:
    attrs = tokens[index].attrs
    return format_html('<img src="{}" alt="{}" loading="lazy">', attrs["src"], attrs["alt"])
