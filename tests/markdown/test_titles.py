"""Titles break between words only."""

from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import title_html


def test_a_title_may_break_between_its_words():
    assert title_html(["关闭", "借呗"]) == "关闭<wbr>借呗"


@given(st.lists(st.text()))
def test_a_title_is_escaped_word_by_word(words):
    html = title_html(words)
    assert html.replace("<wbr>", "") == "".join(escape(word) for word in words)
    assert html.count("<") == max(len(words) - 1, 0)
