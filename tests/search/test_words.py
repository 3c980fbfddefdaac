"""Chinese text in one spelling, cut into words, by its sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.search import words
from guides.search.chinese import initials, normalise, sound, terms

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@given(ANY_TEXT)
def test_words_joined_are_the_text_again(text):
    assert "".join(words(text)) == text


@given(ANY_TEXT)
def test_normalised_text_stays_as_it_is(text):
    once = normalise(text)
    assert normalise(once) == once


@given(ANY_TEXT)
def test_terms_are_never_empty_and_hold_no_spaces(text):
    assert all(term and not term.isspace() for term in terms(normalise(text)))


@given(ANY_TEXT)
def test_normalised_text_can_be_stored_and_sent(text):
    normalise(text).encode("utf-8")
    assert "\0" not in normalise(text)


def test_a_title_is_cut_between_its_words():
    assert words("从借呗解绑银行卡") == ["从", "借呗", "解绑", "银行卡"]


def test_english_is_cut_at_spaces():
    assert words("Close Huabei now") == ["Close", " ", "Huabei", " ", "now"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ＨＵＡＢＥＩ", "huabei"),
        ("花唄還款", "花呗还款"),
        ("  关\t闭\n花呗 ", "关 闭 花呗"),
        ("借\u200b呗", "借 呗"),
        ("网商贷？", "网商贷?"),
    ],
)
def test_one_spelling_is_kept(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"), [("借呗", "界呗"), ("注销", "住消"), ("解绑", "jieban"), ("重新", "虫星")]
)
def test_what_is_mixed_up_sounds_the_same(one, other):
    assert sound(one) == sound(other)


def test_bank_and_repayment_are_read_as_people_say_them():
    assert sound("银行卡") == "yinhanka"
    assert sound("还款") == "huankuan"


def test_initials_are_those_of_the_syllables():
    assert initials("网商贷") == "wsd"
