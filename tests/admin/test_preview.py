"""The live preview, and the whole page of a draft."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from tests.admin.pages import soup
from tests.admin.people import EDITOR, client_of
from tests.factories import STEPS, edited, make_procedure, make_risk, make_source

pytestmark = pytest.mark.django_db


def asked(body: str, **fields):
    data = {"content": body, "kind": "procedure", "language": "zh-hans"} | fields
    return client_of(EDITOR).post(reverse("admin:markdown_preview"), data)


def test_the_answer_holds_the_drawn_text_and_what_is_wrong_with_it():
    make_source("S1")
    answer = asked("## 操作步骤\n\n### 打开 {#k001}\n\n看。\n").json()
    assert '<li class="step">' in answer["html"]
    assert 'data-line="3"' in answer["faults"]
    assert answer["errors"] == 1


def test_a_step_just_typed_is_not_blamed_for_the_key_that_saving_gives_it():
    make_source("S1")
    answer = asked("## 操作步骤\n\n### 打开\n\n看。[^S1]\n").json()
    assert answer["errors"] == 0


@pytest.mark.parametrize("begun", ["### 再看一眼", "### ", "###", "### 甲\n\n### 乙"])
def test_a_step_of_which_only_the_title_is_typed_yet_is_drawn(begun):
    answer = asked(f"## 操作步骤\n\n### 打开\n\n看。[^S1]\n\n{begun}")
    assert answer.status_code == 200


def test_links_show_the_titles_of_drafts_to_editors():
    make_procedure("draft-only", title="还没发布的", live=False)
    assert "还没发布的" in asked("见[[draft-only]]。", kind="case").json()["html"]


def test_script_in_a_text_is_shown_and_never_run():
    html = asked("<script>alert(1)</script>\n\n[x](javascript:alert(1))\n").json()["html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("body", "fields", "status", "told"),
    [
        ("字" * 200_001, {}, 413, "超过上限200000"),
        ("x", {"kind": "procedures"}, 400, "不完整"),
        ("x", {"language": "tlh"}, 400, "不完整"),
        ("x", {"kind": ""}, 400, "不完整"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_words(body, fields, status, told):
    response = asked(body, **fields)
    assert response.status_code == status
    assert told in response.json()["message"]


@pytest.mark.parametrize(
    "body", ["", "\0\1\2", "\ufffd\u202e", "::: 停", "[" * 3000, "> " * 500 + "x", "*" * 5000]
)
def test_broken_text_is_drawn_without_breaking(body):
    assert asked(body).status_code == 200


def test_a_body_beyond_all_measure_is_refused_before_it_is_read():
    assert asked("x" * 5_000_000).status_code == 400


def test_a_draft_is_previewed_as_readers_will_see_it(client):
    guide = make_procedure()
    publishing.save_draft(
        edited(guide, title="新标题", body=STEPS.format(lead="新的开头。[^S1]")), None
    )
    editor = client_of(EDITOR)
    page = soup(editor.get(reverse("guide_preview", args=[guide.code])))
    assert page.select_one("h1").text == "新标题"
    assert "新的开头" in page.text
    assert page.select(".passbar a")[-1]["href"] == change_url(guide)
    assert "新的开头" not in client.get(guide.get_absolute_url()).content.decode()


@pytest.mark.parametrize("make", [make_procedure, make_risk])
def test_what_was_never_published_can_be_previewed_too(make):
    guide = make(live=False)
    response = client_of(EDITOR).get(reverse("guide_preview", args=[guide.code]))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_the_title_the_summary_and_the_version_readers_have_are_checked_along():
    guide = make_procedure(body=STEPS.format(lead="先结清。[^S1]"))
    shorter = guide.body.replace("支付宝 > 我的 > 借呗", "支付宝 > 借呗")
    fields = {"title": "打13812345678", "summary": "短。", "guide": guide.code}
    answer = asked(shorter, **fields).json()
    panel = BeautifulSoup(answer["faults"], "html.parser")
    assert answer["errors"] == 1
    assert {link["href"] for link in panel.select("a[data-field]")} == {"#id_title", "#id_summary"}
    assert "支付宝 > 我的 > 借呗" in panel.text


def test_without_a_known_guide_there_is_nothing_to_compare_with():
    answer = asked("## 操作步骤\n", guide="\0no such guide at all").json()
    assert answer["errors"] == 1


def test_nothing_is_asked_of_a_title_that_is_not_typed_yet():
    make_source("S1")
    assert asked(STEPS.format(lead="先结清。[^S1]")).json()["faults"].count("data-field") == 0
