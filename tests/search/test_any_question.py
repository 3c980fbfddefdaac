"""Whatever is typed: never an error, never slow, always an answer."""

import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import search
from tests.effort import MUCH, times_as_long

PIECES = st.sampled_from(
    [
        "花呗",
        "借呗",
        "关",
        "闭",
        "被",
        "不能",
        "用",
        "jiebei",
        "guanbi",
        "怎么",
        "了",
        "，",
        " ",
        "%",
        "_",
    ]
)
QUESTIONS = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(PIECES, max_size=40).map("".join),
    st.text("abcdefghijklmnopqrstuvwxyz '", max_size=120),
    st.text("借呗花关闭界被注销消", max_size=60),
)
fuzzed = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzzed
@given(question=QUESTIONS)
def test_any_question_is_answered_and_every_answer_is_allowed(ask, everything, question):
    seen = everything.exclude(pk__in=[1, 4])
    match = ask(question, allowed=seen)
    found = [hit.key for hit in match.hits]
    assert set(found) <= {2, 3, 5}
    assert len(set(found)) == len(found) == match.total
    ranks = [(-hit.score, hit.key) for hit in match.hits]
    assert ranks == sorted(ranks)


@fuzzed
@given(question=QUESTIONS)
def test_the_same_question_has_the_same_answer(ask, question):
    assert ask(question) == ask(question)


@fuzzed
@given(prefix=QUESTIONS)
def test_anything_typed_brings_suggestions_of_allowed_guides_only(everything, prefix):
    offered = search.suggest(prefix, everything.filter(pk=2))
    assert {each.key for each in offered} <= {2}


@settings(fuzzed, max_examples=30)
@given(title=QUESTIONS, body=QUESTIONS)
def test_any_text_can_be_put_found_and_removed(everything, title, body):
    search.put(9, search.Texts(title, [body], [title], body, body, ["task:close"], "risk"))
    search.put(9, search.Texts("藏獒", [], [], "", ""))
    Group.objects.get_or_create(pk=9, name="9")
    assert [hit.key for hit in search.match("藏獒", everything, concepts=[]).hits] == [9]
    search.remove(9)
    assert not search.match("藏獒", everything, concepts=[]).hits


@pytest.mark.parametrize(
    "question",
    [
        "花" * 10_000,
        "huabei " * 2_000,
        "guanbi" * 2_000,
        "\0\x01\x02\x1b[31m",
        "'; DROP TABLE guides_searchposting; --",
        'NEAR("a" OR "b") AND *',
        "%s %(x)s {} {0}",
        ".*+?^${}()|[]\\",
        "\u202eכיצד לסגור",
        "كيف أغلق",
        "👩‍👩‍👧‍👦" * 100,
        "\ud800\udfff",
        "ﷺ" * 400,
        "\u0301" * 500,
    ],
    ids=lambda question: ascii(question[:12]),
)
def test_hostile_questions_cost_little_more_than_ordinary_ones(ask, question):
    match = ask(question)
    assert times_as_long(ask, question, "怎么把借呗关掉，花呗关了还能再开吗") < MUCH
    assert match.total == len(match.hits)


@pytest.mark.parametrize("question", ["", "   ", "？！", "😀", "的", "\n"])
def test_what_says_nothing_finds_nothing(ask, question):
    match = ask(question)
    assert (match.hits, match.total, match.strong) == ([], 0, False)
