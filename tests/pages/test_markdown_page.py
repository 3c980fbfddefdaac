"""/procedures/<slug>.md: the guide's document, for people and programs that read Markdown."""

import pytest

from guides import publishing
from guides.markdown import from_document
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make.make_procedure("close-jiebei", title="关闭借呗")


def test_the_file_is_the_document_an_export_would_write_and_how_far_it_is_verified(client, guide):
    response = client.get("/procedures/close-jiebei.md")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    lines = response.content.decode().split("\n")
    assert lines.pop(1) == "# 核实：未核实"
    assert "\n".join(lines) == publishing.document_of(guide)
    assert from_document(response.content.decode()).title == "关闭借呗"


def test_readers_get_the_published_text_not_the_working_copy(client, guide):
    publishing.save_draft(make.edited(guide, title="还没发布的标题"), None)
    assert "还没发布的标题" not in client.get("/procedures/close-jiebei.md").content.decode()


def test_a_reader_who_has_the_file_already_is_told_so(client, guide):
    etag = client.get("/procedures/close-jiebei.md")["ETag"]
    again = client.get("/procedures/close-jiebei.md", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    publishing.save_draft(make.edited(guide, summary="改过了。"), None)
    publishing.publish(guide, None)
    changed = client.get("/procedures/close-jiebei.md", headers={"If-None-Match": etag})
    assert changed.status_code == 200


def test_the_file_opens_in_the_browser_under_its_own_name(client, guide):
    response = client.get("/procedures/close-jiebei.md")
    assert response["Content-Disposition"] == 'inline; filename="close-jiebei.md"'
    assert "/procedures/close-jiebei/" in response["Link"]


def test_each_kind_has_its_file(client):
    make.make_risk("late")
    make.make_case("site")
    assert client.get("/risks/late.md").status_code == 200
    assert client.get("/cases/site.md").status_code == 200


def test_an_old_slug_leads_to_the_file_of_the_new_one(client, guide):
    publishing.save_draft(make.edited(guide, slug="new-name"), None)
    response = client.get("/procedures/close-jiebei.md")
    assert (response.status_code, response["Location"]) == (301, "/procedures/new-name.md")


def test_a_retired_guide_has_no_file(client, guide):
    publishing.retire(guide, None)
    assert client.get("/procedures/close-jiebei.md").status_code == 410


def test_what_a_reader_may_not_see_has_no_file_for_them(client):
    make.make_procedure("secret", visibility="signed-in")
    assert client.get("/procedures/secret.md").status_code == 404
    client.force_login(make.make_user())
    assert client.get("/procedures/secret.md").status_code == 200
