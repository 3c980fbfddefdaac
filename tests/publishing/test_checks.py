"""What must hold before publishing: errors stop it, warnings are told and do not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import checks, publishing
from guides.markdown import GuideDocument
from tests.factories import edited, make_procedure, make_source, make_user

pytestmark = pytest.mark.django_db
SUMMARY = "不想再用，要自己把它关掉：先结清借款，再走关闭入口，最后通过身份验证，并且留下记录。"
BODY = """先结清。[^S1]

## 操作步骤

### 打开管理页 {#k001}

::: 入口甲 [^S1]
支付宝 > 我的 > 资产管理 > 借呗
:::
"""
MOBILE, CARD, IDENTITY = "13812345678", "6222020000000000006", "11010519491231002X"


def document(**fields) -> GuideDocument:
    known = {"title": "关闭借呗", "summary": SUMMARY, "body": BODY}
    return GuideDocument(kind="procedure", slug="x", language="zh-hans", **(known | fields))


def told(document: GuideDocument, live: GuideDocument | None = None) -> list[tuple[str, int, str]]:
    return [(each.code, each.line, each.field) for each in checks.check(document, live)]


def luhn(digits: str) -> str:
    """With the check digit that the method of ISO/IEC 7812-1 gives it."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits + "0"))]
    return digits + str(-sum(d - 9 * (d > 9) for d in doubled) % 10)


def test_a_text_with_nothing_to_mend_is_told_nothing():
    assert told(document()) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "关闭"}, [("text-too-short", 0, "title")]),
        ({"title": "怎" * 25}, [("text-too-long", 0, "title")]),
        ({"summary": "太短。"}, [("text-too-short", 0, "summary")]),
        ({"summary": "长" * 91}, [("text-too-long", 0, "summary")]),
        ({"title": "怎" * 24, "summary": "长" * 90}, []),
        ({"title": "关闭借呗", "summary": "长" * 40}, []),
    ],
)
def test_a_title_and_a_summary_have_a_length_that_can_be_taken_in(fields, expected):
    assert told(document(**fields)) == expected
    assert all(each.severity == "warning" for each in checks.check(document(**fields)))


@pytest.mark.parametrize("number", [MOBILE, luhn("622202000000000000"), IDENTITY])
@pytest.mark.parametrize("between", ["", " ", "-"])
def test_a_number_that_belongs_to_somebody_is_an_error_wherever_it_stands(number, between):
    written = between.join((number[:4], number[4:8], number[8:]))
    for fields, place in (
        ({"body": BODY + f"\n打给{written}。[^own]\n"}, (11, "")),
        ({"title": f"打{written}"}, (0, "title")),
        ({"aliases": ["怎么关", f"我是{written}"]}, (0, "aliases")),
        ({"facts": {"at_hand": written}}, (0, "at_hand")),
    ):
        faults = checks.check(document(**fields))
        found = [(each.line, each.field) for each in faults if each.severity == "error"]
        assert found == [place]
        assert number not in str(faults[0].message)


@pytest.mark.parametrize(
    "number",
    ["95188", "400-810-0598", "20261121093045", "12306", "2026-11-21", "0.0005", "202611210001"],
)
def test_hotlines_dates_and_order_numbers_pass(number):
    assert told(document(body=BODY + f"\n编号{number}。[^own]\n")) == []


@given(st.text("0123456789", min_size=14, max_size=15).map("9{}".format))
def test_a_card_is_known_by_its_check_digit_and_nothing_else(digits):
    card = luhn(digits)
    other = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert [code for code, *_rest in told(document(body=f"{card}\n"))] == ["personal-number"]
    assert "personal-number" not in [code for code, *_rest in told(document(body=f"{other}\n"))]


@given(st.integers(0, 9))
def test_an_identity_number_is_known_by_its_check_digit(digit):
    written = f"{IDENTITY[:-1]}{digit}"  # the right one is an X
    assert told(document(body=f"{written}\n")) == []


def test_a_path_that_got_shorter_is_asked_about():
    live = document()
    shorter = document(body=BODY.replace("我的 > 资产管理 > ", ""))
    assert told(shorter, live) == [("path-got-shorter", 7, "")]
    assert "支付宝 > 我的 > 资产管理 > 借呗" in str(checks.check(shorter, live)[0].message)
    longer = document(body=BODY.replace("> 借呗", "> 借呗 > 设置"))
    assert told(longer, live) == told(shorter) == []


def test_a_path_of_another_step_or_another_name_is_no_shorter_path():
    live = document()
    for change in (("{#k001}", "{#k002}"), ("入口甲", "入口乙")):
        body = BODY.replace("我的 > 资产管理 > ", "").replace(*change)
        assert told(document(body=body), live) == []


def test_two_ways_of_one_name_in_one_step_contradict_each_other():
    twice = BODY + "\n::: 入口甲 [^S1]\n支付宝 > 借呗\n:::\n"
    assert told(document(body=twice)) == [("path-told-twice", 11, "")]
    again = BODY + "\n::: 入口甲 [^S1]\n支付宝 > 我的 > 资产管理 > 借呗\n:::\n"
    assert told(document(body=again)) == []


def test_notes_and_cases_have_no_steps_to_check():
    note = GuideDocument(
        kind="risk", slug="x", language="zh-hans", title="还款日没扣到", summary=SUMMARY, body=BODY
    )
    assert checks.check(note) == []


def test_an_error_stops_publishing_and_submitting_and_a_warning_does_not(settings):
    settings.REVIEW_REQUIRED = False
    guide, mei = make_procedure(), make_user("mei", "change_procedure", "publish_guide")
    publishing.save_draft(edited(guide, title=f"打{MOBILE}"), mei)
    for verb in (publishing.publish, publishing.submit):
        with pytest.raises(publishing.PublishError) as refused:
            verb(guide, mei)
        assert [each.field for each in refused.value.faults] == ["title"]
    publishing.save_draft(edited(guide, title="短"), mei)
    assert publishing.publish(guide, mei).number == 2


def test_a_hostile_text_is_checked_in_no_time_and_without_an_error():
    for body in ("[" * 50_000, "1" * 100_000, "1 " * 50_000, "::: 入口甲\n" * 5_000, "> " * 9_000):
        checks.check(replace(document(), body=body))


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("⟦点哪里⟧", ["点哪里"]),
        ("先⟦甲⟧再⟦乙⟧", ["甲", "乙"]),
        ("### ⟦步骤标题⟧", ["步骤标题"]),
        ("⟦没有收尾", ["没有收尾"]),
        ("⟦⟧", [""]),
        ("[甲]《乙》【丙】", []),
    ],
)
def test_a_gap_left_in_the_text_stops_publishing_and_is_named(line, gaps):
    faults = checks.check(document(body=f"{BODY}\n{line}\n"))
    assert [(each.code, each.severity) for each in faults] == [("unfilled-gap", "error")] * len(
        gaps
    )
    assert [f"“{gap}”" in str(each.message) for gap, each in zip(gaps, faults, strict=True)] == [
        True
    ] * len(gaps)
    assert {each.line for each in faults} <= {len(BODY.splitlines()) + 2}


SENTENCE = "在关闭之前务必将全部借款结清并确认没有任何未出账单的分期余额"


@pytest.mark.parametrize(
    ("fields", "line", "field"),
    [
        ({"body": f"{BODY}\n{SENTENCE}。[^own]\n"}, len(BODY.splitlines()) + 2, ""),
        ({"body": f"{BODY}\n{SENTENCE[:12]}\n{SENTENCE[12:]}\n"}, len(BODY.splitlines()) + 2, ""),
        ({"summary": f"{SUMMARY[:20]}{SENTENCE}"}, 0, "summary"),
        ({"aliases": ["怎么关", SENTENCE]}, 0, "aliases"),
    ],
)
def test_a_sentence_taken_over_from_a_source_stops_publishing(fields, line, field):
    make_source("S9", text=f"首先，{SENTENCE}。")
    (told,) = checks.check(document(**fields))
    assert (told.code, told.severity) == ("taken-over", "error")
    assert (told.line, told.field) == (line, field)
    assert "S9" in str(told.message)
    assert SENTENCE in str(told.message)


def test_a_way_through_an_app_may_be_the_same_in_guide_and_source():
    make_source("S9", text="依次进入支付宝 > 我的 > 资产管理 > 借呗 > 更多设置 > 关闭借呗服务即可")
    way = "::: 入口乙 [^S9]\n支付宝 > 我的 > 资产管理 > 借呗 > 更多设置 > 关闭借呗服务\n:::\n"
    assert checks.check(document(body=f"{BODY}\n{way}")) == []


def test_the_text_of_a_source_is_never_shown(client):
    make_source("S9", text=SENTENCE)
    guide = make_procedure(body="先看。[^S9]\n\n## 操作步骤\n\n### 打开 {#k001}\n\n看。[^S9]\n")
    for address in (guide.get_absolute_url(), "/claims/", f"{guide.get_absolute_url()[:-1]}.md"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SENTENCE not in answer.content.decode()
