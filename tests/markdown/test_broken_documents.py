"""A text that is no document says so, with every fault and its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import DocumentError, from_document
from tests.effort import MUCH, times_as_long
from tests.markdown.test_documents import SAMPLE


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(DocumentError) as broken:
        from_document(text)
    assert all(str(fault.message) for fault in broken.value.faults)
    return [(fault.line, fault.code) for fault in broken.value.faults]


def _read(text: str) -> None:
    with suppress(DocumentError):
        from_document(text)


def changed(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("kind: procedure\n", "", (1, "missing-entry")),
        ("slug: close-jiebei\n", "", (1, "missing-entry")),
        ("title: 关闭借呗\n", "title:\n", (6, "missing-entry")),
        ("title: 关闭借呗\n", "title: ''\n", (6, "not-a-name")),
        ("kind: procedure", "kind: recipe", (2, "not-a-choice")),
        ("slug: close-jiebei", "slug: 关闭借呗", (3, "not-a-name")),
        ("slug: close-jiebei", "slug: a/../b", (3, "not-a-name")),
        ("slug: close-jiebei", "slug: 12", (3, "unquoted")),
        ("language: zh-hans", "language: 中文", (4, "not-a-name")),
        ("code: k7m2q", "code: K7", (5, "not-a-name")),
        ("title: 关闭借呗", "title: yes", (6, "unquoted")),
        ("title: 关闭借呗", "title: 2026-01-01", (6, "unquoted")),
        ("title: 关闭借呗", "title: [a]", (6, "not-text")),
        ("title: 关闭借呗", "title: {a: b}", (6, "unquoted")),
        ("title: 关闭借呗", 'title: "a\\0"', (6, "forbidden-character")),
        ("title: 关闭借呗", 'title: "\\ud800"', (6, "forbidden-character")),
        ("- 'yes'", "- yes", (8, "unquoted")),
        ("tags: []", "tags: 甲", (19, "not-a-list")),
        ("tags: []", "tags: [甲]", (19, "not-a-name")),
        ("minutes: 10", "minutes: 十", (12, "not-a-number")),
        ("minutes: 10", "minutes: 1.5", (12, "not-a-number")),
        ("minutes: 10", "minutes: 1:30", (12, "not-a-number")),
        ("minutes: 10", "minutes: true", (12, "not-a-number")),
        ("minutes: 10", "minutes: -1", (12, "not-a-number")),
        ("minutes: 10", "minutes: 40000", (12, "not-a-number")),
        ("risk_level: medium", "risk_level: [low]", (14, "not-a-choice")),
        ("risk_level: medium", "risk_level: extreme", (14, "not-a-choice")),
        ("emergency: false", "emergency: no", (24, "not-a-flag")),
        ("visibility: public", "visibility: everybody", (25, "not-a-choice")),
        ("owner: null", "author: lin", (27, "unknown-entry")),
        ("owner: null", "impact: high", (27, "foreign-entry")),
        ("owner: null", "slug: other", (27, "repeated-entry")),
        ("owner: null", "? [a]\n: b", (27, "not-a-mapping")),
        ("owner: null", "<<: {slug: b}", (27, "unknown-entry")),
        ("owner: null", "owner: 'x", (30, "not-yaml")),
        ("owner: null", "owner: a: b", (27, "not-yaml")),
        ("owner: null", "owner:\tnull\n\tx: y", (27, "not-yaml")),
        ("owner: null", "owner: &a b", (27, "yaml-anchor")),
        ("owner: null", "owner: *a", (27, "yaml-anchor")),
        ("owner: null", "owner: !!python/object:os.system x", (27, "yaml-tag")),
        ("owner: null", "owner: !x y", (27, "yaml-tag")),
        ("owner: null", "owner: [[[a]]]", (27, "yaml-nested")),
        ("owner: null", "owner: a\x01b", (27, "forbidden-character")),
        ("owner: null", "owner: a\x00b", (27, "forbidden-character")),
        ("### 打开", "### 打\x00开", (36, "forbidden-character")),
    ],
)
def test_a_fault_is_named_with_its_line(old, new, found):
    assert found in faults(changed(old, new))
    assert len(faults(changed(old, new))) <= 2


def test_every_fault_is_named_at_once_in_the_order_of_lines():
    text = changed("slug: close-jiebei", "slug: 关").replace("minutes: 10", "minutes: x")
    text = text.replace("owner: null", "author: lin").replace("title: 关闭借呗", "title: 1")
    assert faults(text) == [
        (3, "not-a-name"), (6, "unquoted"), (12, "not-a-number"), (27, "unknown-entry"),
    ]  # fmt: skip


def test_the_message_names_the_entry_and_what_is_allowed():
    with pytest.raises(DocumentError) as broken:
        from_document(changed("kind: procedure", "kind: recipe"))
    assert "“kind”" in str(broken.value)
    assert "procedure, risk, case" in str(broken.value)
    assert str(broken.value).startswith("2: ")


@pytest.mark.parametrize("text", ["", "文。\n", "# 标题\n---\n", "---a\n", " ---\n"])
def test_a_text_without_entries_is_told_how_to_begin(text):
    assert faults(text) == [(1, "no-front-matter")]


def test_entries_without_an_end_are_told_so():
    assert faults("---\nkind: case\n文。\n") == [(1, "unclosed-front-matter")]


@pytest.mark.parametrize("head", ["", "文", "- a", "[]", "{}", "null", "a: b\n...\nc: d"])
def test_entries_that_are_no_entries_are_refused(head):
    assert faults(f"---\n{head}\n---\n文。\n")


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (BOMB, "yaml-anchor"),
        ("a: " + "[" * 20_000, "yaml-nested"),
        ("a: " + "{a: " * 10_000, "yaml-nested"),
        ("- " * 20_000, "yaml-nested"),
        ("? " * 20_000, "yaml-nested"),
        ("a: '" + "x" * 60_000, "front-matter-too-long"),
        ("a\n" * 20_000, "not-a-mapping"),
        ("a: " + "!" * 40_000, "yaml-tag"),
    ],
    ids=["bomb", "lists", "mappings", "dashes", "marks", "long", "lines", "tags"],
)
def test_hostile_entries_are_refused_about_as_fast_as_ordinary_ones_are_read(head, code):
    text, lines = f"---\n{head}\n---\n文。\n", min(len(head), 40_000) // 8
    usual = SAMPLE.replace("aliases:\n", "aliases:\n" + "- 借呗怎么关\n" * lines, 1)
    assert code in {found for _, found in faults(text)}
    assert times_as_long(_read, text, usual) < MUCH


def test_a_text_beyond_all_measure_is_refused_at_once():
    assert faults(SAMPLE + "字" * 1_000_000) == [(1, "document-too-long")]


def lines_of_faults(text: str) -> list[int]:
    """Where the text is wrong; nowhere, if it is a document. Any other error fails the test."""
    try:
        from_document(text)
    except DocumentError as broken:
        return [fault.line for fault in broken.faults] or [-1]
    return []


@given(st.text(max_size=200))
def test_any_entries_at_all_give_a_guide_or_faults_but_no_other_error(head):
    lines = lines_of_faults(f"---\nkind: case\n{head}\n---\n文。\n")
    assert min(lines, default=1) >= 1


@given(st.integers(0, len(SAMPLE) - 1), st.sampled_from(list("\"'[]{}:-#&*!|>%@` \n\t0é\x00")))
def test_one_wrong_character_anywhere_gives_a_guide_or_faults(place, character):
    lines = lines_of_faults(SAMPLE[:place] + character + SAMPLE[place + 1 :])
    assert all(1 <= line <= SAMPLE.count("\n") + 1 for line in lines)
