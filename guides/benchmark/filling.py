"""Made-up guides published in an empty database, as many as wanted in little time."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context

import django
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from guides import catalogue, search
from guides.benchmark.documents import Made, Writer
from guides.models import Guide, Product, Revision, Task
from guides.vocabulary import vocabulary

AT_ONCE = 500
AHEAD = 4
Batch = tuple[list[Made], list[search.Prepared]]


class NotEmpty(Exception):
    """The database holds guides already: it is somebody's."""


def fill(number: int, told: Callable[[str], None]) -> Writer:
    """So many guides, published and in the index. Raises NotEmpty."""
    if Guide.objects.exists():
        raise NotEmpty
    for name in ("products.yaml", "tasks.yaml", "situations.yaml"):
        text = (settings.BASE_DIR / "fixtures" / name).read_text(encoding="utf-8")
        catalogue.read_file(name, text)
    writer, known = Writer(vocabulary()), search.situations()
    # Working out what a guide's rows say takes longer than writing them.
    with _workers() as workers:
        for made, prepared in _ahead(workers, partial(_make, writer, known), _some(number)):
            with transaction.atomic():
                write(made)
                search.put_prepared(prepared, known)
            told(f"{made[-1].number} / {number}")
    return writer


def _workers() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), initializer=django.setup)


def _make(
    writer: Writer, known: list[search.Concept], numbers: range
) -> tuple[list[Made], list[search.Prepared]]:
    made = [writer.guide(number) for number in numbers]
    return made, [search.prepare(each.number, each.texts, known) for each in made]


def _ahead(
    workers: Executor, make: Callable[[range], Batch], wanted: Iterator[range]
) -> Iterator[Batch]:
    """In their order, only a few of them waiting in memory."""
    waiting = deque(workers.submit(make, numbers) for numbers in islice(wanted, AHEAD))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(workers.submit(make, numbers) for numbers in islice(wanted, 1))
        yield done


def _some(number: int) -> Iterator[range]:
    return (
        range(start, min(start + AT_ONCE, number + 1)) for start in range(1, number + 1, AT_ONCE)
    )


@transaction.atomic
def write(made: list[Made]) -> list[Guide]:
    """Their rows, without a form and without history."""
    tasks = {task.slug: task.pk for task in Task.objects.all()}
    products = {product.slug: product.pk for product in Product.objects.all()}
    guides = Guide.objects.bulk_create(_guide(each, tasks) for each in made)
    Revision.objects.bulk_create(map(_revision, made))
    filed = Guide.products.through
    filed._default_manager.bulk_create(
        filed(guide_id=each.number, product_id=products[slug])
        for each in made
        for slug in _slugs(each, "product")
    )
    return guides


def _guide(made: Made, tasks: dict[str, int]) -> Guide:
    open_to_all = Guide.Visibility.PUBLIC if made.open_to_all else Guide.Visibility.SIGNED_IN
    return Guide(
        pk=made.number,
        live_id=made.number,
        kind=made.texts.kind,
        slug=f"guide-{made.number}",
        code=f"b{made.number}",
        title=made.texts.title[:60],
        summary=made.texts.summary[:200],
        aliases=made.texts.aliases,
        body=made.texts.body,
        visibility=open_to_all,
        task_id=next((tasks[slug] for slug in _slugs(made, "task")), None),
    )


def _revision(made: Made) -> Revision:
    """Its content holds what search reads, no more."""
    texts = made.texts
    return Revision(
        pk=made.number,
        guide_id=made.number,
        state=Revision.State.PUBLISHED,
        number=1,
        published_at=timezone.now(),
        content={
            "title": texts.title,
            "aliases": texts.aliases,
            "headings": texts.headings,
            "summary": texts.summary,
            "plain": texts.body,
        },
    )


def _slugs(made: Made, kind: str) -> list[str]:
    return [
        slug.removeprefix(f"{kind}:") for slug in made.texts.concepts if slug.startswith(f"{kind}:")
    ]
