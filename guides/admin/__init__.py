"""The editors' admin. Importing a module registers what it is about."""

from guides.admin import evidence, feedback, guides, images, people, questions, revisions, taxonomy

__all__ = [
    "evidence",
    "feedback",
    "guides",
    "images",
    "people",
    "questions",
    "revisions",
    "taxonomy",
]
