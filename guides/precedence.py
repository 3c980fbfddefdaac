"""Among guides that answer a question equally well: checked ones first, then new ones."""

import datetime as dt

from django.utils import timezone

from guides.models import GuideQuerySet, VerificationState

CHECKED_FIRST = ("device", "sources", "due", "unverified")
COLUMNS = ("pk", "live__published_at", "verified_kind", "verified_on", "review_interval_days")
Precedence = tuple[int, int]
LAST: Precedence = (len(CHECKED_FIRST), 0)


def precedence(verification: VerificationState, published_at: dt.datetime) -> Precedence:
    """The least comes first. By the day: nobody can tell two guides apart by an hour."""
    checked = CHECKED_FIRST.index(verification.state)
    return checked, -timezone.localdate(published_at).toordinal()


def precedences(visible: GuideQuerySet) -> dict[int, Precedence]:
    """Of every guide, by its key: one query."""
    rows = visible.with_verification().values_list(*COLUMNS)
    return {
        key: precedence(VerificationState.of(kind, on, interval), published_at)
        for key, published_at, kind, on, interval in rows
    }
