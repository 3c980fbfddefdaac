"""Headings: their order, their addresses, and what may not stand in them."""

from urllib.parse import unquote

from markdown_it.token import Token

from guides.markdown import outline, plain, steps
from guides.markdown.anchors import Anchors
from guides.markdown.headings import Marks
from guides.markdown.outline import PROCEDURE, Outline
from guides.markdown.register import Register
from guides.markdown.tokens import Tokens, line_of


def check(tokens: Tokens, parts: Outline, kind: str, register: Register) -> None:
    """Report what is wrong with the headings."""
    first_lines: dict[str, int] = {}
    level = 1
    for heading, name in outline.headings(tokens):
        title = plain.line(name)
        _check_title(heading, name, title, register)
        _check_first(heading, title, first_lines, register)
        level = _check_level(heading, title, level, register)
    _check_marks(tokens, register)
    if kind == PROCEDURE:
        _check_steps(parts, register)


def give_anchors(tokens: Tokens) -> set[str]:
    """Give every heading its id; returns the ids."""
    anchors = Anchors()
    given: set[str] = set()
    for heading, name in outline.headings(tokens):
        step = heading.meta.get("step")
        identity = steps.anchor(step) if step else anchors.take(plain.line(name))
        heading.attrs = {"id": identity}
        given.add(identity)
    return given


def check_anchors(given: set[str], register: Register) -> None:
    """Report links to places that this page does not have."""
    given = given | {f"src-{code}" for code in register.cited}
    for anchor, line in register.anchors:
        if unquote(anchor) not in given:
            register.report(line, "unknown-anchor", anchor=unquote(anchor))


def _check_title(heading: Token, name: Token, title: str, register: Register) -> None:
    line = line_of(heading)
    if heading.level:
        register.report(line, "nested-heading", title=title)
    if heading.tag == "h1":
        register.report(line, "h1-in-body", title=title)
    if not title:
        register.report(line, "empty-heading")
    if any(child.type == "guide_link" for child in name.children or ()):
        register.report(line, "link-in-title", title=title)


def _check_first(heading: Token, title: str, lines: dict[str, int], register: Register) -> None:
    line = line_of(heading)
    first = lines.setdefault(title, line)
    if first != line and title:
        register.report(line, "duplicate-heading", title=title, first=first)


def _check_level(heading: Token, title: str, level: int, register: Register) -> int:
    new = max(int(heading.tag[1]), 2)
    if new > level + 1:
        wanted = "#" * (level + 1)
        register.report(line_of(heading), "skipped-level", title=title, wanted=wanted)
    return new


def _check_marks(tokens: Tokens, register: Register) -> None:
    for heading, name in outline.headings(tokens):
        marks: Marks = heading.meta["marks"]
        if marks.text and "step" not in heading.meta:
            title = plain.line(name)
            register.report(line_of(heading), "misplaced-marks", marks=marks.text, title=title)


def _check_steps(parts: Outline, register: Register) -> None:
    holders = [part for part in parts.sections if outline.is_steps_title(part.title)]
    if not parts.steps:
        register.report(holders[0].line if holders else 1, "no-steps")
    for part in holders[1:]:
        register.report(part.line, "second-steps", first=holders[0].line)
