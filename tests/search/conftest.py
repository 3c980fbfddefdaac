"""The same tests run on every database: DATABASE_URL decides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from guides import search
from guides.search.tables import Situation
from tests.search.small_guides import GUIDES, PRODUCTS, SITUATIONS, TASKS


@pytest.fixture
def everything(db: None) -> "QuerySet[Group]":
    """The room asks for rows whose primary keys are allowed, whatever they are: here groups."""
    Situation.objects.bulk_create(Situation(**row) for row in SITUATIONS)
    for key, texts in GUIDES.items():
        search.put(key, texts)
    Group.objects.all().delete()  # those of the portal's roles
    Group.objects.bulk_create(Group(pk=key, name=str(key)) for key in GUIDES)
    return Group.objects.all()


@pytest.fixture
def concepts(everything: "QuerySet[Group]") -> list[search.Concept]:
    return [*PRODUCTS, *TASKS, *search.situations()]


@pytest.fixture
def ask(
    everything: "QuerySet[Group]", concepts: list[search.Concept]
) -> Callable[..., search.Match]:
    def asked(question: str, **options: Any) -> search.Match:
        return search.match(question, **{"allowed": everything, "concepts": concepts, **options})

    return asked
