"""What of a question may be kept: one spelling, no numbers that belong to somebody.

Telephone and bank card numbers, identity numbers, account numbers and mail addresses become a
word in brackets before anything is stored or logged. Numbers that say what is asked stay: 12306,
error codes, order numbers of up to nineteen digits that are none of the above.
"""

import re

from guides.models.question import QUESTION_LETTERS
from guides.personal_numbers import ADDRESS, MAIL, digits, found
from guides.search import normalise

READ = 2 * QUESTION_LETTERS  # letters; masking shortens, so more is read than is kept
MASK = re.compile("〔[^〔〕]*〕")
OPENED_MASK = re.compile("〔[^〔〕]*$")
BRACKETS = re.compile("(〔(?:手机号|银行卡号|身份证号|电话|账号|长号码|邮箱)〕)|(〔)|〕")

# The end of a text that was cut off: groups of digits, or what may have become a mail address.
CUT_OFF = re.compile(r"(?:[0-9_]|[^\w〔〕])*[a-z0-9._%+\-]{0,64}$")


def kept(text: str) -> str:
    """The question as it may be kept: normalised, masked, cut; empty where it says nothing."""
    masked = mask(normalise(text[:READ]))
    if len(text) >= QUESTION_LETTERS:
        masked = _without_beginning_of_number(masked)
    if len(masked) >= QUESTION_LETTERS:
        masked = _cut(masked)
    masked = masked.strip()
    return masked if re.search(r"\w", plain(masked)) else ""


def _cut(masked: str) -> str:
    """Shorter than what is taken for cut off, so that what is kept can be read in again."""
    return mask(OPENED_MASK.sub("", masked[: QUESTION_LETTERS - 1]))


def plain(masked: str) -> str:
    """The words alone, without what stands for a number."""
    return " ".join(MASK.sub(" ", masked).split())


def _without_beginning_of_number(masked: str) -> str:
    """A text this long may have been cut, and its end may be half of somebody's number."""
    cut = CUT_OFF.search(digits(masked))
    return masked[: cut.start()] if cut else masked


def mask(text: str) -> str:
    """Normalised text with a word in brackets for each number that belongs to somebody."""
    hidden = BRACKETS.sub(lambda one: one[1] or ("(" if one[2] else ")"), text)
    hidden = ADDRESS.sub(MAIL, hidden)
    for start, end, word in reversed(found(digits(hidden))):
        hidden = hidden[:start] + word + hidden[end:]
    return hidden
