"""The last gate: nothing leaves this room that is not on the list."""

import nh3

from guides.markdown import callouts, links

_PLAIN = (
    "p br hr em strong s code pre blockquote ul ol li dl dt dd table thead tbody tr th td "
    "h3 h4 h5 h6 a img input label span div small"
)
_ATTRIBUTES = {
    "a": {"href", "rel", "aria-label", "data-guide"},
    "img": {"src", "alt", "loading"},
    "input": {"id", "checked"},
    "label": {"for"},
    "ol": {"start"},
    "div": {"tabindex", "role", "aria-label"},
    "pre": {"tabindex"},
    "td": {"data-l"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(3, 7)},
}
_CLASSES = {
    "a": {"ref"},
    "span": {"own", "lab"},
    "div": {"call", "routes", "scroll", *callouts.LABELS},
    "ol": {"uipath", "chain", "ticks"},
    "ul": {"ticks"},
    "li": {"tickline"},
    "table": {"ledger", "stack"},
}


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if links.is_allowed(value) else None
    if attribute == "src":
        return value if links.image_name(value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_PLAIN.split()),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_filter,
    set_tag_attribute_values={"input": {"type": "checkbox"}},
    allowed_classes=_CLASSES,
    url_schemes=set(links.SCHEMES),
    link_rel=None,  # set by `links`, which knows inside from outside
)


def clean(html: str) -> str:
    """The same HTML, balanced, with nothing in it but what the dialect can produce."""
    return _CLEANER.clean(html)
