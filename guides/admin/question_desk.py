"""What the question desk shows: rows for its templates, a fixed number of queries each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.http import QueryDict
from django.utils import timezone

from guides import questions
from guides.admin.question_forms import CONCEPTS, FilterForm, concepts_of
from guides.models import Guide, Question, QuestionDay
from guides.vocabulary import vocabulary

State = Question.State
UNDONE = (State.OPEN, State.WAITING)
PER_PAGE = 20
SHOWN = 5  # wordings and guides of a group in the list


@dataclass(frozen=True)
class Row:
    """A group as the desk shows it."""

    group: questions.Group
    concepts: list[Any]
    nearest: list[Guide]
    opened: list[tuple[Guide, int]]
    waits_for: Guide | None
    published_since: bool  # what it waits for is published, and still no answer

    @property
    def shown(self) -> list[Question]:
        return self.group.questions[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.group.questions) - SHOWN)


@dataclass(frozen=True)
class Summary:
    times: int
    weak: int
    outside: int
    days: int


def summary() -> Summary:
    """What was asked in all; questions out of scope are counted apart."""
    since = timezone.localdate() - dt.timedelta(days=settings.QUESTION_DAYS)
    days = QuestionDay.objects.filter(day__gte=since)
    outside = days.filter(question__state=State.OUTSIDE)
    inside = days.exclude(question__state=State.OUTSIDE)
    counted = inside.aggregate(times=Sum("times", default=0), weak=Sum("weak", default=0))
    apart: int = outside.aggregate(times=Sum("times", default=0))["times"]
    return Summary(counted["times"], counted["weak"], apart, settings.QUESTION_DAYS)


def tabs() -> dict[str, int]:
    """How many questions are in each state; answered ones only where the desk closed them."""
    counts = dict(Question.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return {
        "open": counts.get(State.OPEN, 0) + counts.get(State.WAITING, 0),
        "answered": Question.objects.filter(answered_at__isnull=False).count(),
        "outside": counts.get(State.OUTSIDE, 0),
    }


def found_groups(states: Sequence[str], chosen: Mapping[str, Any]) -> list[questions.Group]:
    days = int(chosen["days"]) if chosen.get("days") else None
    rows: Any = questions.counted(states, days=days)
    if chosen.get("q"):
        rows = rows.filter(text__contains=questions.kept(chosen["q"]))
    if chosen.get("none"):
        rows = rows.filter(results=0)
    wanted = chosen.get("concept")
    kept = [row for row in rows[: questions.GROUPED] if not wanted or wanted in row.concepts]
    return questions.groups(kept, vocabulary())


def group_of(question: Question) -> questions.Group:
    """The group a question stands in on the desk."""
    states = UNDONE if question.state in UNDONE else (question.state,)
    for group in found_groups(states, {}):
        if any(each.pk == question.pk for each in group.questions):
            return group
    return questions.Group([questions.counted((question.state,)).get(pk=question.pk)])


def rows(groups: Iterable[questions.Group]) -> list[Row]:
    """Six queries, whatever the length."""
    groups = list(groups)
    members = [question for group in groups for question in group.questions]
    opened = questions.opened(members)
    guides = _guides(groups, opened)
    concepts = concepts_of(CONCEPTS)
    return [_row(group, concepts, guides, opened) for group in groups]


def _guides(groups: list[questions.Group], opened: Mapping[int, Any]) -> dict[int, Guide]:
    keys = {key for group in groups for key in group.nearest[:SHOWN]}
    keys |= {key for found in opened.values() for key, _times in found}
    keys |= {each.guide_id for group in groups for each in group.questions if each.guide_id}
    columns = ("title", "kind", "slug", "live__number", "live__published_at")
    return Guide.objects.select_related("live").only(*columns).in_bulk(keys)


def _row(
    group: questions.Group,
    concepts: Mapping[str, Any],
    guides: Mapping[int, Guide],
    opened: Mapping[int, list[tuple[int, int]]],
) -> Row:
    times: Counter[int] = Counter()
    for question in group.questions:
        times.update(dict(opened.get(question.pk, ())))
    waiting = group.waiting
    guide = guides.get(waiting.guide_id) if waiting else None
    return Row(
        group=group,
        concepts=[concepts[slug] for slug in group.concepts if slug in concepts],
        nearest=[guides[key] for key in group.nearest[:SHOWN] if key in guides],
        opened=[(guides[key], n) for key, n in times.most_common(SHOWN) if key in guides],
        waits_for=guide,
        published_since=bool(guide and guide.live and guide.live.published_at > waiting.decided_at),
    )


def page_of(found: Sequence[Any], number: str | None) -> "Page[Any]":
    return Paginator(found, PER_PAGE).get_page(number)


def answered() -> Any:
    """Questions that found their answer after a while, newest first."""
    newest = Question.objects.filter(answered_at__isnull=False).order_by("-answered_at", "pk")
    columns = ("answered_by__guide__title", "answered_by__guide__slug", "answered_by__number")
    return newest.select_related("answered_by__guide").only(
        "text",
        "answered_at",
        "answered_by__guide__kind",
        "answered_by__guide__visibility",
        *columns,
    )


def wished_answers() -> list[Any]:
    """Questions that have an answer, and readers who wish for another."""
    counted: Any = questions.counted((State.ANSWERED,))
    return list(counted.filter(wishes__gt=0)[:PER_PAGE])


def chosen_filters(given: QueryDict) -> dict[str, Any]:
    return FilterForm(given).values()
