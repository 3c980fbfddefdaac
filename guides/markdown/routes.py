"""The paths through somebody else's app that a body describes, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token

from guides.markdown import outline, plain, steps
from guides.markdown.inline import TooComplex
from guides.markdown.limits import SIZE
from guides.markdown.outline import Part
from guides.markdown.parser import parse
from guides.markdown.tokens import line_of


@dataclass(frozen=True)
class Route:
    """One path of a step: its label (入口甲) and the stations one goes through."""

    step: str  # the key
    title: str  # of the step
    label: str
    stations: tuple[str, ...]
    line: int


def routes(body: str, *, kind: str) -> list[Route]:
    """In the order of the text; none of a text that is too long or too tangled to be read."""
    if len(body) > SIZE:
        return []
    try:
        tokens, _env = parse(body)
    except TooComplex:
        return []
    return [route for step in outline.build(tokens, kind).steps for route in _of(step)]


def _of(step: Part) -> Iterator[Route]:
    key = steps.key(step)
    opening: Token | None = None
    stations: list[str] = []
    for token, following in zip_longest(step.tokens, step.tokens[1:]):
        if token.type == "path_open":
            opening, stations = token, []
        elif token.type == "uipath_item_open" and following is not None:
            stations.append(plain.line(following))
        elif token.type == "path_close" and opening:
            label = opening.meta["label"]
            yield Route(key, step.title, label, tuple(stations), line_of(opening))
