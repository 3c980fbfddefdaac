"""The arithmetic by which search is judged."""

import pytest

from guides.search.measures import Answered, Labelled, measure


def answered(found, best="a", ok="", strong=True):
    question = Labelled("问", tuple(best.split(",")), tuple(filter(None, ok.split(","))))
    return Answered(question, tuple(found), strong)


@pytest.mark.parametrize(
    ("found", "first", "will_do", "among", "rank"),
    [
        ("abc", True, True, True, 1),
        ("bac", False, True, True, 1 / 2),
        ("xab", False, False, True, 1 / 2),
        ("xyb", False, False, True, 0),
        ("xyza", False, False, False, 1 / 4),
        ("", False, False, False, 0),
    ],
)
def test_a_single_answer_is_judged(found, first, will_do, among, rank):
    each = answered(found, ok="b")
    assert (each.first_is_best, each.first_will_do, each.among_first) == (first, will_do, among)
    assert each.reciprocal_rank == rank


def test_any_of_several_best_guides_is_right():
    assert answered("b", best="a,b").first_is_best


def test_micro_counts_questions_and_macro_counts_slugs():
    figures = measure([answered("a"), answered("a"), answered("a"), answered("a", best="b")])
    assert figures.success_at_1 == 3 / 4
    assert figures.macro_success_at_1 == 1 / 2


def test_weak_and_empty_answers_are_counted():
    figures = measure([answered("", strong=False), answered("a")])
    assert figures.without_results == figures.called_weak == 1 / 2


def test_halves_are_settled_by_the_question_alone():
    questions = [Labelled(f"问题{number}", ("a",)) for number in range(200)]
    halves = [question.half for question in questions]
    assert halves == [Labelled(question.query, ()).half for question in questions]
    assert 70 < sum(halves) < 130
