"""Two texts that were begun from one, merged: what may be expected of any three texts."""

from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import (
    CONFLICT,
    joined,
    merge_bodies,
    merged_list,
    merged_value,
    without_keys,
)
from tests.markdown.test_comparing import STEPS

OPEN, CLOSE, NOTE = "### 打开管理页", "### 点关闭", "### 留下记录"


def merged(base, mine, theirs, kind="procedure"):
    return merge_bodies(base, mine, theirs, kind=kind)


def body(base, mine, theirs, kind="procedure"):
    return joined(merged(base, mine, theirs, kind))


def conflicts(parts):
    return [part for part in parts if part.is_conflict]


# — what is said —


def test_a_change_in_one_step_and_a_change_in_another_are_both_there():
    mine = STEPS.replace("找到借呗", "找到「借呗」")
    theirs = STEPS.replace("截一张图", "截两张图")
    parts = merged(STEPS, mine, theirs)
    assert not conflicts(parts)
    assert joined(parts) == mine.replace("截一张图", "截两张图")
    assert [part.title for part in parts if part.is_taken] == ["留下记录"]


def test_a_step_that_both_changed_is_shown_in_both_forms_until_somebody_chooses():
    mine, theirs = (STEPS.replace("截一张图", f"截{count}张图") for count in "两三")
    parts = merged(STEPS, mine, theirs)
    (conflict,) = conflicts(parts)
    assert (conflict.kind, conflict.title) == ("step", "留下记录")
    at = parts.index(conflict)
    assert joined(parts, {at: "mine"}) == mine
    assert joined(parts, {at: "theirs"}) == theirs
    both = joined(parts, {at: "both"})
    assert both.index("截两张图") < both.index("截三张图")


def test_the_same_change_on_both_sides_is_no_conflict():
    same = STEPS.replace("截一张图", "截两张图")
    assert body(STEPS, same, same) == same


def test_a_step_that_was_moved_takes_the_others_rewording_along():
    start, stop = STEPS.index(NOTE), STEPS.index("## 做完之后")
    at = STEPS.index(OPEN)
    moved = STEPS[:at] + STEPS[start:stop] + STEPS[at:start] + STEPS[stop:]
    for one, other in ((moved, "theirs"), ("theirs", moved)):
        sides = [each if each == moved else STEPS.replace("一张", "两张") for each in (one, other)]
        parts = merged(STEPS, *sides)
        assert not conflicts(parts)
        assert joined(parts) == moved.replace("一张", "两张")


def test_a_step_deleted_here_and_reworded_there_is_a_conflict_and_not_gone():
    start, stop = STEPS.index(NOTE), STEPS.index("## 做完之后")
    without = STEPS[:start] + STEPS[stop:]
    parts = merged(STEPS, without, STEPS.replace("一张", "两张"))
    (conflict,) = conflicts(parts)
    assert (conflict.mine, "两张" in conflict.theirs) == (None, True)
    assert joined(parts, {parts.index(conflict): "mine"}) == without
    assert "两张" in joined(parts)


def test_a_step_deleted_by_one_and_left_alone_by_the_other_is_gone():
    start, stop = STEPS.index(NOTE), STEPS.index("## 做完之后")
    without = STEPS[:start] + STEPS[stop:]
    reworded = without.replace("隔天", "过两天")
    assert body(STEPS, without, STEPS.replace("隔天", "过两天")) == reworded
    assert body(STEPS, STEPS.replace("隔天", "过两天"), without) == reworded


def test_new_steps_of_both_sides_stay_among_the_steps_and_new_sections_behind_them():
    step = "### 再看一眼 {#k009}\n\n看。[^own]\n\n"
    section = "## 另外\n\n还有。[^own]\n\n"
    mine = STEPS.replace("## 做完之后", step + "## 做完之后")
    theirs = STEPS.replace("## 做完之后", section + "## 做完之后")
    wanted = STEPS.replace("## 做完之后", step + section + "## 做完之后")
    assert body(STEPS, mine, theirs) == body(STEPS, theirs, mine) == wanted


def test_a_section_under_a_new_title_is_still_the_same_section():
    mine = STEPS.replace("## 做完之后", "## 关完之后")
    theirs = STEPS.replace("截一张图", "截两张图")
    assert body(STEPS, mine, theirs) == mine.replace("截一张图", "截两张图")


def test_a_step_sent_again_without_the_key_that_its_first_save_gave_it_is_there_once():
    typed = STEPS.replace("## 做完之后", "### 新的一步\n\n做。[^own]\n\n## 做完之后")
    saved = typed.replace("### 新的一步", "### 新的一步 {#k777}")
    assert body(STEPS, typed, saved) == saved
    assert body(STEPS, saved, typed) == saved


def test_a_heading_in_a_code_block_parts_nothing():
    fence = "\n\n```\n## 不是标题\n```"
    mine = STEPS.replace("先看清楚。[^S3]", "先看清楚。[^S3]" + fence)
    assert len(merged(STEPS, mine, STEPS)) == len(merged(STEPS, STEPS, STEPS))
    assert body(STEPS, mine, STEPS) == mine


def test_without_a_known_beginning_what_is_alike_is_kept_and_the_rest_is_a_choice():
    mine, theirs = (STEPS.replace("截一张图", f"截{count}张图") for count in "两三")
    parts = merged("", mine, theirs)
    assert [part.title for part in conflicts(parts)] == ["留下记录"]


def test_a_text_too_long_to_take_apart_is_one_part():
    mine, theirs = "一行\n" * 6_000, "两行\n" * 6_000
    (part,) = merged("", mine, theirs)
    assert part.is_conflict
    assert body("", mine, "") == mine


def test_values_and_lists():
    assert merged_value("a", "b", "a") == "b"
    assert merged_value("a", "a", "c") == "c"
    assert merged_value("a", "b", "b") == "b"
    assert merged_value("a", "b", "c") is CONFLICT
    assert merged_list(["1", "2"], ["2", "1"], ["1", "2"]) == ["2", "1"]
    assert merged_list(["1", "2"], ["2", "4"], ["1", "2", "3"]) == ["2", "3", "4"]


# — whatever the texts —

TITLES = ("开始之前", "怎么办", "做完之后", "另外")
lines = st.sampled_from(
    ["甲。[^S1]", "乙。[^own]", "丙", "- 一项", "> 引", "", "```", "::: 停", ":::"]
)
texts = st.lists(lines, max_size=4).map("\n".join)
gaps = st.sampled_from(["\n", "\n\n", "\n\n\n"])


@st.composite
def bodies(draw):
    """Sections in any order, one of them with steps, some without keys or with the same one."""
    chunks = [draw(texts)]
    for title in draw(st.lists(st.sampled_from([*TITLES, "操作步骤"]), max_size=4)):
        chunks.append(f"## {title}\n\n{draw(texts)}")
        if title == "操作步骤":
            keys = draw(st.lists(st.sampled_from(["k001", "k002", "k003", ""]), max_size=4))
            braces = [f" {{#{key}}}" if key else "" for key in keys]
            chunks += [f"### 第{draw(lines)}步{brace}\n\n{draw(texts)}" for brace in braces]
    whole = "".join(chunk.rstrip("\n") + draw(gaps) for chunk in chunks).strip("\n")
    return f"{whole}\n" if whole else ""


@given(bodies(), bodies())
def test_who_alone_changed_something_gets_exactly_that(base, new):
    assert body(base, new, base) == new
    assert body(base, base, new) == new


@given(bodies(), bodies(), bodies())
def test_the_result_is_the_same_whichever_side_comes_first(base, one, other):
    forth, back = merged(base, one, other), merged(base, other, one)
    turned = [(part.theirs, part.mine) for part in back]
    assert [(part.mine, part.theirs) for part in forth] == turned
    left, right = (dict.fromkeys(range(len(forth)), side) for side in ("mine", "theirs"))
    assert joined(forth, left) == joined(back, right)


@given(bodies(), bodies(), bodies())
def test_no_line_that_somebody_wrote_is_lost(base, mine, theirs):
    """With both sides of every conflict taken, only what somebody deleted is missing."""

    def lines_of(text):
        return {without_keys(line) for line in text.split("\n")}

    kept = lines_of(body(base, mine, theirs))
    for side in (mine, theirs):
        assert lines_of(side) - lines_of(base) <= kept


@given(bodies(), bodies(), bodies())
def test_choosing_one_side_everywhere_takes_nothing_of_a_conflict_from_the_other(
    base, mine, theirs
):
    parts = merged(base, mine, theirs)
    for side in ("mine", "theirs"):
        for part in conflicts(parts):
            assert part.text(side) == getattr(part, side)


sections = st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=4, max_size=4)


@given(sections, sections, sections, st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_change_on_one_side_only_always_survives(base, mine, theirs, is_mine):
    """Each section is changed by one of the two, or by nobody."""

    def text(words):
        pairs = zip(TITLES, words, strict=True)
        return (
            "".join(f"## {title}\n\n{word}{title}。\n\n" for title, word in pairs).rstrip() + "\n"
        )

    changes = list(zip(base, mine, theirs, is_mine, strict=True))
    ours = [m if here else b for b, m, _t, here in changes]
    others = [b if here else t for b, _m, t, here in changes]
    wanted = [m if here else t for _b, m, t, here in changes]
    parts = merged(text(base), text(ours), text(others))
    assert not conflicts(parts)
    assert joined(parts) == text(wanted)


words = st.lists(st.sampled_from("一二三四五"), unique=True)


@given(words, words, words)
def test_lists_keep_what_either_side_added(base, mine, theirs):
    result = merged_list(base, mine, theirs)
    assert {*mine, *theirs} - {*base} <= {*result}
    assert not ({*base} - {*mine} | {*base} - {*theirs}) & {*result}
    assert sorted(result) == sorted(merged_list(base, theirs, mine))
    assert merged_list(base, mine, base) == mine
    assert merged_list(base, base, theirs) == theirs
