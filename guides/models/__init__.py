"""What the portal keeps: guides and their revisions, the taxonomy, the evidence, the images."""

from guides.models.evidence import Claim, Position, Source, Verification
from guides.models.guide import (
    CaseStudy,
    Guide,
    GuideQuerySet,
    Procedure,
    RiskNote,
    SlugHistory,
    VerificationState,
)
from guides.models.image import Image
from guides.models.question import Question, QuestionDay, QuestionOpening, Wish
from guides.models.revision import PublishedRevisionIsFrozen, ReviewComment, Revision
from guides.models.taxonomy import Product, Tag, Task
from guides.search.tables import (
    SearchEntry,
    SearchHolding,
    SearchPhrase,
    SearchPosting,
    SearchWord,
    Situation,
)

__all__ = [
    "CaseStudy",
    "Claim",
    "Guide",
    "GuideQuerySet",
    "Image",
    "Position",
    "Procedure",
    "Product",
    "PublishedRevisionIsFrozen",
    "Question",
    "QuestionDay",
    "QuestionOpening",
    "ReviewComment",
    "Revision",
    "RiskNote",
    "SearchEntry",
    "SearchHolding",
    "SearchPhrase",
    "SearchPosting",
    "SearchWord",
    "Situation",
    "SlugHistory",
    "Source",
    "Tag",
    "Task",
    "Verification",
    "VerificationState",
    "Wish",
]
