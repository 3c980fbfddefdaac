"""What the templates need beyond Django's own tags: icons, marks, titles, languages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from guides import markdown
from guides.models import Guide, VerificationState

register = template.Library()

HTML_LANGUAGES = {"zh-hans": "zh-Hans"}


@register.filter
def html_language(code: str) -> str:
    """The form of a language code that belongs into HTML: zh-Hans, not zh-hans."""
    return HTML_LANGUAGES.get(code, code)


@register.simple_tag
def content_lang(code: str) -> str:
    """A lang attribute for content, needed only where the page around it speaks another one."""
    return "" if code == get_language() else _lang(code)


@register.simple_tag
def interface_lang(code: str) -> str:
    """The way back: words of the interface that stand inside content of another language."""
    language = get_language() or code
    return "" if code == language else _lang(language)


def _lang(code: str) -> SafeString:
    return format_html(' lang="{}"', html_language(code))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite that base.html carries: no request of its own, no flash."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def title_html(words: Sequence[str]) -> SafeString:
    """A title which breaks between words only, never inside 还款."""
    return SafeString(markdown.title_html(words))


@register.inclusion_tag("guides/_verification.html")
def verification_mark(
    state: VerificationState, *, big: bool = False, short: bool = False
) -> dict[str, Any]:
    """How far a guide was checked. `short` drops the year, for tight lists."""
    return {"mark": state, "big": big, "short": short}


@register.inclusion_tag("guides/_differ.html")
def disagreement_mark(count: int, href: str = "") -> dict[str, Any]:
    """On how many questions the sources of a guide disagree; nothing where they agree."""
    return {"count": count, "href": href}


@register.inclusion_tag("guides/_kind.html")
def kind_label(kind: str) -> dict[str, Any]:
    return {"kind": kind, "name": Guide.Kind(kind).label}


@register.filter
def level_name(level: str) -> str:
    """低, 中, 高 in the reader's language; an unknown level is shown as it is."""
    return str(Guide.Level(level).label) if level in Guide.Level.values else level


EDITED_AS = {"procedure": "procedure", "risk": "risknote", "case": "casestudy"}


@register.simple_tag
def edit_url(guide: Guide) -> str:
    return reverse(f"admin:guides_{EDITED_AS[guide.kind]}_change", args=[guide.pk])


@register.simple_tag
def verify_url(guide: Guide) -> str:
    return reverse(f"admin:guides_{EDITED_AS[guide.kind]}_verify", args=[guide.pk])


@register.simple_tag
def version_url(guide: Guide, number: int) -> str:
    return reverse(f"{guide.kind}_version", args=[guide.slug, number])


@register.simple_tag
def history_url(guide: Guide) -> str:
    return reverse(f"{guide.kind}_history", args=[guide.slug])


@register.simple_tag
def comparison_url(guide: Guide, old: int, new: int) -> str:
    return reverse(f"{guide.kind}_comparison", args=[guide.slug, old, new])
