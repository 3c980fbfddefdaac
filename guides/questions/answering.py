"""What an editor makes of questions nobody answered. Nothing here publishes anything."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import publishing, reindexing
from guides.models import Guide, Procedure, Product, Question, Situation, Task
from guides.models.guide import new_code
from guides.questions.masking import plain
from guides.questions.rechecking import check_again
from guides.working_copy import of_its_kind

TITLE_LETTERS = 60
Questions = Iterable[Question]


class NothingToAdd(Exception):
    """No wording was given that could be added anywhere."""


@transaction.atomic
def add_alias(guide: Guide, wordings: Sequence[str], questions: Questions, by: User) -> Guide:
    """Adds wordings to the working copy's “also asked as”. Raises NothingToAdd."""
    row = of_its_kind(Guide.objects.select_for_update().get(pk=guide.pk))
    row.aliases = _with(row.aliases, wordings)
    publishing.save_draft(row, by, edition=row.edition)
    _wait_for(guide, questions)
    return row


@transaction.atomic
def add_phrase(
    concept: Product | Task | Situation, wordings: Sequence[str], questions: Questions
) -> list[Question]:
    """Adds wordings to a concept's names, at once; says which questions that has answered."""
    model = type(concept)
    with reindexing.kept_in_step():
        row = model._default_manager.select_for_update().get(pk=concept.pk)
        name = "phrases" if isinstance(row, Situation) else "aliases"
        setattr(row, name, _with(getattr(row, name), wordings))
        row.save(update_fields=[name])
    return check_again(list(Question.objects.filter(pk__in=[each.pk for each in questions])))


@transaction.atomic
def draft(title: str, concepts: Iterable[str], questions: Questions, by: User) -> Procedure:
    """Begins a procedure with the title, the classification and the wordings that were asked."""
    products, task = _classification(concepts)
    code = new_code()
    guide = Procedure(
        slug=f"draft-{code}",
        code=code,
        language=settings.LANGUAGE_CODE,
        title=plain(title)[:TITLE_LETTERS] or _("新稿"),
        aliases=[words for each in questions if (words := plain(each.text))],
        task=task,
    )
    publishing.save_draft(guide, by, relations={"products": products})
    _wait_for(guide, questions)
    return guide


def put_aside(questions: Questions) -> int:
    """Out of scope: kept and counted on, but no work any more."""
    return _changed(questions, state=Question.State.OUTSIDE, decided_at=timezone.now())


def take_up(questions: Questions) -> int:
    """Work again, as if nothing had been decided."""
    return _changed(
        questions,
        state=Question.State.OPEN,
        decided_at=None,
        guide=None,
        answered_by=None,
        answered_at=None,
    )


def _wait_for(guide: Guide, questions: Questions) -> None:
    """Once the guide is published, the questions are asked again."""
    waiting, now = Question.State.WAITING, timezone.now()
    _changed(questions, state=waiting, guide_id=guide.pk, decided_at=now)


def _changed(questions: Questions, **fields: object) -> int:
    keys = [question.pk for question in questions]
    return Question.objects.filter(pk__in=keys).update(**fields)


def _with(known: Sequence[str], wordings: Iterable[str]) -> list[str]:
    wanted = [words for each in wordings if (words := plain(each))]
    if not wanted:
        raise NothingToAdd
    return list(dict.fromkeys([*known, *wanted]))


def _classification(concepts: Iterable[str]) -> tuple[list[Product], Task | None]:
    named = [slug.partition(":") for slug in concepts]
    products = Product.objects.filter(
        slug__in=[slug for kind, _c, slug in named if kind == "product"]
    )
    task = Task.objects.filter(
        slug__in=[slug for kind, _c, slug in named if kind == "task"]
    ).first()
    return list(products), task
