"""Two people in one guide, and one person who presses twice."""

import pytest
from django.db import models

from guides.admin.editor import change_url
from guides.models import Guide, Procedure, Revision
from tests.admin.pages import add_url, errors, fields, opened, soup
from tests.admin.people import EDITOR, REVIEWER, client_of
from tests.factories import make_procedure, make_product, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def collision():
    """Two editors open the same guide; the reviewer among them saves first."""
    guide, first, second = make_procedure(), client_of(EDITOR, REVIEWER), client_of(EDITOR)
    theirs, mine = opened(first, guide), opened(second, guide)
    theirs["body"] = theirs["body"][0].replace("读完弹窗", "先读完弹窗")
    first.post(change_url(guide), theirs | {"title": "她的标题", "_save": "1"})
    mine["body"] = mine["body"][0].replace("可以再查一次", "最好再查两次")
    return guide, second, mine | {"title": "我的标题", "products": [make_product().pk]}


def save(client, guide, fields, button="_save", **more):
    """Answers to questions stand above the form, and are sent first."""
    answers = {name: more.pop(name) for name in list(more) if name.startswith("choice-")}
    return client.post(change_url(guide), answers | fields | more | {button: "1"})


def form(response):
    return fields(soup(response).select_one("form[data-editing]"))


def stored(guide):
    return Procedure.objects.get(pk=guide.pk)


def test_the_later_save_is_told_who_saved_what_and_keeps_all_that_was_typed(collision):
    guide, client, mine = collision
    response = save(client, guide, mine)
    page, told = soup(response), errors(response)
    assert response.status_code == 200
    assert "编辑和复核在" in told
    assert "确认关闭" in page.select_one(".conflict q").text
    (dispute,) = page.select(".dispute")
    mine_and_theirs = [words.text for words in dispute.select(".words")]
    assert mine_and_theirs == ["我的标题", "她的标题"]
    assert [mark.text for mark in dispute.select("mark")] == ["我", "她"]
    assert "最好再查两次" in page.select_one("textarea[name=body]").text
    assert page.select_one("[name=title]")["value"] == "我的标题"
    assert page.select("[name=products][checked]")
    assert stored(guide).title == "她的标题"


@pytest.mark.parametrize(("choice", "title"), [("mine", "我的标题"), ("theirs", "她的标题")])
def test_what_both_changed_is_chosen_and_the_rest_of_both_is_there(collision, choice, title):
    guide, client, mine = collision
    asked = form(save(client, guide, mine))
    answer = save(client, guide, asked, "_merge", **{"choice-title": choice})
    assert "还没有保存" in errors(answer)
    assert stored(guide).title == "她的标题"
    merged = form(answer)
    assert save(client, guide, merged).status_code == 302
    row = stored(guide)
    assert row.title == title
    assert "先读完弹窗" in row.body
    assert "最好再查两次" in row.body
    assert row.products.count() == 1


def test_a_merged_text_shows_what_was_typed_before_it(collision):
    guide, client, mine = collision
    asked = form(save(client, guide, mine))
    answer = save(client, guide, asked, "_merge", **{"choice-title": "theirs"})
    before = soup(answer).select_one(".conflict textarea[readonly]").text
    assert before.strip() == mine["body"].strip()


def test_without_an_answer_nothing_is_merged_and_nothing_saved(collision):
    guide, client, mine = collision
    asked = form(save(client, guide, mine))
    page = soup(save(client, guide, asked, "_merge"))
    assert page.select(".dispute")
    assert page.select_one("[name=title]")["value"] == "我的标题"
    assert stored(guide).title == "她的标题"


def test_answers_about_one_text_are_not_used_for_the_next(collision):
    guide, client, mine = collision
    asked = form(save(client, guide, mine))
    third = client_of(EDITOR, "third")
    save(third, guide, opened(third, guide), title="第三个标题")
    page = soup(save(client, guide, asked, "_merge", **{"choice-title": "mine"}))
    assert "第三个" in page.select_one(".dispute").text
    assert not page.select(".dispute [checked]")
    assert "第三" in stored(guide).title


def test_changes_in_different_places_are_merged_without_a_question():
    guide, first, second = make_procedure(), client_of(EDITOR, REVIEWER), client_of(EDITOR)
    product, other = make_product(), make_product("huabei")
    theirs, mine = opened(first, guide), opened(second, guide)
    save(first, guide, theirs, summary="她的摘要。", products=[product.pk], minutes="12")
    answer = save(second, guide, mine, title="我的标题", products=[other.pk], at_hand="手机")
    assert not soup(answer).select(".dispute")
    assert "还没有保存" in errors(answer)
    assert save(second, guide, form(answer)).status_code == 302
    row = stored(guide)
    assert (row.title, row.summary, row.at_hand, row.minutes) == (
        *("我的标题", "她的摘要。", "手机"),
        12,
    )
    assert set(row.products.all()) == {product, other}


def test_taking_a_product_away_counts_even_where_no_revision_knows_of_it():
    """Classification is in force at once and leaves no revision behind."""
    guide, first, second = make_procedure(), client_of(EDITOR, REVIEWER), client_of(EDITOR)
    save(first, guide, opened(first, guide), products=[make_product().pk], is_emergency="on")
    mine = opened(second, guide)
    save(first, guide, opened(first, guide), summary="她的摘要。")
    for name in ("products", "is_emergency"):
        mine.pop(name)
    answer = save(second, guide, mine)
    assert not soup(answer).select(".dispute")
    save(second, guide, form(answer))
    row = stored(guide)
    assert (row.products.count(), row.is_emergency, row.summary) == (0, False, "她的摘要。")


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_step_that_both_reworded_is_shown_on_both_sides(choice):
    guide, first, second = make_procedure(), client_of(EDITOR, REVIEWER), client_of(EDITOR)
    theirs, mine = opened(first, guide), opened(second, guide)
    before = theirs["body"][0]
    save(first, guide, theirs, body=before.replace("按提示操作", "照着做"))
    answer = save(second, guide, mine, body=before.replace("按提示操作", "一步步来"))
    (dispute,) = soup(answer).select(".dispute")
    assert "打开管理页" in dispute.legend.text
    assert [mark.text for mark in dispute.select("mark")] == ["一步步来", "照着做"]
    name = dispute.select_one("input[type=radio]")["name"]
    merged = form(save(second, guide, form(answer), "_merge", **{name: choice}))
    written = merged["body"][0]
    assert ("一步步来" in written) == (choice != "theirs")
    assert ("照着做" in written) == (choice != "mine")
    assert "读完弹窗" in written


def test_a_third_save_after_merging_is_merged_as_well(collision):
    guide, client, mine = collision
    asked = form(save(client, guide, mine))
    merged = form(save(client, guide, asked, "_merge", **{"choice-title": "mine"}))
    third = client_of(EDITOR, "third")
    save(third, guide, opened(third, guide), summary="第三个人的摘要。")
    again = save(client, guide, merged)
    assert not soup(again).select(".dispute")
    save(client, guide, form(again))
    assert (stored(guide).title, stored(guide).summary) == ("我的标题", "第三个人的摘要。")


def test_a_revision_from_before_editions_were_noted_makes_questions_of_differences(collision):
    guide, client, mine = collision
    Revision.objects.filter(guide=guide, state="draft").update(edition=None)
    models.QuerySet(Revision).filter(guide=guide).update(edition=None)
    page = soup(save(client, guide, mine))
    names = {tag["name"] for tag in page.select(".dispute input[value=mine]")}
    assert "choice-title" in names
    assert len(names) == 3


@pytest.mark.parametrize("begun", ["", "{", "[]", '{"products": 3, "task": {}}', "null"])
def test_a_form_that_forgot_how_it_began_loses_nothing(collision, begun):
    guide, client, mine = collision
    page = soup(save(client, guide, mine, begun=begun))
    assert page.select(".dispute")
    assert page.select("[name=products][checked]")


def test_the_same_form_sent_twice_saves_once_and_keeps_the_keys_of_steps():
    guide, editor = make_procedure(), client_of(EDITOR)
    typed = opened(editor, guide) | {"body": "## 操作步骤\n\n### 新的\n\n做。[^S1]\n", "_save": "1"}
    assert editor.post(change_url(guide), typed).status_code == 302
    kept = Guide.objects.get(pk=guide.pk).body
    assert editor.post(change_url(guide), typed).status_code == 302
    assert Guide.objects.get(pk=guide.pk).body == kept
    assert guide.revisions.count() == 2


def test_publishing_twice_makes_one_version(settings):
    settings.REVIEW_REQUIRED = False
    guide, both = make_procedure(), client_of(EDITOR, REVIEWER)
    typed = opened(both, guide) | {"title": "新标题", "_publish": "1"}
    assert both.post(change_url(guide), typed).status_code == 302
    assert both.post(change_url(guide), typed).status_code == 302
    assert guide.revisions.published().count() == 2


def test_a_new_guide_sent_twice_is_there_once():
    make_source("S1")
    editor = client_of(EDITOR)
    typed = opened(editor) | {"title": "新的", "slug": "new", "summary": "摘要。", "_save": "1"}
    assert editor.post(add_url(), typed).status_code == 302
    response = editor.post(add_url(), typed)
    assert response.status_code == 200
    assert errors(response)
    assert Procedure.objects.filter(slug="new").count() == 1


def test_a_form_without_its_edition_is_refused():
    guide, editor = make_procedure(), client_of(EDITOR)
    typed = opened(editor, guide) | {"title": "不知道基于哪一稿", "seen_edition": "", "_save": "1"}
    response = editor.post(change_url(guide), typed)
    assert "这份表单不完整" in errors(response)
    assert Guide.objects.get(pk=guide.pk).title == guide.title
