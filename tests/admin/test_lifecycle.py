"""Publishing and retiring what is stored, old versions brought back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from guides.models import Guide, Revision
from tests.admin.pages import errors, fields, soup
from tests.admin.people import EDITOR, REVIEWER, client_of
from tests.factories import edited, make_claim, make_procedure, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(settings):
    """A team of one: no second person has to approve."""
    settings.REVIEW_REQUIRED = False


def address(guide: Guide, verb: str) -> str:
    return reverse(f"admin:guides_procedure_{verb}", args=[guide.pk])


def read(client, guide: Guide) -> dict[str, object]:
    return fields(soup(client.get(address(guide, "publish"))).select_one("main form"))


def test_a_reviewer_reads_a_draft_and_publishes_it(client, alone):
    guide, reviewer = make_procedure(live=False), client_of(REVIEWER)
    page = soup(reviewer.get(change_url(guide)))
    assert page.select_one(".savebar a")["href"] == address(guide, "publish")
    assert page.select(".pv .step")
    typed = read(reviewer, guide) | {"note": "第一次发布"}
    assert reviewer.post(address(guide, "publish"), typed).status_code == 302
    live = Guide.objects.get(pk=guide.pk).live
    assert (live.number, live.note, live.reviewer.username) == (1, "第一次发布", REVIEWER)
    assert client.get(guide.get_absolute_url()).status_code == 200
    assert LogEntry.objects.filter(object_id=str(guide.pk)).count() == 1


def test_a_draft_that_changed_while_it_was_read_is_not_published(alone):
    guide, reviewer = make_procedure(live=False), client_of(REVIEWER)
    typed = read(reviewer, guide)
    publishing.save_draft(edited(guide, title="改了的标题"), None)
    response = reviewer.post(address(guide, "publish"), typed)
    assert "没有发布：您打开之后有人改过" in errors(response)
    assert not Revision.objects.published().exists()
    again = fields(soup(response).select_one("main form"))
    assert reviewer.post(address(guide, "publish"), again).status_code == 302


def test_faults_keep_a_stored_draft_from_being_published(alone):
    guide, reviewer = make_procedure(live=False), client_of(REVIEWER)
    publishing.save_draft(edited(guide, body="## 操作步骤\n\n### 打开\n\n看。\n"), None)
    response = reviewer.post(address(guide, "publish"), read(reviewer, guide))
    assert "没有发布：有1处要先改好" in errors(response)
    assert "第3行" in soup(response).select_one(".rules").text
    assert not Revision.objects.published().exists()


def test_a_form_without_its_edition_publishes_nothing(alone):
    guide, reviewer = make_procedure(live=False), client_of(REVIEWER)
    response = reviewer.post(address(guide, "publish"), {"significance": "minor"})
    assert response.status_code == 200
    assert not Revision.objects.published().exists()


def test_a_retired_guide_sends_readers_to_its_successor_and_can_come_back(client):
    guide, successor = make_procedure(), make_procedure()
    draft, reviewer = make_procedure(live=False), client_of(REVIEWER)
    page = soup(reviewer.get(address(guide, "retire")))
    offered = [option["value"] for option in page.select("select[name=successor] option")]
    assert offered == ["", str(successor.pk)]
    assert str(draft.pk) not in offered
    reviewer.post(address(guide, "retire"), {"successor": successor.pk})
    gone = client.get(guide.get_absolute_url())
    assert gone.status_code == 410
    assert successor.title in gone.content.decode()
    page = soup(reviewer.get(change_url(Guide.objects.get(pk=guide.pk))))
    assert page.select_one(f'a[href="{address(guide, "reinstate")}"]')
    assert "第1版" in soup(reviewer.get(address(guide, "reinstate"))).select_one("main").text
    assert reviewer.post(address(guide, "reinstate")).status_code == 302
    assert client.get(guide.get_absolute_url()).status_code == 200


def test_a_guide_cannot_be_replaced_by_itself():
    guide, reviewer = make_procedure(), client_of(REVIEWER)
    response = reviewer.post(address(guide, "retire"), {"successor": guide.pk})
    assert response.status_code == 200
    assert Guide.objects.get(pk=guide.pk).retired_at is None


@pytest.mark.parametrize("verb", ["publish", "retire", "reinstate", "review"])
def test_a_guide_that_is_not_there_answers_404(verb):
    reviewer = client_of(REVIEWER)
    assert reviewer.get(f"/admin/guides/procedure/999/{verb}/").status_code == 404
    assert reviewer.get(f"/admin/guides/procedure/abc/{verb}/").status_code in (302, 404)


def test_an_old_version_is_looked_at_and_comes_back_as_a_draft(client):
    guide, editor = make_procedure(title="旧标题"), client_of(EDITOR)
    old = guide.live
    publishing.save_draft(edited(guide, title="新标题"), None)
    publishing.publish(guide, None)
    page = soup(editor.get(reverse("admin:guides_revision_change", args=[old.pk])))
    assert "title: 旧标题" in page.select_one("pre.document").text
    form = page.select_one(".object-row form")
    response = editor.post(form["action"], fields(form), follow=True)
    assert "旧稿已恢复为草稿" in soup(response).select_one(".messagelist").text
    assert Guide.objects.get(pk=guide.pk).title == "旧标题"
    assert "新标题" in client.get(guide.get_absolute_url()).content.decode()


def test_restoring_wants_a_post():
    guide = make_procedure()
    where = reverse("admin:guides_revision_restore", args=[guide.live.pk])
    assert client_of(EDITOR).get(where).status_code == 405


def test_a_source_and_a_claim_tell_which_guides_they_concern(admin_client):
    claim = make_claim("direct", S1="可以", S2="不可以")
    guide = make_procedure(claims=[claim])
    source = make_source("S1")
    about_claim = soup(admin_client.get(reverse("admin:guides_claim_change", args=[claim.pk])))
    about_source = soup(admin_client.get(reverse("admin:guides_source_change", args=[source.pk])))
    for page in (about_claim, about_source):
        assert page.select_one(".plain-list a")["href"] == change_url(guide)
    assert claim.question in about_source.text
    assert len(about_claim.select(".inline-related.has_original")) == 2
