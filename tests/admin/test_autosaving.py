"""The editor page and its autosaves: offered after a crash, taken over or thrown away."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from guides.models import Autosave, Procedure
from tests.admin.pages import add_url, errors, fields, opened, soup
from tests.admin.people import EDITOR, REVIEWER, client_of
from tests.factories import edited, make_procedure, make_product

pytestmark = pytest.mark.django_db
KEEP = "/admin/markdown/autosave/"


@pytest.fixture
def guide():
    return make_procedure()


@pytest.fixture
def editor():
    return client_of(EDITOR)


def keep(client, typed, guide=None, **more):
    """What the script of the page sends."""
    about = {"_kind": "procedure", "_guide": guide.code if guide else "", "_typed": "1"}
    return client.post(KEEP, {**typed, **about, **more})


def offer(client, guide=None):
    page = soup(client.get(change_url(guide) if guide else add_url()))
    return page.select_one(".offer")


def taken(client, guide=None):
    address = change_url(guide) if guide else add_url()
    href = offer(client, guide).select_one("a.go")["href"]
    return address + href, fields(soup(client.get(address + href)).select_one("[data-editing]"))


def test_what_was_typed_is_offered_on_opening_the_editor_and_shows_how_it_differs(guide, editor):
    typed = opened(editor, guide)
    typed |= {"title": "没保存的标题", "body": typed["body"][0].replace("再点", "再轻轻点")}
    told = keep(editor, typed, guide).json()
    assert re.fullmatch(r"\d\d:\d\d 已暂存，还没有保存。", told["told"])
    found = offer(editor, guide)
    assert "没保存的文字" in found.text
    assert found.select_one("dd ins").text == "没保存的标题"
    assert found.select_one("dd del").text == guide.title
    assert "再轻轻点" in found.select_one(".compared ins").text
    assert Procedure.objects.get(pk=guide.pk).title == guide.title


def test_taking_over_goes_on_where_the_writing_stopped(guide, editor):
    product = make_product()
    typed = opened(editor, guide) | {"title": "没保存的标题", "products": [product.pk]}
    keep(editor, typed, guide)
    address, form = taken(editor, guide)
    assert form["title"] == ["没保存的标题"]
    assert form["products"] == [str(product.pk)]
    assert (form["page"], form["seen_edition"]) == (typed["page"], typed["seen_edition"])
    assert not soup(editor.get(address)).select(".offer, .errornote, .errorlist")
    assert editor.post(address, form | {"_save": "1"}).status_code == 302
    assert Procedure.objects.get(pk=guide.pk).title == "没保存的标题"
    assert offer(editor, guide) is None


def test_a_text_taken_over_after_a_colleague_saved_is_merged(guide, editor):
    keep(editor, opened(editor, guide) | {"title": "没保存的标题"}, guide)
    publishing.save_draft(edited(guide, summary="同事的摘要。"), None)
    address, form = taken(editor, guide)
    answer = editor.post(address, form | {"_save": "1"})
    assert "合在一起" in errors(answer)
    merged = fields(soup(answer).select_one("[data-editing]"))
    assert (merged["title"], merged["summary"]) == (["没保存的标题"], ["同事的摘要。"])


def test_throwing_away_leads_back_to_the_editor(guide, editor):
    keep(editor, opened(editor, guide) | {"title": "没保存的标题"}, guide)
    form = offer(editor, guide).form
    answer = editor.post(form["action"], fields(form), follow=True)
    assert answer.redirect_chain == [(change_url(guide), 302)]
    assert "已丢掉" in soup(answer).select_one(".messagelist").text
    assert offer(editor, guide) is None


def test_a_new_guide_that_was_never_saved_is_offered_on_the_page_for_new_ones(editor):
    typed = opened(editor) | {"title": "还没有的指南", "body": "开头。"}
    keep(editor, typed)
    assert "还没有的指南" in offer(editor).text
    address, form = taken(editor)
    form |= {"slug": "new", "summary": "摘要。", "_save": "1"}
    assert editor.post(address, form).status_code == 302
    assert Procedure.objects.get(slug="new").title == "还没有的指南"
    assert offer(editor) is None


def test_a_text_that_no_form_would_take_is_kept_all_the_same(guide, editor):
    typed = opened(editor, guide) | {"title": "", "summary": "长" * 300, "minutes": "很久"}
    keep(editor, typed, guide)
    assert "长长长" in offer(editor, guide).text
    _address, form = taken(editor, guide)
    assert (form["minutes"], form["summary"]) == (["很久"], ["长" * 300])


def test_what_equals_the_saved_text_is_not_offered(guide, editor):
    keep(editor, opened(editor, guide), guide)
    assert Autosave.objects.exists()
    assert offer(editor, guide) is None


def test_a_save_ends_the_autosave_and_a_late_one_does_not_bring_it_back(guide, editor):
    typed = opened(editor, guide) | {"title": "新标题"}
    keep(editor, typed, guide)
    editor.post(change_url(guide), typed | {"_save": "1"})
    assert keep(editor, typed | {"title": "迟到的"}, guide).status_code == 409
    assert offer(editor, guide) is None


def test_a_save_that_was_refused_keeps_the_autosave(guide, editor):
    typed = opened(editor, guide) | {"title": ""}
    keep(editor, typed, guide)
    assert editor.post(change_url(guide), typed | {"_save": "1"}).status_code == 200
    assert offer(editor, guide) is not None


def test_nobody_else_sees_or_takes_it(guide, editor):
    typed = opened(editor, guide) | {"title": "只给自己看的"}
    keep(editor, typed, guide)
    colleague = client_of(EDITOR, REVIEWER)
    page = colleague.get(f"{change_url(guide)}?autosave={typed['page'][0]}")
    assert "只给自己看的" not in page.content.decode()
    colleague.post(reverse("admin:autosave_discard"), {"page": typed["page"][0]})
    assert offer(editor, guide) is not None


@pytest.mark.parametrize("page", ["", "nonsense", "x" * 500, "\0"])
def test_an_autosave_that_is_not_there_opens_the_saved_text(guide, editor, page):
    answer = editor.get(change_url(guide), {"autosave": page})
    assert soup(answer).select_one("[name=title]")["value"] == guide.title


def test_a_form_with_mistakes_does_not_offer_itself(guide, editor):
    typed = opened(editor, guide) | {"title": ""}
    keep(editor, typed, guide)
    answer = editor.post(change_url(guide), typed | {"_save": "1"})
    assert not soup(answer).select(".offer")


@pytest.mark.parametrize(
    "wrong",
    [{"_kind": "nonsense"}, {"page": ""}, {"page": "x" * 40}, {"_guide": "nope2"}, {"_kind": ""}],
)
def test_a_request_that_makes_no_sense_is_refused_in_words(guide, editor, wrong):
    answer = keep(editor, opened(editor, guide), guide, **wrong)
    assert answer.status_code == 400
    assert "重新打开" in answer.json()["message"]
    assert not Autosave.objects.exists()


def test_a_text_that_is_too_long_is_refused_in_words(guide, editor):
    answer = keep(editor, opened(editor, guide) | {"body": "字" * 260_000}, guide)
    assert answer.status_code == 413
    assert "250000" in answer.json()["message"]


def test_who_is_signed_out_is_told_to_sign_in_elsewhere(guide):
    answer = keep(Client(), {"page": "p"}, guide)
    assert answer.status_code == 403
    assert "登录已过期" in answer.json()["message"]


def test_who_else_has_the_guide_open_is_told_on_loading_and_while_writing(guide, editor):
    colleague = client_of(EDITOR, REVIEWER)
    keep(editor, opened(editor, guide), guide)
    present = soup(colleague.get(change_url(guide))).select_one(".present").text
    assert re.fullmatch(r"编辑（\d\d:\d\d起）也开着这篇。", present)
    keep(colleague, opened(colleague, guide), guide)
    assert "编辑和复核" in keep(editor, opened(editor, guide), guide).json()["others"]
    assert soup(editor.get(add_url())).select_one(".present").text == ""


def test_looking_at_the_editor_writes_nothing(guide, editor):
    editor.get(change_url(guide))
    assert not Autosave.objects.exists()
