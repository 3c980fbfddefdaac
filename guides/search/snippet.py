"""The passage of a text that answers best, with the words marked that made it be found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Parts = tuple[tuple[str, bool], ...]
LENGTH = 90
SENTENCE = re.compile(r"[^。!?！？;；\n]*[。!?！？;；\n]?")


@dataclass(frozen=True)
class Passage:
    """A piece of a guide: the anchor it has in the page, its title, its plain text."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Snippet:
    anchor: str
    title: str
    parts: Parts


def highlighted(text: str, terms: Iterable[str]) -> Parts:
    """The text in pieces, (text, is it a hit). Joined they are the text; nothing is escaped."""
    pattern = _pattern(terms)
    if pattern is None:
        return ((text, False),) if text else ()
    pieces = pattern.split(text)  # odd ones are the hits
    return tuple((piece, bool(at % 2)) for at, piece in enumerate(pieces) if piece)


def snippet(passages: str | Sequence[Passage], terms: Iterable[str]) -> Snippet:
    """The best sentences of the best passage; the beginning where nothing is found."""
    pieces = [Passage("", "", passages)] if isinstance(passages, str) else passages
    pattern = _pattern(terms)
    windows = [
        (_distinct(pattern, f"{piece.title} {window}"), piece, window)
        for piece in pieces
        for window in _windows(piece.text)
    ]
    if not windows:
        return Snippet("", "", ())
    _hits, piece, window = max(windows, key=lambda each: each[0])
    return Snippet(piece.anchor, piece.title, highlighted(window, terms))


def _pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({term for term in terms if term}, key=lambda term: (-len(term), term))
    if not longest_first:
        return None
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})", re.IGNORECASE)


def _distinct(pattern: re.Pattern[str] | None, text: str) -> int:
    return len(set(pattern.findall(text.casefold()))) if pattern else 0


def _windows(text: str) -> list[str]:
    """Runs of whole sentences and lines, each about LENGTH letters; a long sentence is cut."""
    windows, current = [], ""
    for sentence in SENTENCE.findall(_lines(text)):
        if current and len(current) + len(sentence) > LENGTH:
            windows.append(current)
            current = ""
        current += sentence
        while len(current) > 2 * LENGTH:
            windows.append(current[:LENGTH])
            current = current[LENGTH:]
    return [
        " ".join(window.split("\n")).strip() for window in (*windows, current) if window.strip()
    ]


def _lines(text: str) -> str:
    """A line is a block of its own, such as a row of a table, which has no full stop."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))
