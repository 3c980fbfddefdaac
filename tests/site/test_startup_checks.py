"""`check --database default`, and `migrate`: what is said where index and guides differ."""

import io
from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import ProgrammingError

from guides import publishing, reindexing, search
from guides.models import Guide, SearchEntry, Situation
from guides.startup_checks import search_index
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(**options: Any) -> str:
    err = io.StringIO()
    call_command("check", **options, stdout=io.StringIO(), stderr=err)
    return err.getvalue()


def test_a_portal_in_step_says_nothing() -> None:
    make.make_procedure()
    publishing.retire(make.make_risk(), None)
    make.make_case(live=False)
    assert "guides.W001" not in told(databases=["default"])


def test_a_guide_that_search_does_not_know_is_told_with_the_remedy() -> None:
    search.remove(make.make_procedure().pk)
    said = told(databases=["default"])
    assert "guides.W001" in said
    assert "缺1篇，多0篇，0篇" in said
    assert "rebuild_search_index" in said


def test_a_guide_that_no_reader_sees_any_more_is_told() -> None:
    key = make.make_procedure().pk
    Guide.objects.filter(pk=key).update(retired_at="2026-01-01T00:00Z")
    assert "缺0篇，多1篇，0篇" in told(databases=["default"])


def test_phrases_that_were_changed_behind_the_portals_back_are_told() -> None:
    make.make_procedure()
    make.make_procedure()
    Situation.objects.create(slug="lost", name="丢了", phrases=["丢了"])
    assert "缺0篇，多0篇，2篇" in told(databases=["default"])


def test_the_database_is_asked_only_by_those_who_named_it(
    django_assert_num_queries: Any,
) -> None:
    search.remove(make.make_procedure().pk)
    with django_assert_num_queries(0):
        assert search_index() == search_index(databases=["other"]) == []
    assert "guides.W001" not in told()


def test_it_is_one_of_the_checks_that_migrate_runs() -> None:
    search.remove(make.make_procedure().pk)
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [each.id for each in found] == ["guides.W001"]
    assert found[0].level == checks.WARNING


def test_tables_that_are_not_there_yet_stop_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> reindexing.Differences:
        raise ProgrammingError("no such table")

    monkeypatch.setattr(reindexing, "differences", missing)
    assert search_index(databases=["default"]) == []
    assert SearchEntry.objects.count() == 0
