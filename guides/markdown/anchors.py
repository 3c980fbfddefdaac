"""Addresses inside a page: readable, stable, and never those of the page around them."""

import re
from dataclasses import dataclass, field

_LENGTH = 60
_DROPPED = re.compile(r"[^\w\s-]+")
_GAP = re.compile(r"[\s_-]+")


@dataclass
class Anchors:
    """Hands out ids for one document.

    Whatever is not in Chinese gets a prefix: the page around the text has English ids
    (`main`, `results`), and so have steps (`s-`), sources (`src-`) and boxes to tick (`t-`).
    """

    used: dict[str, int] = field(default_factory=dict)

    def take(self, title: str) -> str:
        """An id of its own for this heading."""
        base = readable(title)
        name = base
        while name in self.used:
            self.used[base] += 1
            name = f"{base}-{self.used[base]}"
        self.used[name] = 1
        return name


def readable(title: str) -> str:
    """The heading's own characters; the same heading always gives the same."""
    words = _DROPPED.sub("", title.lower()[:_LENGTH])
    name = _GAP.sub("-", words).strip("-")
    return f"h-{name}".rstrip("-") if name.isascii() else name
