"""Numbers that belong to somebody: telephone, bank card, identity and account numbers.

Mail addresses are known here, too. Order numbers, error codes and service hotlines are none of
these.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

MOBILE, CARD, IDENTITY, PHONE, ACCOUNT, NUMBER = (
    "〔手机号〕", "〔银行卡号〕", "〔身份证号〕", "〔电话〕", "〔账号〕", "〔长号码〕",
)  # fmt: skip

MAIL = "〔邮箱〕"
ADDRESS = re.compile(
    r"(?:[a-z0-9._%+\-]{1,64}|[\u4e00-\u9fff]{1,6})(?:\s?@\s?[a-z0-9._%+\-]{1,255})+"
)

CHINESE = "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
CHINESE_DIGITS = str.maketrans(CHINESE, "0012345678912123456789")
# Digits may be written in groups; a group that ends an identity number may end in x.
GROUP = re.compile("[0-9]+(?:x(?![a-z0-9]))?")
APART = re.compile(r"[^\w〔〕]{1,4}|_{1,4}")

DATE = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# What a number's form alone tells; with a slip in it, a card's or identity number is still one.
FORMS = {
    MOBILE: "(?:0{0,2}86|0)?1[3-9][0-9]{9}",
    IDENTITY: f"[1-9][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{DATE}[0-9]{{3}}[0-9x]?"
    f"|[0-9]{{2}}{DATE}[0-9]{{3}})",
    ACCOUNT: "2088[0-9]{12}",
    CARD: "62[0-9]{14,17}",
    PHONE: "(?:0086|86)?0[1-9][0-9]{1,2}[2-9][0-9]{6,7}",
}
FORM = re.compile("|".join(f"({form})" for form in FORMS.values()))
CARD_LENGTHS = range(13, 20)
IDENTITY_FORM = re.compile("[1-9][0-9]{16}[0-9x]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10x98765432"
SHORTEST, LONGEST = 10, 22
TOO_LONG = 20  # digits in one run: no order, no error has so many


def digits(text: str) -> str:
    """Digits of every script, Chinese ones as well, as ours: letter for letter."""
    plain = (str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
    return "".join(plain).translate(CHINESE_DIGITS)


def found(text: str) -> list[tuple[int, int, str]]:
    """The places of personal numbers in text of `digits`, left to right, and what each is.

    Those that overlap are one.
    """
    places: list[tuple[int, int, str]] = []
    for start, end, word in sorted(_candidates(text), key=lambda each: (each[0], -each[1])):
        if places and start < places[-1][1]:
            first, before, kind = places[-1]
            places[-1] = (first, max(before, end), kind)
        else:
            places.append((start, end, word))
    return places


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Every row of neighbouring groups that makes a personal number."""
    groups = [(found.start(), found.end(), found.group()) for found in GROUP.finditer(text)]
    near = [bool(APART.fullmatch(text, one[1], other[0])) for one, other in pairwise(groups)]
    for first, (start, end, group) in enumerate(groups):
        if word := _kind(group) or (NUMBER if len(group) >= TOO_LONG else ""):
            yield start, end, word
        digits = group
        for last in range(first + 1, len(groups)):
            if not near[last - 1] or len(digits) > LONGEST:
                break
            digits += groups[last][2]
            if word := _kind(digits):
                yield start, groups[last][1], word


def _kind(number: str) -> str:
    """Whose number this is, if it is somebody's; an x behind it may belong to the next word."""
    if not SHORTEST <= len(number) <= LONGEST:
        return ""
    bare = number.rstrip("x")
    form = FORM.fullmatch(number) or FORM.fullmatch(bare)
    if form:
        return list(FORMS)[(form.lastindex or 1) - 1]
    if IDENTITY_FORM.fullmatch(number) and number[-1] == _check(number):
        return IDENTITY
    return CARD if len(bare) in CARD_LENGTHS and bare.isdecimal() and _luhn(bare) else ""


def _check(digits: str) -> str:
    return CHECKS[sum(int(d) * w for d, w in zip(digits[:17], WEIGHTS, strict=True)) % 11]


def _luhn(digits: str) -> bool:
    doubled = (2 * int(d) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(d - 9 * (d > 9) for d in doubled)) % 10 == 0


def kinds(text: str) -> list[str]:
    """What normalised text tells of somebody, each kind once: numbers by their form, mail."""
    mail = [MAIL] if ADDRESS.search(text) else []
    return list(dict.fromkeys([*(kind for _start, _end, kind in found(digits(text))), *mail]))


def certain(text: str) -> Iterator[str]:
    """What in normalised text is somebody's number beyond doubt, by its checksum if it has one."""
    plain = digits(text)
    for start, end, kind in found(plain):
        number = "".join(GROUP.findall(plain[start:end]))
        if kind == MOBILE or _is_card(kind, number) or _is_identity(kind, number):
            yield kind


def _is_card(kind: str, number: str) -> bool:
    """One order number in ten has a card's checksum too, but few begin as cards do."""
    return kind == CARD and len(number) >= 15 and number[0] in "34569" and _luhn(number)


def _is_identity(kind: str, number: str) -> bool:
    whole = kind == IDENTITY and len(number) == 18 and re.fullmatch(FORMS[IDENTITY], number)
    return bool(whole) and number[-1] == _check(number)
