"""What is guessed when a question was typed by sound or by slip."""

import pytest

from guides.search import Concept
from tests.search.small_guides import GUIDES


def first(match):
    return GUIDES[match.hits[0].key].title


@pytest.mark.parametrize(
    ("typed", "meant", "title"),
    [
        ("jiebeiguanbi", "借呗关闭", "关闭借呗"),
        ("jiebei guanbi", "jiebei 关闭", "关闭借呗"),
        ("jie bei guan bi", "借呗关闭", "关闭借呗"),
        ("huabeiguanbi", "花呗关闭", "关闭花呗"),
        ("huabeiguanb", "花呗关闭", "关闭花呗"),
        ("huabie", "花呗", "关闭花呗"),
        ("zenmehuanka", "怎么换卡", "从借呗解绑银行卡"),
        ("界呗怎么关掉", "借呗怎么关掉", "关闭借呗"),
        ("花贝关毕", "花呗关闭", "关闭花呗"),
        ("借呗接绑", "借呗解绑", "从借呗解绑银行卡"),
        ("戒备怎么关掉", "借呗怎么关掉", "关闭借呗"),
        ("gbhb", "关闭花呗", "关闭花呗"),
        ("hbgb", "关闭花呗", "关闭花呗"),
        ("jbgb 怎么弄", "关闭借呗 怎么弄", "关闭借呗"),
    ],
)
def test_a_guess_finds_what_was_meant(ask, typed, meant, title):
    match = ask(typed)
    assert match.rewritten == meant
    assert first(match) == title


@pytest.mark.parametrize(
    "question",
    [
        "怎么关闭花呗",
        "close huabei",
        "hb",
        "换卡",
        "短信验证码",
        "借呗 身份资料",
        "iPhone",
        "😀",
        "42",
    ],
)
def test_what_is_understood_or_foreign_is_left_alone(ask, question):
    assert ask(question).rewritten is None


def test_a_known_word_is_not_broken_for_its_sound(ask):
    assert ask("银行接口关闭").rewritten is None


@pytest.mark.parametrize(
    ("question", "sounds_like"), [("以后会怎样", "后悔"), ("我把建行卡销了", "新卡")]
)
def test_neither_everyday_characters_nor_half_a_word_are_taken_for_slips(
    ask, concepts, question, sounds_like
):
    known = Concept("situation:heard", sounds_like, (sounds_like,))
    assert ask(question, concepts=[*concepts, known]).rewritten is None


def test_the_question_can_be_searched_as_it_was_typed(ask):
    match = ask("界呗怎么关掉", literal=True)
    assert match.rewritten is None
    assert "product:jiebei" not in [concept.slug for concept in match.understood]


def test_words_as_typed_and_as_meant_are_highlighted(ask):
    terms = ask("借呗 guanbi").terms
    assert {"借呗", "guanbi", "关闭"} <= set(terms)
