"""No number that belongs to somebody is ever kept; numbers that say what is asked stay."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guides.models.question import QUESTION_LETTERS
from guides.personal_numbers import (
    ACCOUNT,
    CARD,
    CHECKS,
    IDENTITY,
    MAIL,
    MOBILE,
    NUMBER,
    PHONE,
    WEIGHTS,
)
from guides.questions.masking import kept, mask, plain
from guides.search import normalise
from tests.effort import MUCH, times_as_long

WIDE = str.maketrans("0123456789xX@.", "０１２３４５６７８９ｘＸ＠．")
SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
digits = st.text("0123456789", min_size=1)


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    return (
        f"1{draw(st.sampled_from('3456789'))}{draw(st.text('0123456789', min_size=9, max_size=9))}"
    )


@st.composite
def cards(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from("3456")) + draw(st.text("0123456789", min_size=11, max_size=17))
    return next(head + end for end in "0123456789" if luhn(head + end))


def luhn(number: str) -> bool:
    """The textbook's way, written apart from the code that is tested."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


@st.composite
def identities(draw: st.DrawFn) -> str:
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31)))
    region = draw(st.integers(110000, 659004))
    head = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return head + check(head)


def check(head: str) -> str:
    return CHECKS[sum(int(d) * w for d, w in zip(head, WEIGHTS, strict=True)) % 11]


@st.composite
def mails(draw: st.DrawFn) -> str:
    name = draw(st.text("abcxyz0123456789._", max_size=15))
    return f"z{name}@{draw(st.sampled_from(['qq.com', '163.com', 'mail.example.cn']))}"


@st.composite
def in_groups(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """The number as people write it: in one run or apart, in whatever digits."""
    number = draw(numbers)
    size = draw(st.integers(3, len(number)))
    between = draw(st.sampled_from(["", " ", "-", "－", "·", ". ", " - ", "\u200b", "　"]))
    parts = [number[start : start + size] for start in range(0, len(number), size)]
    if len(parts) > 1 and len(parts[-1]) == 1 and parts[-1] in "xX":
        parts[-2:] = ["".join(parts[-2:])]
    return between.join(parts).translate(draw(st.sampled_from([{}, WIDE, ARABIC])))


PERSONAL = st.one_of(mobiles(), cards(), identities())
# Letters that are no digits, so that what is planted is a number of its own.
AROUND = st.text(
    st.characters(exclude_categories=["Cs", "N"], exclude_characters="幺两〇壹贰叁肆伍陆柒捌玖"),
    max_size=30,
).map(lambda text: "".join(letter for letter in text if letter not in "零一二三四五六七八九"))


def ours(text: str) -> str:
    """Digits alone, whatever they were written in."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


@given(AROUND, in_groups(PERSONAL), AROUND)
@settings(max_examples=400, deadline=None)
def test_a_planted_number_is_never_kept(before, planted, after):
    found = kept(f"{before}怎么 {planted} 办{after}")
    assert ours(found) == ""
    around = normalise(before + after)
    assert "办" in found or "@" in around or len(around) > QUESTION_LETTERS // 2


@given(AROUND, PERSONAL, AROUND)
@settings(max_examples=200, deadline=None)
def test_a_number_spoken_digit_by_digit_is_never_kept(before, planted, after):
    said = planted.lower().replace("x", "").translate(SPOKEN)
    assume(len(said) == len(planted))
    assert said not in kept(f"{before}，{said}，{after}怎么办")


@given(AROUND, mails(), AROUND)
@settings(max_examples=200, deadline=None)
def test_a_mail_address_is_never_kept(before, planted, after):
    found = kept(f"{before} {planted} {after}怎么办")
    assert normalise(planted) not in found
    assert planted.split("@")[1] not in found


@given(st.lists(st.one_of(PERSONAL, mails()), min_size=1, max_size=30), st.sampled_from(" ，、"))
@settings(max_examples=50, deadline=None)
def test_many_numbers_in_a_question_too_long_are_all_gone(planted, between):
    found = kept("这些怎么办" + between.join(planted))
    assert ours(found) == ""
    assert len(found) <= QUESTION_LETTERS


@given(st.integers(0, 60), PERSONAL)
@settings(max_examples=200, deadline=None)
def test_a_number_that_the_length_limit_cuts_in_two_leaves_no_half(room, number):
    text = "问" * (QUESTION_LETTERS - room) + number
    assert ours(kept(text[:QUESTION_LETTERS])) == ""


@given(st.text("0123456789", min_size=2, max_size=9))
@settings(deadline=None)
def test_short_numbers_stay(number):
    assert number in mask(f"错误码 {number} 是什么意思")


@st.composite
def orders(draw: st.DrawFn) -> str:
    """Date, hour and a serial number of a shop: no card, and nobody was born in it."""
    day = draw(DAYS.filter(lambda day: day.day not in (18, 19, 20)))
    head = f"{day:%Y%m%d}{draw(st.integers(13, 23))}{draw(st.text('0123456789', max_size=8))}"
    return next(
        head + end
        for end in "0123456789"
        if not luhn(head + end) and (len(head) != 17 or end != check(head))
    )


@given(orders())
@settings(deadline=None)
def test_an_order_number_that_is_no_card_passes(order):
    assert order in mask(f"订单 {order} 退款")


@given(st.text(max_size=300) | st.text("0123456789 一〔〕a@问", min_size=190, max_size=420))
@settings(max_examples=300, deadline=None)
def test_masking_twice_is_masking_once(text):
    once = mask(normalise(text))
    assert mask(once) == once
    assert kept(kept(text)) == kept(text)


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("换绑１３８ ００１３ ８０００", f"换绑{MOBILE}"),
        ("+86-138-0013-8000收不到验证码", f"+{MOBILE}收不到验证码"),
        ("一三八零零一三八零零零收不到验证码", f"{MOBILE}收不到验证码"),
        ("6222 0212 3456 7890 123扣款失败", f"{CARD}扣款失败"),
        ("身份证11010519491231002X注销", f"身份证{IDENTITY}注销"),
        ("身份证110105 19491231 002x注销", f"身份证{IDENTITY}注销"),
        ("打过0571-88158198没人接", f"打过{PHONE}没人接"),
        ("账号2088123412341234被冻结", f"账号{ACCOUNT}被冻结"),
        ("流水2023110522001412345678901234", f"流水{NUMBER}"),
        ("我的邮箱是zhang.san@qq.com怎么改", f"我的邮箱是{MAIL}怎么改"),
        ("拨打95188转1怎么走", "拨打95188转1怎么走"),
        ("2023年11月5日 12:30扣了500.00元", "2023年11月5日 12:30扣了500.00元"),
        ("一个账号绑三张卡", "一个账号绑三张卡"),
        ("〔借呗〕怎么关", "(借呗)怎么关"),
        ("138〔0013〕8000收不到短信", f"{MOBILE}收不到短信"),
        (f"{MOBILE}138 0013 8000打不通", f"{MOBILE}{MOBILE}打不通"),
    ],
)
def test_what_is_kept_of(said, stored):
    assert kept(said) == stored


@pytest.mark.parametrize("nothing", ["", "  ", "\0\x07", "😀😀", "？？？", "13800138000", "a@b.cn"])
def test_a_question_that_says_nothing_is_not_kept(nothing):
    assert kept(nothing) == ""


def test_the_words_alone_can_be_searched_again():
    assert plain(kept("13800138000 借呗 怎么关")) == "借呗 怎么关"


@pytest.mark.parametrize("piece", ["1 ", "1", "@", "a@", "1380013 ", "〔", "一", "- 1", "x1"])
def test_no_text_makes_masking_slow(piece):
    text = (piece * 10_000)[:10_000]
    usual = ("借呗被停用了怎么办，" * 1_000)[:10_000]
    for length in (10_000, QUESTION_LETTERS):
        assert times_as_long(kept, text[:length], usual[:length]) < MUCH
