"""The index looked after: whom it holds, by which recipe, and whether its counts are right."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction

from guides.search import postings
from guides.search.concepts import situations
from guides.search.index import EVERY_GUIDE, lock
from guides.search.recipe import recipe
from guides.search.statements import BATCH
from guides.search.tables import SearchEntry, SearchHolding, SearchPhrase, SearchPosting, SearchWord


def current_recipe() -> str:
    return recipe(tuple(situations()))


def holding(terms: Iterable[str]) -> set[int]:
    """The keys that hold any of the terms."""
    rows = SearchPosting.objects.filter(term__in=list(terms)).values_list("block", "impacts")
    return {key for block, packed in rows for key in postings.unpacked(block, packed)}


def keys() -> set[int]:
    """All keys of which the index holds anything at all."""
    found: set[int] = set()
    for table in (SearchEntry, SearchHolding, SearchPhrase):
        found.update(table._default_manager.order_by().values_list("key", flat=True).distinct())
    for block, packed in SearchPosting.objects.values_list("block", "impacts").iterator():
        found.update(postings.unpacked(block, packed))
    return found


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
    for table in (SearchWord, SearchPosting):
        words, last = table._default_manager.order_by("term"), ""
        while batch := list(
            words.filter(term__gt=last).values_list("term", flat=True).distinct()[:BATCH]
        ):
            yield [word for word in batch if word != EVERY_GUIDE]
            last = batch[-1]


@transaction.atomic
def _recount(batch: list[str]) -> int:
    lock()
    rows = SearchPosting.objects.filter(term__in=batch).values_list("term", "impacts")
    held: Counter[str] = Counter()
    for term, packed in rows:
        held[term] += postings.size(packed)
    counted = dict(SearchWord.objects.filter(term__in=batch).values_list("term", "guides"))
    wrong = [word for word in batch if held.get(word) != counted.get(word)]
    for word in wrong:
        if word in held:
            SearchWord.objects.update_or_create(term=word, defaults={"guides": held[word]})
        else:
            SearchWord.objects.filter(term=word).delete()
    return len(wrong)
