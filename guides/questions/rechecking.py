"""Open questions are asked again, so that those which find their answer by now close themselves."""

import logging

from django.db import Error
from django.db.models import Case, F, Value, When
from django.utils import timezone

from guides.models import Guide, Question
from guides.questions.counting import how_it_went
from guides.questions.masking import plain
from guides.search import Concept, match
from guides.vocabulary import is_gap, vocabulary

logger = logging.getLogger(__name__)

AT_ONCE = 40  # questions; those that wait for a publication come first, then who waited longest


def recheck(limit: int = AT_ONCE) -> list[Question]:
    """Asks the questions that are due again; the ones that have an answer now are closed.

    Every guide that some reader may see counts: who may see it is the editors' decision.
    """
    waiting_first = Case(When(state=Question.State.WAITING, then=Value(0)), default=Value(1))
    undone = Question.objects.filter(state__in=[Question.State.OPEN, Question.State.WAITING])
    due = undone.order_by(waiting_first, F("checked_at").asc(nulls_first=True), "pk")[:limit]
    try:
        return check_again(list(due))
    except Error as error:
        logger.warning("Questions were not checked again: %s", type(error).__name__)
        return []


def check_again(questions: list[Question]) -> list[Question]:
    """Those of the questions that are answered now."""
    concepts = vocabulary() if questions else []
    return [question for question in questions if _is_answered(question, concepts)]


def _is_answered(question: Question, concepts: list[Concept]) -> bool:
    current = Guide.objects.filter(live__isnull=False, retired_at=None)
    found = match(plain(question.text), current, concepts=concepts)
    answered = found.strong and not is_gap(found.understood, current)
    newest = how_it_went(found, answered) | {"checked_at": timezone.now()}
    if answered:
        guide = current.only("live").get(pk=found.hits[0].key)
        newest |= {
            "state": Question.State.ANSWERED,
            "answered_by_id": guide.live_id,
            "answered_at": timezone.now(),
        }
    # Only as it was read: an editor may have decided about it in the meantime.
    Question.objects.filter(pk=question.pk, state=question.state).update(**newest)
    return answered
