"""/cases/<slug>/: what happened to somebody, and what was learnt."""

import pytest

from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db


def test_the_facts_tell_where_it_happened_and_how_it_ended(client):
    case = make.make_case(setting="建筑施工", outcome="周转放慢")
    facts = Page(client.get(case.get_absolute_url())).text(".facts")
    assert "背景 建筑施工" in facts
    assert "结果 周转放慢" in facts


def test_a_case_from_fictional_sources_is_no_evidence_and_says_so(client):
    make.make_source("S1", fictional=True)
    facts = Page(client.get(make.make_case().get_absolute_url())).text(".facts")
    assert "来源自注为虚构" in facts
    assert "不作证据" in facts


def test_a_case_from_a_real_source_is_not_called_fictional(client):
    make.make_source("S1", fictional=False)
    page = Page(client.get(make.make_case().get_absolute_url()))
    assert "虚构" not in page.text(".facts")


def test_a_fact_that_nobody_gave_takes_no_room(client):
    page = Page(client.get(make.make_case(outcome="").get_absolute_url()))
    assert "结果" not in [tag.get_text() for tag in page.all(".facts dt")]


def test_the_page_says_its_kind(client):
    page = Page(client.get(make.make_case().get_absolute_url()))
    assert page.text(".trust .kind") == "案例"
    assert page.one(".nav [aria-current]").get_text() == "案例"


def test_a_case_costs_three_queries(client, django_assert_num_queries):
    case = make.make_case(tags=[make.make_tag()], related=[make.make_risk()])
    with django_assert_num_queries(3):
        assert client.get(case.get_absolute_url()).status_code == 200
