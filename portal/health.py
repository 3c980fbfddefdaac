"""/healthz: whether this process can do its work, for load balancers and people on call."""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guides import reindexing

logger = logging.getLogger(__name__)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} migrations are not applied" if pending else "ok"


def _storage() -> str:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root):
        return "ok"


CHECKS: dict[str, tuple[Callable[[], str], str]] = {
    "database": (_database, "the database does not answer"),
    "migrations": (_migrations, "the state of the migrations cannot be read"),
    "storage": (_storage, "the media folder is not writable"),
}


def _search_index() -> str:
    found = reindexing.differences()
    told = f"{found.missing} guides missing, {found.surplus} too many, {found.outdated} out of date"
    return told if found else "ok"


# Worth knowing, but the portal answers all the same: no reason to send readers elsewhere.
NOTICES: dict[str, tuple[Callable[[], str], str]] = {
    "search index": (_search_index, "the search index cannot be read"),
}


def _outcome(name: str) -> str:
    """The answer is public: the reason of a failure goes to the log only."""
    check, failure = (CHECKS | NOTICES)[name]
    try:
        return check()
    except (DatabaseError, OSError):
        logger.exception("Health check failed: %s", name)
        return failure


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    outcomes = {name: _outcome(name) for name in CHECKS}
    healthy = all(outcome == "ok" for outcome in outcomes.values())
    answer = {
        "status": "ok" if healthy else "failing",
        "checks": outcomes,
        "notices": {name: _outcome(name) for name in NOTICES},
    }
    return JsonResponse(answer, status=200 if healthy else 503)
