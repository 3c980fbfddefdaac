"""The index looked after: whom it holds, by which recipe, and whether its counts are right."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Count

from guides.search.concepts import situations
from guides.search.index import BATCH, EVERY_GUIDE, lock
from guides.search.recipe import recipe
from guides.search.tables import SearchEntry, SearchPhrase, SearchTerm, SearchWord


def current_recipe() -> str:
    return recipe(tuple(situations()))


def holding(terms: Iterable[str]) -> set[int]:
    """The keys whose rows hold any of the terms."""
    rows = SearchTerm.objects.filter(term__in=list(terms))
    return set(rows.values_list("key", flat=True))


def keys() -> set[int]:
    """All keys of which the index holds anything at all."""
    tables = (SearchEntry, SearchTerm, SearchPhrase)
    return {
        key
        for table in tables
        for key in table._default_manager.order_by().values_list("key", flat=True).distinct()
    }


def recount() -> int:
    """Sets right how many guides hold each word, some words at a time; says how many were wrong."""
    wrong = sum(_recount(batch) for batch in _words())
    with transaction.atomic():
        lock()
        every = SearchEntry.objects.count()
        counted = SearchWord.objects.filter(term=EVERY_GUIDE).exclude(guides=every)
        return wrong + counted.update(guides=every)


def _words() -> Iterator[list[str]]:
    """The words counted and the words held, in batches, in the database's own order."""
    for table in (SearchWord, SearchTerm):
        words, last = table._default_manager.order_by("term"), ""
        while batch := list(
            words.filter(term__gt=last).values_list("term", flat=True).distinct()[:BATCH]
        ):
            yield [word for word in batch if word != EVERY_GUIDE]
            last = batch[-1]


@transaction.atomic
def _recount(batch: list[str]) -> int:
    lock()
    rows = SearchTerm.objects.filter(term__in=batch).order_by().values_list("term")
    held = dict(rows.annotate(guides=Count("key")))
    counted = dict(SearchWord.objects.filter(term__in=batch).values_list("term", "guides"))
    wrong = [word for word in batch if held.get(word) != counted.get(word)]
    for word in wrong:
        if word in held:
            SearchWord.objects.update_or_create(term=word, defaults={"guides": held[word]})
        else:
            SearchWord.objects.filter(term=word).delete()
    return len(wrong)
