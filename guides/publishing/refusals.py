"""What publishing refuses, each with what the person has to know."""

from collections.abc import Sequence
from typing import Any

from guides.markdown import Fault
from guides.models import Feedback, Guide, Revision


class PublishError(Exception):
    """The text has faults that stop publishing; all of them are in `faults`."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault.message) for fault in faults))
        self.faults = faults


class SlugTaken(Exception):
    """Another guide has, or once had, this slug."""


class StaleEdit(Exception):
    """Somebody saved the guide after this edit was begun; `theirs` is the guide as it is now."""

    def __init__(self, theirs: Guide) -> None:
        super().__init__(theirs.pk)
        self.theirs = theirs


class NotPublished(Exception):
    """Only a published revision can be verified."""


class ReviewRequired(Exception):
    """Nobody publishes alone here: the text has to be submitted and approved."""


class NothingToReview(Exception):
    """The text is what readers have already."""


class NotInReview(Exception):
    """The revision was decided, withdrawn or replaced meanwhile; `revision` is as it is now."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.pk)
        self.revision = revision


class OwnText(Exception):
    """Nobody approves what they wrote a part of."""


class OpenComments(Exception):
    """Some comments of the review are not settled; `count` tells how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class PersonalData(Exception):
    """Somebody's number or mail address stands in a reader's words; `kinds` tells which."""

    def __init__(self, kinds: list[str]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = kinds


class AnsweredAlready(Exception):
    """Somebody answered this feedback meanwhile; `feedback` is as it is now."""

    def __init__(self, feedback: Feedback) -> None:
        super().__init__(feedback.pk)
        self.feedback = feedback


class NoLaterVersion(Exception):
    """Only a version after the one that was read can be the change."""


class NotLive(Exception):
    """Readers have another version by now, or none; `guide` is as it is now."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide.pk)
        self.guide = guide


class UnfitWalk(Exception):
    """What a verifier handed in cannot be recorded; `faults` tell why, each with its place."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(message) for _field, _step, message in faults))
        self.faults = faults


class OwnSteps(Exception):
    """Nobody confirms a step they wrote; `steps` are the keys of those."""

    def __init__(self, steps: set[str]) -> None:
        super().__init__(steps)
        self.steps = steps


class TooMuchText(Exception):
    """More than an autosave keeps; `limit` is how many characters it takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class PageClosed(Exception):
    """The page was saved or its text thrown away; what is typed there now needs a page anew."""
