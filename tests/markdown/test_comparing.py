"""Two texts of a guide compared: what changed is said by part, by block and by word."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import search
from guides.markdown import GuideDocument, Names, compare
from guides.markdown.aligning import Effort, align, compare_words
from tests.effort import MUCH, times_as_long
from tests.markdown.test_limits import HOSTILE, ordinary

STEPS = """先看清楚。[^S3]

## 开始之前

- [ ] 借款已经结清。[^S3]

## 操作步骤

### 打开管理页 {#k001 .identity}

::: 入口甲 [^S5]
支付宝 > 我的 > 资产管理 > 借呗
:::

点“我的”，进入资产管理，找到借呗。[^S5]

### 点关闭 {#k002 .irreversible}

点“关闭服务”，系统弹窗询问是否确认。[^own]

::: 停
关了就不能再借。[^S3]
:::

::: 退路
没有确认之前，退出就算没关。[^own]
:::

### 留下记录 {#k003}

截一张图，和同事一起存好。[^own]

## 做完之后

隔天再查一次，见[[close-huabei]]。[^S1]
"""


def document(body=STEPS, **fields):
    given = {"kind": "procedure", "slug": "close-jiebei", "language": "zh-hans"}
    return GuideDocument(
        **{**given, "title": "关闭借呗", "summary": "摘要。", "body": body, **fields}
    )


def compared(new, old=STEPS, **names):
    before, after = (
        text if isinstance(text, GuideDocument) else document(text) for text in (old, new)
    )
    given = Names(**names) if names else None
    return compare(before, after, words=search.words, old_names=given, new_names=given)


def part(comparison, title):
    return next(each for each in comparison.parts if title in text(each.title))


def text(pieces, *states):
    return "".join(words for state, words in pieces if not states or state in states)


def changed(comparison):
    return [text(each.title) or each.kind for each in comparison.parts if each.is_changed]


def changes(part):
    return [(block.state, block.frame) for block in part.blocks if block.state != "same"]


# — what is said —


def test_equal_texts_have_no_difference():
    comparison = compared(STEPS)
    assert comparison.is_same
    assert not comparison.only_layout
    assert all(block.state == "same" for each in comparison.parts for block in each.blocks)


def test_a_change_is_marked_at_the_borders_of_chinese_words():
    comparison = compared(STEPS.replace("进入资产管理，", "进入信贷服务，"))
    assert changed(comparison) == ["打开管理页"]
    (block,) = (b for b in part(comparison, "打开管理页").blocks if b.state == "changed")
    assert block.pieces == (
        ("same", "点“我的”，进入"),
        ("removed", "资产管理"),
        ("added", "信贷服务"),
        ("same", "，找到借呗。〔S5〕"),
    )


def test_changed_and_added_paragraphs_are_counted_by_step():
    new = STEPS.replace("找到借呗", "点开借呗").replace(
        "### 点关闭", "看不到入口的，先更新App。[^own]\n\n### 点关闭"
    )
    counts = part(compared(new), "打开管理页").counts
    assert counts == {"changed": 1, "added": 1}


def swap(body, first, second):
    """Two steps change places."""
    head, *steps = body.split("### ")
    last, tail = steps[-1].split("## ", 1)
    steps[-1] = last
    steps[first], steps[second] = steps[second], steps[first]
    return head + "".join(f"### {step}" for step in steps) + f"## {tail}"


def test_a_step_that_changes_its_place_is_moved_and_not_new():
    comparison = compared(swap(STEPS, 1, 2))
    moved = [each for each in comparison.parts if each.is_moved]
    assert len(moved) == 1
    assert moved[0].state == "same"
    assert {moved[0].old_number, moved[0].new_number} == {2, 3}
    assert not comparison.is_same


def test_a_moved_step_can_be_reworded_as_well():
    new = swap(STEPS, 0, 2).replace("截一张图", "截两张图")
    steps = {each.key: each for each in compared(new).parts if each.kind == "step"}
    assert steps["k003"].counts == {"changed": 1}
    assert (steps["k003"].old_number, steps["k003"].new_number) == (3, 1)


def test_a_step_under_another_title_is_the_same_step_by_its_key():
    comparison = compared(STEPS.replace("### 点关闭 {", "### 确认关闭服务 {"))
    step = part(comparison, "确认")
    assert (step.key, step.state, step.is_renamed, step.counts) == ("k002", "changed", True, {})


def test_a_step_with_another_key_is_another_step():
    comparison = compared(STEPS.replace("{#k003}", "{#k009}"))
    states = [(each.key, each.state) for each in comparison.parts if each.is_changed]
    assert states == [("k003", "removed"), ("k009", "added")]


def test_steps_that_follow_a_new_one_get_other_numbers_without_being_changed():
    new = STEPS.replace("### 点关闭", "### 先等一等 {#k007}\n\n等十分钟。[^own]\n\n### 点关闭")
    comparison = compared(new)
    assert changed(comparison) == ["先等一等"]
    assert (part(comparison, "点关闭").old_number, part(comparison, "点关闭").new_number) == (2, 3)


def test_steps_are_told_even_when_the_last_of_them_is_gone():
    bare = STEPS[: STEPS.index("### 打开")] + STEPS[STEPS.index("## 做完") :]
    gone = [each.key for each in compared(bare).parts if each.state == "removed"]
    come = [each.key for each in compared(STEPS, bare).parts if each.state == "added"]
    assert gone == come == ["k001", "k002", "k003"]


def test_a_renamed_section_is_matched_by_what_stands_in_it():
    comparison = compared(STEPS.replace("## 做完之后", "## 关闭之后"))
    section = part(comparison, "之后")
    assert text(section.title, "same", "removed") == "做完之后"
    assert text(section.title, "same", "added") == "关闭之后"


def test_what_is_removed_stands_behind_what_it_followed():
    new = STEPS[: STEPS.index("### 点关闭")] + STEPS[STEPS.index("### 留下") :]
    titles = [text(each.title) for each in compared(new).parts]
    assert titles == ["", "开始之前", "操作步骤", "打开管理页", "点关闭", "留下记录", "做完之后"]


def test_changed_warnings_are_named():
    comparison = compared(STEPS.replace("关了就不能再借", "关了三个月内不能再借"))
    assert part(comparison, "点关闭").warnings == ["stop"]
    comparison = compared(STEPS.replace("退出就算没关", "退出也可能已经关了"))
    assert part(comparison, "点关闭").warnings == ["wayback"]


def test_words_that_leave_a_warning_are_removed_there_and_added_elsewhere():
    new = STEPS.replace("::: 停\n关了就不能再借。[^S3]\n:::", "关了就不能再借。[^S3]")
    assert changes(part(compared(new), "点关闭")) == [
        ("added", ""),
        ("removed", "stop"),
    ] or changes(part(compared(new), "点关闭")) == [("removed", "stop"), ("added", "")]


def test_a_mark_of_a_step_is_a_change_that_is_seen():
    comparison = compared(
        STEPS.replace(" .identity", ""), values={"identity": "身份验证", "irreversible": "不可撤回"}
    )
    (block,) = (b for b in part(comparison, "打开").blocks if b.state != "same")
    assert (block.state, block.kind, text(block.pieces)) == ("removed", "marks", "身份验证")


def test_a_path_keeps_its_name_and_a_changed_source_of_it_is_seen():
    comparison = compared(STEPS.replace("::: 入口甲 [^S5]", "::: 入口甲 [^S3]"))
    (block,) = (b for b in part(comparison, "打开").blocks if b.state != "same")
    assert block.label == (("same", "入口甲"), ("removed", "〔S5〕"), ("added", "〔S3〕"))
    assert block.pieces == (("same", "支付宝 > 我的 > 资产管理 > 借呗"),)


def test_citations_and_links_are_shown_as_readers_know_them():
    new = STEPS.replace("[[close-huabei]]。[^S1]", "[[close-huabei]]。[^S4]")
    comparison = compared(new, source=lambda code: code[1:], guide={"close-huabei": "关闭花呗"}.get)
    (block,) = (b for b in part(comparison, "做完").blocks if b.state != "same")
    assert block.pieces == (
        ("same", "隔天再查一次，见《关闭花呗》。"),
        ("removed", "〔1〕"),
        ("added", "〔4〕"),
    )


def test_two_sentences_that_share_their_source_only_are_two():
    comparison = compared("先还清。[^S1]\n", "再等等。[^S1]\n")
    assert [block.state for block in comparison.parts[0].blocks] == ["removed", "added"]


def test_another_picture_under_the_same_description_is_seen():
    old, new = (f"看图。\n\n![按钮](/media/images/{name}.webp)\n" for name in ("a1b2c3d4e5", "x9"))
    changes = [text(block.pieces) for block in compared(new, old).parts[0].blocks[1:]]
    assert changes == ["〔图片 按钮 a1b2c3d4〕", "〔图片 按钮 x9.webp〕"]


def test_code_is_left_as_it_stands():
    comparison = compared("看`[[x]] [^S1]`。\n", "看`[[y]] [^S1]`。\n")
    assert text(comparison.parts[0].blocks[0].pieces, "same", "added") == "看`[[x]] [^S1]`。"


def test_facts_title_and_aliases_are_compared_too():
    old = document(facts={"minutes": 10, "risk_level": "low"}, aliases=["怎么关", "关不掉"])
    new = replace(
        old, title="关闭花呗", facts={**old.facts, "risk_level": "high"}, aliases=["怎么关"]
    )
    comparison = compared(new, old, values={"low": "低", "high": "高"})
    found = {each.name: each.blocks for each in comparison.fields if each.is_changed}
    assert set(found) == {"title", "risk_level", "aliases"}
    assert found["risk_level"][0].pieces == (("removed", "低"), ("added", "高"))
    assert [block.state for block in found["aliases"]] == ["same", "removed"]


def test_claims_are_compared_by_the_words_that_stand_for_them():
    old, new = document(claims=["a"]), document(claims=["a"])
    comparison = compare(
        old,
        new,
        words=search.words,
        old_names=Names(claims={"a": ["能关吗？", "评分不会波动。"]}),
        new_names=Names(claims={"a": ["能关吗？", "评分可能波动。"]}),
    )
    (claims,) = (each for each in comparison.fields if each.is_changed)
    assert claims.name == "claims"
    assert [block.state for block in claims.blocks] == ["same", "changed"]


def test_a_change_of_nothing_but_layout_is_said():
    comparison = compared(STEPS.replace("- [ ] 借款", "* [ ] 借款"))
    assert (comparison.is_same, comparison.only_layout) == (True, True)


def test_a_comma_between_two_changes_does_not_tear_them_apart():
    pieces = compare_words("先结清，再关闭", "还完款，才注销", search.words, Effort())
    assert pieces == (("removed", "先结清，再关闭"), ("added", "还完款，才注销"))


# — what holds for any two texts —

LETTERS = st.text("先结清再关闭借呗 ab，。〔1〕《x》[^S1]\n`*", max_size=40)
SENTENCES = st.sampled_from(
    ["先结清借款。", "再关闭借呗。[^S1]", "等三天，再看一次。", "- 甲", "::: 停\n别急。\n:::",
     "| a | b |\n|---|---|\n| 1 | 2 |", "::: 入口甲\n我的 > 借呗\n:::", "> 引文", "```\nx\n```"]
)  # fmt: skip
PARAGRAPHS = st.lists(SENTENCES | LETTERS, max_size=4).map("\n\n".join)
KEYS = st.permutations(["k001", "k002", "k003", "k004"])


@st.composite
def bodies(draw):
    keys = draw(KEYS)[: draw(st.integers(0, 4))]
    steps = [f"### 步骤{draw(LETTERS)!r} {{#{key}}}\n\n{draw(PARAGRAPHS)}" for key in keys]
    sections = draw(st.permutations(["开始之前", "做完之后"]))
    middle = ["## 操作步骤", *steps] if steps else []
    before, after = (f"## {title}\n\n{draw(PARAGRAPHS)}" for title in sections)
    return "\n\n".join([draw(PARAGRAPHS), before, *middle, after])


BODIES = bodies() | st.text(max_size=80)


def texts(comparison, *states):
    """The blocks of one side, as they were before anything was compared."""
    return sorted(
        text(block.pieces, *states)
        for each in comparison.parts
        for block in each.blocks
        if block.state in ("same", "changed", *states)
    )


@given(old=LETTERS, new=LETTERS)
def test_pieces_joined_again_are_the_two_texts(old, new):
    pieces = compare_words(old, new, search.words, Effort())
    assert text(pieces, "same", "removed") == old
    assert text(pieces, "same", "added") == new


@given(old=LETTERS, new=LETTERS)
def test_pieces_seen_from_the_other_side_are_the_same(old, new):
    there = compare_words(old, new, search.words, Effort())
    back = compare_words(new, old, search.words, Effort())
    assert [t for s, t in there if s == "same"] == [t for s, t in back if s == "same"]
    assert text(there, "added") == text(back, "removed")


@given(old=st.lists(st.integers(0, 5), max_size=30), new=st.lists(st.integers(0, 5), max_size=30))
def test_what_is_aligned_is_equal_and_rises_on_either_side(old, new):
    pairs = align(old, new, Effort())
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert align(new, old, Effort()) == [(j, i) for i, j in pairs]


@given(old=BODIES, new=BODIES)
def test_nothing_is_lost_and_nothing_invented(old, new):
    comparison = compared(new, old)
    assert texts(comparison, "same", "removed") == texts(compared(old, old), "same")
    assert texts(comparison, "same", "added") == texts(compared(new, new), "same")


@given(old=BODIES, new=BODIES)
def test_the_other_way_round_added_and_removed_change_places(old, new):
    turned = {"added": "removed", "removed": "added"}

    def told(comparison, names):
        return sorted(
            (each.key, names.get(each.state, each.state), each.is_moved,
             sorted((names.get(state, state), count) for state, count in each.counts.items()))
            for each in comparison.parts
        )  # fmt: skip

    assert told(compared(new, old), {}) == told(compared(old, new), turned)


@given(body=BODIES)
def test_a_text_does_not_differ_from_itself(body):
    comparison = compared(body, body)
    assert comparison.is_same
    assert not comparison.only_layout


@given(old=BODIES, new=BODIES)
def test_the_same_question_gets_the_same_answer(old, new):
    assert compared(new, old) == compared(new, old)


# — long and hostile texts —

LONG = {
    "one paragraph": "这是一个很长的段落，说的是同一件事。" * 11_000,
    "equal lines": "字\n\n" * 66_000,
    "numbers": "\n\n".join(str(number) for number in range(12_000)),
    "sections": "".join(
        f"## 第{number}节\n\n{'先结清，再关闭。' * 9}\n\n" for number in range(1_200)
    ),
    "steps": "## 操作步骤\n\n"
    + "".join(
        f"### 第{number}步 {{#k{number:05}}}\n\n{'点一下。' * 9}\n\n" for number in range(1_200)
    ),
}
EDITS = {
    "a word": lambda body: body[: len(body) // 2] + "换了" + body[len(body) // 2 + 2 :],
    "backwards": lambda body: body[::-1],
    "every other line": lambda body: "\n".join(
        f"{line}改" if number % 4 == 0 and line else line
        for number, line in enumerate(body.split("\n"))
    )[:199_999],
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", LONG)
def test_a_text_of_full_size_is_compared_without_running_away_and_nothing_is_lost(name, edit):
    old = LONG[name][:199_999]
    new = EDITS[edit](old)
    comparison = compared(new, old)
    assert times_as_long(lambda other: compared(new, other), old, new) < MUCH
    assert texts(comparison, "same", "removed") == texts(compared(old, old), "same")
    assert texts(comparison, "same", "added") == texts(compared(new, new), "same")


def _compared_each_way(text: str) -> None:
    for old in (text, STEPS):
        compared(text, old)
    compared(STEPS, text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_compared_with_an_ordinary_one_and_with_themselves(name):
    body = HOSTILE[name](2_000)
    assert compared(body, body).is_same
    assert times_as_long(_compared_each_way, body, ordinary(2_000)) < MUCH


def test_where_work_runs_out_the_answer_is_coarse_and_still_right():
    old, new = "甲乙丙丁戊己" * 40, "己丁乙甲戊丙" * 40
    pieces = compare_words(old, new, list, Effort(left=10))
    assert text(pieces, "same", "removed") == old
    assert text(pieces, "same", "added") == new
