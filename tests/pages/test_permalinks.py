"""/p/<code>/…: short addresses that survive renaming and rewording."""

import pytest

from guides import publishing
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

ONE_STEP = "## 操作步骤\n\n### 打开管理页 {#k001}\n\n打开。[^S1]\n"


@pytest.fixture
def guide():
    return make.make_procedure("close-jiebei", code="abcde")


def goes_to(client, address):
    response = client.get(address)
    assert response.status_code == 302, response.status_code
    return response["Location"]


def test_the_short_address_leads_to_the_guide(client, guide):
    assert goes_to(client, "/p/abcde/") == "/procedures/close-jiebei/"


def test_the_short_address_survives_renaming(client, guide):
    publishing.save_draft(make.edited(guide, slug="new-name"), None)
    assert goes_to(client, "/p/abcde/") == "/procedures/new-name/"


def test_a_version_has_a_short_address(client, guide):
    assert goes_to(client, "/p/abcde/v1/") == "/procedures/close-jiebei/v1/"


def test_a_step_has_a_short_address(client, guide):
    assert goes_to(client, "/p/abcde/s/k002/") == "/procedures/close-jiebei/#s-k002"


def test_a_step_of_a_version_has_a_short_address(client, guide):
    assert goes_to(client, "/p/abcde/v1/s/k002/") == "/procedures/close-jiebei/v1/#s-k002"


def test_a_step_keeps_its_address_when_it_is_reworded_and_moved(client, guide):
    body = (
        "## 操作步骤\n\n### 读完再点确认 {#k002}\n\n点。[^S1]\n\n### 打开 {#k001}\n\n打开。[^S1]\n"
    )
    publishing.save_draft(make.edited(guide, body=body), None)
    publishing.publish(guide, None)
    location = goes_to(client, "/p/abcde/s/k002/")
    step = Page(client.get(location.partition("#")[0])).one("#s-k002")
    assert "读完再点确认" in step.get_text()


def test_a_step_that_is_gone_is_shown_as_it_last_was(client, guide):
    publishing.save_draft(make.edited(guide, body=ONE_STEP), None)
    publishing.publish(guide, None)
    page = Page(client.get("/p/abcde/s/k002/"))
    assert page.status == 410
    assert "确认关闭" in page.text(".step")
    assert "读完弹窗再点" in page.text(".step")
    assert "第1版" in page.text(".lead")
    assert "/procedures/close-jiebei/v1/#s-k002" in page.links()
    assert "/procedures/close-jiebei/" in page.links("main a")


def test_a_step_that_is_gone_still_has_its_address_in_the_old_version(client, guide):
    publishing.save_draft(make.edited(guide, body=ONE_STEP), None)
    publishing.publish(guide, None)
    assert goes_to(client, "/p/abcde/v1/s/k002/") == "/procedures/close-jiebei/v1/#s-k002"
    assert client.get("/p/abcde/v2/s/k002/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/p/zzzzz/",
        "/p/zzzzz/v1/",
        "/p/zzzzz/s/k001/",
        "/p/abcde/v9/",
        "/p/abcde/v99999999999999999999/",
        "/p/abcde/s/none/",
        "/p/abcde/v9/s/k001/",
        "/p/abcde/s/K001/",
        "/p/ab/",
    ],
)
def test_an_address_that_nobody_ever_gave_is_not_found(client, guide, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("rest", ["", "v1/", "s/k001/", "v1/s/k001/"])
def test_what_a_reader_may_not_see_is_not_found_by_its_short_address(client, rest):
    make.make_procedure(code="qwert", visibility="signed-in")
    assert client.get(f"/p/qwert/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", "v1/", "s/k001/", "v1/s/k001/"])
def test_the_short_addresses_of_a_retired_guide_name_its_successor(client, guide, rest):
    successor = make.make_procedure("new-way", title="新办法")
    publishing.retire(guide, None, successor=successor)
    page = Page(client.get(f"/p/abcde/{rest}"))
    assert page.status == 410
    assert page.links("main a.t") == {"/procedures/new-way/": "新办法"}


@pytest.mark.parametrize("rest", ["", "v1/", "s/k001/", "v1/s/k001/"])
def test_the_short_addresses_of_a_draft_are_not_found(client, rest):
    make.make_procedure(code="drftx", live=False)
    assert client.get(f"/p/drftx/{rest}").status_code == 404
