"""The body as lead, sections and steps, still in tokens."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from guides.markdown import plain
from guides.markdown.headings import Marks
from guides.markdown.tokens import Tokens, line_of

PROCEDURE = "procedure"
_STEPS = ("操作步骤", "steps")


@dataclass
class Part:
    """A heading and what stands under it."""

    heading: Token
    name: Token
    tokens: Tokens = field(default_factory=list)
    steps: list["Part"] = field(default_factory=list)
    is_steps: bool = False
    number: int = 0  # of a step
    id: str = ""

    @property
    def title(self) -> str:
        return plain.line(self.name)

    @property
    def marks(self) -> Marks:
        marks: Marks = self.heading.meta["marks"]
        return marks

    @property
    def line(self) -> int:
        return line_of(self.heading)


@dataclass
class Outline:
    """What stands before the first section, and the sections."""

    lead: Tokens
    sections: list[Part]

    @property
    def parts(self) -> list[Part]:
        """Every section and every step, as they stand in the body."""
        return [part for section in self.sections for part in (section, *section.steps)]

    @property
    def steps(self) -> list[Part]:
        """The steps of the procedure."""
        return [step for section in self.sections for step in section.steps]


def build(tokens: Tokens, kind: str) -> Outline:
    """Cut the body at its headings; the first section of steps has its steps cut out, too."""
    lead, sections = _cut(tokens, ("h1", "h2"))
    for section in sections:
        if kind == PROCEDURE and is_steps_title(section.title):
            section.is_steps = True
            section.tokens, section.steps = _cut(section.tokens, ("h3",))
            for number, step in enumerate(section.steps, 1):
                step.number = number
                step.heading.meta["step"] = step
            break
    return Outline(lead, sections)


def is_steps_title(title: str) -> bool:
    """Whether a section of this name holds the steps."""
    return title.casefold() in _STEPS


def headings(tokens: Tokens) -> Iterator[tuple[Token, Token]]:
    """Every heading with its text."""
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            yield token, following


def _cut(tokens: Tokens, levels: tuple[str, ...]) -> tuple[Tokens, list[Part]]:
    before: Tokens = []
    parts: list[Part] = []
    inside = 0  # tokens of the heading itself still to be passed over
    for index, token in enumerate(tokens):
        if _is_heading(token, levels):
            parts.append(Part(token, tokens[index + 1]))
            inside = 3
        if inside:
            inside -= 1
        else:
            (parts[-1].tokens if parts else before).append(token)
    return before, parts


def _is_heading(token: Token, levels: tuple[str, ...]) -> bool:
    return token.type == "heading_open" and token.tag in levels and not token.level
