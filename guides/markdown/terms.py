"""What the room is told about the world outside it, and what it hands back."""

from dataclasses import dataclass, field
from typing import Any

from guides.markdown.faults import Fault


@dataclass(frozen=True)
class GuideRef:
    """What a slug in `[[…]]` stands for."""

    code: str
    title: str


@dataclass(frozen=True)
class SourceRef:
    """What a code in `[^…]` stands for; the label is what readers see."""

    code: str
    label: str


@dataclass(frozen=True)
class GuideLink:
    """Where a linked guide lives, and its name, at the moment of reading."""

    url: str
    title: str


@dataclass(frozen=True)
class Place:
    """Where a section or, if it has a number, a step begins in the body."""

    line: int
    title: str
    number: int = 0


@dataclass
class Rendered:
    """A body made ready for pages, search and checks."""

    lead: str = ""
    sections: list[dict[str, Any]] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    plain: str = ""
    headings: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
