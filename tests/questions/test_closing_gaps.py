"""The whole life of a question asked in vain, and who may do what on the way."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.test import Client

from guides import publishing, roles
from guides.models import Guide, Procedure, Product, Question, Situation, Wish
from guides.questions import rechecking
from tests import factories as make
from tests.admin.people import (
    EDITOR,
    EVERYBODY,
    MANAGER,
    NOBODY,
    READER,
    REVIEWER,
    STAFF,
    client_of,
    person,
)
from tests.questions.conftest import stored

pytestmark = pytest.mark.django_db
DESK = "/admin/guides/question/"
ANSWER = f"{DESK}answer/"


@pytest.fixture
def team() -> Client:
    return client_of(*roles.ROLES)


def given(*questions: Question, **more: object) -> dict[str, object]:
    keys = [question.pk for question in questions]
    return {"questions": keys, "leader": keys[0], **more}


def test_a_question_closes_itself_once_its_alias_is_published(team, ask, closing):
    ask("借呗开发票")
    ask("蚂蚁借呗发票怎么开")
    page = BeautifulSoup(team.get(DESK).content, "html.parser")
    button = page.select_one(".qrow form")  # “加为……的别名”: one click
    fields = [(each["name"], each["value"]) for each in button.select("input[name]")]
    typed = {name: [value for key, value in fields if key == name] for name, _value in fields}
    told = team.post(button["action"], typed, follow=True)
    assert "已加进关闭借呗的草稿" in BeautifulSoup(told.content, "html.parser").get_text()

    closing.refresh_from_db()
    assert closing.aliases == ["怎么把借呗关掉", "借呗开发票"]
    assert closing.live.content["aliases"] == ["怎么把借呗关掉"]  # readers see no change
    assert stored("借呗开发票").state == "waiting"
    assert "等“关闭借呗”发布" in team.get(DESK).text
    assert ask("借呗开发票").context["found"].strong is False

    publishing.publish(Guide.objects.get(pk=closing.pk), None)
    page = team.get(DESK)
    assert "种问法已能找到" in page.text
    found = BeautifulSoup(page.content, "html.parser").select_one(".deskfound .found")
    assert found.get_text(" ", strip=True) == "已能找到： 关闭借呗 v2"
    question = stored("借呗开发票")
    assert (question.state, question.answered_by.number) == ("answered", 2)
    assert "v2" in team.get(DESK, {"tab": "answered"}).text
    assert ask("借呗开发票").context["found"].strong is True


def test_an_answer_that_not_everybody_may_see_says_so(team, ask, shop):
    ask("借呗开发票")
    make.make_procedure(title="借呗开发票", products=[shop["jiebei"]], visibility="signed-in")
    page = BeautifulSoup(team.get(DESK).content, "html.parser")
    assert "（登录后可见）" in page.select_one(".deskfound").get_text()


def test_what_was_published_and_still_does_not_answer_is_told(team, ask, closing):
    ask("借呗开发票")
    question = stored("借呗开发票")
    team.post(
        f"{ANSWER}alias/", given(question, **{"alias-guide": closing.pk, "alias-wordings": "开票"})
    )
    Guide.objects.filter(pk=closing.pk).update(aliases=[])
    publishing.publish(make.edited(closing, body=closing.body + "\n另有说明。[^own]\n"), None)
    assert "已发布第2版，还是不够匹配" in team.get(f"{DESK}{question.pk}/change/").text


def test_a_draft_is_begun_with_title_classification_and_wordings(team, ask, closing, shop):
    for question in ("花呗解绑", "花呗换卡"):
        ask(question)
    rows = list(Question.objects.order_by("text"))
    answer = team.post(f"{ANSWER}draft/", given(*rows, **{"draft-title": "花呗怎么\n解绑"}))
    guide = Procedure.objects.exclude(pk=closing.pk).get()
    assert answer["Location"] == f"/admin/guides/procedure/{guide.pk}/change/"
    assert (guide.title, guide.task, guide.live) == ("花呗怎么 解绑", shop["unbind"], None)
    assert list(guide.products.all()) == [shop["huabei"]]
    assert sorted(guide.aliases) == ["花呗换卡", "花呗解绑"]
    assert team.get(answer["Location"]).status_code == 200
    assert {row.state for row in Question.objects.all()} == {"waiting"}


def test_a_wished_for_guide_is_begun_with_one_click(team, shop):
    answer = team.post(f"{DESK}wish/", {"product": "huabei", "task": "unbind"})
    guide = Procedure.objects.get()
    assert answer["Location"] == f"/admin/guides/procedure/{guide.pk}/change/"
    assert (guide.title, guide.task) == ("解绑花呗", shop["unbind"])
    assert team.post(f"{DESK}wish/", {"product": "\0", "task": "x"}).status_code == 404
    assert not Wish.objects.exists()


def test_a_phrase_works_at_once_and_says_what_it_answered(team, ask, closing, shop):
    Situation.objects.create(slug="lost", name="丢了", phrases=["丢了"])
    ask("小借关掉")
    question = stored("小借关掉")
    typed = {"phrase-concept": "product:jiebei", "phrase-wordings": "小借\n 小借\n"}
    page = team.post(f"{ANSWER}phrase/", given(question, **typed), follow=True)
    shop["jiebei"].refresh_from_db()
    assert shop["jiebei"].aliases == ["蚂蚁借呗", "小借"]
    assert "种问法已能找到" in page.text
    assert stored("小借关掉").state == "answered"

    typed = {"phrase-concept": "situation:lost", "phrase-wordings": "不见了"}
    team.post(f"{ANSWER}phrase/", given(question, **typed))
    assert Situation.objects.get().phrases == ["丢了", "不见了"]


def test_out_of_scope_is_never_shown_again_and_counted_apart(team, ask):
    ask("苹果手机越狱")
    question = stored("苹果手机越狱")
    page = team.post(f"{ANSWER}aside/", given(question), follow=True)
    assert "没有未解决的问题" in page.text
    ask("苹果手机越狱")
    page = team.get(DESK)
    assert "苹果手机越狱" not in page.text
    assert "问了0次" in page.text
    assert "不收录的另有2次" in page.text
    assert "苹果手机越狱" in team.get(DESK, {"tab": "outside"}).text
    team.post(f"{ANSWER}up/", given(question))
    assert "苹果手机越狱" in team.get(DESK).text


def test_only_the_marked_questions_are_meant(team, ask):
    for question in ("开发票", "怎么开发票"):
        ask(question)
    team.post(f"{ANSWER}aside/", given(stored("开发票")))
    assert (stored("开发票").state, stored("怎么开发票").state) == ("outside", "open")


def test_what_was_done_stands_in_the_admins_log(team, ask):
    ask("苹果手机越狱")
    team.post(f"{ANSWER}aside/", given(stored("苹果手机越狱")))
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.user.username) == ("苹果手机越狱", "和".join(roles.ROLES))
    assert "不收录" in entry.get_change_message()


def test_a_recheck_changes_nothing_that_was_decided_meanwhile(ask, closing, monkeypatch):
    ask("借呗开发票")
    stale = stored("借呗开发票")
    Question.objects.update(state="outside")
    make.make_procedure(title="借呗开发票")
    rechecking.check_again([stale])
    assert stored("借呗开发票").state == "outside"


@pytest.mark.parametrize(
    ("choice", "more"),
    [
        ("alias", {"alias-guide": "", "alias-wordings": "开票"}),
        ("alias", {"alias-guide": "999999", "alias-wordings": "开票"}),
        ("alias", {"alias-guide": "x", "alias-wordings": "开票"}),
        ("alias", {"alias-wordings": "  \n "}),
        ("alias", {"alias-wordings": "〔手机号〕\n〔邮箱〕"}),
        ("alias", {"alias-wordings": "开" * 3000}),
        ("phrase", {"phrase-concept": "task:nothing", "phrase-wordings": "开票"}),
        ("phrase", {"phrase-concept": "product:jiebei", "phrase-wordings": ""}),
        ("draft", {"draft-title": "长" * 61}),
        ("draft", {"draft-title": ""}),
        ("aside", {"questions": []}),
        ("aside", {"questions": ["x", "999999"]}),
    ],
)
def test_what_cannot_be_done_comes_back_as_it_was_typed(team, ask, closing, choice, more):
    ask("借呗开发票")
    before = list(Question.objects.values())
    page = team.post(f"{ANSWER}{choice}/", {**given(stored("借呗开发票")), **more})
    assert page.status_code == 200
    assert "没有做成" in page.text
    typed = [value for name, value in more.items() if name.endswith(("wordings", "title"))]
    assert all(str(value).strip() in page.text for value in typed)
    assert list(Question.objects.values()) == before
    assert Product.objects.get(slug="jiebei").aliases == ["蚂蚁借呗"]
    assert Procedure.objects.get().aliases == ["怎么把借呗关掉"]


@pytest.mark.parametrize("leader", ["", "x", "0", "9" * 40, "\0"])
def test_a_form_without_its_question_is_not_found(team, shop, leader):
    assert team.post(f"{ANSWER}aside/", {"leader": leader}).status_code == 404


def test_only_known_choices_are_taken_and_only_by_post(team, ask):
    ask("借呗开发票")
    assert team.post(f"{ANSWER}publish/", given(stored("借呗开发票"))).status_code == 404
    assert team.get(f"{ANSWER}aside/").status_code == 405
    assert team.get(f"{DESK}wish/").status_code == 405


# --- Who may do what ---------------------------------------------------------------------------

LOOK = {EDITOR, REVIEWER, MANAGER}
MAY = {
    "alias": {EDITOR},
    "draft": {EDITOR},
    "phrase": {MANAGER},
    "aside": {EDITOR, MANAGER},
    "up": {EDITOR, MANAGER},
}
TYPED = {"alias-wordings": "开票", "draft-title": "开票", "phrase-wordings": "开票"}


def expected(name: str, allowed: set[str]) -> int:
    if name in (NOBODY, READER):
        return 302
    return 200 if name in allowed else 403


def refused(name: str) -> int:
    """Who is signed out gets a page that keeps what was typed instead of the login."""
    return 403 if name == NOBODY else expected(name, set())


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_desk_opens_for_those_who_may_look(name, ask):
    ask("借呗开发票")
    client, key = client_of(name), Question.objects.get().pk
    for address in (DESK, f"{DESK}?tab=wishes", f"{DESK}{key}/change/"):
        page = client.get(address)
        assert page.status_code == expected(name, LOOK)
        works = bool(
            BeautifulSoup(page.content, "html.parser").select(".deskpage form[method=post] button")
        )
        assert works == (name in MAY["aside"] and "wishes" not in address)
    for address in (f"{DESK}add/", f"{DESK}{key}/delete/"):
        assert client.get(address).status_code == expected(name, set())


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("choice", MAY)
def test_nobody_decides_beyond_their_rights(name, choice, ask, closing):
    ask("借呗开发票")
    question = stored("借呗开发票")
    client = client_of(name)
    typed = {**TYPED, "alias-guide": closing.pk, "phrase-concept": "product:jiebei"}
    answer = client.post(f"{ANSWER}{choice}/", given(question, **typed))
    changed = stored("借呗开发票").decided_at or Procedure.objects.count() > 1
    if name in MAY[choice]:
        assert answer.status_code == 302
        assert DESK in answer["Location"] or "procedure" in answer["Location"]
    elif choice == "phrase" and name == EDITOR:  # no concept is offered to choose from
        assert (answer.status_code, bool(changed)) == (200, False)
    else:
        assert (answer.status_code, bool(changed)) == (refused(name), False)
        assert "login" in answer.get("Location", "login")
    assert ("开票" in Product.objects.get(slug="jiebei").aliases) == (
        choice == "phrase" and name == MANAGER
    )


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_wish_is_drafted_by_those_who_write(name, shop):
    answer = client_of(name).post(f"{DESK}wish/", {"product": "huabei", "task": "close"})
    assert answer.status_code == (302 if name == EDITOR else refused(name))
    assert Procedure.objects.count() == (name == EDITOR)


@pytest.mark.parametrize("address", [f"{ANSWER}aside/", f"{DESK}wish/"])
def test_the_desk_wants_its_own_token(shop, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person(EDITOR))
    assert strict.post(address, {"product": "huabei", "task": "close"}).status_code == 403


def test_staff_without_rights_find_no_desk_on_the_admins_first_page():
    assert "问题台" in client_of(EDITOR).get("/admin/").text
    assert "问题台" not in client_of(STAFF).get("/admin/").text
