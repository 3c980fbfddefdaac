"""What a question is taken to mean, shown so that a reader can take it back."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.models import Guide, GuideQuerySet, Product, Task
from guides.search import Concept, Match
from guides.views.facets import address
from guides.views.library import Library
from guides.views.matrix import cell_url, keys_in_cell
from guides.vocabulary import cell_asked_for, vocabulary

NAMES: dict[str, str | Promise] = {
    "product": _("产品"),
    "task": _("事项"),
    "situation": _("情形"),
}


@dataclass(frozen=True)
class Understood:
    """Something recognised in the question, and the address where it is not."""

    name: str | Promise
    label: str
    url: str
    beside: bool  # a situation: it only changes the order of what is found


@dataclass(frozen=True, eq=False)
class Gap:
    """A product and a task that were asked for together, and that no procedure covers.

    Beside each the number of guides on it that this reader may see.
    """

    product: Product
    task: Task
    of_product: int
    of_task: int

    @property
    def url(self) -> str:
        return cell_url(self.product, self.task)


def concepts(request: HttpRequest) -> list[Concept]:
    """Products, tasks and situations, without those that the reader took back."""
    unwanted = set(request.GET.getlist("without"))
    return [concept for concept in vocabulary() if concept.slug not in unwanted]


def understood(seen: Library, request: HttpRequest, found: Match) -> list[Understood]:
    """Products and tasks first, as they decide what is found; then situations."""
    unwanted = request.GET.getlist("without")
    return [
        Understood(
            NAMES[concept.kind],
            _label(seen, concept),
            address(request, without=[*unwanted, concept.slug]),
            beside=concept.kind == "situation",
        )
        for kind in NAMES
        for concept in found.understood
        if concept.kind == kind
    ]


def marked(found: Match) -> list[str]:
    """The words to mark in what was found: as typed, and as meant."""
    named = (each.name for each in found.understood if each.kind != "situation")
    return [*found.terms, *named]


def unconditional_url(request: HttpRequest, found: Match) -> str:
    """The same question with nothing read into it."""
    slugs = [concept.slug for concept in found.understood]
    return address(request, without=[*request.GET.getlist("without"), *slugs])


def gap(visible: GuideQuerySet, seen: Library, found: Match) -> Gap | None:
    """A product and a task that were asked for, said or meant, where no procedure does it."""
    cell = cell_asked_for(found.understood)
    product = seen.products.get(cell.product) if cell else None
    task = seen.tasks.get(cell.task) if cell else None
    if not product or not task or not task.thing.in_matrix:
        return None
    of_task = visible.filter(task__slug=task.slug)
    of_product = visible.filter(products__slug=product.slug)
    # Only a procedure fills a cell; most often it is among what was found.
    if keys_in_cell(seen, product, task) or (
        of_task.filter(kind=Guide.Kind.PROCEDURE, products__slug=product.slug).exists()
    ):
        return None
    return Gap(product.thing, task.thing, of_product.count(), of_task.count())


def _label(seen: Library, concept: Concept) -> str:
    kind, _colon, slug = concept.slug.partition(":")
    if kind == "situation":
        return concept.name
    shelves = seen.products if kind == "product" else seen.tasks
    return shelves[slug].thing.display_name
