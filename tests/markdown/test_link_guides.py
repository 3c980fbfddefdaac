"""When a page is read, places left for guides get their address and title of the day."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import GuideLink, link_guides
from tests.markdown.kit import fragments, rendered

LINKS = {"pch7m": GuideLink("/procedures/close-huabei/", "关闭<花呗>")}


def linked(body: str) -> str:
    return link_guides(rendered(body).lead, LINKS)


def test_a_guide_is_named_by_its_title_of_today():
    assert linked("见[[close-huabei]]。\n") == (
        '<p>见<a href="/procedures/close-huabei/">关闭&lt;花呗&gt;</a>。</p>\n'
    )


def test_words_of_the_authors_own_are_kept():
    assert '<a href="/procedures/close-huabei/">先看这篇</a>' in linked(
        "[[close-huabei|先看这篇]]\n"
    )


def test_a_guide_that_this_reader_may_not_see_is_not_named():
    for body in ("[[close-jiebei]]\n", "[[close-jiebei|关闭借呗]]\n"):
        assert linked(body) == '<p><span class="locked">另一篇指南</span></p>\n'


def test_the_address_cannot_break_out_of_its_attribute():
    html = link_guides('<a data-guide="x1"></a>', {"x1": GuideLink('/"><script>', "t")})
    assert "<script" not in html
    assert html.count('"') == 2


def test_everything_else_stays_as_it_was():
    html = rendered("[文](/about/) `x` [^S3]\n").lead
    assert link_guides(html, LINKS) == html


FORGERIES = [
    '<a data-guide="pch7m"></a>',
    '`<a data-guide="pch7m"></a>`',
    '```\n<a data-guide="pch7m"></a>\n```',
    '    <a data-guide="pch7m"></a>',
    "&lt;a data-guide=&quot;pch7m&quot;&gt;&lt;/a&gt;",
    '[x](</a data-guide="pch7m"></a> "<a data-guide=\\"pch7m\\"></a>")',
    "![<a data-guide='pch7m'></a>](/media/images/x.png)",
    '![<a data-guide="pch7m"></a>](/media/images/x.png)',
    '| <a data-guide="pch7m"></a> | b |\n|---|---|\n| 1 | 2 |',
    '::: 入口<a data-guide="pch7m"></a>\n<a data-guide="pch7m"></a> > b\n:::',
    '[[close-jiebei|<a data-guide="pch7m"></a>]]',
    '<http://a.example/"<a/data-guide="pch7m"></a>>',
    'x{data-guide="pch7m"}',
    '{data-guide="pch7m"}\n[x](/y)',
]


@pytest.mark.parametrize("text", FORGERIES)
def test_an_author_cannot_forge_such_a_place(text):
    for html in fragments(rendered(f"{text}\n\n## 节\n\n{text}\n")):
        assert "/procedures/close-huabei/" not in link_guides(html, LINKS)


@given(
    st.lists(st.sampled_from([*FORGERIES, "\n", "*", "`", "[", "](", ")", "<", '"']), max_size=8)
)
def test_no_mixture_of_such_texts_forges_one(parts):
    result = rendered("".join(parts))
    for html in fragments(result):
        assert "/procedures/close-huabei/" not in link_guides(html, LINKS)


def test_the_neutral_words_are_in_the_language_of_the_reader():
    with override("zh-hans"):
        assert "另一篇指南" in link_guides('<a data-guide="x1"></a>', {})
