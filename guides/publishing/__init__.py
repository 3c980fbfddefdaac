"""The verbs of publishing: the one way in which guides change what readers see.

`by` is the person who acts, or None for the operator's own commands.
"""

from guides.publishing.drafts import restore, save_draft
from guides.publishing.feedback import (
    answer_with_change,
    answer_with_reason,
    forget,
    promise,
    reopen,
    tell,
)
from guides.publishing.live import (
    document_of,
    index,
    publish,
    reinstate,
    retire,
    search_texts,
    verify,
)
from guides.publishing.refusals import (
    AnsweredAlready,
    NoLaterVersion,
    NothingToReview,
    NotInReview,
    NotPublished,
    OpenComments,
    OwnText,
    PersonalData,
    PublishError,
    ReviewRequired,
    SlugTaken,
    StaleEdit,
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

__all__ = [
    "AnsweredAlready",
    "NoLaterVersion",
    "NotInReview",
    "NotPublished",
    "NothingToReview",
    "OpenComments",
    "OwnText",
    "PersonalData",
    "PublishError",
    "ReviewRequired",
    "SlugTaken",
    "StaleEdit",
    "answer_with_change",
    "answer_with_reason",
    "approve",
    "comment",
    "discussed",
    "document_of",
    "forget",
    "index",
    "promise",
    "publish",
    "reinstate",
    "reopen",
    "request_changes",
    "resolve",
    "restore",
    "retire",
    "save_draft",
    "search_texts",
    "submit",
    "tell",
    "verify",
    "withdraw",
    "writers_of",
]
