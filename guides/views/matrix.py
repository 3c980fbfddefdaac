"""The products × tasks table: what there is to do it with, and where nothing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from guides.models import Guide, Product, Task
from guides.views.cards import Card
from guides.views.library import Keys, Library, Shelf

SHOWN = 3  # in one cell; the cell's own page has all of them


@dataclass(frozen=True, eq=False)
class Cell:
    task: Task
    url: str
    cards: list[Card]
    hidden: int


@dataclass(frozen=True, eq=False)
class Row:
    product: Product
    cells: list[Cell]


@dataclass(frozen=True, eq=False)
class Matrix:
    tasks: list[Task]
    rows: list[Row]

    @property
    def size(self) -> int:
        return sum(len(row.cells) for row in self.rows)

    @property
    def filled(self) -> int:
        return sum(bool(cell.cards) for row in self.rows for cell in row.cells)


def keys_in_cell(seen: Library, product: Shelf[Product], task: Shelf[Task]) -> Keys:
    """Only a procedure fills a cell: knowing the risk of a task is not knowing how to do it."""
    return product.keys & task.keys & seen.of_kind(Guide.Kind.PROCEDURE)


def shown_keys(seen: Library) -> list[int]:
    """The guides whose cards `matrix` needs."""
    return [
        key
        for product in seen.products.values()
        for task in _columns(seen)
        for key in seen.by_task(keys_in_cell(seen, product, task))[:SHOWN]
    ]


def matrix(seen: Library, cards: Mapping[int, Card]) -> Matrix:
    columns = _columns(seen)
    return Matrix(
        tasks=[column.thing for column in columns],
        rows=[_row(seen, product, columns, cards) for product in seen.products.values()],
    )


def cell_url(product: Product, task: Task) -> str:
    return reverse("cell", args=[product.slug, task.slug])


def _columns(seen: Library) -> list[Shelf[Task]]:
    return [shelf for shelf in seen.tasks.values() if shelf.thing.in_matrix]


def _row(
    seen: Library,
    product: Shelf[Product],
    columns: Iterable[Shelf[Task]],
    cards: Mapping[int, Card],
) -> Row:
    cells = [_cell(seen, product, column, cards) for column in columns]
    return Row(product.thing, cells)


def _cell(
    seen: Library, product: Shelf[Product], task: Shelf[Task], cards: Mapping[int, Card]
) -> Cell:
    keys = seen.by_task(keys_in_cell(seen, product, task))
    shown = [cards[key] for key in keys[:SHOWN] if key in cards]
    return Cell(task.thing, cell_url(product.thing, task.thing), shown, len(keys) - len(shown))
