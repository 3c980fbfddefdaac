"""The editors' admin. Importing a module registers what it is about."""

from guides.admin import evidence, guides, images, people, questions, revisions, taxonomy

__all__ = ["evidence", "guides", "images", "people", "questions", "revisions", "taxonomy"]
