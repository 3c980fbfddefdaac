"""Questions without a direct answer, those that ask the same thing together."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from guides.models import Guide, Product, Question, QuestionOpening, Task, Wish
from guides.questions.masking import plain
from guides.search import STOP_WORDS, Concept, normalise, terms

GROUPED = 500  # questions, those most asked
ALIKE = 0.4  # shared words of all words (Jaccard)
LETTERS_ALIKE = 0.5
Concepts = frozenset[str]
Words = frozenset[str]


@dataclass(frozen=True, eq=False)
class Group:
    """Questions that want the same answer; the most asked one speaks for all."""

    questions: list[Any] = field(default_factory=list)

    @property
    def leader(self) -> Any:
        return self.questions[0]

    @property
    def concepts(self) -> list[str]:
        return list(self.leader.concepts)

    @cached_property
    def times(self) -> int:
        return sum(int(question.times) for question in self.questions)

    @cached_property
    def weak(self) -> int:
        return sum(question.weak for question in self.questions)

    @cached_property
    def wishes(self) -> int:
        return sum(question.wishes for question in self.questions)

    @cached_property
    def last_asked(self) -> dt.date:
        day: dt.date = max(question.last_asked for question in self.questions)
        return day

    @cached_property
    def results(self) -> int:
        return max(int(question.results) for question in self.questions)

    @property
    def waiting(self) -> Any:
        """A question of the group that waits for a guide's publication."""
        return next((each for each in self.questions if each.guide_id), None)

    @cached_property
    def nearest(self) -> list[int]:
        return list(dict.fromkeys(key for each in self.questions for key in each.nearest))


def counted(states: Iterable[str], *, days: int | None = None) -> "QuerySet[Question]":
    """Questions with their counts, those first that were left without an answer most often."""
    since = timezone.localdate() - dt.timedelta(days=days or settings.QUESTION_DAYS)
    recent = Q(days__day__gte=since)
    rows = Question.objects.filter(state__in=states).annotate(
        times=Sum("days__times", filter=recent, default=0),
        weak=Sum("days__weak", filter=recent, default=0),
        wishes=Sum("days__wishes", filter=recent, default=0),
        last_asked=Max("days__day", filter=recent),
    )
    rows = rows.filter(last_asked__isnull=False)
    return rows.order_by((F("weak") + F("wishes")).desc(), F("times").desc(), "text")


def groups(questions: Iterable[Any], vocabulary: Iterable[Concept]) -> list[Group]:
    """In the order of `questions`: each joins the first group it fits, or begins one."""
    names = {concept.slug: _names(concept) for concept in vocabulary}
    found: list[tuple[Concepts, Words, Group]] = []
    for question in questions:
        concepts = frozenset(question.concepts)
        words = _words(question.text, [name for slug in concepts for name in names.get(slug, ())])
        group = _fitting(found, concepts, words)
        if group is None:
            group = Group()
            found.append((concepts, words, group))
        group.questions.append(question)
    return sorted((group for _c, _w, group in found), key=_most_wanted)


def _most_wanted(group: Group) -> tuple[int, int, str]:
    return -(group.weak + group.wishes), -group.times, group.leader.text


def _fitting(
    found: Sequence[tuple[Concepts, Words, Group]], concepts: Concepts, words: Words
) -> Group | None:
    for theirs, leading, group in found:
        if theirs == concepts and (_tells_all(concepts) or _alike(words, leading)):
            return group
    return None


def _tells_all(concepts: Concepts) -> bool:
    """A task or a situation says what is wanted; a product alone only where."""
    return any(not slug.startswith("product:") for slug in concepts)


def _alike(one: Words, other: Words) -> bool:
    """By words, or by letters: how a short text is cut into words hangs on its neighbours."""
    return _share(one, other) >= ALIKE or _share(_letters(one), _letters(other)) >= LETTERS_ALIKE


def _share(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _letters(words: Words) -> Words:
    """Chinese letters one by one; Latin ones say nothing alone."""
    return frozenset(
        piece for word in words for piece in ((word,) if word.isascii() else tuple(word))
    )


def _names(concept: Concept) -> list[str]:
    """Longest first, so that 蚂蚁借呗 goes before the 借呗 in it."""
    return sorted(map(normalise, concept.phrases), key=len, reverse=True)


def _words(text: str, spoken_for: Iterable[str]) -> Words:
    """The words that concepts leave over: 借呗 in both makes two questions alike in nothing."""
    left = plain(text)
    for name in spoken_for:
        left = left.replace(name, " ")
    return frozenset(terms(left)) - STOP_WORDS


@dataclass(frozen=True)
class WishedCell:
    """A product and a task whose guide readers wish for, and the guides there are by now."""

    product: Product
    task: Task
    times: int
    last: dt.date
    guides: list[Guide]


def wished_cells(*, missing: bool = False) -> list[WishedCell]:
    """The most wished-for first, on request only those without a guide; three queries."""
    cells = _wished_cells()
    return [cell for cell in cells if not cell.guides] if missing else cells


def unwritten() -> "QuerySet[Wish]":
    """One wish for each of `wished_cells(missing=True)`."""
    earlier = _recent().filter(
        product=OuterRef("product"), task=OuterRef("task"), pk__lt=OuterRef("pk")
    )
    written = _procedures().filter(products=OuterRef("product"), task=OuterRef("task"))
    return _recent().exclude(Exists(earlier)).exclude(Exists(written))


def _recent() -> "QuerySet[Wish]":
    since = timezone.localdate() - dt.timedelta(days=settings.QUESTION_DAYS)
    return Wish.objects.filter(day__gte=since)


def _procedures() -> "QuerySet[Guide]":
    return Guide.objects.filter(live__isnull=False, retired_at=None, kind="procedure")


def _wished_cells() -> list[WishedCell]:
    rows = (
        _recent()
        .values("product", "task")
        .annotate(total=Sum("times"), last=Max("day"))
        .order_by("-total", "product", "task")
    )
    products, tasks = Product.objects.in_bulk(), Task.objects.in_bulk()
    written = _written()
    return [
        WishedCell(
            products[row["product"]],
            tasks[row["task"]],
            row["total"],
            row["last"],
            written.get((row["product"], row["task"]), []),
        )
        for row in rows
    ]


def _written() -> dict[tuple[int, int], list[Guide]]:
    rows = (
        _procedures()
        .filter(task__isnull=False)
        .select_related("live")
        .defer("body", "live__document")
    )
    written: dict[tuple[int, int], list[Guide]] = {}
    for guide in rows.defer("live__content").prefetch_related("products"):
        for product in guide.products.all():
            written.setdefault((product.pk, guide.task_id or 0), []).append(guide)
    return written


def opened(questions: Iterable[Question]) -> dict[int, list[tuple[int, int]]]:
    """For each question the guides that readers opened from its results, and how often."""
    rows = (
        QuestionOpening.objects.filter(question__in=[question.pk for question in questions])
        .values_list("question", "guide")
        .annotate(total=Sum("times"))
        .order_by("-total", "guide")
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for question, guide, times in rows:
        found.setdefault(question, []).append((guide, times))
    return found
