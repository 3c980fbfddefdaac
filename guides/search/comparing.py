"""Two answers to the same questions, an earlier one and today's. Pure arithmetic over ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from guides.search.measures import Answered, Measures, measure

LESS_IS_BETTER = {"without_results", "called_weak", "answered_out_of_scope"}


@dataclass(frozen=True)
class Earlier:
    """How a question was answered then."""

    found: tuple[str, ...]
    strong: bool


@dataclass(frozen=True)
class Figure:
    name: str
    before: float
    now: float

    @property
    def gain(self) -> float:
        """More than nothing where it got better."""
        change = self.now - self.before
        return -change if self.name in LESS_IS_BETTER else change


@dataclass(frozen=True)
class Moved:
    """A question that is answered better or worse than before."""

    before: Answered
    now: Answered


@dataclass(frozen=True)
class Comparison:
    """`unmatched` counts the questions that only one of the two knows."""

    questions: int
    unmatched: int
    figures: list[Figure]
    better: list[Moved]
    worse: list[Moved]


def compare(earlier: Mapping[str, Earlier], answers: Sequence[Answered]) -> Comparison:
    """Both are judged by the labels of today, over the questions that both know."""
    pairs = [
        (_as_it_was(each, earlier[each.question.query]), each)
        for each in answers
        if each.question.query in earlier
    ]
    asked = {each.question.query for each in answers}
    return Comparison(
        questions=len(pairs),
        unmatched=len(asked.symmetric_difference(earlier)),
        figures=_figures([before for before, _now in pairs], [now for _before, now in pairs]),
        better=[Moved(*pair) for pair in pairs if _merit(pair[1]) > _merit(pair[0])],
        worse=[Moved(*pair) for pair in pairs if _merit(pair[1]) < _merit(pair[0])],
    )


def _as_it_was(now: Answered, then: Earlier) -> Answered:
    return Answered(now.question, then.found, then.strong)


def _merit(answer: Answered) -> tuple[float, ...]:
    """The first thing that differs decides. Out of scope it is good to say so."""
    if not answer.question.in_scope:
        return (not answer.strong,)
    return (
        answer.first_is_best,
        answer.first_will_do,
        answer.among_first,
        answer.reciprocal_rank,
        answer.strong,
    )


def _figures(before: Sequence[Answered], now: Sequence[Answered]) -> list[Figure]:
    then, today = _measured(before), _measured(now)
    return [Figure(name, then[name], today[name]) for name in today]


def _measured(answers: Sequence[Answered]) -> dict[str, float]:
    inside = [each for each in answers if each.question.in_scope]
    outside = [each for each in answers if not each.question.in_scope]
    figures = _without_number(measure(inside)) if inside else {}
    if outside:
        told = sum(each.strong for each in outside) / len(outside)
        figures["answered_out_of_scope"] = told
    return figures


def _without_number(measures: Measures) -> dict[str, float]:
    return {name: figure for name, figure in asdict(measures).items() if name != "questions"}
