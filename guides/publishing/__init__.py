"""The verbs of publishing: the one way in which guides change what readers see.

`by` is the person who acts, or None for the operator's own commands.
"""

from guides.publishing.drafts import restore, save_draft
from guides.publishing.live import (
    document_of,
    index,
    publish,
    reinstate,
    retire,
    search_texts,
)
from guides.publishing.refusals import (
    NothingToReview,
    NotInReview,
    NotLive,
    NotPublished,
    OpenComments,
    OwnSteps,
    OwnText,
    PublishError,
    ReviewRequired,
    SlugTaken,
    StaleEdit,
    UnfitWalk,
)
from guides.publishing.review import (
    approve,
    comment,
    discussed,
    request_changes,
    resolve,
    submit,
    withdraw,
    writers_of,
)
from guides.publishing.verification import (
    LETTERS,
    Mark,
    Walk,
    derive,
    faults_of,
    own_steps,
    rederive,
    underived,
    verify,
)

__all__ = [
    "LETTERS",
    "Mark",
    "NotInReview",
    "NotLive",
    "NotPublished",
    "NothingToReview",
    "OpenComments",
    "OwnSteps",
    "OwnText",
    "PublishError",
    "ReviewRequired",
    "SlugTaken",
    "StaleEdit",
    "UnfitWalk",
    "Walk",
    "approve",
    "comment",
    "derive",
    "discussed",
    "document_of",
    "faults_of",
    "index",
    "own_steps",
    "publish",
    "rederive",
    "reinstate",
    "request_changes",
    "resolve",
    "restore",
    "retire",
    "save_draft",
    "search_texts",
    "submit",
    "underived",
    "verify",
    "withdraw",
    "writers_of",
]
