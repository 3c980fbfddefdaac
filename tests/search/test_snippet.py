"""The passage shown under a result, and what is marked in it."""

from hypothesis import given
from hypothesis import strategies as st

from guides.search import Passage, highlighted, snippet
from guides.search.snippet import LENGTH

TEXT = st.text(st.sampled_from("关闭花呗还款。！ab<>&\n "), max_size=400)
TERMS = st.lists(st.text(st.sampled_from("关闭花呗ab<.*"), max_size=4), max_size=5)


def plain(parts):
    return "".join(text for text, _hit in parts)


@given(TEXT, TERMS)
def test_marking_changes_no_letter(text, terms):
    assert plain(highlighted(text, terms)) == text


@given(TEXT, TERMS)
def test_what_is_marked_is_a_term(text, terms):
    wanted = {term.casefold() for term in terms}
    assert {part.casefold() for part, hit in highlighted(text, terms) if hit} <= wanted


@given(TEXT, TERMS)
def test_a_snippet_is_short_and_from_the_text(text, terms):
    found = plain(snippet(text, terms).parts)
    assert len(found) <= 2 * LENGTH
    assert found in " ".join(text.split())


def test_words_are_marked_whatever_their_case():
    assert highlighted("在App里点关闭", ["app", "关闭"]) == (
        ("在", False),
        ("App", True),
        ("里点", False),
        ("关闭", True),
    )


def test_the_longest_term_is_marked_whole():
    assert highlighted("银行卡", ["银行", "银行卡"]) == (("银行卡", True),)


def test_the_passage_with_most_of_the_words_is_shown_with_its_anchor():
    passages = [
        Passage("", "", "先还清欠款。"),
        Passage("s-k3f9", "点关闭", "在设置里点关闭花呗，再输入密码。"),
        Passage("s-m2p4", "等结果", "关闭以后等短信。"),
    ]
    best = snippet(passages, ["关闭", "花呗"])
    assert (best.anchor, best.title) == ("s-k3f9", "点关闭")
    assert ("关闭", True) in best.parts


def test_the_first_passage_is_shown_where_nothing_matches():
    passages = [Passage("", "", "先还清欠款。"), Passage("s-k3f9", "点关闭", "再输入密码。")]
    assert snippet(passages, ["解绑"]).parts == (("先还清欠款。", False),)


def test_the_sentences_around_the_words_are_shown_of_a_long_text():
    text = "这里说别的事情。" * 40 + "最后点关闭花呗。" + "然后又说别的。" * 40
    assert ("关闭", True) in snippet(text, ["关闭"]).parts


def test_a_row_of_a_table_is_never_cut_where_it_can_be_shown_whole():
    rows = [f"第{number}条理由，来源写了很多很多话来说明它为什么成立" for number in range(20)]
    rows[9] = "行业政策要求，来源列为关闭的理由之一"
    shown = plain(snippet("\n".join(rows), ["行业政策"]).parts)
    assert rows[9] in shown
    assert all(row in rows for row in shown.split(" "))


def test_a_guide_without_text_has_an_empty_snippet():
    assert snippet([], ["关闭"]).parts == ()
    assert snippet("", ["关闭"]).parts == ()
