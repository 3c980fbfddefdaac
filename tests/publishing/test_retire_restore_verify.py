"""Retiring, restoring an old version, recording a verification."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guides import publishing, search
from guides.models import Guide
from tests.factories import edited, make_claim, make_procedure, make_tag, make_user

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_a_retired_guide_leaves_lists_and_search_but_keeps_its_versions():
    guide, successor = make_procedure(title="熊猫旧办法"), make_procedure(title="新办法")
    publishing.retire(guide, None, successor=successor)
    assert not Guide.objects.visible_to(NOBODY).filter(pk=guide.pk).exists()
    assert (
        Guide.objects.visible_to(NOBODY, retired=True).get(pk=guide.pk).successor_id == successor.pk
    )
    assert search.match("熊猫", Guide.objects.values("pk"), concepts=[]).hits == []
    assert guide.revisions.published().count() == 1


def test_retiring_needs_its_own_permission():
    with pytest.raises(PermissionDenied):
        publishing.retire(make_procedure(), make_user("lin", "publish_guide"))


def test_restoring_brings_back_the_text_as_a_draft_and_leaves_classification_alone():
    claim, tag = make_claim("direct", S1="可以"), make_tag("fraud")
    guide = make_procedure(title="第一版", claims=[claim])
    first = guide.live
    publishing.save_draft(
        edited(guide, title="第二版"), None, relations={"claims": [], "tags": [tag]}
    )
    publishing.publish(guide, None)
    draft = publishing.restore(first, None)
    row = Guide.objects.get(pk=guide.pk)
    assert draft.state == "draft"
    assert (row.title, list(row.claims.all()), list(row.tags.all())) == ("第一版", [claim], [tag])
    assert row.live.content["title"] == "第二版"


def test_only_a_published_revision_can_be_verified_and_only_with_the_permission():
    verifier = make_user("zhou", "add_verification")
    today = timezone.localdate()
    draft = make_procedure(live=False).revisions.get()
    with pytest.raises(publishing.NotPublished):
        publishing.verify(draft, verifier, checked_on=today, kind="device")
    with pytest.raises(PermissionDenied):
        publishing.verify(make_procedure().live, make_user("lin"), checked_on=today, kind="device")


@pytest.mark.parametrize(
    ("kind", "days_ago", "state"),
    [("device", 0, "device"), ("sources", 90, "sources"), ("device", 91, "due")],
)
def test_the_state_readers_see_follows_from_the_newest_record(kind, days_ago, state):
    guide, verifier = make_procedure(review_interval_days=90), make_user("zhou", "add_verification")
    assert _state(guide) == "unverified"
    checked_on = timezone.localdate() - dt.timedelta(days=days_ago)
    older = checked_on - dt.timedelta(days=1)
    publishing.verify(guide.live, verifier, checked_on=checked_on, kind=kind)
    publishing.verify(guide.live, verifier, checked_on=older, kind="sources")
    assert _state(guide) == state


def test_a_new_version_is_unverified_whatever_the_old_one_was():
    guide, verifier = make_procedure(), make_user("zhou", "add_verification")
    publishing.verify(guide.live, verifier, checked_on=timezone.localdate(), kind="device")
    publishing.save_draft(edited(guide, title="新写法"), None)
    publishing.publish(guide, None)
    assert _state(guide) == "unverified"


def _state(guide: Guide) -> str:
    return Guide.objects.with_verification().get(pk=guide.pk).verification.state
