"""Steps: what each must have, and what is known about it."""

from collections.abc import Iterable
from typing import Any

from markdown_it.token import Token

from guides.markdown import citations, plain
from guides.markdown.headings import KEY
from guides.markdown.outline import Outline, Part
from guides.markdown.register import Register
from guides.markdown.tokens import Tokens, inner, line_of

MOST_STOPS = 3


def check(outline: Outline, register: Register) -> None:
    """Report what is missing from steps."""
    first_lines: dict[str, int] = {}
    for step in outline.steps:
        _check_key(step, first_lines, register)
        _check_marks(step, register)
        if not _codes(step):
            register.report(step.line, "uncited-step", title=step.title)


def check_stops(tokens: Tokens, register: Register) -> None:
    """Report when a guide cries stop too often."""
    stops = [token for token in tokens if _is_call(token, "stop")]
    if len(stops) > MOST_STOPS:
        register.report(line_of(stops[MOST_STOPS]), "too-many-stops", count=len(stops))


def check_sides(tokens: Tokens, register: Register) -> None:
    """Report a disagreement that names fewer than two sides."""
    for start, opening in enumerate(tokens):
        if not _is_call(opening, "differ"):
            continue
        end = next(at for at in range(start, len(tokens)) if _closes(tokens[at], opening))
        if len(set(_cited(inner(tokens[start:end]))) - {citations.OWN}) < 2:
            register.report(line_of(opening), "differ-without-sides")


def _closes(token: Token, opening: Token) -> bool:
    return token.type == "call_close" and token.level == opening.level


def anchor(step: Part) -> str:
    """The address of a step; by number only while it has no key of its own."""
    return f"s-{key(step) or step.number}"


def facts(step: Part) -> dict[str, Any]:
    """Everything about a step but its HTML."""
    codes = _codes(step)
    return {
        "key": key(step),
        "number": step.number,
        "title": step.title,
        "marks": list(step.marks.marks),
        "cites": [code for code in codes if code != citations.OWN],
        "own": citations.OWN in codes,
        "plain": plain.text(step.tokens),
    }


def key(step: Part) -> str:
    """Empty where it has none of its own."""
    first = (step.marks.keys or ("",))[0]
    return first if KEY.fullmatch(first) and not step.heading.meta.get("doubled") else ""


def _codes(step: Part) -> list[str]:
    """The sources of a step, `own` among them, each once."""
    codes = [*_cited(inner([step.name, *step.tokens])), *_on_paths(step.tokens)]
    return list(dict.fromkeys(codes))


def _cited(children: Iterable[Token]) -> list[str]:
    return [child.meta["code"] for child in children if child.type == "citation"]


def _on_paths(tokens: Tokens) -> list[str]:
    return [code for token in tokens if token.type == "path_open" for code, _ in token.meta["refs"]]


def _check_key(step: Part, first_lines: dict[str, int], register: Register) -> None:
    if not step.marks.keys:
        register.report(step.line, "missing-key", title=step.title)
        return
    key, *more = step.marks.keys
    if more:
        register.report(step.line, "two-keys", title=step.title)
    if not KEY.fullmatch(key):
        register.report(step.line, "invalid-key", key=key)
    elif key in first_lines:
        step.heading.meta["doubled"] = True
        register.report(step.line, "duplicate-key", key=key, first=first_lines[key])
    first_lines.setdefault(key, step.line)


def _check_marks(step: Part, register: Register) -> None:
    for mark in step.marks.unknown:
        register.report(step.line, "unknown-mark", mark=mark)
    if "irreversible" not in step.marks.marks:
        if any(_is_call(token, "wayback") for token in step.tokens):
            register.report(step.line, "wayback-without-irreversible", title=step.title)
    else:
        for kind, code in (("stop", "without-stop"), ("wayback", "without-wayback")):
            if not any(_is_call(token, kind) for token in step.tokens):
                register.report(step.line, f"irreversible-{code}", title=step.title)


def _is_call(token: Token, kind: str) -> bool:
    return token.type == "call_open" and token.meta["kind"] == kind
