"""What the portal keeps: guides, revisions, taxonomy, evidence, and what readers say."""

from guides.models.autosave import Autosave
from guides.models.evidence import (
    Claim,
    Position,
    RecordStands,
    Source,
    StepCheck,
    Verification,
)
from guides.models.feedback import Feedback
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
    "Autosave",
    "CaseStudy",
    "Claim",
    "Feedback",
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
    "RecordStands",
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
    "StepCheck",
    "Tag",
    "Task",
    "Verification",
    "VerificationState",
    "Wish",
]
