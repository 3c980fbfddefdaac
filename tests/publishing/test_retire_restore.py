"""Retiring, and restoring an old version."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

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
