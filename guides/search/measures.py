"""How well answers fit questions whose right answers are known. Pure arithmetic over ranks."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

FIRST = 3
KEPT = 10


@dataclass(frozen=True)
class Labelled:
    """A question with its right answers: `best` are equal in rank, `ok` will do as a second.

    Without any it is out of scope. `note` "alt:x" says that a guide x would be better.
    """

    query: str
    best: tuple[str, ...]
    ok: tuple[str, ...] = ()
    note: str = ""

    @property
    def in_scope(self) -> bool:
        return bool(self.best)

    @property
    def half(self) -> int:
        """0 or 1, by the question alone: one half is tuned on, the other only measured."""
        return hashlib.sha256(self.query.encode()).digest()[-1] % 2


@dataclass(frozen=True)
class Answered:
    question: Labelled
    found: tuple[str, ...]  # the first KEPT slugs
    strong: bool
    explanation: str = ""

    @property
    def first_is_best(self) -> bool:
        return bool(self.found) and self.found[0] in self.question.best

    @property
    def first_will_do(self) -> bool:
        return bool(self.found) and self.found[0] in (*self.question.best, *self.question.ok)

    @property
    def among_first(self) -> bool:
        right = {*self.question.best, *self.question.ok}
        return not right.isdisjoint(self.found[:FIRST])

    @property
    def reciprocal_rank(self) -> float:
        ranks = (rank for rank, slug in enumerate(self.found, 1) if slug in self.question.best)
        return 1 / next(ranks, float("inf"))


@dataclass(frozen=True)
class Measures:
    questions: int
    success_at_1: float
    first_will_do: float
    success_at_3: float
    mrr: float
    macro_success_at_1: float
    macro_success_at_3: float
    macro_mrr: float
    without_results: float
    called_weak: float


def measure(answers: Sequence[Answered]) -> Measures:
    """Over questions in scope; at least one."""
    by_slug = list(by_first_best(answers).values())
    return Measures(
        questions=len(answers),
        success_at_1=fmean(each.first_is_best for each in answers),
        first_will_do=fmean(each.first_will_do for each in answers),
        success_at_3=fmean(each.among_first for each in answers),
        mrr=fmean(each.reciprocal_rank for each in answers),
        macro_success_at_1=fmean(fmean(each.first_is_best for each in group) for group in by_slug),
        macro_success_at_3=fmean(fmean(each.among_first for each in group) for group in by_slug),
        macro_mrr=fmean(fmean(each.reciprocal_rank for each in group) for group in by_slug),
        without_results=fmean(not each.found for each in answers),
        called_weak=fmean(not each.strong for each in answers),
    )


def by_first_best(answers: Sequence[Answered]) -> dict[str, list[Answered]]:
    groups: dict[str, list[Answered]] = defaultdict(list)
    for each in answers:
        groups[each.question.best[0]].append(each)
    return dict(sorted(groups.items()))
