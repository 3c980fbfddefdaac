"""Saving: nothing typed is lost, nobody is overwritten, old addresses stay."""

import re

import pytest

from guides import publishing
from guides.models import Guide, Procedure, SlugHistory
from tests.factories import edited, make_procedure, make_product, make_risk, make_user

pytestmark = pytest.mark.django_db


def test_saving_records_the_text_and_its_author_as_a_draft():
    writer = make_user("lin")
    guide = make_procedure(live=False)
    revision = publishing.save_draft(edited(guide, summary="换了摘要。"), writer)
    assert (revision.state, revision.number, revision.author) == ("draft", None, writer)
    assert "换了摘要。" in revision.document


def test_saving_an_unchanged_text_records_nothing_new():
    guide = make_procedure(live=False)
    before = guide.revisions.count()
    publishing.save_draft(edited(guide), None)
    assert guide.revisions.count() == before


def test_new_steps_get_keys_that_stay_through_later_edits():
    guide = make_procedure(live=False, body="## 操作步骤\n\n### 打开\n\n看。[^S1]\n")
    key = re.search(r"\{#([a-z][a-z0-9]{3,7})\}", guide.body).group(1)
    body = guide.body.replace("打开", "先打开管理页") + "\n### 再一步\n\n做。[^S1]\n"
    publishing.save_draft(edited(guide, body=body), None)
    guide.refresh_from_db()
    assert f"### 先打开管理页 {{#{key}}}" in guide.body
    assert len(re.findall(r"\{#", guide.body)) == 2


def test_an_edit_begun_before_somebody_elses_save_is_refused_and_changes_nothing():
    guide = make_procedure(live=False)
    publishing.save_draft(edited(guide, title="她的标题"), None, edition=guide.edition)
    with pytest.raises(publishing.StaleEdit) as raised:
        publishing.save_draft(edited(guide, title="他的标题"), None, edition=guide.edition)
    assert raised.value.theirs.title == "她的标题"
    assert Guide.objects.get(pk=guide.pk).title == "她的标题"


def test_classification_takes_effect_without_publishing():
    guide, product = make_procedure(), make_product("huabei")
    publishing.save_draft(edited(guide), None, relations={"products": [product]})
    guide.refresh_from_db()
    assert list(guide.products.all()) == [product]
    assert guide.revisions.count() == 1


def test_the_old_slug_of_a_published_guide_is_kept():
    guide = make_procedure("old-name")
    publishing.save_draft(edited(guide, slug="new-name"), None)
    assert SlugHistory.objects.get(slug="old-name").guide_id == guide.pk


def test_the_old_slug_of_a_guide_nobody_has_read_is_not_kept():
    guide = make_procedure("old-name", live=False)
    publishing.save_draft(edited(guide, slug="new-name"), None)
    assert not SlugHistory.objects.exists()


def test_a_guide_may_take_its_own_old_slug_back():
    guide = make_procedure("first")
    publishing.save_draft(edited(guide, slug="second"), None)
    publishing.save_draft(edited(guide, slug="first"), None)
    assert list(SlugHistory.objects.values_list("slug", flat=True)) == ["second"]


def test_a_slug_that_another_guide_has_or_had_is_taken():
    make_risk("taken")
    moved = make_procedure("was-taken")
    publishing.save_draft(edited(moved, slug="moved-on"), None)
    other = make_procedure("free")
    for slug in ("taken", "was-taken"):
        with pytest.raises(publishing.SlugTaken):
            publishing.save_draft(edited(other, slug=slug), None)
    with pytest.raises(publishing.SlugTaken):
        publishing.save_draft(Procedure(slug="was-taken", title="新", summary="新"), None)
    assert Guide.objects.get(pk=other.pk).slug == "free"
