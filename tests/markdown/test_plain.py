"""The plain text for search and snippets: every word, no mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.kit import first_step, rendered


def plain(body: str) -> str:
    return rendered(body).plain


def test_marks_citations_and_addresses_are_left_out():
    assert plain("**先**[还清](https://a.example/)。[^S3] `0.00` ~~旧~~\n") == "先还清。 0.00 旧"


def test_each_block_is_a_line():
    body = "一\n\n- 二\n- 三\n\n> 四\n\n## 五\n\n::: 停\n六\n:::\n\n```\n七\n```\n\n词\n: 义\n"
    assert plain(body) == "一\n二\n三\n四\n五\n六\n七\n词\n义"


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("甲 | 乙 | 丙", "甲，乙，丙"),
        ("1 | 2 |", "1, 2"),
        ("很快。 | 再看 | it is so. | yes", "很快。再看，it is so. yes"),
        (" | 只有一格 | ", "只有一格"),
        ("甲 |  | 丙", "甲，丙"),
    ],
)
def test_cells_of_a_row_are_read_on_one_line_with_a_pause_between(row, read):
    table = f"| 一 | 二 | 三 | 四 |\n|---|---|---|---|\n| {row} |\n"
    assert plain(table) == f"一，二，三，四\n{read}"


def test_boxes_to_tick_read_as_their_words():
    assert plain("- [ ] 没有待还\n- [x] 已通知\n") == "没有待还\n已通知"


def test_an_image_reads_as_its_description():
    assert plain("见![首页](/media/images/x.png)。\n") == "见首页。"


def test_a_linked_guide_is_not_named_since_the_reader_may_not_be_allowed_to_see_it():
    assert plain("见[[close-huabei]]。\n") == "见另一篇指南。"
    assert plain("见[[close-huabei|这篇]]。\n") == "见这篇。"


def test_a_step_has_its_own_plain_text_without_its_title():
    assert first_step("看*待还*总额。[^S3]\n\n::: 停\n先还清。\n:::")["plain"] == (
        "看待还总额。\n先还清。"
    )


@given(
    st.lists(st.text(alphabet="关闭借呗花呗还款", min_size=1, max_size=8), min_size=1, max_size=8)
)
def test_no_word_gets_lost_wherever_it_stands(words):
    shapes = ["{}", "**{}**", "- {}", "> {}", "## {}", "::: 停\n{}\n:::", "[{}](/x)", "`{}`"]
    body = "\n\n".join(shapes[i % len(shapes)].format(word) for i, word in enumerate(words))
    assert plain(body).replace("\n", "") == "".join(words)
