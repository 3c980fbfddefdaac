"""What the question desk's templates need beyond Django's own tags."""

from django import template
from django.urls import reverse

from guides import questions
from guides.models import Guide
from guides.working_copy import KINDS

register = template.Library()


@register.filter
def unmasked(text: str) -> str:
    """The words of a question without what stands for its numbers: to search or to suggest."""
    return questions.plain(text)


@register.simple_tag
def editor_url(guide: Guide) -> str:
    name = KINDS[guide.kind]._meta.model_name
    return reverse(f"admin:guides_{name}_change", args=[guide.pk])
