"""forget_feedback deletes what is older than FEEDBACK_DAYS, answered or not, and nothing else."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from guides import publishing
from guides.models import Feedback
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_old_feedback_goes_and_young_stays(settings):
    settings.FEEDBACK_DAYS = 100
    guide, editor = make.make_procedure(), make.make_user("lin", "change_feedback")
    rows = [
        publishing.tell(guide.live, "stuck", reason="other", text=str(age))
        for age in (101, 400, 100)
    ]
    publishing.answer_with_reason(rows[0], editor, "不改。")
    for row in rows:
        day = timezone.localdate() - dt.timedelta(days=int(row.text))
        Feedback.objects.filter(pk=row.pk).update(day=day)
    out = StringIO()
    call_command("forget_feedback", stdout=out)
    assert "2" in out.getvalue()
    assert list(Feedback.objects.all()) == [rows[2]]
    call_command("forget_feedback", stdout=out)
    assert Feedback.objects.count() == 1
