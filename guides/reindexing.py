"""The search index kept in step with what it is made of: texts, phrases, classification."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from guides import publishing, search
from guides.models import Guide, Product, SearchEntry, Task

AT_ONCE = 200  # guides in memory


@dataclass(frozen=True)
class Differences:
    """How many guides the index and the readers disagree about."""

    missing: int  # readers see them, search does not know them
    surplus: int  # search knows them, no reader sees them
    outdated: int  # put in with other phrases, weights or libraries than today's

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.outdated)


def differences() -> Differences:
    """Three counts, cheap enough for every start."""
    live, entries, recipe = _live(), SearchEntry.objects.all(), search.current_recipe()
    return Differences(
        missing=live.exclude(Exists(entries.filter(key=OuterRef("pk")))).count(),
        surplus=entries.exclude(Exists(live.filter(pk=OuterRef("key")))).count(),
        outdated=entries.exclude(recipe=recipe).count(),
    )


def due(*, afresh: bool = False) -> list[int]:
    """Guides to put again: those that a rebuild which broke off has left, else all of them."""
    if afresh or not _left().exists():
        SearchEntry.objects.update(recipe="")
    return list(_left().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def put_again(keys: Sequence[int]) -> None:
    """Some guides in one transaction: readers find their old rows until the new ones."""
    # Locked in one order, and alone: what they refer to is read afterwards.
    locked = Guide.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    guides = list(locked)
    prefetch_related_objects(guides, "live", "task", "products")
    publishing.index(*guides)


def remove_surplus() -> int:
    """Takes out what no reader sees; says how many keys."""
    live = set(_live().values_list("pk", flat=True))
    return sum(_removed(key) for key in sorted(search.keys() - live))


@contextmanager
def kept_in_step() -> Iterator[None]:
    """What changes inside in situations, products or tasks is in the index when it is over.

    One transaction. Only guides whose rows or texts speak of what has changed are put again.
    """
    with transaction.atomic():
        search.lock()
        recipe, before = search.current_recipe(), _ingredients()
        yield
        after = _ingredients()
        changed = {name for name in before | after if before.get(name) != after.get(name)}
        if changed:
            _put_again_where(changed)
            # Nobody else's rows would become others.
            others = SearchEntry.objects.filter(recipe=recipe)
            others.update(recipe=search.current_recipe())


def _with_texts(guides: "QuerySet[Guide]") -> "QuerySet[Guide]":
    return guides.select_related("live", "task").prefetch_related("products")


def _live() -> "QuerySet[Guide]":
    return Guide.objects.filter(live__isnull=False, retired_at=None)


def _left() -> "QuerySet[Guide]":
    fresh = SearchEntry.objects.filter(key=OuterRef("pk"), recipe=search.current_recipe())
    return _live().exclude(Exists(fresh))


@transaction.atomic
def _removed(key: int) -> bool:
    """Not where somebody has published it meanwhile."""
    guide = Guide.objects.select_for_update().filter(pk=key).first()
    if guide and guide.live_id and not guide.is_retired:
        return False
    search.remove(key)
    return True


def _ingredients() -> dict[str, object]:
    """What rows are made of besides texts, by the terms that stand for it in the index."""
    filed = {
        f"{kind}:{slug}": key
        for kind, model in (("product", Product), ("task", Task))
        for key, slug in model._default_manager.values_list("pk", "slug")
    }
    return filed | {concept.slug: concept.phrases for concept in search.situations()}


def _put_again_where(changed: set[str]) -> None:
    keys = sorted(search.holding(changed) | _speaking_of(changed))
    for start in range(0, len(keys), AT_ONCE):
        some = Guide.objects.filter(pk__in=keys[start : start + AT_ONCE])
        publishing.index(*_with_texts(some))


def _speaking_of(changed: Iterable[str]) -> set[int]:
    concepts = [concept for concept in search.situations() if concept.slug in set(changed)]
    if not concepts:
        return set()
    guides = _with_texts(_live()).order_by("pk")
    return {
        guide.pk
        for guide in guides.iterator(chunk_size=AT_ONCE)
        if guide.live
        and search.speaks_of(publishing.search_texts(guide, guide.live.content), concepts)
    }
