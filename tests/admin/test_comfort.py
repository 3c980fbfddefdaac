"""What makes writing easier: a skeleton to begin with, an outline, keys, and a guest's eyes."""

import pytest
from django.urls import reverse

from guides.admin.editor import change_url
from guides.admin.skeletons import SKELETONS
from guides.admin.toolbar import groups, shortcuts
from guides.models import Guide
from tests.admin.pages import add_url, opened, soup
from tests.admin.people import EDITOR, client_of
from tests.admin.test_preview import asked
from tests.factories import STEPS, make_procedure, make_product, make_source

pytestmark = pytest.mark.django_db
ADMIN = {"procedure": "procedure", "risk": "risknote", "case": "casestudy"}
WRITTEN = {
    "title": "关闭借呗",
    "slug": "close-jiebei",
    "summary": "不想再用，要自己把它关掉：先结清借款，再走关闭入口，最后通过身份验证，留下记录。",
}


@pytest.mark.parametrize("kind", ADMIN)
def test_a_new_guide_begins_with_the_sections_of_its_kind_and_shows_them(kind):
    page = soup(client_of(EDITOR).get(add_url(ADMIN[kind])))
    assert page.select_one("#id_body").text.strip() == SKELETONS[kind].strip()
    titles = [line[3:] for line in SKELETONS[kind].splitlines() if line.startswith("## ")]
    assert [each.text for each in page.select("[data-preview] section > h2")] == titles
    assert [each.text for each in page.select(".outline li:not(.sub)")] == titles


@pytest.mark.parametrize("kind", ADMIN)
def test_a_skeleton_that_nobody_filled_is_never_submitted(kind):
    editor = client_of(EDITOR)
    typed = opened(editor, kind=ADMIN[kind]) | WRITTEN | {"products": [make_product().pk]}
    page = soup(editor.post(add_url(ADMIN[kind]), typed | {"_submit": "1"}))
    gaps = SKELETONS[kind].count("⟦")
    assert page.select_one("[data-faults]").text.count("还空着") == gaps
    assert page.select_one("#id_body").text.strip() == SKELETONS[kind].strip()
    assert not Guide.objects.exists()


def test_a_question_that_becomes_a_guide_keeps_what_was_filled_in():
    page = soup(client_of(EDITOR).get(add_url(), {"title": "怎么改手机号", "body": "已经写了。"}))
    assert page.select_one("#id_title")["value"] == "怎么改手机号"
    assert page.select_one("#id_body").text.strip() == "已经写了。"


def test_the_outline_numbers_the_steps_and_leads_to_their_lines():
    make_source("S1")
    guide = make_procedure(body=STEPS.format(lead="先结清。[^S1]"))
    page = soup(client_of(EDITOR).get(change_url(guide)))
    lines = guide.body.splitlines()
    entries = page.select(".outline a")
    assert len(entries) == sum(line.startswith(("## ", "### ")) for line in lines)
    for entry in entries:
        line = lines[int(entry["data-line"]) - 1]
        number = entry.select_one("b")
        title = entry.text.removeprefix(f"{number.text} ") if number else entry.text
        assert line.startswith(f"{'###' if number else '##'} {title}")
    numbers = [int(entry.b.text) for entry in entries if entry.b]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_outline_follows_the_typing_and_says_how_long_the_text_is():
    make_source("S1")
    outline = asked("## 一\n\n" + "字" * 301 + "[^S1]\n\n## 二\n").json()["outline"]
    assert 'data-line="1"' in outline
    assert 'data-line="5"' in outline
    assert "读者看到303字，细读约2分钟" in outline


def test_a_text_without_sections_is_told_how_to_begin_one():
    assert "还没有小节" in asked("").json()["outline"]


@pytest.mark.parametrize("kind", ADMIN)
def test_every_key_does_one_thing_and_is_listed(kind):
    keys = [tool.keys for group in groups(kind) for tool in group.tools if tool.keys]
    assert len(keys) == len(set(keys)) == len(shortcuts(kind)) > 7
    page = soup(client_of(EDITOR).get(add_url(ADMIN[kind])))
    assert [each["aria-keyshortcuts"] for each in page.select("[aria-keyshortcuts]")] == keys
    listed = [each.text for each in page.select(".keys dt")]
    assert [tool.spoken for tool in shortcuts(kind)] == listed[: len(keys)]


def test_a_draft_can_be_seen_as_somebody_without_an_account_will():
    hidden = make_procedure("inside", title="内部流程", visibility="signed-in")
    guide = make_procedure(body=STEPS.format(lead="见[[inside]]。[^S1]"), live=False)
    editor, address = client_of(EDITOR), reverse("guide_preview", args=[guide.code])
    mine, theirs = (soup(editor.get(address, query)) for query in ({}, {"as": "guest"}))
    assert hidden.title in mine.select_one("main").text
    assert hidden.title not in theirs.select_one("main").text
    assert "另一篇指南" in theirs.select_one("main").text
    assert theirs.select_one(".passbar a[href='?']")
    assert mine.select_one(".passbar a[href='?as=guest']")


def test_a_guest_cannot_see_a_draft_by_asking_for_a_guests_eyes(client):
    guide = make_procedure(live=False)
    answer = client.get(reverse("guide_preview", args=[guide.code]), {"as": "guest"})
    assert answer.status_code == 302
