"""How compared words are written in HTML: marked by elements and, for ears, by words."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides.markdown import Pieces

register = template.Library()

LEFT_OUT = {"merged": "", "old": "added", "new": "removed"}


@register.simple_tag
def compared(pieces: Pieces, side: str = "merged", our_lang: str = "") -> SafeString:
    """Both texts at once, or the old or the new one with its changes marked."""
    shown = [(state, text) for state, text in pieces if state != LEFT_OUT.get(side)]
    return format_html_join("", "{}", ((_piece(state, text, our_lang),) for state, text in shown))


def _piece(state: str, text: str, our_lang: str) -> SafeString | str:
    if state == "same":
        return text
    tag, word = ("del", _("［删去：")) if state == "removed" else ("ins", _("［新增："))
    return format_html(
        '<{0}><span class="vh"{1}>{2}</span>{3}<span class="vh"{1}>{4}</span></{0}>',
        tag, our_lang, word, text, _("］"),
    )  # fmt: skip
