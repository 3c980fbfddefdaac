"""The guides that were found, filed as in the whole library; and how many there are of each."""

from itertools import combinations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import Guide, Product, Task
from guides.views.library import counted, library
from tests import factories as make
from tests.pages.shelves import Shop, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Shop:
    at = shop()
    both = [at.jiebei, at.huabei]
    make.make_procedure("one", products=[at.jiebei], task=at.close)
    make.make_risk("two", products=both)
    make.make_procedure("three", products=both, task=at.close)
    make.make_procedure("inside", products=both, task=at.close, visibility="signed-in")
    make.make_procedure("draft", products=both, task=at.close, live=False)
    return at


def readers():
    return AnonymousUser(), make.make_user()


def shelves(library):
    named = (library.products, library.tasks, library.tags)
    return [{slug: shelf.keys for slug, shelf in each.items()} for each in named]


def test_some_guides_stand_on_the_shelves_where_they_stand_among_all(at: Shop) -> None:
    everything = list(Guide.objects.values_list("pk", flat=True))
    for reader in readers():
        visible = Guide.objects.visible_to(reader)
        whole = library(visible)
        for keys in [(), *combinations(everything, 2), everything]:
            some = library(visible, keys)
            assert some.keys == whole.keys & set(keys)
            assert some.spines == {key: whole.spines[key] for key in some.keys}
            assert shelves(some) == [
                {slug: held & some.keys for slug, held in shelf.items()} for shelf in shelves(whole)
            ]
            assert [*some.products] == [*whole.products]


def test_some_guides_cost_what_they_cost_whatever_surrounds_them(at: Shop) -> None:
    key = Guide.objects.get(slug="one").pk
    with CaptureQueriesContext(connection) as captured:
        library(Guide.objects.all(), [key])
    assert len(captured) == 2
    assert all(f"({key})" in statement["sql"] for statement in captured)


def test_what_is_counted_is_what_a_reader_may_see(at: Shop) -> None:
    for reader in readers():
        visible = Guide.objects.visible_to(reader)
        whole = library(visible)
        assert told(counted(Product, visible)) == [
            (slug, shelf.count) for slug, shelf in whole.products.items()
        ]
        assert told(counted(Task, visible)) == [
            (slug, shelf.count) for slug, shelf in whole.tasks.items()
        ]


def told(counts):
    return [(each.thing.slug, each.count) for each in counts]
