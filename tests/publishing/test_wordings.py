"""A sentence that a source has, too, is found however it is dressed; facts and short runs pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.wordings import LONGEST, Borrowed, bare, borrowed

SENTENCE = "在关闭之前务必将全部借款结清并确认没有任何未出账单的分期余额"
SOURCES = [
    ("S1", f"首先。{SENTENCE}，然后再操作。"),
    ("S2", "打开手机里的应用，找到额度管理页面。"),
]
LETTERS = st.text(alphabet="关闭借呗花先结清再看一眼余额", min_size=LONGEST + 1, max_size=60)


def found(text: str, sources=SOURCES) -> list[Borrowed]:
    return list(borrowed(text, sources))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        f"我们认为{SENTENCE}这样才稳妥",
        f"**{SENTENCE[:14]}**{SENTENCE[14:]}。[^S1]",
        SENTENCE[:10] + "，" + SENTENCE[10:],
        SENTENCE[:15] + "[^S1]" + SENTENCE[15:],
        "在關閉之前務必將全部借款結清並確認沒有任何未出賬單的分期餘額",
        f"[{SENTENCE}](https://portal.example/)",
        f"[[prepare-to-close|{SENTENCE}]]",
    ],
)
def test_a_sentence_of_a_source_is_found_and_its_source_named(text):
    (run,) = found(text)
    assert run.source == "S1"
    assert bare(SENTENCE) in run.text or len(run.text) > LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "先把借款还清，再看有没有没出账的分期。",
        SENTENCE[:LONGEST],
        f"{SENTENCE[:LONGEST]}。关掉以前，{SENTENCE[LONGEST:]}",
        "支付宝 > 我的 > 在关闭之前务必将全部借款结清并确认没有任何未出账单的分期余额",
    ],
)
def test_own_words_short_runs_and_ways_through_an_app_pass(text):
    assert found(text) == []


def test_two_sentences_of_two_sources_are_told_apart():
    other = "到客户服务大厅取号排队等候工作人员叫号之后提交纸质申请材料"
    runs = found(f"{SENTENCE}。其次，{other}。", [("S1", SENTENCE), ("S9", other)])
    assert [(run.source, run.text) for run in runs] == [("S1", SENTENCE), ("S9", other)]


def test_without_the_texts_of_sources_nothing_is_compared():
    assert found(SENTENCE, []) == []


@given(LETTERS, LETTERS, LETTERS)
def test_whatever_stands_around_it_a_whole_source_is_found(before, source, after):
    runs = found(before + source + after, [("S1", source)])
    assert any(len(run.text) > LONGEST for run in runs)


@given(LETTERS, LETTERS)
def test_what_is_told_stands_in_both(text, source):
    for run in found(text, [("S1", source)]):
        assert run.text in bare(text)
        assert all(
            run.text[at : at + LONGEST + 1] in bare(source) for at in range(len(run.text) - LONGEST)
        )
