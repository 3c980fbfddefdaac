"""Questions: what readers ask is counted, and what stays without an answer becomes work.

Who asks is not known here, and nowhere else: there are days and counts, no persons.
"""

from guides.questions.answering import (
    NothingToAdd,
    add_alias,
    add_phrase,
    draft,
    put_aside,
    take_up,
)
from guides.questions.counting import forget, record, record_opening, wish, wish_for_answer
from guides.questions.grouping import (
    GROUPED,
    Group,
    WishedCell,
    counted,
    groups,
    opened,
    unwritten,
    wished_cells,
)
from guides.questions.masking import kept, mask, plain
from guides.questions.rechecking import recheck

__all__ = [
    "GROUPED",
    "Group",
    "NothingToAdd",
    "WishedCell",
    "add_alias",
    "add_phrase",
    "counted",
    "draft",
    "forget",
    "groups",
    "kept",
    "mask",
    "opened",
    "plain",
    "put_aside",
    "recheck",
    "record",
    "record_opening",
    "take_up",
    "unwritten",
    "wish",
    "wish_for_answer",
    "wished_cells",
]
