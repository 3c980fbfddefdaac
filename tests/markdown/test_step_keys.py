"""The first save writes a key behind every step, and touches nothing else."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import step_texts, with_step_keys
from guides.markdown.headings import KEY
from guides.markdown.keys import random_key
from tests.markdown.kit import procedure, rendered, steps_of

LINES = st.sampled_from(
    [
        "## 操作步骤", "## Steps ##", "## 之后", "# 一", "操作步骤\n---", "###### 六",
        "### 打开", "### 打开 ###", "###", "### ###", "### 打开 {#k3f9}", "### 打开 {.identity}",
        "### 打开 { .waiting }  ", "   ### 缩进", "    ### 代码", "> ### 引用", "- ### 列表",
        "### `没有结束", "### 变量{甲}", "### 尾\\", "###\t制表",
        "文。[^S1]", "::: 停", ":::", "```", "",
    ]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
BODIES = st.lists(st.tuples(LINES, ENDS), max_size=20).map(
    lambda pairs: "## 操作步骤\n" + "".join(line + end for line, end in pairs)
)


def keyed(body: str, kind: str = "procedure") -> str:
    numbers = itertools.count(1)
    return with_step_keys(body, kind=kind, new_key=lambda: f"new{next(numbers)}")


def test_a_step_without_a_key_gets_one():
    assert keyed("## 操作步骤\n\n### 打开\n") == "## 操作步骤\n\n### 打开 {#new1}\n"


def test_marks_that_are_there_already_stay_behind_the_new_key():
    assert keyed(procedure("### 打开 {.identity}\n")).endswith("### 打开 {#new1 .identity}\n")


def test_closing_hashes_and_trailing_blanks_stay_where_they_were():
    assert keyed(procedure("### 打开 ###  \n")).endswith("### 打开 {#new1} ###  \n")


def test_windows_line_ends_survive():
    assert keyed("## 操作步骤\r\n\r\n### 打开\r\n文。") == (
        "## 操作步骤\r\n\r\n### 打开 {#new1}\r\n文。"
    )


def test_a_new_key_is_never_one_that_is_in_use():
    body = procedure("### 一\n\n### 二 {#new1}\n")
    assert "### 一 {#new2}" in keyed(body)


def test_two_new_steps_never_get_the_same_key():
    keys = iter(["same", "same", "next"])
    body = with_step_keys(procedure("### 一\n\n### 二\n"), kind="procedure", new_key=keys.__next__)
    assert body == procedure("### 一 {#same}\n\n### 二 {#next}\n")


def test_keys_that_are_wrong_or_doubled_are_left_to_the_editor():
    body = procedure("### 一 {#K}\n\n### 二 {#k3f9}\n\n### 三 {#k3f9}\n")
    assert keyed(body) == body


def test_headings_elsewhere_in_code_or_quotes_get_no_key():
    body = procedure("### 一 {#k3f9}\n\n```\n### 二\n```\n\n> ### 三\n\n## 之后\n\n### 四\n")
    assert keyed(body) == body


def test_other_kinds_have_no_steps_to_mark():
    body = procedure("### 打开\n")
    assert keyed(body, "risk") == body


def test_a_text_too_long_or_too_tangled_to_read_is_left_alone():
    long = procedure("### 打开\n" + "字" * 200_000)
    tangled = procedure("### 打开\n\n" + "[" * 20_000)
    assert (keyed(long), keyed(tangled)) == (long, tangled)


def test_random_keys_are_valid_and_differ():
    keys = {random_key() for _ in range(200)}
    assert len(keys) > 150
    assert all(KEY.fullmatch(key) for key in keys)


@given(BODIES)
def test_taking_the_new_keys_out_again_gives_the_old_text_byte_for_byte(body):
    after = keyed(body)
    without = after
    for number in range(1, 30):
        without = without.replace(f" {{#new{number}}}", "").replace(f"#new{number} ", "")
    assert without == body


@given(BODIES)
def test_afterwards_no_step_lacks_a_key_and_a_second_save_changes_nothing(body):
    after = keyed(body)
    faults = {fault.code for fault in rendered(after, "procedure").faults}
    assert "missing-key" not in faults
    assert with_step_keys(after, kind="procedure") == after


@given(BODIES)
def test_titles_and_texts_of_the_steps_stay_the_same(body):
    def told(text: str) -> list[tuple[str, str]]:
        return [(each["title"], each["plain"]) for each in steps_of(text)]

    assert told(keyed(body)) == told(body)


@given(st.text(max_size=120))
def test_any_text_at_all_can_be_saved_twice(text):
    once = keyed(procedure(text))
    assert keyed(once) == once
    assert len(once) >= len(procedure(text))


def test_what_is_written_under_each_key_is_told_with_its_heading():
    body = "## 操作步骤\n\n### 打开 {#k3f9 .identity}\n\n点。\n\n### 无钥匙\n\n跳过。\n\n"
    body += "### 关 {#m2x7}\n\n  关掉。\n\n## 之后\n\n不算。\n"
    assert step_texts(body) == {
        "k3f9": "### 打开 {#k3f9 .identity}\n点。",
        "m2x7": "### 关 {#m2x7}\n关掉。",
    }
