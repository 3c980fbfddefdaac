"""What `migrate` and `check --database default` say before the portal is started."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.utils.translation import gettext as _

from guides import publishing, reindexing


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


@checks.register(checks.Tags.database)
def verification(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_kwargs: Any,
) -> list[checks.CheckMessage]:
    """What lists show of a guide's verification follows from the records."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            wrong = len(publishing.underived())
    except DatabaseError:  # `migrate` is about to make the columns
        return []
    told = _("有%d篇指南的核实状态与核实记录不一致。") % wrong
    hint = "manage.py derive_verification"
    return [checks.Warning(told, hint=hint, id="guides.W002")] if wrong else []
