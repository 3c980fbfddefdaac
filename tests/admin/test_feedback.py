"""The editors' side of feedback: the list, the page of one, and the word beside the step."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from guides.admin.feedback import STATES
from guides.models import Feedback, Guide
from tests import factories as make
from tests.admin.people import EDITOR, EVERYBODY, MANAGER, NOBODY, READER, REVIEWER, client_of

pytestmark = pytest.mark.django_db
LIST = "/admin/guides/feedback/"
LATER = """## 操作步骤

### 打开管理页 {#k001}

按新的提示操作。[^S1]

### 多了一步 {#k003}

看清楚。[^own]
"""


@pytest.fixture
def guide():
    return make.make_procedure("close-jiebei", title="关闭借呗")


@pytest.fixture
def editor():
    return client_of(EDITOR)


def told(guide, step: str = "k001", reason: str = "renamed", text: str = "") -> Feedback:
    live = Guide.objects.get(pk=guide.pk).live
    return publishing.tell(live, "stuck", step=step, reason=reason, text=text)


def changed(guide) -> Guide:
    publishing.save_draft(make.edited(guide, body=LATER), None)
    publishing.publish(guide, None, note="第一步按新界面写。")
    return Guide.objects.get(pk=guide.pk)


def page_of(feedback: Feedback) -> str:
    return reverse("admin:guides_feedback_change", args=[feedback.pk])


def rows(client, **chosen) -> list[str]:
    page = BeautifulSoup(client.get(LIST, chosen).content, "html.parser")
    return [row.get_text(" ", strip=True) for row in page.select("#result_list tbody tr")]


# --- The list ------------------------------------------------------------------------------------


def test_the_list_tells_step_words_version_and_state(editor, guide):
    told(guide, text="叫“更多服务”。")
    (row,) = rows(editor)
    for words in ("名称不同", "第1步：打开管理页", "叫“更多服务”。", "关闭借呗", "第1版", "未处理"):
        assert words in row


def test_a_step_that_changed_or_went_since_is_told_as_such(editor, guide):
    for step in ("k001", "k002"):
        told(guide, step)
    changed(guide)
    told(guide, "k003")
    said = dict(zip(("k003", "k002", "k001"), rows(editor), strict=True))
    assert "第1步：打开管理页（后来改过）" in said["k001"]
    assert "第2步：确认关闭（后来没有了）" in said["k002"]
    assert "第2步：多了一步" in said["k003"]
    assert "后来" not in said["k003"]


def test_a_step_that_only_moved_is_the_same(editor):
    first, second = "### 甲 {#k001}\n\n做甲。[^S1]\n", "### 乙 {#k002}\n\n做乙。[^S1]\n"
    guide = make.make_procedure(body=f"## 操作步骤\n\n{first}\n{second}")
    told(guide, "k001")
    publishing.save_draft(make.edited(guide, body=f"## 操作步骤\n\n{second}\n{first}"), None)
    publishing.publish(guide, None)
    assert "后来" not in rows(editor)[0]


def test_each_filter_narrows_and_nonsense_does_not_break_it(editor, guide):
    other = make.make_procedure(title="另一篇")
    told(guide, "k001", "renamed", "甲")
    told(guide, "k002", "other", "乙")
    told(other, "k001", "other", "丙")
    publishing.tell(guide.live, "done")
    changed(guide)
    told(guide, "k003", "other", "丁")

    def found(**chosen) -> str:
        return "".join(
            word for word in "甲乙丙丁" if any(word in row for row in rows(editor, **chosen))
        )

    mine = {"revision__guide__id__exact": guide.pk}
    assert found() == "甲乙丙丁"
    assert found(reason__exact="other") == "乙丙丁"
    assert found(**mine) == "甲乙丁"
    assert found(**mine, version="1") == "甲乙"
    assert found(**mine, step="k003") == "丁"
    assert len(rows(editor, outcome__exact="done")) == 1
    assert found(q="乙") == "乙"
    for chosen in ({"state": "x"}, {"version": "9", **mine}, {"step": "<b>", **mine}):
        assert editor.get(LIST, chosen).status_code == 200
    assert editor.get(LIST, {"revision__guide__id__exact": "9" * 30}).status_code in (200, 302)


def test_the_filters_by_state_share_out_everything_that_wants_an_answer(editor, guide):
    by = make.make_user("lin", "change_feedback")
    retired = make.make_procedure()
    one, two, three, four = (told(each) for each in (guide, guide, guide, retired))
    publishing.promise(two, by)
    publishing.answer_with_reason(three, by, "不改。")
    publishing.retire(retired, None)
    found = {state: rows(editor, state=state) for state in STATES}
    assert [len(each) for each in found.values()] == [1, 1, 1, 1]
    for state, (label, _rows) in STATES.items():
        assert state == "moot" or str(label) in found[state][0] or "不改" in found[state][0]
    assert {one, four} == set(Feedback.objects.filter(answered_on=None, promised=False))


def test_the_list_costs_the_same_for_few_and_for_many(editor, guide):
    told(guide)
    first = cost(editor, LIST)
    for number in range(12):
        other = make.make_procedure()
        told(other, text=str(number))
        changed(other)
    assert cost(editor, LIST) <= first + 1  # the filter by guide has its guides to name now


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- The page of one -----------------------------------------------------------------------------


def test_the_page_shows_the_step_as_it_was_read_and_as_it_is_now(editor, guide):
    feedback = told(guide, text="找不到")
    changed(guide)
    page = editor.get(page_of(feedback)).text
    for words in ("找不到", "读的是第1版", "现在线上是第2版", "按提示操作", "按新的提示操作"):
        assert words in page
    assert "这一步后来改过" in page


def test_a_step_that_is_gone_is_shown_as_it_was(editor, guide):
    feedback = told(guide, "k002")
    changed(guide)
    page = editor.get(page_of(feedback)).text
    assert "这一步现在没有了" in page
    assert "读完弹窗再点" in page


def test_answered_with_a_version_it_says_which(editor, guide):
    feedback = told(guide)
    second = changed(guide).live
    editor.post(page_of(feedback), {"act": "change", "revision": second.pk})
    assert "第2版已改" in editor.get(page_of(feedback)).text
    assert "第2版已改" in rows(editor, state="answered")[0]


def test_answered_with_a_reason_it_says_which(editor, guide):
    feedback = told(guide)
    editor.post(page_of(feedback), {"act": "reason", "reason": "来源就是这样写的。"})
    assert "不改：来源就是这样写的。" in rows(editor, state="answered")[0]
    editor.post(page_of(feedback), {"act": "reopen"})
    assert len(rows(editor, state="open")) == 1


def test_promised_it_waits_for_the_next_version(editor, guide):
    feedback = told(guide)
    editor.post(page_of(feedback), {"act": "next"})
    assert len(rows(editor, state="waiting")) == 1
    changed(guide)
    assert "第2版已改" in rows(editor, state="answered")[0]


@pytest.mark.parametrize(
    ("given", "told_so"),
    [
        ({"act": "reason", "reason": " "}, "请写下不改的理由"),
        ({"act": "change"}, "请选是哪一版改的"),
        ({"act": "change", "revision": "first"}, ""),
        ({"act": "shout"}, ""),
        ({}, ""),
        ({"act": "reason", "reason": "长" * 301}, ""),
    ],
)
def test_an_answer_that_says_nothing_is_told_so(editor, guide, given, told_so):
    feedback = told(guide)
    first, _second = feedback.revision, changed(guide)
    given = {name: first.pk if value == "first" else value for name, value in given.items()}
    response = editor.post(page_of(feedback), given)
    assert response.status_code == 400
    assert told_so in response.text
    assert "errornote" in response.text
    if given.get("reason"):
        assert given["reason"].strip() in response.text
    assert len(rows(editor, state="open")) == 1


def test_who_comes_second_is_told_and_keeps_the_words(editor, guide):
    feedback = told(guide)
    publishing.answer_with_reason(feedback, make.make_user("lin", "change_feedback"), "早就说过。")
    response = editor.post(page_of(feedback), {"act": "reason", "reason": "我的理由"})
    assert response.status_code == 409
    assert "已经有人处理了这一条" in response.text
    assert Feedback.objects.get().answer == "早就说过。"


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_look_looks_and_who_may_answer_answers(name, guide):
    feedback, client = told(guide), client_of(name)
    seen = client.get(page_of(feedback)).status_code
    done = client.post(page_of(feedback), {"act": "reason", "reason": "不改。"}).status_code
    if name in (NOBODY, READER):
        # Who is signed out gets a page that keeps what was typed instead of the login.
        assert (seen, done) == (302, 403 if name == NOBODY else 302)
    else:
        assert seen == (200 if name in (EDITOR, REVIEWER, MANAGER) else 403)
    assert bool(Feedback.objects.get().answer) == (name == EDITOR)


@pytest.mark.parametrize("key", ["999999", "nine", "9" * 40])
def test_what_is_not_there_is_not_found(editor, key):
    assert editor.get(f"{LIST}{key}/change/").status_code == 404


# --- At the step ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYBODY)
def test_readers_pages_show_it_at_the_step_to_editors_alone(name, guide):
    told(guide, text="独一无二的一句话")
    page = BeautifulSoup(client_of(name).get(guide.get_absolute_url()).content, "html.parser")
    at_step = page.select("#s-k001 .fbtold")
    assert bool(at_step) == (name in (EDITOR, REVIEWER, MANAGER))
    assert ("独一无二的一句话" in page.get_text()) == bool(at_step)


def test_what_no_step_can_show_stands_below_the_guide(editor, guide):
    told(guide, "k002", text="这一步没了")
    told(guide, "", text="整篇都看不懂")
    page = BeautifulSoup(editor.get(changed(guide).get_absolute_url()).content, "html.parser")
    assert not page.select(".step .fbtold")
    said = page.select_one(".fbtold").get_text()
    assert "第2步：确认关闭" in said
    assert "这一步后来没有了" in said
    assert "整篇都看不懂" in said


def test_the_editor_the_preview_and_the_review_show_it(editor, guide):
    told(guide, text="独一无二的一句话")
    publishing.save_draft(make.edited(guide, title="改过"), None)
    publishing.submit(guide, None)
    addresses = {
        change_url(guide): ".side .fbtold",
        reverse("guide_preview", args=[guide.code]): "#s-k001 .fbtold",
        reverse("admin:guides_procedure_review", args=[guide.pk]): "#r-k001 .fbtold",
    }
    for address, place in addresses.items():
        page = BeautifulSoup(editor.get(address).content, "html.parser")
        assert "独一无二的一句话" in page.select_one(place).get_text(), address
    assert "独一无二的一句话" in client_of(REVIEWER).get(change_url(guide)).text


def test_what_was_answered_is_shown_no_more(editor, guide):
    feedback = told(guide)
    publishing.answer_with_reason(feedback, make.make_user("lin", "change_feedback"), "不改。")
    assert "fbtold" not in editor.get(guide.get_absolute_url()).text


def test_an_editors_page_costs_the_same_for_few_and_for_many(editor, guide):
    told(guide)
    before = cost(editor, guide.get_absolute_url())
    for number in range(20):
        told(guide, "k002", text=str(number))
    assert cost(editor, guide.get_absolute_url()) == before
