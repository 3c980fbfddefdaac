"""Two people in one guide, and one person who presses twice."""

import pytest

from guides.admin.editor import change_url
from guides.models import Guide, Procedure
from tests.admin.pages import add_url, errors, opened, soup
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


def test_the_later_save_is_told_who_saved_what_and_keeps_all_that_was_typed(collision):
    guide, client, mine = collision
    response = client.post(change_url(guide), mine | {"_save": "1"})
    page, told = soup(response), errors(response)
    assert response.status_code == 200
    assert "编辑和复核在" in told
    assert [part.text for part in page.select(".conflict dd del")] == ["她的标题", "—"]
    assert "先读完弹窗" in page.select_one(".compared del").text
    assert "最好再查两次" in page.select_one("textarea[name=body]").text
    assert page.select_one("[name=title]")["value"] == "我的标题"
    assert page.select("[name=products][checked]")
    assert Guide.objects.get(pk=guide.pk).title == "她的标题"


def test_having_seen_theirs_one_may_save_on_top(collision):
    guide, client, mine = collision
    page = soup(client.post(change_url(guide), mine | {"_save": "1"}))
    button = page.select_one("button[name=overwrite]")
    assert client.post(change_url(guide), mine | {"overwrite": button["value"]}).status_code == 302
    assert Guide.objects.get(pk=guide.pk).title == "我的标题"


def test_saving_on_top_is_refused_when_a_third_save_came_in_between(collision):
    guide, client, mine = collision
    page = soup(client.post(change_url(guide), mine | {"_save": "1"}))
    seen = page.select_one("button[name=overwrite]")["value"]
    third = client_of(EDITOR, "third")
    third.post(change_url(guide), opened(third, guide) | {"title": "第三个标题", "_save": "1"})
    response = client.post(change_url(guide), mine | {"overwrite": seen})
    assert response.status_code == 200
    assert Guide.objects.get(pk=guide.pk).title == "第三个标题"


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
