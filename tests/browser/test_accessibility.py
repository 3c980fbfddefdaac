"""axe-core finds nothing on any type of page: WCAG 2.0 to 2.2, A and AA, and best practice."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.live.pages import EVERY, IN_ENGLISH, PageType

WIDTHS = (1280, 390)
HEIGHT = 12_000  # more than any page has: what sticks to an edge lies over nothing by chance
# axe would read style sheets by itself, in ways that the content security policy forbids.
COMMON = {"resultTypes": ["violations"], "preload": False}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {**COMMON, "runOnly": LEVELS, "rules": {"target-size": {"enabled": True}}}
# A theme changes colours and nothing else.
COLOURS = {**COMMON, "runOnly": ["color-contrast", "link-in-text-block"]}
RULES = {"light": EVERYTHING, "dark": COLOURS}
# Colours that are still on their way to another theme are nobody's choice.
SETTLED = "document.getAnimations().forEach((each) => each.finish())"
FAILURE = PageType("failure", "/", 500)
WITH_MENUS = [
    page
    for page in EVERY
    if page.name in ("home", "procedure", "search results", "editor of a procedure")
]
axe = Axe()


def violations(page: Any, rules: Any = EVERYTHING) -> list[str]:
    found = axe.run(page, options=rules).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {told(node)}"
        for rule in found
        for node in rule["nodes"]
    ]


def told(node: Any) -> str:
    """What axe measured, which is the first thing one wants to know."""
    data = [check.get("data") for check in (*node["any"], *node["all"]) if check.get("data")]
    return json.dumps(data, ensure_ascii=False)[:300]


def violations_in_every_look(page: Any) -> str:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme, rules in RULES.items():
            page.emulate_media(color_scheme=theme)
            page.evaluate(SETTLED)
            found += [f"{theme} at {width}: {told}" for told in violations(page, rules)]
    return "\n".join(found)


@pytest.mark.parametrize("wanted", EVERY, ids=lambda page: page.name)
def test_a_page_is_accessible_in_both_themes_and_widths(open_page, wanted):
    assert violations_in_every_look(open_page(wanted)) == ""


@pytest.mark.parametrize("wanted", IN_ENGLISH, ids=lambda page: page.name)
def test_a_page_is_accessible_in_english(open_page, wanted):
    assert "\n".join(violations(open_page(wanted))) == ""


def test_the_page_of_a_failure_is_accessible(broken_portal, open_page):
    assert violations_in_every_look(open_page(FAILURE)) == ""


@pytest.mark.parametrize("wanted", WITH_MENUS, ids=lambda page: page.name)
def test_an_open_menu_is_accessible(open_page, wanted):
    page = open_page(wanted)
    menus = page.locator("details:visible").all()
    assert menus
    for menu in menus:
        menu.evaluate("menu => (menu.open = true)")
        assert violations_in_every_look(page) == ""
        menu.evaluate("menu => (menu.open = false)")
