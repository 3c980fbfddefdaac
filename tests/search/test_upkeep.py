"""The index's own books: whatever is put and removed, counts are those of a recount."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import search
from guides.search import recipe, weights
from guides.search.index import EVERY_GUIDE
from guides.search.postings import changed
from guides.search.tables import (
    SearchEntry,
    SearchHolding,
    SearchPhrase,
    SearchPosting,
    SearchWord,
    Situation,
)
from tests.search.holdings import emptied, rows
from tests.search.small_guides import GUIDES

pytestmark = pytest.mark.django_db

WORDING = st.text("借呗花关闭用不了 close/…", max_size=12)
TEXTS = st.builds(
    search.Texts,
    title=WORDING,
    aliases=st.lists(WORDING, max_size=2),
    headings=st.lists(WORDING, max_size=2),
    summary=WORDING,
    body=WORDING,
    concepts=st.sets(st.sampled_from(["product:jiebei", "task:close"])).map(sorted),
    kind=st.sampled_from(["", "risk"]),
)
# A guide is put in with texts or, with None, taken out.
CHANGES = st.lists(st.tuples(st.integers(1, 3), st.none() | TEXTS), max_size=8)


def books():
    """What the index counts."""
    return dict(SearchWord.objects.values_list("term", "guides"))


def recounted():
    """What a count from nothing comes to."""
    held = Counter(term for _key, term, _impact in rows())
    return {EVERY_GUIDE: SearchEntry.objects.count(), **held}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES)
def test_counts_are_those_of_a_recount_whatever_is_put_and_removed(changes):
    emptied()
    search.remove(99)
    for key, texts in changes:
        if texts is None:
            search.remove(key)
        else:
            search.put(key, texts)
    last = dict(changes)
    assert books() == recounted()
    assert search.keys() == {key for key, texts in last.items() if texts is not None}
    assert search.recount() == 0


@pytest.mark.usefixtures("everything")
def test_a_recount_sets_right_what_somebody_has_spoilt():
    right = books()
    term = SearchPosting.objects.order_by("term").first().term
    SearchWord.objects.filter(term=term).update(guides=99)
    SearchWord.objects.filter(term=EVERY_GUIDE).update(guides=3)
    SearchWord.objects.filter(term="product:jiebei").delete()
    SearchWord.objects.create(term="没有这个词", guides=2)
    assert search.recount() == 4
    assert books() == right == recounted()
    assert search.recount() == 0


@pytest.mark.usefixtures("everything")
def test_a_recount_reads_words_in_batches(monkeypatch):
    monkeypatch.setattr("guides.search.upkeep.BATCH", 7)
    right = books()
    SearchWord.objects.update(guides=0)
    assert search.recount() == len(right)
    assert books() == right


@pytest.mark.usefixtures("everything")
def test_a_key_that_one_table_alone_holds_is_known():
    SearchPhrase.objects.create(key=70, shown="a", text="a")
    SearchPosting.objects.create(term="b", block=1, impacts=changed(b"", {5000: 1}))
    SearchEntry.objects.create(key=72, recipe="")
    SearchHolding.objects.create(key=73, terms="c")
    strays = {70, 5000, 72, 73}
    assert search.keys() == {*GUIDES, *strays}
    for key in strays:
        search.remove(key)
    assert search.keys() == {*GUIDES}


@pytest.mark.usefixtures("everything")
def test_who_holds_a_term_is_told():
    assert search.holding(["task:unbind"]) == {5}
    assert search.holding(["task:unbind", "product:huabei"]) == {1, 5}
    assert search.holding([]) == set()


@pytest.mark.usefixtures("everything")
def test_guides_put_in_one_after_the_other_are_of_one_recipe():
    recipes = set(SearchEntry.objects.values_list("recipe", flat=True))
    assert recipes == {search.current_recipe()}


@pytest.mark.parametrize("change", [{"phrases": ["用不了", "坏了"]}, {"slug": "broken"}])
@pytest.mark.usefixtures("everything")
def test_other_phrases_are_another_recipe(change):
    before = search.current_recipe()
    Situation.objects.filter(slug="blocked").update(**change)
    assert search.current_recipe() != before


@pytest.mark.parametrize("change", [{"name": "别的"}, {"means": []}, {"covered": False}])
@pytest.mark.usefixtures("everything")
def test_what_only_questions_depend_on_changes_no_recipe(change):
    before = search.current_recipe()
    Situation.objects.filter(slug="blocked").update(**change)
    assert search.current_recipe() == before


def test_every_weight_that_rows_are_made_of_is_in_the_recipe():
    written = repr(recipe.INGREDIENTS)
    parts = (weights.SATURATION, weights.SAID_ENOUGH, weights.DECLARED_AMONG_OTHERS)
    assert all(repr(part) in written for part in parts)
    assert all(repr(item) in written for item in [*weights.FIELDS.items()])
    assert all(repr(item) in written for item in [*weights.SAID_IN.items()])
