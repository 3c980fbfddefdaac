"""Publishing: what readers get, who may, and what it can never do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guides import publishing, search
from guides.models import Guide, PublishedRevisionIsFrozen, Revision
from tests.factories import (
    edited,
    make_claim,
    make_procedure,
    make_risk,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_the_first_publishing_gives_version_1_and_makes_it_live():
    guide = make_procedure("close-jiebei", title="关闭借呗", live=False)
    revision = publishing.publish(guide, None)
    guide.refresh_from_db()
    assert (revision.number, revision.state) == (1, "published")
    assert guide.live == revision
    assert revision.content["title"] == "关闭借呗"


def test_readers_keep_the_old_text_until_the_new_one_is_published():
    guide = make_procedure("close-jiebei", title="关闭借呗")
    publishing.save_draft(edited(guide, title="关闭借呗的新写法"), None)
    guide.refresh_from_db()
    assert guide.live.content["title"] == "关闭借呗"
    publishing.publish(guide, None)
    guide.refresh_from_db()
    assert (guide.live.content["title"], guide.live.number) == ("关闭借呗的新写法", 2)


def test_publishing_twice_is_one_version():
    guide = make_procedure()
    again = publishing.publish(guide, None)
    assert again.number == 1
    assert guide.revisions.published().count() == 1


def test_publishing_needs_the_permission_and_records_who(settings):
    settings.REVIEW_REQUIRED = False
    guide = make_procedure(live=False)
    writer, publisher = make_user("writer", "change_guide"), make_user("boss", "publish_guide")
    with pytest.raises(PermissionDenied):
        publishing.publish(guide, writer)
    publishing.save_draft(edited(guide, title="另一个标题"), writer)
    revision = publishing.publish(guide, publisher, note="改了标题", significance="major")
    assert (revision.author, revision.reviewer) == (writer, publisher)
    assert (revision.note, revision.significance) == ("改了标题", "major")
    assert revision.published_at is not None


@pytest.mark.parametrize(
    "body",
    [
        "## 操作步骤\n\n### 打开 {#k001}\n\n看[[no-such-guide]]。[^S1]\n",
        "## 操作步骤\n\n### 打开 {#k001}\n\n来源不存在。[^S99]\n",
        "## 操作步骤\n\n### 打开 {#k001}\n\n一步。[^S1]\n\n### 又一步 {#k001}\n\n重复。[^S1]\n",
        "没有任何步骤。[^S1]\n",
    ],
    ids=["unknown guide", "unknown source", "doubled step key", "no steps"],
)
def test_a_text_with_faults_is_not_published_and_stays_a_draft(body):
    guide = make_procedure(live=False, body=body)
    with pytest.raises(publishing.PublishError) as raised:
        publishing.publish(guide, None)
    assert raised.value.faults
    guide.refresh_from_db()
    assert guide.live is None
    assert guide.body == body
    assert not guide.revisions.published().exists()


def test_a_published_revision_can_be_neither_changed_nor_deleted():
    revision = make_procedure().live
    revision.content = {"title": "改了"}
    with pytest.raises(PublishedRevisionIsFrozen):
        revision.save()
    revision.state = Revision.State.DRAFT
    with pytest.raises(PublishedRevisionIsFrozen):
        revision.save()
    with pytest.raises(PublishedRevisionIsFrozen):
        revision.delete()
    with pytest.raises(PublishedRevisionIsFrozen):
        Revision.objects.all().update(note="改了")
    with pytest.raises(PublishedRevisionIsFrozen):
        Revision.objects.all().delete()
    assert Revision.objects.get(pk=revision.pk).content["title"] != "改了"


def test_the_database_itself_refuses_a_number_given_twice():
    guide = make_procedure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(guide=guide, state="published", number=1, document="x")


def test_the_database_itself_refuses_a_published_revision_without_number():
    guide = make_procedure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(guide=guide, state="published", document="x")


def test_what_is_published_can_be_searched_at_once_and_a_draft_cannot():
    guide = make_procedure(title="熊猫银行卡解绑", live=False)
    assert _found("熊猫") == []
    publishing.publish(guide, None)
    assert _found("熊猫") == [guide.pk]
    publishing.save_draft(edited(guide, title="火星银行卡解绑"), None)
    assert _found("火星") == []


def _found(question: str) -> list[int]:
    keys = Guide.objects.values("pk")
    return [hit.key for hit in search.match(question, keys, concepts=[]).hits]


def test_sources_and_claims_are_frozen_with_the_version():
    source = make_source("S1", title="原来的标题", fictional=True)
    claim = make_claim("direct", S1="可以", S2="不可以")
    guide = make_procedure(claims=[claim])
    source.title = "后来的标题"
    source.save()
    claim.wording = "后来的写法"
    claim.save()
    content = Guide.objects.get(pk=guide.pk).live.content
    assert [each["title"] for each in content["sources"]] == ["原来的标题"]
    assert content["sources"][0]["steps"] == [1]
    assert content["claims"][0]["wording"] == "两种说法并列。"
    assert [each["label"] for each in content["claims"][0]["positions"]] == ["1", "2"]


def test_only_a_guide_all_of_whose_sources_are_fiction_is_marked_as_such():
    make_source("S2", fictional=False)
    fiction = make_risk(body="## 一\n\n只有虚构来源。[^S1]\n")
    mixed = make_risk(body="## 一\n\n两种来源。[^S1][^S2]\n")
    without = make_risk(body="## 一\n\n没有来源。[^own]\n")
    marks = [
        Guide.objects.get(pk=each.pk).live.content["fictional"]
        for each in (fiction, mixed, without)
    ]
    assert marks == [True, False, False]


def test_changing_a_claim_is_a_change_of_text_that_can_be_published():
    claim = make_claim("direct", S1="可以")
    guide = make_procedure()
    publishing.save_draft(edited(guide), None, relations={"claims": [claim]})
    assert publishing.publish(guide, None).number == 2


def test_publishing_brings_a_retired_guide_back():
    guide = make_procedure(title="回来的指南")
    publishing.retire(guide, None)
    publishing.publish(guide, None)
    guide.refresh_from_db()
    assert not guide.is_retired
    assert _found("回来的指南") == [guide.pk]
