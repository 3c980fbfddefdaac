"""What got better and what got worse between two runs."""

from hypothesis import given
from hypothesis import strategies as st

from guides.search.comparing import Earlier, compare
from guides.search.measures import Answered, Labelled

INSIDE = Labelled("怎么关", ("a",), ("b",))
OUTSIDE = Labelled("天气", ())
# From the best answer to the worst.
LADDER = [
    (("a", "x"), True),
    (("a", "x"), False),
    (("b", "a"), True),
    (("b", "x"), True),
    (("x", "a"), True),
    (("x", "y", "b"), True),
    (("x", "y", "z", "a"), True),
    (("x", "y", "z"), True),
]
ANSWERS = st.tuples(st.permutations("abxyz").map(tuple), st.booleans())


def answered(question, found, strong=True):
    return Answered(question, tuple(found), strong)


def compared(question, before, now):
    return compare({question.query: Earlier(*before)}, [answered(question, *now)])


def test_every_step_up_the_ladder_is_better_and_every_step_down_worse():
    for at, good in enumerate(LADDER):
        for poor in LADDER[at + 1 :]:
            up, down = compared(INSIDE, poor, good), compared(INSIDE, good, poor)
            assert (len(up.better), len(up.worse)) == (1, 0), (good, poor)
            assert (len(down.better), len(down.worse)) == (0, 1), (good, poor)


def test_out_of_scope_it_is_better_to_say_so():
    said_so = compared(OUTSIDE, (("a",), True), (("a",), False))
    assert [each.now.question for each in said_so.better] == [OUTSIDE]
    assert said_so.figures[0].name == "answered_out_of_scope"
    assert (said_so.figures[0].before, said_so.figures[0].now) == (1, 0)
    assert said_so.figures[0].gain == 1


@given(answer=ANSWERS)
def test_the_same_answer_is_neither_better_nor_worse(answer):
    same = compared(INSIDE, answer, answer)
    assert same.better == same.worse == []
    assert {figure.gain for figure in same.figures} == {0}


@given(before=ANSWERS, now=ANSWERS)
def test_what_is_better_one_way_is_worse_the_other_way(before, now):
    there, back = compared(INSIDE, before, now), compared(INSIDE, now, before)
    assert len(there.better) == len(back.worse)
    assert len(there.worse) == len(back.better)
    assert [figure.gain for figure in there.figures] == [-figure.gain for figure in back.figures]


def test_only_questions_that_both_know_are_measured():
    earlier = {"怎么关": Earlier(("a",), strong=True), "旧的": Earlier(("a",), strong=True)}
    new = Labelled("新的", ("a",))
    found = compare(earlier, [answered(INSIDE, "a"), answered(new, "x")])
    assert (found.questions, found.unmatched) == (1, 2)
    assert {figure.name: figure.now for figure in found.figures}["success_at_1"] == 1


def test_runs_that_share_no_question_have_nothing_to_compare():
    found = compare({}, [answered(INSIDE, "a")])
    assert (found.questions, found.figures, found.better) == (0, [], [])


def test_both_are_judged_by_the_labels_of_today():
    found = compare({"怎么关": Earlier(("z",), strong=True)}, [answered(INSIDE, "a")])
    before = {figure.name: figure.before for figure in found.figures}
    assert before["success_at_1"] == 0
    assert found.better[0].before.found == ("z",)
