"""Whether the page may say that it has an answer."""

import pytest


@pytest.mark.parametrize("question", ["怎么关闭花呗", "花呗", "为什么借呗用不了", "恢复借呗授权"])
def test_what_a_guide_is_about_is_answered(ask, question):
    assert ask(question).strong


@pytest.mark.parametrize(
    "question",
    ["花呗退款多久到", "今天天气怎么样", "用花呗买的机票可以改签吗", "花呗的客服周末上班吗", "？"],
)
def test_what_no_guide_is_about_is_not_called_an_answer(ask, question):
    assert not ask(question).strong


def test_a_topic_that_is_not_covered_is_recognised_all_the_same(ask):
    assert "situation:refund" in [concept.slug for concept in ask("花呗退款").understood]


def test_weak_matches_are_still_offered(ask):
    match = ask("用花呗买的机票可以改签吗")
    assert match.hits
    assert not match.strong
