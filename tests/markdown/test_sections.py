"""A body is cut into lead, sections and contents; headings give readable addresses."""

from hypothesis import given
from hypothesis import strategies as st

from guides.markdown.anchors import Anchors, readable
from tests.markdown.kit import codes, rendered

BODY = """先读这一段。

## 关闭之后

借呗的借款功能停用。

### 想再用

要重新评估。

## 常有人问

没有。
"""


def test_what_stands_before_the_first_section_is_the_lead():
    assert rendered(BODY).lead == "<p>先读这一段。</p>\n"


def test_each_second_level_heading_opens_a_section_with_its_text():
    first, second = rendered(BODY).sections
    assert (first["title"], first["kind"], first["steps"]) == ("关闭之后", "text", [])
    assert first["html"] == (
        '<p>借呗的借款功能停用。</p>\n<h3 id="想再用">想再用</h3>\n<p>要重新评估。</p>\n'
    )
    assert second["html"] == "<p>没有。</p>\n"


def test_the_contents_name_every_section_and_its_address():
    assert rendered(BODY).contents == [
        {"id": "关闭之后", "title": "关闭之后", "children": []},
        {"id": "常有人问", "title": "常有人问", "children": []},
    ]


def test_all_headings_are_listed_in_order():
    assert rendered(BODY).headings == ["关闭之后", "想再用", "常有人问"]


def test_an_empty_body_gives_an_empty_page_and_no_fault():
    result = rendered("")
    assert (result.lead, result.sections, result.plain, result.faults) == ("", [], "", [])


def test_an_address_keeps_the_han_and_loses_the_punctuation():
    assert readable("想注销？先看：这 一篇（A）！") == "想注销先看这-一篇a"


def test_an_address_in_latin_letters_cannot_be_one_of_the_page_around_it():
    for taken in ("main", "results", "s-k3f9", "src-S3", "t-1", "Proof"):
        assert readable(taken).startswith("h-")


def test_equal_headings_get_different_addresses_and_a_warning():
    body = "## 之后\n\n## 之后\n\n## 之后\n"
    assert [section["id"] for section in rendered(body).sections] == ["之后", "之后-2", "之后-3"]
    assert codes(body) == [(3, "duplicate-heading"), (5, "duplicate-heading")]


def test_a_heading_that_looks_like_a_numbered_double_still_gets_its_own_address():
    body = "## 之后-2\n\n## 之后\n\n## 之后\n"
    identities = [section["id"] for section in rendered(body).sections]
    assert len(set(identities)) == 3


@given(st.lists(st.text(alphabet="ab 之后-2?", max_size=6), max_size=12))
def test_addresses_are_never_given_twice_and_need_no_quoting(titles):
    anchors = Anchors()
    given_out = [anchors.take(title) for title in titles]
    assert len(set(given_out)) == len(given_out)
    assert all(name and not set(name) & set(" \t\"'<>&#?%") for name in given_out)


def test_a_title_keeps_its_words_and_loses_its_marks():
    section = rendered("## *关闭* `借呗` [^S3]\n\n文。\n").sections[0]
    assert section["title"] == "关闭 借呗"


def test_what_a_section_title_cites_is_shown_below_it():
    section = rendered("## 关闭 [^S3]\n\n文。\n").sections[0]
    assert section["html"].startswith('<p><a class="ref" href="#src-S3"')


def test_a_first_level_heading_is_an_error_but_still_opens_a_section():
    assert codes("# 关闭\n") == [(1, "h1-in-body")]
    assert rendered("# 关闭\n").sections[0]["title"] == "关闭"


def test_a_skipped_level_is_pointed_out_once_for_the_place_where_it_happens():
    assert codes("## 一\n\n#### 二\n\n#### 三\n") == [(3, "skipped-level")]
    assert codes("### 一\n") == [(1, "skipped-level")]
    assert codes("## 一\n\n### 二\n\n## 三\n") == []


def test_a_heading_inside_a_list_or_quote_is_an_error():
    assert codes("- 项\n\n  ### 标题\n")[0] == (3, "nested-heading")
    assert (1, "nested-heading") in codes("> ## 标题\n")


def test_a_heading_without_words_is_an_error():
    assert codes("##\n") == [(1, "empty-heading")]


def test_a_guide_link_in_a_title_is_an_error():
    assert codes("## 见[[close-huabei]]\n") == [(1, "link-in-title")]


def test_marks_behind_a_heading_that_is_no_step_are_an_error_and_not_shown():
    body = "## 关闭之后 {#k3f9}\n"
    assert codes(body) == [(1, "misplaced-marks")]
    assert rendered(body).sections[0]["title"] == "关闭之后"


def test_braces_that_hold_no_marks_belong_to_the_title():
    assert rendered("## 变量{甲}\n").sections[0]["title"] == "变量{甲}"


def test_an_underlined_heading_opens_a_section_as_well():
    assert rendered("关闭之后\n---\n\n文。\n").sections[0]["title"] == "关闭之后"
