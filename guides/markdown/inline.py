"""Inline parsing, bounded in work, and with emphasis that works between Chinese characters."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from guides.markdown.limits import SIZE

LOOK_AHEADS = SIZE  # one for every character; an honest text stays far below


class TooComplex(Exception):
    """Unpaired brackets would have the parser look ahead again and again."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass
class Budget:
    """What one document may still cost."""

    left: int = LOOK_AHEADS
    line: int = 1

    def spend(self) -> None:
        """Count one look-ahead."""
        self.left -= 1
        if self.left < 0:
            raise TooComplex(self.line)


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """CommonMark asks for spaces around `**“关闭”**后`; Chinese has none."""
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord:
            return scanned
        before = self.src[start - 1] if start else " "
        end = start + scanned.length
        after = self.src[end] if end < self.posMax else " "
        return Scanned(
            scanned.can_open or (is_wide(before) and not _is_space(after)),
            scanned.can_close or (is_wide(after) and not _is_space(before)),
            scanned.length,
        )


class BoundedInline(ParserInline):
    """The inline parser with our state and a limit on looking ahead."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Look ahead over one token, at a price."""
        state.env["budget"].spend()
        super().skipToken(state)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse with the state above; otherwise as inherited."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def is_wide(character: str) -> bool:
    """Han, kana, full-width forms, and the quotes and dashes Chinese shares with others."""
    return east_asian_width(character) in "WF" or character in "“”‘’…—·"


def _is_space(character: str) -> bool:
    return isWhiteSpace(ord(character))
