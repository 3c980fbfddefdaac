"""Who links here: what an editor sees before renaming or retiring a guide."""

import pytest
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from tests.admin.pages import soup
from tests.admin.people import EDITOR, REVIEWER, client_of
from tests.factories import edited, make_case, make_procedure, make_risk

pytestmark = pytest.mark.django_db


def named(client, guide, verb="links") -> list[str]:
    address = reverse(f"admin:guides_procedure_{verb}", args=[guide.pk])
    return [link.text for link in soup(client.get(address)).select(".linking a")]


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", title="关闭借呗")


def test_every_text_that_names_the_guide_is_listed_drafts_and_retired_ones_too(guide):
    make_risk(title="甲", body="见[[close-jiebei]]。[^S1]\n")
    make_case(title="乙", body="见[[close-jiebei|这一篇]]。[^S1]\n", live=False)
    publishing.retire(make_risk(title="丙", body="见[[close-jiebei]]。[^S1]\n"), None)
    make_risk(title="不提", body="见[[close-jiebei-2]]。[^S1]\n", live=False)
    page = client_of(EDITOR).get(reverse("admin:guides_procedure_links", args=[guide.pk]))
    assert named(client_of(REVIEWER), guide) == ["丙", "乙", "甲"]
    assert "有3篇指南连到这里" in soup(page).text


def test_a_link_that_readers_still_have_counts_though_the_draft_has_lost_it(guide):
    other = make_risk(title="甲", body="见[[close-jiebei]]。[^S1]\n")
    publishing.save_draft(edited(other, body="不提了。[^S1]\n"), None)
    assert named(client_of(EDITOR), guide) == ["甲"]
    publishing.publish(other, None)
    assert named(client_of(REVIEWER), guide) == []


def test_links_by_a_former_name_count(guide):
    make_risk(title="甲", body="见[[close-jiebei]]。[^S1]\n")
    publishing.save_draft(edited(guide, slug="turn-off-jiebei"), None)
    assert named(client_of(EDITOR), guide) == ["甲"]


def test_retiring_shows_what_would_lead_nowhere(guide):
    make_risk(title="甲", body="见[[close-jiebei]]。[^S1]\n")
    reviewer = client_of(REVIEWER)
    assert named(reviewer, guide, "retire") == ["甲"]
    alone = make_procedure()
    assert named(reviewer, alone, "retire") == []


def test_the_editor_page_leads_there(guide):
    page = soup(client_of(EDITOR).get(change_url(guide)))
    address = reverse("admin:guides_procedure_links", args=[guide.pk])
    assert page.select_one(f'.ahead a[href="{address}"]')


def test_nobody_links_to_a_guide_by_its_own_text(guide):
    publishing.save_draft(edited(guide, body=guide.body + "\n[[close-jiebei]]\n"), None)
    assert named(client_of(EDITOR), guide) == []
