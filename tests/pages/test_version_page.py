"""/procedures/<slug>/v3/: one version, as it was, for ever."""

import datetime as dt

import pytest
from django.utils import timezone

from guides import publishing
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    """A guide with two versions; readers get the second."""
    guide = make.make_procedure("close-jiebei", summary="第一版的摘要。")
    publishing.save_draft(make.edited(guide, summary="第二版的摘要。"), None)
    publishing.publish(guide, None, note="摘要写得更清楚。")
    return make.edited(guide)


def version(client, number):
    return Page(client.get(f"/procedures/close-jiebei/v{number}/"))


def test_an_old_version_keeps_its_words_and_says_that_it_is_old(client, guide):
    page = version(client, 1)
    assert page.status == 200
    assert page.text(".lead") == "第一版的摘要。"
    assert "这是旧版本" in page.text(".passbar")
    assert page.links(".passbar a")[guide.get_absolute_url()] == "看现在的版本"


def test_the_current_version_says_that_it_is_current(client, guide):
    page = version(client, 2)
    assert page.text(".lead") == "第二版的摘要。"
    assert "这就是现在的版本" in page.text(".passbar")


def test_the_page_lists_all_versions_with_date_and_note_newest_first(client, guide):
    page = version(client, 1)
    assert list(page.links("#versions a")) == [
        "/procedures/close-jiebei/v2/",
        "/procedures/close-jiebei/v1/",
    ]
    today = timezone.localdate().isoformat()
    assert page.text("#versions").count(today) == 2
    assert "摘要写得更清楚。" in page.text("#versions")
    assert page.one("#versions [aria-current]").get_text() == "第1版"


def test_search_engines_are_sent_to_the_current_text(client, guide):
    page = version(client, 1)
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert page.one("link[rel=canonical]")["href"].endswith("/procedures/close-jiebei/")


def test_links_to_steps_of_a_version_stay_with_that_version(client, guide):
    links = version(client, 1).links("li.step .anchor")
    assert next(iter(links)) == f"/p/{guide.code}/v1/s/k001/"


def test_an_old_version_tells_its_own_verification_not_that_of_today(client, guide):
    day = timezone.localdate() - dt.timedelta(days=1)
    verifier = make.make_user("zhou", "add_verification")
    make.walked(guide, verifier, kind="device", checked_on=day)
    assert version(client, 1).text(".trust .vm") == "未核实"
    assert version(client, 2).text(".trust .vm") == f"真机走查 {day}"


def test_ticks_of_one_version_are_not_those_of_another(client, guide):
    kept = {version(client, n).one("[data-ticks]")["data-ticks"] for n in (1, 2)}
    assert kept == {f"{guide.code}:v1", f"{guide.code}:v2"}


@pytest.mark.parametrize("number", ["3", "0", "99999999999999999999999999"])
def test_a_version_that_never_was_is_not_found(client, guide, number):
    assert version(client, number).status == 404


def test_a_draft_has_no_version_page(client, guide):
    publishing.save_draft(make.edited(guide, summary="还没发布。"), None)
    assert version(client, 3).status == 404
    assert "还没发布" not in version(client, 2).text()


def test_versions_of_a_retired_guide_are_gone(client, guide):
    publishing.retire(guide, None)
    assert version(client, 1).status == 410


def test_an_old_slug_leads_to_the_same_version_under_the_new_one(client, guide):
    publishing.save_draft(make.edited(guide, slug="new-name"), None)
    response = client.get("/procedures/close-jiebei/v1/")
    assert (response.status_code, response["Location"]) == (301, "/procedures/new-name/v1/")
