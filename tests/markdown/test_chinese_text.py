"""Emphasis and line breaks between Chinese characters, where no blanks stand."""

import pytest

from tests.markdown.kit import lead, rendered


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**“关闭”**后", "<strong>“关闭”</strong>后"),
        ("请点**「关闭」**。", "请点<strong>「关闭」</strong>。"),
        ("**注意：**请先还清", "<strong>注意：</strong>请先还清"),
        ("先*还清*再关", "先<em>还清</em>再关"),
        ("*看到哪个走哪个*，后面", "<em>看到哪个走哪个</em>，后面"),
        ("~~（旧）~~新", "<s>（旧）</s>新"),
        ("**a**b", "<strong>a</strong>b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("文 ** 文 ** 文", "文 ** 文 ** 文"),
    ],
)
def test_emphasis_needs_no_blanks_in_chinese(text, html):
    assert lead(f"{text}\n") == f"<p>{html}</p>\n"


def test_a_line_broken_inside_chinese_text_leaves_no_gap():
    assert lead("先还清，\n再关闭。\n") == "<p>先还清，再关闭。</p>\n"
    assert lead("先**还清**\n*再*关闭。\n") == "<p>先<strong>还清</strong><em>再</em>关闭。</p>\n"
    assert lead("先还清。[^S3]\n再关闭。\n").count("\n") == 1


def test_a_line_broken_between_latin_words_keeps_its_gap():
    assert lead("close it\nnow\n") == "<p>close it\nnow</p>\n"
    assert rendered("close it\nnow\n").plain == "close it now"


def test_a_hard_break_stays_a_break():
    assert lead("一\\\n二\n") == "<p>一<br>\n二</p>\n"
