"""The portal's own words as search knows them: products and tasks by every name they have."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Value

from guides.models import Guide, GuideQuerySet, Product, Task
from guides.search import Concept, situations

NAMES = ("position", "slug", "name", "name_en", "aliases")


def concept_of(thing: Product | Task) -> Concept:
    kind = "product" if isinstance(thing, Product) else "task"
    phrases = (thing.name, thing.name_en, *thing.aliases)
    return Concept(f"{kind}:{thing.slug}", thing.name, tuple(filter(None, phrases)))


def things() -> list[Product | Task]:
    """Products, then tasks, in the editors' order, with their names alone: one query."""
    products = Product.objects.annotate(kind=Value(0)).values_list("kind", *NAMES)
    tasks = Task.objects.annotate(kind=Value(1)).values_list("kind", *NAMES)
    rows = products.order_by().union(tasks.order_by(), all=True)
    return [
        (Task if kind else Product)(**dict(zip(NAMES, names, strict=True)))
        for kind, *names in sorted(rows)
    ]


def vocabulary() -> list[Concept]:
    """All concepts that a question may speak of."""
    return [*map(concept_of, things()), *situations()]


class Cell(NamedTuple):
    """The slugs of a product and a task."""

    product: str
    task: str


def cell_asked_for(understood: Iterable[Concept]) -> Cell | None:
    """Only where one product and one task were asked for: two of either may be a comparison.

    A task need not be named: 换卡 means 解绑, if whatever else has happened means that as well.
    """
    concepts = list(understood)
    products = _slugs("product", (concept.slug for concept in concepts))
    tasks = _slugs("task", (concept.slug for concept in concepts)) or _meant(concepts)
    return Cell(*products, *tasks) if len(products) == len(tasks) == 1 else None


def is_gap(understood: Iterable[Concept], guides: GuideQuerySet) -> bool:
    """Whether no procedure of these guides does what was asked for."""
    cell = cell_asked_for(understood)
    if cell is None or not Task.objects.filter(slug=cell.task, in_matrix=True).exists():
        return False
    procedures = guides.filter(kind=Guide.Kind.PROCEDURE, task__slug=cell.task)
    return not procedures.filter(products__slug=cell.product).exists()


def _meant(concepts: Iterable[Concept]) -> list[str]:
    """The task that all situations mean; none where one of them means anything else."""
    meant = [_slugs("task", concept.means) for concept in concepts if concept.kind == "situation"]
    return meant[0] if meant and all(tasks == meant[0] for tasks in meant) else []


def _slugs(kind: str, concepts: Iterable[str]) -> list[str]:
    return [slug.partition(":")[2] for slug in concepts if slug.startswith(f"{kind}:")]
