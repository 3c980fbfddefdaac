"""What a body may refer to, what it did refer to, and what is wrong with it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from guides.markdown.faults import Fault, fault
from guides.markdown.terms import GuideRef, SourceRef

MOST_FAULTS = 200  # nobody mends more in one go


@dataclass
class Register:
    """Filled while a body is read."""

    guides: Mapping[str, GuideRef]
    sources: Mapping[str, SourceRef]
    known_images: Container[str]
    cited: dict[str, None] = field(default_factory=dict)
    linked: dict[str, None] = field(default_factory=dict)
    images: dict[str, None] = field(default_factory=dict)
    anchors: list[tuple[str, int]] = field(default_factory=list)  # linked to, in which line
    faults: list[Fault] = field(default_factory=list)

    def report(self, line: int, code: str, /, **details: object) -> None:
        """Note a fault."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault(line, code, **details))
