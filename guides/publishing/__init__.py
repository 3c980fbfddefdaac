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
    verify,
)
from guides.publishing.refusals import (
    NothingToReview,
    NotInReview,
    NotPublished,
    OpenComments,
    OwnText,
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
    "NotInReview",
    "NotPublished",
    "NothingToReview",
    "OpenComments",
    "OwnText",
    "PublishError",
    "ReviewRequired",
    "SlugTaken",
    "StaleEdit",
    "approve",
    "comment",
    "discussed",
    "document_of",
    "index",
    "publish",
    "reinstate",
    "request_changes",
    "resolve",
    "restore",
    "retire",
    "save_draft",
    "search_texts",
    "submit",
    "verify",
    "withdraw",
    "writers_of",
]
