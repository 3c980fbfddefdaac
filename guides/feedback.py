"""What readers said, seen from today's text: about which step, and whether it is still there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F

from guides.models import Feedback, Guide, Revision

Step = dict[str, Any]
Steps = Mapping[str, Step]


@dataclass(frozen=True)
class Told:
    """A reader's words with the step they were said of, as it was read."""

    feedback: Feedback
    step: Step | None  # none where it is about the whole guide
    fate: str  # of the step since: "" as it was read, "changed" or "gone"

    @property
    def version(self) -> int | None:
        return self.feedback.revision.number


def steps_of(sections: Iterable[Mapping[str, Any]]) -> dict[str, Step]:
    """By key; from `Revision.content["sections"]`."""
    return {step["key"]: step for section in sections for step in section["steps"]}


def described(rows: Iterable[Feedback]) -> list[Told]:
    """Needs `revision__guide` on the rows; one query more, whatever the length."""
    rows = list(rows)
    about = [row for row in rows if row.step]
    versions = {row.revision_id for row in about}
    versions |= {row.revision.guide.live_id for row in about if row.revision.guide.live_id}
    texts = _texts(versions)
    return [_told(row, texts) for row in rows]


def _texts(versions: set[int]) -> dict[int, dict[str, Step]]:
    if not versions:
        return {}
    found = Revision.objects.filter(pk__in=versions).order_by()
    rows = found.annotate(sections=F("content__sections")).values_list("pk", "sections")
    return {key: steps_of(sections or ()) for key, sections in rows}


def _told(row: Feedback, texts: Mapping[int, Steps]) -> Told:
    read = texts.get(row.revision_id, {}).get(row.step)
    now = texts.get(row.revision.guide.live_id or 0, {}).get(row.step)
    return Told(row, read, fate(read, now) if row.step else "")


def fate(read: Step | None, now: Step | None) -> str:
    """A step that moved without a new word is the step that was read."""
    if now is None:
        return "gone"
    return "" if read and _words(read) == _words(now) else "changed"


def _words(step: Step) -> tuple[Any, ...]:
    return step["title"], step["html"], step["marks"]


NOT_SHOWN = ("revision__document", "revision__content", "revision__guide__body")


def open_on(guide: Guide, reader: User | AnonymousUser) -> list[Told]:
    """What is open on a guide, oldest first, for who may see it: two queries."""
    if not reader.is_staff or not reader.has_perm("guides.view_feedback"):
        return []
    rows = Feedback.objects.open().filter(revision__guide=guide.pk).order_by("pk")
    return described(rows.select_related("revision__guide").defer(*NOT_SHOWN))


def by_step(told: Iterable[Told], keys: Iterable[str]) -> dict[str, list[Told]]:
    """Under each step what was said of it, under "" what no step of these keys can show."""
    places: dict[str, list[Told]] = {"": [], **{key: [] for key in keys}}
    for each in told:
        places[each.feedback.step if each.feedback.step in places else ""].append(each)
    return places
