"""Keys of steps: they stay with a step whatever becomes of its text and place."""

import re
import secrets
from collections.abc import Callable

from guides.markdown import outline
from guides.markdown.headings import tail
from guides.markdown.inline import TooComplex
from guides.markdown.limits import SIZE
from guides.markdown.parser import parse

_FIRST = "bcdfghjkmnpqrstvwxz"  # no vowels, so that no word comes out; nothing that looks alike
_REST = _FIRST + "23456789"
_HEADING = re.compile(r"#{1,3}\s")
_KEYED = re.compile(r"\{[^{}]*#([a-z][a-z0-9]{3,7})\b[^{}]*\}")
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_KEY = re.compile(r"[ \t]*\{#[a-z][a-z0-9]{3,7}\}|(?<=\{)#[a-z][a-z0-9]{3,7} ?")


def random_key() -> str:
    """A key that nobody has used, in all likelihood."""
    return secrets.choice(_FIRST) + "".join(secrets.choice(_REST) for _ in range(3))


def with_step_keys(body: str, *, kind: str, new_key: Callable[[], str] = random_key) -> str:
    """Write a key behind every step that has none; nothing else changes."""
    if len(body) > SIZE:
        return body
    try:
        tokens, _ = parse(body)
    except TooComplex:
        return body
    steps = outline.build(tokens, kind).steps
    used = {key for step in steps for key in step.marks.keys}
    pieces = _LINE_END.split(body)
    for step in steps:
        if not step.marks.keys:
            at = 2 * (step.line - 1)  # every second piece is a line end
            pieces[at] = _insert_key(pieces[at], _unused(used, new_key))
    return "".join(pieces)


def step_texts(body: str) -> dict[str, str]:
    """What is written under each key, by the lines alone: enough to tell who wrote it first."""
    texts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in body.splitlines():
        if _HEADING.match(line):
            found = _KEYED.search(line)
            lines = texts.setdefault(found[1], []) if found else []
        lines.append(line.strip())
    return {key: "\n".join(filter(None, written)) for key, written in texts.items()}


def _unused(used: set[str], new_key: Callable[[], str]) -> str:
    key = new_key()
    while key in used:
        key = new_key()
    used.add(key)
    return key


def _insert_key(line: str, key: str) -> str:
    text = _without_closing_hashes(line)
    if tail(text):
        start = text.rindex("{") + 1
        return f"{line[:start]}#{key} {line[start:]}"
    return f"{text} {{#{key}}}{line[len(text) :]}"


def _without_closing_hashes(line: str) -> str:
    text = line.rstrip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) and bare.strip(" \t") else text


def without_keys(text: str) -> str:
    """A text that was sent twice lacks the keys that its first save wrote in."""
    return _KEY.sub("", text)
