"""Titles that break only between words."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def title_html(words: Sequence[str]) -> SafeString:
    """The words of a title, with a chance to break between each two."""
    return mark_safe("<wbr>".join(escape(word) for word in words))
