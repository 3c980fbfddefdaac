"""Running portals for tests. Each worker of a test run loads the sample content once."""

import os
from collections.abc import Iterator

import pytest

from tests.live.portal import Portal, Workshop
from tests.live.stores import store_for

LOST_TABLE = "ALTER TABLE guides_guide RENAME TO guides_lost"


@pytest.fixture(scope="session")
def workshop(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, testrun_uid: str
) -> Iterator[Workshop]:
    folder = tmp_path_factory.mktemp("live")
    alone = worker_id == "master"
    shared = folder if alone else tmp_path_factory.getbasetemp().parent
    store = store_for(os.environ.get("DATABASE_URL", ""), folder, worker_id)
    built = Workshop(folder, shared / f"static-{testrun_uid}", store)
    built.build()
    yield built
    built.close()


@pytest.fixture(scope="session")
def portal_for_reading(workshop: Workshop) -> Iterator[Portal]:
    """Shared by all tests of a worker that change nothing."""
    with workshop.open() as portal:
        yield portal


@pytest.fixture
def portal_for_writing(workshop: Workshop) -> Iterator[Portal]:
    """A fresh one for this test alone."""
    with workshop.open() as portal:
        yield portal


@pytest.fixture(scope="session")
def broken_portal(workshop: Workshop) -> Iterator[Portal]:
    """Its database has lost a table, so every page fails that needs one."""
    with workshop.open(damage=LOST_TABLE) as portal:
        yield portal
