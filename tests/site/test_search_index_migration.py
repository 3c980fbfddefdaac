"""A portal from before the postings: its guides are found after `migrate`, nothing is rebuilt."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guides import reindexing, search
from guides.models import Guide, SearchHolding
from guides.search.postings import BLOCK
from guides.vocabulary import vocabulary
from tests import factories as make
from tests.search.holdings import rows

SINCE = ("guides", "0008_search_postings")


def migrated(*target):
    executor = MigrationExecutor(connection)
    executor.migrate([*target])
    return executor.loader.project_state([*target]).apps


@pytest.fixture
def _newest_again(transactional_db):
    yield
    migrated(*MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.usefixtures("_newest_again")
def test_the_rows_of_an_older_portal_are_packed_and_unpacked_again():
    guides = [make.make_procedure(title=f"关闭第{number}项服务") for number in range(3)]
    search.put(3 * BLOCK + 1, search.Texts("别处的指南", [], [], "", ""))
    held, written = rows(), set(SearchHolding.objects.values_list("key", "terms"))
    before = MigrationExecutor(connection).loader.get_migration(*SINCE).dependencies[0]
    old = migrated(before).get_model("guides", "SearchTerm").objects
    assert set(old.values_list("key", "term", "impact")) == held
    old.create(key=guides[0].pk, term="空", impact=0)  # it never brought a point
    migrated(SINCE)
    assert rows() == held
    assert set(SearchHolding.objects.values_list("key", "terms")) == written
    assert reindexing.differences().outdated == 0
    found = search.match("关闭服务", Guide.objects.all(), concepts=vocabulary())
    assert {hit.key for hit in found.hits} == {guide.pk for guide in guides}
