"""What a question may have meant: pinyin, initials, slips of the finger, words that sound alike.

A guess is searched beside the question, never in its place, and the page says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from guides.search import chinese, pinyin
from guides.search.lexicon import Lexicon
from guides.search.question import STOP_WORDS

LATIN_ROW = re.compile(r"[a-z']+(?: [a-z']+)*")
LONGEST_SPAN = 4
SHORTEST_SLIP = 5  # letters of a mended word among others

# sounds -> the word of titles, aliases and headings that sounds like each
Heard = Callable[[Iterable[str]], Mapping[str, str]]


def rewritten(
    text: str, unknown: Iterable[str], said: Sequence[str], lexicon: Lexicon, heard: Heard
) -> str | None:
    """Normalised text as it may have been meant; None where there is nothing to guess.

    `unknown` are its words that no guide holds, `said` the letters that concepts were said with.
    """
    strange = set(unknown)
    runs = {run: re.sub("[ ']", "", run) for run in _latin_runs(text, strange, lexicon)}
    spans = _han_spans(text, strange, said)
    if not runs and not spans:
        return None
    sounds = {chinese.sound(span) for span in spans}
    for letters in runs.values():
        sounds |= {
            chinese.merged(letters[start:end]) for start, end in pinyin.syllable_runs(letters)
        }
    words = {**heard(sounds), **lexicon.phrases}
    meant = text
    for run, letters in runs.items():
        meant = meant.replace(run, _as_han(letters, words, lexicon) or run)
    for span, loose in spans.items():
        meant = meant.replace(span, _sounding_alike(span, loose, words, lexicon) or span)
    return meant if meant != text else None


# --- Latin letters -----------------------------------------------------------------------------


def _latin_runs(text: str, unknown: set[str], lexicon: Lexicon) -> list[str]:
    """Words typed in Latin letters that mean nothing as they stand, or rows of them."""
    runs: list[str] = []
    for match in LATIN_ROW.finditer(text):
        row = match.group()
        strange = [word for word in row.split() if _is_strange(word, unknown, lexicon)]
        runs += [row] if 2 * len(strange) > len(row.split()) else strange
    return [run for run in dict.fromkeys(runs) if len(run) <= pinyin.LONGEST_RUN]


def _is_strange(word: str, unknown: set[str], lexicon: Lexicon) -> bool:
    return word in unknown and word not in lexicon.latin


def _as_han(letters: str, words: Mapping[str, str], lexicon: Lexicon) -> str | None:
    if letters in lexicon.initials:
        return lexicon.initials[letters]
    whole = lexicon.mended(chinese.merged(letters))
    read = pinyin.read(letters, lambda part: _piece(part, words, lexicon))
    pieces = read or ([whole] if whole else [])
    return "".join(f" {piece} " if piece.isascii() else piece for piece in pieces).strip() or None


def _piece(part: str, words: Mapping[str, str], lexicon: Lexicon) -> pinyin.Piece | None:
    sound = chinese.merged(part)
    if word := words.get(sound):
        return pinyin.Piece(word, pinyin.WORD)
    if word := lexicon.everyday.get(sound):
        return pinyin.Piece(word, pinyin.EVERYDAY, tells=False)
    if len(sound) >= SHORTEST_SLIP and (mended := lexicon.mended(sound)):
        return pinyin.Piece(mended, pinyin.MENDED)
    return None


# --- Chinese characters ------------------------------------------------------------------------


def _han_spans(text: str, unknown: set[str], said: Sequence[str]) -> dict[str, list[bool]]:
    """Neighbouring characters, longest first, and which of them belong to no known word."""
    open_text = text
    for letters in sorted(said, key=len, reverse=True):
        open_text = open_text.replace(letters, " ")
    spans = {
        span: loose
        for run in chinese.HAN_RUN.findall(open_text)
        for span, loose in _loose_spans(run, unknown)
    }
    return dict(sorted(spans.items(), key=lambda span: (-len(span[0]), span[0])))


def _loose_spans(run: str, unknown: set[str]) -> Iterator[tuple[str, list[bool]]]:
    """From the edge of one word to the edge of another: a slip seldom takes half a word."""
    loose: list[bool] = []
    edges = {0}
    for word in chinese.known_words(run):
        loose += [len(word) == 1 or word in unknown] * len(word)
        edges.add(len(loose))
    for length in range(2, LONGEST_SPAN + 1):
        for start in range(len(run) - length + 1):
            part = slice(start, start + length)
            if any(loose[part]) and {start, start + length} <= edges and _tells(run[part]):
                yield run[part], loose[part]


def _tells(span: str) -> bool:
    """后会 is no slip for 后悔: a row of everyday characters stands as it is."""
    return any(character not in STOP_WORDS for character in span)


def _sounding_alike(
    span: str, loose: Sequence[bool], words: Mapping[str, str], lexicon: Lexicon
) -> str | None:
    """A word that sounds like the span and changes only loose characters.

    It shares one, or all the span is strange and the word is a name of a product or a task.
    """
    word = words.get(chinese.sound(span))
    if word is None or word == span or len(word) != len(span):
        return None
    kept = [mine == theirs for mine, theirs in zip(span, word, strict=True)]
    changes_known = any(not same and not free for same, free in zip(kept, loose, strict=True))
    shares = any(kept) or word in lexicon.names
    return word if shares and not changes_known else None
