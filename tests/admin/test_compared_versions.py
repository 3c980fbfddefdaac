"""The page of a stored version says how it differs from what readers get."""

import pytest
from django.urls import reverse

from guides import publishing
from tests.admin.pages import soup
from tests.admin.people import EDITOR, client_of
from tests.factories import STEPS, edited, make_claim, make_procedure

pytestmark = pytest.mark.django_db

BODY = STEPS.format(lead="先结清。[^S1]")


@pytest.fixture
def guide():
    return make_procedure(body=BODY)


@pytest.fixture
def shown():
    editor = client_of(EDITOR)

    def opened(revision, query=""):
        where = reverse("admin:guides_revision_change", args=[revision.pk])
        response = editor.get(where + query)
        assert response.status_code == 200
        return soup(response)

    return opened


def drafted(guide, old, new, **fields):
    return publishing.save_draft(edited(guide, body=BODY.replace(old, new), **fields), None)


def heading(found):
    return found.select_one(".compared-head").get_text()


def test_a_draft_is_compared_with_what_readers_get(shown, guide):
    found = shown(drafted(guide, "读完弹窗再点", "读完弹窗再确认"))
    assert heading(found) == "第1版与草稿的差别"
    assert [tag.get_text() for tag in found.select(".hunk del")] == ["［删去：再点］"]
    assert "第2步　确认关闭" in found.select_one(".changes").get_text()


def test_an_old_version_is_compared_with_its_successor_in_the_order_of_time(shown, guide):
    drafted(guide, "读完弹窗再点", "读完弹窗再确认")
    publishing.publish(guide, None)
    first, second = guide.revisions.order_by("number")
    assert heading(shown(first)) == "第1版与第2版的差别"
    assert heading(shown(second)) == "第1版与第2版的差别"


def test_a_draft_left_behind_comes_before_what_was_published_later(shown, guide):
    left = drafted(guide, "读完弹窗再点", "先别点")
    drafted(guide, "读完弹窗再点", "读完弹窗再确认")
    publishing.publish(guide, None)
    assert heading(shown(left)) == "草稿与第2版的差别"


@pytest.mark.parametrize("live", [True, False])
def test_a_first_text_has_nothing_to_be_compared_with(shown, live):
    guide = make_procedure(live=live)
    assert shown(guide.revisions.get()).select(".differences") == []


def test_it_can_be_shown_side_by_side(shown, guide):
    found = shown(drafted(guide, "读完弹窗再点", "读完弹窗再确认"), "?view=side")
    assert found.select_one(".seg [aria-current]").get_text() == "左右对照"
    assert found.select(".hunk .ln.two")


def test_claims_of_a_draft_are_told_in_the_words_of_today(shown, guide):
    claim = make_claim("direct", S1="可以", S2="不可以")
    draft = publishing.save_draft(edited(guide), None, relations={"claims": [claim]})
    told = " ".join(tag.get_text() for tag in shown(draft).select(".hunk ins"))
    for words in (claim.question, claim.wording, "〔1〕可以", "〔2〕不可以"):
        assert words in told


def test_editors_read_the_title_of_every_guide_a_draft_links_to(shown, guide):
    make_procedure("not-yet", title="还没发布的那篇", live=False)
    draft = drafted(guide, "可以再查一次。", "再看[[not-yet]]。")
    assert "《还没发布的那篇》" in shown(draft).select_one(".hunk ins").get_text()


def test_a_text_with_faults_can_be_compared_all_the_same(shown, guide):
    draft = drafted(guide, "读完弹窗再点。", "[" * 20_000)
    assert shown(draft).select(".hunk ins")
