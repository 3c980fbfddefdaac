"""/risks/<slug>/: what can go wrong, how to notice it, what to do."""

import pytest

from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

CHAIN = "## 怎么发生的\n\n1. 解绑了扣款卡。[^S1]\n2. 逾期。[^S1]\n{.chain}\n"


def test_the_facts_tell_how_bad_how_likely_and_whether_it_can_be_mended(client):
    risk = make.make_risk(
        impact="high", likelihood="medium", recoverable="还款日之前能", early_signs=["扣款失败"]
    )
    facts = Page(client.get(risk.get_absolute_url())).text(".facts")
    for words in ("后果 高", "发生的可能 中", "还能挽回吗 还款日之前能", "早期征兆 扣款失败"):
        assert words in facts


def test_early_signs_are_a_list_and_take_no_room_where_none_are_known(client):
    two = make.make_risk(early_signs=["扣款失败", "余额不足"])
    none = make.make_risk(early_signs=[])
    signs = Page(client.get(two.get_absolute_url())).all(".facts li")
    assert [sign.get_text() for sign in signs] == ["扣款失败", "余额不足"]
    assert "早期征兆" not in Page(client.get(none.get_absolute_url())).text(".facts")


def test_levels_are_said_to_be_the_editors_judgement(client):
    page = Page(client.get(make.make_risk().get_absolute_url()))
    assert "编辑判断，来源未给分级" in page.text(".facts")


def test_the_page_says_its_kind_and_has_no_steps_to_tick(client):
    page = Page(client.get(make.make_risk().get_absolute_url()))
    assert page.text(".trust .kind") == "风险提示"
    assert page.one(".nav [aria-current]").get_text() == "风险提示"
    assert not page.all("[data-progress], .step, .sign")


def test_how_it_happens_is_drawn_as_a_chain(client):
    page = Page(client.get(make.make_risk(body=CHAIN).get_absolute_url()))
    assert len(page.all("ol.chain > li")) == 2


def test_procedures_in_which_the_risk_lurks_are_named(client):
    risk = make.make_risk()
    make.make_procedure("unbind", title="解绑银行卡", related=[risk])
    page = Page(client.get(risk.get_absolute_url()))
    assert page.links("#related a") == {"/procedures/unbind/": "解绑银行卡"}


def test_a_risk_note_costs_three_queries(client, django_assert_num_queries):
    risk = make.make_risk(products=[make.make_product()], related=[make.make_procedure()])
    with django_assert_num_queries(3):
        assert client.get(risk.get_absolute_url()).status_code == 200


def test_a_draft_risk_note_is_not_a_page(client):
    assert client.get(make.make_risk(live=False).get_absolute_url()).status_code == 404
