"""Looks at HTML as a browser would, and knows only what the dialect may make."""

from typing import Any

from tests.markdown.kit import HTML, elements

WORDS = {
    "elements": "p br hr em strong s code pre blockquote ul ol li dl dt dd table thead tbody tr th"
    " td h3 h4 h5 h6 a img input label span div small",
    "attributes": "href rel class id for type checked src alt loading start scope tabindex role"
    " aria-label data-l data-guide",
    "classes": "ref own call stop caution note differ wayback lab routes uipath scroll ledger stack"
    " ticks tickline chain",
}
ELEMENTS, ATTRIBUTES, CLASSES = (set(words.split()) for words in WORDS.values())


def check_elements(html: str) -> list[Any]:
    found = [each for each in elements(html) if each.tag != "DOCUMENT_FRAGMENT"]
    for element in found:
        check_element(element)
    return found


def check_element(element: Any) -> None:
    assert element.tag.removeprefix(HTML) in ELEMENTS
    assert set(element.keys()) <= ATTRIBUTES
    assert set((element.get("class") or "").split()) <= CLASSES
    if element.tag == f"{HTML}input":
        assert element.get("type") == "checkbox"
    if element.get("src") is not None:
        assert element.get("src") in ("/media/images/x.png", "/media/images/a1b2.webp")
    check_address(element.get("href"))


def check_address(address: str | None) -> None:
    if address is None:
        return
    start = address.strip().lower()
    assert not start.startswith(("//", "/\\", "\\"))
    before = start.split("/")[0].split("?")[0].split("#")[0]
    assert ":" not in before or before.split(":")[0] in ("http", "https", "mailto")
