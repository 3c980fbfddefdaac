"""A guide as one text, and back: nothing is lost, and every guide has exactly one text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.markdown import DocumentError, GuideDocument, from_document, to_document
from guides.markdown.document import FACTS

AWKWARD = st.sampled_from(
    [
        "", "yes", "No", "null", "~", "1e3", "0x1F", "1_000", "12:30", "2026-01-01", ".5", ".inf",
        "=", "true", "<<", "a: b", ": ", "- a", "- ", "# a", "a #b", "? a", "[a]", "{a: b}", "&a",
        "*a", "!a", "%a", "@a", "`a`", "|", ">", "'", '"', "''", '"a" b', "a'b", "\\", "\\n", "---",
        "...", "--- a", " a", "a ", "a\n", "a\nb", "\n---\n", "a\r\nb", "a\u2028b", "a\u2029b",
        "\ta", "a\x85b", "\ufeffa", "\x01", "\x7f", "😀", "关闭：借呗", "，", "a" * 300,
        "字 " * 200,
    ]
)  # fmt: skip
TEXT = st.one_of(AWKWARD, st.text(max_size=30)).filter(lambda text: "\x00" not in text)
SLUG = st.from_regex(r"[-a-zA-Z0-9_]{1,12}", fullmatch=True)
LEVEL = st.sampled_from(["low", "medium", "high"])
NUMBER = st.integers(0, 32_767)
FACT_VALUES = {
    "minutes": st.none() | NUMBER,
    "risk_level": LEVEL,
    "likelihood": LEVEL,
    "impact": LEVEL,
    "early_signs": st.lists(TEXT, max_size=3),
}
BODY = st.lists(st.one_of(TEXT, st.sampled_from(["---", "## 节", "kind: risk", "```"])), max_size=6)


@st.composite
def documents(draw: st.DrawFn) -> GuideDocument:
    kind = draw(st.sampled_from(sorted(FACTS)))
    return GuideDocument(
        kind=kind,
        slug=draw(SLUG),
        language=draw(st.sampled_from(["zh-hans", "en", "zh-hant"])),
        code=draw(st.none() | st.from_regex(r"[a-z0-9]{5}", fullmatch=True)),
        title=draw(TEXT.filter(str.strip)),
        summary=draw(TEXT),
        aliases=draw(st.lists(TEXT, max_size=3)),
        facts={name: draw(FACT_VALUES.get(name, TEXT)) for name in FACTS[kind]},
        products=draw(st.lists(SLUG, max_size=3)),
        task=draw(st.none() | SLUG),
        tags=draw(st.lists(SLUG, max_size=3)),
        claims=draw(st.lists(SLUG, max_size=3)),
        related=draw(st.lists(SLUG, max_size=3)),
        emergency=draw(st.booleans()),
        visibility=draw(st.sampled_from(["public", "signed-in", "groups"])),
        groups=draw(st.lists(TEXT, max_size=3)),
        owner=draw(st.none() | TEXT),
        review_interval_days=draw(NUMBER),
        translation_of=draw(st.none() | SLUG),
        body="\n".join(draw(BODY)),
    )


@given(documents())
def test_a_guide_comes_back_from_its_text_as_it_was(guide):
    assert from_document(to_document(guide)) == guide


@settings(max_examples=50)
@given(documents())
def test_a_guide_has_exactly_one_text_whatever_its_line_ends_were(guide):
    text = to_document(guide)
    assert to_document(from_document("\ufeff" + text.replace("\n", "\r\n"))) == text
    head = text.removesuffix(guide.body)
    assert [line for line in head.split("\n") if line.startswith("---")] == ["---", "---"]


SAMPLE = """---
kind: procedure
slug: close-jiebei
language: zh-hans
code: k7m2q
title: 关闭借呗
summary: 先结清，再关闭。
aliases:
- 借呗怎么彻底关掉
- 'yes'
performer: 账户本人
minutes: 10
at_hand: 能收短信的绑定手机、支付密码
risk_level: medium
risk_reason: 再开要重新评估
products:
- jiebei
task: close
tags: []
claims:
- close-jiebei-directly
related:
- prepare-to-close
emergency: false
visibility: public
groups: []
owner: null
review_interval_days: 90
translation_of: null
---

## 操作步骤

---

### 打开 {#k3f9}
"""


def test_the_text_is_pleasant_to_read_and_its_keys_stand_in_order():
    guide = from_document(SAMPLE)
    assert to_document(guide) == SAMPLE
    assert (guide.slug, guide.facts["minutes"], guide.owner) == ("close-jiebei", 10, None)
    assert guide.aliases == ["借呗怎么彻底关掉", "yes"]
    assert guide.body == "## 操作步骤\n\n---\n\n### 打开 {#k3f9}\n"


def test_what_is_left_out_is_empty():
    guide = from_document(
        "---\nkind: risk\nslug: a\nlanguage: zh-hans\ntitle: 甲\nsummary: 乙\n---\n"
    )
    assert guide == GuideDocument(
        kind="risk", slug="a", language="zh-hans", title="甲", summary="乙"
    )
    assert guide.facts == {
        "likelihood": "medium", "impact": "medium", "early_signs": [], "recoverable": "",
    }  # fmt: skip


def test_two_guides_do_not_share_their_lists():
    first, second = (
        from_document("---\nkind: risk\nslug: a\nlanguage: en\ntitle: a\nsummary: b\n---\n")
        for _ in range(2)
    )
    first.tags.append("x")
    first.facts["early_signs"].append("x")
    assert (second.tags, second.facts["early_signs"]) == ([], [])


def test_lists_on_one_line_and_comments_are_understood():
    text = SAMPLE.replace("products:\n- jiebei", "products: [jiebei, huabei]  # 两个")
    assert from_document(text).products == ["jiebei", "huabei"]


def test_equal_guides_are_equal_however_they_were_written():
    first = GuideDocument(
        kind="case", slug="a", language="en", title="a", summary="", body="\n\n文\r\n\r\n",
        related=["b", "a", "b"], facts={"outcome": "好", "minutes": 3},
    )  # fmt: skip
    second = GuideDocument(
        kind="case", slug="a", language="en", title="a", summary="", body="文",
        related=["a", "b"], facts={"setting": "", "outcome": "好"},
    )  # fmt: skip
    assert first == second


@pytest.mark.parametrize("field", ["title", "summary", "body"])
@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_what_no_file_can_hold_is_refused(field, character):
    values = {"title": "a", "summary": "b", "body": "c"} | {field: f"x{character}"}
    with pytest.raises(DocumentError) as refused:
        to_document(GuideDocument(kind="case", slug="a", language="en", **values))
    assert [fault.code for fault in refused.value.faults] == ["forbidden-character"]
