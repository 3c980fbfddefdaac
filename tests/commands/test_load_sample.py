"""`manage.py load_sample`: once, and never over anybody's work."""

import io

import pytest
from django.core.management import call_command

from guides import publishing
from guides.models import Guide
from tests.factories import edited

pytestmark = pytest.mark.django_db


def _load() -> str:
    out = io.StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue()


def test_the_sample_fills_an_empty_portal_and_everything_is_published():
    assert "26" in _load()
    assert Guide.objects.filter(live__isnull=False).count() == 26


def test_a_second_load_leaves_what_was_edited():
    _load()
    row = Guide.objects.get(slug="close-jiebei").procedure
    publishing.save_draft(edited(row, title="编辑改过的标题"), None)
    assert "不再导入" in _load()
    assert Guide.objects.get(slug="close-jiebei").title == "编辑改过的标题"
