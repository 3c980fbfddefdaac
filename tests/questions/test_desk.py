"""The question desk: what it shows, in few queries, in every state of a portal."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from guides.models import Question, QuestionDay, QuestionOpening, Situation, Wish
from tests import factories as make
from tests.admin.people import EDITOR, client_of

pytestmark = pytest.mark.django_db
DESK = "/admin/guides/question/"


@pytest.fixture
def editor() -> Client:
    return client_of(EDITOR)


def soup(page) -> BeautifulSoup:
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


def rows(page) -> list[str]:
    return [row.get_text(strip=True) for row in soup(page).select(".qrow h2")]


def test_an_empty_desk_says_what_it_is_for(editor):
    assert "没有未解决的问题" in editor.get(DESK).text
    for tab, words in (
        ("wishes", "还没有人按“我需要这篇”"),
        ("answered", "还没有自动解决的问题"),
        ("outside", "还没有不收录的问题"),
    ):
        assert words in editor.get(DESK, {"tab": tab}).text


def test_questions_without_an_answer_are_listed_with_what_is_known(editor, ask, closing):
    for _time in range(3):
        ask("借呗开发票")
    ask("蚂蚁借呗发票怎么开")
    ask("借呗怎么关掉")
    question = Question.objects.get(text="借呗开发票")
    today = timezone.localdate()
    QuestionOpening.objects.create(question=question, guide=closing, day=today, times=2)
    page = editor.get(DESK)
    assert rows(page) == ["借呗开发票"]
    for told in (
        "问了4次",
        "4次没有直接回答",
        "找到1篇沾边的",
        f"最后问于{today}",
        "蚂蚁借呗发票怎么开",
    ):
        assert told in page.text
    assert "关闭借呗（2次）" in page.text
    assert "180天里问了5次，4次没有直接回答" in page.text


def test_the_desk_narrows_by_words_concept_time_and_nothing_found(editor, ask, closing):
    for question in ("借呗开发票", "花呗账单日", "越狱"):
        ask(question)
    old = timezone.localdate() - dt.timedelta(days=20)
    QuestionDay.objects.filter(question__text="越狱").update(day=old)
    assert rows(editor.get(DESK, {"q": "發票"})) == ["借呗开发票"]
    assert rows(editor.get(DESK, {"concept": "product:huabei"})) == ["花呗账单日"]
    assert "越狱" not in rows(editor.get(DESK, {"days": "7"}))
    assert "借呗开发票" not in rows(editor.get(DESK, {"none": "1"}))
    empty = editor.get(DESK, {"q": "没有的"})
    assert "没有符合条件的问题" in empty.text


@pytest.mark.parametrize(
    "query",
    [
        "page=x", "page=-1", "page=99999999999999999999", "days=99", "days=%00", "q=%00%ff",
        "concept=%27%22%3E", "none=maybe", "q=" + "x" * 5000, "tab=wishes&page=%00",
    ],
)  # fmt: skip
def test_no_address_breaks_the_desk(editor, ask, query):
    ask("借呗开发票")
    assert editor.get(f"{DESK}?{query}").status_code == 200


def test_an_unknown_tab_or_question_is_not_found(editor, db):
    for address in (
        f"{DESK}?tab=x",
        f"{DESK}1/change/",
        f"{DESK}x/change/",
        f"{DESK}{'9' * 30}/change/",
    ):
        assert editor.get(address).status_code == 404


def test_many_groups_come_in_pages(editor, shop):
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地"
    for letter in letters:
        question = Question.objects.create(text=letter * 3)
        QuestionDay.objects.create(question=question, day=timezone.localdate(), times=1, weak=1)
    assert len(rows(editor.get(DESK))) == 20
    assert len(rows(editor.get(DESK, {"page": "2"}))) == len(letters) - 20


def questions_of(number: int) -> None:
    guide = make.make_procedure()
    for each in range(number):
        question = Question.objects.create(
            text=f"{chr(0x4E00 + 7 * each)}{chr(0x5E00 + 11 * each)}",
            nearest=[guide.pk],
            checked_at=timezone.now(),
        )
        QuestionDay.objects.create(question=question, day=timezone.localdate(), times=1, weak=1)
        QuestionOpening.objects.create(
            question=question, guide=guide, day=timezone.localdate(), times=1
        )


@pytest.mark.parametrize("number", [1, 15, 120])
def test_the_list_costs_the_same_for_any_number_of_questions(
    editor, shop, number, django_assert_max_num_queries
):
    questions_of(number)
    with django_assert_max_num_queries(24):
        editor.get(DESK, {"days": "30"})


def test_opening_the_desk_checks_a_bounded_number_of_questions(
    editor, shop, django_assert_max_num_queries
):
    questions_of(120)
    with django_assert_max_num_queries(24 + 40 * 6):
        editor.get(DESK)


def test_wishes_are_listed_by_product_and_task_until_the_guide_is_there(editor, shop):
    today = timezone.localdate()
    for task, times in (("close", 2), ("unbind", 5)):
        Wish.objects.create(product=shop["huabei"], task=shop[task], day=today, times=times)
    page = soup(editor.get(DESK, {"tab": "wishes"}))
    cells = [cell.get_text(strip=True) for cell in page.select(".qlist b")]
    assert cells == ["花呗 × 解绑", "花呗 × 关闭"]
    assert len(page.select(".qlist form")) == 2
    make.make_procedure(title="解绑花呗", products=[shop["huabei"]], task=shop["unbind"])
    page = soup(editor.get(DESK, {"tab": "wishes"}))
    assert "已有：解绑花呗 v1" in page.select_one(".qlist li").get_text()
    assert len(page.select(".qlist form")) == 1


def test_an_answer_that_readers_are_not_content_with_is_seen(editor, ask, closing, client):
    ask("借呗怎么关掉")
    client.post("/wanted/", {"q": "借呗怎么关掉"})
    page = editor.get(DESK, {"tab": "wishes"})
    assert "有回答，仍有人想要别的" in page.text
    assert "借呗怎么关掉" in page.text


def test_a_question_is_shown_and_never_run(editor, ask):
    ask("<script>alert(1)</script>借呗")
    page = editor.get(DESK)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_group_page_offers_the_nearest_guide_and_the_words_that_were_asked(
    editor, ask, closing
):
    ask("借呗开发票 13800138000")
    question = Question.objects.get()
    page = soup(editor.get(f"{DESK}{question.pk}/change/"))
    assert page.select_one("[name=alias-guide] [selected]")["value"] == str(closing.pk)
    assert page.select_one("[name=alias-wordings]").get_text(strip=True) == "借呗开发票"
    assert page.select_one("[name=draft-title]").get_text(strip=True) == "借呗开发票"
    assert page.select_one("[name=questions]")["value"] == str(question.pk)


def test_the_desk_speaks_to_the_screen_reader_and_to_the_keyboard(editor, ask, closing):
    ask("借呗开发票")
    page = soup(editor.get(DESK))
    assert page.select_one(".desktabs [aria-current=page]")
    assert page.select_one("form[role=search]")["aria-label"]
    for row in page.select(".qrow"):
        assert page.find(id=row["aria-labelledby"])
    assert all(
        field.find_parent("label")
        for field in page.select(".deskfilter :is(input:not([type=hidden]), select)")
    )
    assert not page.select("[onclick], [style], script:not([src])")


def test_situations_are_named_on_the_desk(editor, ask):
    Situation.objects.create(slug="blocked", name="用不了", phrases=["用不了"])
    ask("余额用不了")
    assert "用不了" in {tag.get_text() for tag in soup(editor.get(DESK)).select(".qrow .tag")}
