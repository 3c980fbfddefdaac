"""The page of a verifier: marks for every step, and nothing typed is ever lost."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from guides import publishing
from guides.admin.editor import change_url
from guides.models import Guide, Verification
from tests.admin.pages import fields, soup
from tests.admin.people import EDITOR, EVERYBODY, REVIEWER, client_of
from tests.factories import edited, make_procedure, make_risk, make_user, walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make_procedure("close-jiebei", title="关闭借呗")


@pytest.fixture
def reviewer():
    return client_of(REVIEWER)


def address(guide, kind="procedure") -> str:
    return reverse(f"admin:guides_{kind}_verify", args=[guide.pk])


def form_of(response) -> dict:
    return fields(soup(response).select_one("form.walk"))


def typed(client, guide, **more) -> dict:
    """The form as it was opened, filled in."""
    form = form_of(client.get(address(guide)))
    filled = {
        "app": "支付宝", "app_version": "10.6.20", "note": "安卓。",
        "result_k001": "matches", "result_k002": "matches",
    }  # fmt: skip
    return form | filled | more


def told(response) -> str:
    page = soup(response)
    return " ".join(part.get_text(" ", strip=True) for part in page.select(".told, .errorlist"))


def next_version(guide, **fields):
    publishing.save_draft(edited(guide, **fields), None)
    return publishing.publish(Guide.objects.get(pk=guide.pk), None)


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_page_opens_for_those_who_may_verify(guide, name):
    status = client_of(name).get(address(guide)).status_code
    if name == REVIEWER:
        assert status == 200
    else:
        assert status == (302 if name in ("nobody", "reader") else 403)


def test_it_leads_through_the_steps_with_their_paths_and_asks_each_time(guide, reviewer):
    page = soup(reviewer.get(address(guide)))
    assert [step["id"] for step in page.select(".walking > li")] == ["w-k001", "w-k002"]
    assert "支付宝" in page.select_one("#w-k001 .uipath").text
    for step in page.select(".walking > li"):
        words = [label.get_text(strip=True) for label in step.select(".say label")]
        assert words == ["一致", "有出入", "未走查"]
        assert step.select_one("input:checked")["value"] == "skipped"
        assert step.select_one("legend").text.strip()
    assert page.select_one("#id_checked_on")["value"] == str(timezone.localdate())


def test_a_walk_is_recorded_in_the_name_of_who_did_it_and_readers_see_it(guide, reviewer, client):
    response = reviewer.post(address(guide), typed(reviewer, guide), follow=True)
    assert "核实已记下" in soup(response).select_one(".messagelist").text
    record = Verification.objects.get()
    assert (record.verifier.username, record.kind, record.app) == (REVIEWER, "device", "支付宝")
    assert (record.app_version, record.note) == ("10.6.20", "安卓。")
    assert [check.result for check in record.checks.all()] == ["matches", "matches"]
    assert "真机走查" in soup(client.get(guide.get_absolute_url())).select_one(".trust").text
    assert "核实已记下" in LogEntry.objects.get().change_message


def test_a_difference_stands_on_the_page_at_once(guide, reviewer, client):
    more = {"result_k002": "differs", "difference_k002": "按钮叫「同意」。"}
    assert reviewer.post(address(guide), typed(reviewer, guide, **more)).status_code == 302
    step = soup(client.get(guide.get_absolute_url())).select_one("#s-k002")
    assert "按钮叫「同意」。" in step.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"result_k002": "differs"}, "请写明哪里不同"),
        ({"app": ""}, "真机走查要写用的是哪个App"),
        ({"app_version": " "}, "真机走查要写App的版本"),
        ({"result_k001": "skipped", "result_k002": "skipped"}, "没有可以记下的"),
        ({"result_k002": "differs", "difference_k002": "打了13812345678"}, "不能记下"),
        ({"note": "身份证110101199003078515"}, "不能记下"),
        ({"checked_on": "2999-01-01"}, "日期还没有到"),
        ({"checked_on": "昨天"}, "日期"),
        ({"checked_on": ""}, ""),
        ({"kind": "hearsay"}, "hearsay"),
        ({"token": "x"}, ""),
        ({"result_k001": "maybe"}, "maybe"),
        ({"result_k002": "differs", "difference_k002": "长" * 1001}, "1000"),
    ],
)
def test_what_cannot_be_recorded_comes_back_with_everything_that_was_typed(
    guide, reviewer, more, words
):
    form = typed(reviewer, guide, **{"difference_k001": "先写着", **more})
    response = reviewer.post(address(guide), form)
    assert response.status_code == 400
    assert words in told(response)
    assert not Verification.objects.exists()
    again = form_of(response)
    kept = {"app", "app_version", "note", "checked_on", "difference_k001", "difference_k002"}
    for name in kept & form.keys():
        value = form[name]
        assert again[name] == (value if isinstance(value, list) else [value]), name
    if "result_k002" not in more:
        assert again["result_k002"] == ["matches"]


def test_a_double_submit_is_one_record(guide, reviewer):
    form = typed(reviewer, guide)
    for _each in range(2):
        assert reviewer.post(address(guide), form).status_code == 302
    assert Verification.objects.count() == 1


def test_a_token_seen_before_does_not_reach_somebody_elses_record(guide, reviewer):
    form = typed(reviewer, guide)
    reviewer.post(address(guide), form)
    other = client_of(REVIEWER, "管理")
    assert other.post(address(guide), form).status_code == 302
    assert len(set(Verification.objects.values_list("verifier", flat=True))) == 2


def test_a_version_that_is_not_live_any_more_is_told_and_what_was_marked_moves_along(
    guide, reviewer
):
    more = {"result_k002": "differs", "difference_k002": "按钮叫「同意」。"}
    form = typed(reviewer, guide, **more)
    next_version(guide, body=guide.body.replace("读完弹窗再点。", "读完弹窗，点「同意」。"))
    response = reviewer.post(address(guide), form)
    assert response.status_code == 409
    page = soup(response)
    assert "第1版已经不是线上的版本，现在是第2版" in told(response)
    assert "/diff/v1/v2/" in page.select_one(".told a")["href"]
    assert "变了" in page.select_one("#w-k002 h2").text
    assert "变了" not in page.select_one("#w-k001 h2").text
    again = form_of(response)
    assert (again["result_k001"], again["result_k002"]) == (["matches"], ["skipped"])
    assert again["difference_k002"] == ["按钮叫「同意」。"]
    assert not Verification.objects.exists()
    assert reviewer.post(address(guide), again | {"result_k002": "matches"}).status_code == 302
    assert Verification.objects.get().revision.number == 2


def test_what_was_typed_at_a_step_that_is_gone_is_shown(guide, reviewer):
    more = {"result_k002": "differs", "difference_k002": "按钮叫「同意」。"}
    form = typed(reviewer, guide, **more)
    start, end = guide.body.index("### 确认关闭"), guide.body.index("## 做完之后")
    next_version(guide, body=guide.body[:start] + guide.body[end:])
    response = reviewer.post(address(guide), form)
    assert response.status_code == 409
    assert "原来的第2步“确认关闭”没有了" in told(response)
    assert "按钮叫「同意」。" in told(response)


def test_a_guide_retired_meanwhile_keeps_what_was_typed_on_the_screen(guide, reviewer):
    more = {"result_k002": "differs", "difference_k002": "按钮叫「同意」。"}
    form = typed(reviewer, guide, **more)
    publishing.retire(guide, None)
    response = reviewer.post(address(guide), form)
    assert response.status_code == 409
    assert "下架了" in told(response)
    assert "按钮叫「同意」。" in told(response)
    assert form_of(response)["note"] == ["安卓。"]
    assert not soup(response).select("button.go")


def test_a_guide_nobody_can_read_is_not_opened_for_verifying(reviewer):
    retired, draft = make_procedure(), make_procedure(live=False)
    publishing.retire(retired, None)
    for guide in (retired, draft):
        response = reviewer.get(address(guide), follow=True)
        assert "没有可以核实的版本" in soup(response).select_one(".messagelist").text


def test_who_lost_the_right_meanwhile_is_told_and_loses_no_word(guide, reviewer):
    form = typed(reviewer, guide)
    User.objects.get(username=REVIEWER).groups.clear()
    person = User.objects.get(username=REVIEWER)
    person.user_permissions.set(make_user("", "view_procedure").user_permissions.all())
    response = reviewer.post(address(guide), form)
    assert response.status_code == 403
    assert "没有核实的权限了" in told(response)
    assert form_of(response)["note"] == ["安卓。"]
    assert form_of(response)["result_k001"] == ["matches"]
    assert not Verification.objects.exists()


def test_the_own_steps_are_marked_and_cannot_be_confirmed(guide):
    both = client_of(EDITOR, REVIEWER)
    me = User.objects.get()
    publishing.save_draft(edited(guide, body=guide.body.replace("再点", "点")), me)
    publishing.publish(Guide.objects.get(pk=guide.pk), None)
    page = soup(both.get(address(guide)))
    assert "这一步是您写的" in page.select_one("#w-k002").text
    assert page.select_one("#w-k002 [value=matches]").has_attr("disabled")
    assert not page.select_one("#w-k001 [value=matches]").has_attr("disabled")
    response = both.post(address(guide), typed(both, guide))
    assert response.status_code == 403
    assert "这一步是您写的" in told(response)
    assert not Verification.objects.exists()
    form = typed(both, guide, result_k002="differs", difference_k002="我写错了。")
    assert both.post(address(guide), form).status_code == 302


def test_what_was_found_before_is_in_sight(guide, reviewer):
    walked(guide, make_user("zhou", "add_verification"), differing={"k002": "没有这个按钮"})
    page = soup(reviewer.get(address(guide)))
    assert "没有这个按钮" in page.select_one("#w-k002 .call").text
    assert "上次核实" in page.select_one("#w-k001").text


def test_a_text_without_steps_is_marked_as_a_whole(reviewer):
    risk = make_risk("late")
    page = soup(reviewer.get(address(risk, "risknote")))
    assert len(page.select(".walking > li")) == 1
    assert "怎么避免" in page.select_one("#w-whole").text
    assert page.select_one("[name=kind]:checked")["value"] == "sources"
    form = fields(page.select_one("form.walk")) | {"result_whole": "matches"}
    assert reviewer.post(address(risk, "risknote"), form).status_code == 302
    assert Guide.objects.get(pk=risk.pk).verification.state == "sources"


@pytest.mark.parametrize("number", ["", "x", "-1", "999999", "9" * 30, "²"])
def test_a_made_up_version_is_not_found(guide, reviewer, number):
    form = typed(reviewer, guide, revision=number)
    assert reviewer.post(address(guide), form).status_code == 404


def test_a_version_of_another_guide_is_not_found(guide, reviewer):
    form = typed(reviewer, guide, revision=str(make_procedure().live.pk))
    assert reviewer.post(address(guide), form).status_code == 404


def test_the_way_there_is_on_the_guides_own_page(guide, reviewer):
    assert soup(reviewer.get(change_url(guide))).select(f'a[href="{address(guide)}"]')
    assert not soup(client_of(EDITOR).get(change_url(guide))).select(f'a[href="{address(guide)}"]')


def test_records_cannot_be_made_by_hand_nor_in_bulk(admin_client, guide):
    walked(guide, make_user("zhou", "add_verification"))
    assert admin_client.get(reverse("admin:guides_verification_add")).status_code == 403
    listed = soup(admin_client.get(reverse("admin:guides_verification_changelist")))
    assert not listed.select("[name=action], .addlink")
    assert "一致 2" in listed.select_one(".field-results").text
    assert not soup(admin_client.get(reverse("admin:index"))).select(
        'a[href="/admin/guides/verification/add/"]'
    )


def test_a_record_shows_every_step(admin_client, guide):
    days_ago = timezone.localdate() - dt.timedelta(days=2)
    record = walked(
        guide,
        make_user("zhou", "add_verification"),
        checked_on=days_ago,
        differing={"k002": "没有这个按钮"},
    )
    page = soup(admin_client.get(reverse("admin:guides_verification_change", args=[record.pk])))
    words = [item.get_text(" ", strip=True) for item in page.select(".plain-list li")]
    assert words == ["第1步 一致", "第2步 有出入 没有这个按钮"]
