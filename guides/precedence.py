"""Among guides that answer a question equally well: checked ones first, then new ones."""

import datetime as dt

from django.utils import timezone

from guides.models import GuideQuerySet, VerificationState

CHECKED_FIRST = ("device", "sources", "due", "unverified")
COLUMNS = ("pk", "live__published_at", *VerificationState.COLUMNS)
Precedence = tuple[int, int]
LAST: Precedence = (len(CHECKED_FIRST), 0)


def precedence(verification: VerificationState, published_at: dt.datetime) -> Precedence:
    """The least comes first. By the day: nobody can tell two guides apart by an hour."""
    checked = CHECKED_FIRST.index(verification.state)
    return checked, -timezone.localdate(published_at).toordinal()


def precedences(visible: GuideQuerySet) -> dict[int, Precedence]:
    """Of every guide, by its key: one query."""
    rows = visible.values_list(*COLUMNS)
    return {
        key: precedence(VerificationState.of(*verified), published_at)
        for key, published_at, *verified in rows
    }
