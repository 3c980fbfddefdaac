"""What a reader may see, sorted by product, task and tag: two queries, whatever the length.

Counts, filters, the matrix and the map are worked out from this, so that they never disagree.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    F,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from guides.models import GuideQuerySet, Product, Tag, Task, VerificationState
from guides.precedence import LAST, Precedence, precedence

Thing = TypeVar("Thing", Product, Task, Tag)
Keys = frozenset[int]
Columns = dict[str, Any]
Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Spine:
    """What is known of a guide without opening it."""

    key: int
    kind: str
    slug: str
    is_emergency: bool
    published_at: dt.datetime
    verification: VerificationState

    @property
    def precedence(self) -> Precedence:
        """Among guides that answer a question equally well."""
        return precedence(self.verification, self.published_at)


@dataclass(frozen=True, eq=False)
class Shelf(Generic[Thing]):
    """A product, a task or a tag, and the guides on it that this reader may see."""

    thing: Thing
    keys: Keys

    @property
    def slug(self) -> str:
        return self.thing.slug

    @property
    def count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Library:
    spines: Mapping[int, Spine]
    products: Mapping[str, Shelf[Product]]
    tasks: Mapping[str, Shelf[Task]]
    tags: Mapping[str, Shelf[Tag]]

    @cached_property
    def keys(self) -> Keys:
        return frozenset(self.spines)

    def precedence(self, key: int) -> Precedence:
        """Last what somebody retired a moment ago."""
        return self.spines[key].precedence if key in self.spines else LAST

    def of_kind(self, kind: str) -> Keys:
        return self._by_kind.get(kind, frozenset())

    @cached_property
    def newest(self) -> list[int]:
        spines = sorted(self.spines.values(), key=lambda each: (each.published_at, each.key))
        return [spine.key for spine in reversed(spines)]

    def by_task(self, keys: Keys) -> list[int]:
        """As the matrix is read: by task, what is for one product only first, then by address."""
        return sorted(keys, key=self._places.__getitem__)

    @cached_property
    def _by_kind(self) -> dict[str, Keys]:
        kinds = {spine.kind for spine in self.spines.values()}
        return {
            kind: frozenset(key for key, spine in self.spines.items() if spine.kind == kind)
            for kind in kinds
        }

    @cached_property
    def _places(self) -> dict[int, tuple[int, int, int, str]]:
        """Each guide's task, number of products, first product and address."""
        last = len(self.tasks)
        tasks = {key: place for place, each in enumerate(self.tasks.values()) for key in each.keys}
        numbers = Counter(key for shelf in self.products.values() for key in shelf.keys)
        shelves = reversed(list(enumerate(self.products.values())))
        first = {key: place for place, shelf in shelves for key in shelf.keys}
        return {
            key: (tasks.get(key, last), numbers[key], first.get(key, 0), spine.slug)
            for key, spine in self.spines.items()
        }

    def used_tags(self) -> list[Shelf[Tag]]:
        """Tags with something on them: a tag alone is the editors' business."""
        return [shelf for shelf in self.tags.values() if shelf.keys]


def library(visible: GuideQuerySet, among: Collection[int] | None = None) -> Library:
    """All of it; or the guides `among` these keys, at a cost that does not grow with the portal."""
    chosen = visible if among is None else visible.filter(pk__in=among)
    spines = {spine.key: spine for spine in _spines(chosen)}
    rows, keys = list(_lines(among)), frozenset(spines)
    return Library(
        spines=spines,
        products=_shelves(rows, "Product", _product, keys),
        tasks=_shelves(rows, "Task", _task, keys),
        tags=_shelves(rows, "Tag", _tag, keys),
    )


@dataclass(frozen=True, eq=False)
class Counted:
    """A product or a task, and how many guides on it this reader may see."""

    thing: Product | Task
    count: int


def counted(model: type[Product] | type[Task], visible: GuideQuerySet) -> list[Counted]:
    """In the editors' order. The database counts: no guide is loaded for it."""
    number = Count("guides", filter=Q(guides__in=visible.order_by().values("pk")))
    # Named again: grouping makes Django forget it.
    things = model._default_manager.annotate(number=number).order_by("position", "slug")
    return [Counted(thing, thing.number) for thing in things]


_SPINE = (
    "pk",
    "kind",
    "slug",
    "is_emergency",
    "live__published_at",
    *VerificationState.COLUMNS,
)


def _spines(visible: GuideQuerySet) -> Iterator[Spine]:
    rows = visible.values_list(*_SPINE)
    for key, kind, slug, urgent, published_at, *verified in rows:
        state = VerificationState.of(*verified)
        yield Spine(key, kind, slug, urgent, published_at, state)


class _Line(NamedTuple):
    """One line of the union below: a product, task or tag, or (`key` is set) a guide on it."""

    shelf: str
    slug: str
    key: int | None
    name: str
    name_en: str
    text: str
    text_en: str
    aliases: str
    position: int
    in_matrix: bool


EMPTY = Value("", output_field=CharField())


def _lines(among: Collection[int] | None) -> Iterator[_Line]:
    products = _things(Product, text=F("description"), text_en=F("description_en"), **SPOKEN)
    task_texts = {"text": F("definition"), "text_en": F("definition_en")}
    tasks = _things(Task, in_matrix=F("in_matrix"), **task_texts, **SPOKEN)
    tags = _things(Tag)
    which = Q(guides__isnull=False) if among is None else Q(guides__in=among)
    # A union with nothing in it is no statement.
    pairs = [_pairs(model, which) for model in (Product, Task, Tag) if among is None or among]
    return map(_Line._make, products.union(tasks, tags, *pairs, all=True))


# As text: it is decoded once a shelf, not once a line.
SPOKEN: Columns = {"aliases": Cast("aliases", TextField()), "position": F("position")}


def _things(model: type[Model], **columns: Any) -> Rows:
    return _selected(model, Q(), name=F("name"), name_en=F("name_en"), **columns)


def _pairs(model: type[Model], which: Q) -> Rows:
    return _selected(model, which, key=F("guides"))


def _selected(model: type[Model], which: Q, **columns: Any) -> Rows:
    given: Columns = {
        "shelf": Value(model.__name__, output_field=CharField()),
        "slug": F("slug"),
        # PostgreSQL takes a NULL of no type for text.
        "key": Cast(Value(None), BigIntegerField()),
        "position": Value(0),
        "in_matrix": Value(False),
        **columns,
    }
    rows = model._default_manager.filter(which).order_by()
    return rows.values_list(*(given.get(name, EMPTY) for name in _Line._fields))


def _shelves(
    rows: Iterable[_Line], shelf: str, make: Callable[[_Line], Thing], visible: Keys
) -> dict[str, Shelf[Thing]]:
    """In the editors' order. A guide that this reader may not see is on no shelf."""
    mine = [row for row in rows if row.shelf == shelf]
    things = sorted((row.position, row.slug, row) for row in mine if row.key is None)
    keys: dict[str, set[int]] = {slug: set() for _position, slug, _row in things}
    for row in mine:
        if row.key in visible:
            keys[row.slug].add(row.key)
    return {slug: Shelf(make(row), frozenset(keys[slug])) for _position, slug, row in things}


def _product(row: _Line) -> Product:
    return Product(
        slug=row.slug,
        name=row.name,
        name_en=row.name_en,
        aliases=json.loads(row.aliases),
        description=row.text,
        description_en=row.text_en,
        position=row.position,
    )


def _task(row: _Line) -> Task:
    return Task(
        slug=row.slug,
        name=row.name,
        name_en=row.name_en,
        aliases=json.loads(row.aliases),
        definition=row.text,
        definition_en=row.text_en,
        position=row.position,
        in_matrix=bool(row.in_matrix),
    )


def _tag(row: _Line) -> Tag:
    return Tag(slug=row.slug, name=row.name, name_en=row.name_en)
