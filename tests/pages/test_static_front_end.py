"""Templates, style sheets and scripts as files: nothing inline, nothing foreign, nothing heavy."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.static_bundles import CSS_IMPORT, JS_IMPORT

STATIC = settings.BASE_DIR / "static"
CSS = sorted((STATIC / "css").glob("*.css"))
JS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
KIB = 1024

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "a style element": re.compile(r"<style\b"),
    "a script with a body": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>"),
    "a script address": re.compile(r"javascript:"),
}
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def bundled(entry: Path, imports: re.Pattern[str]) -> str:
    """What readers get in one piece."""
    return imports.sub(lambda found: (entry.parent / found["name"]).read_text(), entry.read_text())


PORTAL_CSS = bundled(STATIC / "css" / "portal.css", CSS_IMPORT)
PORTAL_JS = bundled(STATIC / "js" / "portal.js", JS_IMPORT)


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_template_carries_style_or_script_of_its_own(template):
    text = template.read_text()
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("file", [*TEMPLATES, *CSS, *JS], ids=name)
def test_nothing_is_fetched_from_another_host(file):
    assert FOREIGN.findall(file.read_text()) == []


@pytest.mark.parametrize("pattern", INLINE.values(), ids=INLINE.keys())
def test_the_search_for_inline_code_finds_what_it_looks_for(pattern):
    bad = """<p style="x"><a onclick='y' href="javascript:z"><style></style><script>1</script>"""
    good = '<p class="style" data-on="x"><script type="module" src="/static/x.js"></script>'
    assert pattern.search(bad)
    assert not pattern.search(good)


@pytest.mark.parametrize("file", [*CSS, *JS], ids=name)
def test_no_file_is_longer_than_four_hundred_lines(file):
    assert len(file.read_text().splitlines()) < 400


def test_every_rule_of_the_public_pages_belongs_to_a_layer():
    """A rule outside all layers would beat every other one."""
    text = re.sub(r"/\*.*?\*/", "", PORTAL_CSS, flags=re.DOTALL)
    depth, outside = 0, ""
    for char in text:
        outside += char if depth == 0 else ""
        depth += {"{": 1, "}": -1}.get(char, 0)
    assert depth == 0
    assert not re.sub(r"@layer [\w, ]+[{;]|\}", "", outside).strip()


def test_the_entry_style_sheet_names_the_layers_and_imports_files_that_exist():
    text = (STATIC / "css" / "portal.css").read_text()
    imported = [found["name"] for found in CSS_IMPORT.finditer(text)]
    assert imported
    assert all((STATIC / "css" / file).exists() for file in imported)
    declared = set(re.findall(r"@layer ([^;{]+);", text)[0].replace(" ", "").split(","))
    used = {
        layer
        for file in imported
        for layer in re.findall(r"@layer (\w+) \{", (STATIC / "css" / file).read_text())
    }
    assert used == declared


def test_the_entry_script_imports_every_script_of_the_public_pages():
    text = (STATIC / "js" / "portal.js").read_text()
    imported = {found["name"].removeprefix("./") for found in JS_IMPORT.finditer(text)}
    assert imported
    assert all((STATIC / "js" / file).exists() for file in imported)


def test_style_sheet_and_script_stay_small():
    css, js = PORTAL_CSS.encode(), PORTAL_JS.encode()
    assert len(gzip.compress(css, 9)) < 15 * KIB
    assert len(js) < 19 * KIB
    assert len(gzip.compress(js, 9)) < 7 * KIB


def test_both_ways_into_the_dark_theme_have_the_same_colours():
    text = (STATIC / "css" / "tokens.css").read_text()
    blocks = re.findall(r":root(?:\[data-theme=\"dark\"\]|:not\([^)]+\)) \{([^}]+)\}", text)
    assert len(blocks) == 2
    by_choice, by_system = (re.sub(r"\s+", " ", block).strip() for block in blocks)
    assert by_choice == by_system


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON_GROUND = [
    *[(text, ground) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "wash", "sunk")],
    *[("pine", ground) for ground in ("paper", "wash", "amber-wash", "red-wash", "indigo-wash")],
    ("on-pine", "pine"),
    ("pine-deep", "pine-wash"),
    ("ink-2", "pine-wash"),
    ("amber", "amber-wash"),
    ("amber", "paper"),
    ("red", "red-wash"),
    ("red", "wash"),
    ("indigo", "indigo-wash"),
    ("indigo", "paper"),
    ("ink", "mark"),
    ("ink", "add"),
    ("ink", "del"),
    ("red", "paper"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_every_ground_it_stands_on(theme, text, ground):
    colours = _colours(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_borders_of_controls_and_the_focus_ring_can_be_seen(theme, line, ground):
    colours = _colours(theme)
    assert contrast(colours[line], colours[ground]) >= 3


def _colours(theme: str) -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text()
    start = text.index(":root {") if theme == "light" else text.index(':root[data-theme="dark"] {')
    block = text[start : text.index("}", start)]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
