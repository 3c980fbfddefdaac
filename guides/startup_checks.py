"""What `migrate` and `check --database default` say before the portal is started."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.utils.translation import gettext as _

from guides import reindexing


@checks.register(checks.Tags.database)
def search_index(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_kwargs: Any,
) -> list[checks.CheckMessage]:
    """The index holds what readers see, made from today's phrases and weights."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            found = reindexing.differences()
    except DatabaseError:  # `migrate` is about to make the tables
        return []
    return [_warning(found)] if found else []


def _warning(found: reindexing.Differences) -> checks.Warning:
    told = _(
        "搜索索引与指南不一致：缺%(missing)d篇，多%(surplus)d篇，"
        "%(outdated)d篇是按旧的说法或权重编的。"
    )
    return checks.Warning(
        told % vars(found), hint="manage.py rebuild_search_index", id="guides.W001"
    )
