"""What is read into a question. No database is needed."""

import pytest

from guides.search import weights
from guides.search.concepts import Concept
from guides.search.question import Intent, understand
from tests.search.small_guides import PRODUCTS, SITUATIONS, TASKS

BLOCKED, REFUND, SWAP = (
    Concept(
        slug=f"situation:{row['slug']}",
        name=str(row["name"]),
        phrases=tuple(row["phrases"]),
        means=tuple(row.get("means", ())),
        overrides=tuple(row.get("overrides", ())),
        happened=bool(row.get("happened")),
        covered=bool(row.get("covered", True)),
    )
    for row in SITUATIONS
)
CONCEPTS = [*PRODUCTS, *TASKS, BLOCKED, REFUND, SWAP]


def said(text):
    return {concept.slug for concept in understand(text, CONCEPTS).said}


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("为什么借呗没了", Intent.WHY),
        ("花呗关掉会不会影响信用", Intent.EFFECT),
        ("多久能恢复", Intent.WHEN),
        ("怎么关闭花呗", Intent.HOW),
        ("关闭按钮在哪", Intent.WHERE),
        ("能不能换卡", Intent.CAN),
        ("换卡", Intent.NONE),
        ("有没有真实的案例", Intent.EXAMPLE),
        ("How do I close Huabei", Intent.HOW),
    ],
)
def test_the_intent_is_read_from_the_wording(question, intent):
    assert understand(question, CONCEPTS).intent == intent


def test_how_come_something_happened_asks_for_causes():
    assert understand("借呗怎么用不了", CONCEPTS).intent == Intent.WHY
    assert understand("借呗用不了怎么办", CONCEPTS).intent == Intent.HOW


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("借呗无缘无故用不了", Intent.WHY),
        ("借呗用不了咋个整", Intent.HOW),
        ("借呗用不了怎么重新申请", Intent.HOW),
        ("突然想换卡", Intent.NONE),
    ],
)
def test_who_complains_of_what_happened_asks_for_causes_and_who_acts_for_the_way(question, intent):
    assert understand(question, CONCEPTS).intent == intent


def test_a_single_character_tells_less_than_a_word():
    words = understand("花呗密码坏", CONCEPTS).words
    assert words["坏"] == weights.SINGLE_CHARACTER * words["密码"]


@pytest.mark.parametrize("phrase", ["不能用", "不能再用", "不能继续正常使用"])
def test_a_gap_in_a_phrase_stands_for_a_few_letters(phrase):
    assert "situation:blocked" in said(f"花呗{phrase}")


def test_a_gap_ends_with_the_clause():
    assert "situation:blocked" not in said("我不能，你用")
    assert "situation:blocked" not in said("不能因为这样那样的原因就用")


def test_a_wide_gap_reaches_over_clauses():
    assert "situation:swap" in said("网商贷关了，能换借呗吗")


def test_latin_names_are_found_as_whole_words_only():
    assert "product:huabei" in said("我的hb怎么关")
    assert "product:huabei" not in said("thb")


def test_being_closed_overrides_closing():
    assert "task:close" not in said("花呗被平台关闭了")
    assert "task:close" in said("花呗关闭")


def test_what_a_situation_means_counts_less_than_what_was_said():
    shares = {each.slug: share for each, share in understand("用不了", CONCEPTS).concepts.items()}
    assert shares == {"situation:blocked": 1.0, "task:restore": weights.MEANT}


def test_words_that_a_concept_speaks_for_count_less():
    words = understand("花呗验证码", CONCEPTS).words
    assert words["花呗"] == weights.COVERED_WORD
    assert words["验证码"] == 1.0


def test_stop_words_are_left_out_after_the_intent_was_read():
    question = understand("我的花呗怎么样才能关掉呢", CONCEPTS)
    assert set(question.words) == {"花呗", "关掉", "才能"}


def test_a_question_is_read_no_further_than_its_bound():
    question = understand("关闭花呗" * 5_000, CONCEPTS)
    assert len(question.text) == weights.QUESTION_LETTERS


def test_the_number_of_words_is_bounded():
    text = " ".join(f"w{number}" for number in range(500))
    assert len(understand(text, CONCEPTS).words) <= weights.QUESTION_WORDS
