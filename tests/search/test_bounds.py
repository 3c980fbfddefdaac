"""However much there is to search: a question costs a few statements that read a few rows."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import search
from guides.search import finding, weights
from guides.search.tables import SearchEntry, SearchHolding, SearchPhrase, SearchWord
from tests.search.holdings import emptied, rows
from tests.search.small_guides import GUIDES

QUESTION = "为什么借呗用不了，短信验证码"


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def many_more(number):
    search.put_many({100 + each: GUIDES[1 + each % 5] for each in range(number)})
    Group.objects.bulk_create(Group(pk=100 + each, name=f"more {each}") for each in range(number))


def test_a_question_takes_as_many_statements_whatever_the_number_of_guides(ask):
    few = statements(lambda: ask(QUESTION))
    many_more(40)
    assert statements(lambda: ask(QUESTION)) == few <= 5


@pytest.mark.parametrize("typed", ["借", "jie", "换卡", "没有这个词"])
def test_typing_takes_few_statements_whatever_the_number_of_guides(everything, typed):
    many_more(40)
    assert statements(lambda: search.suggest(typed, everything)) <= 5


def test_no_more_guides_are_compared_than_there_are_candidates(ask, monkeypatch):
    monkeypatch.setattr(weights, "CANDIDATES", 3)
    many_more(20)
    assert ask("借呗", limit=500).total == 3


@pytest.mark.usefixtures("everything")
def test_what_was_read_once_is_not_read_again():
    postings = finding.Postings("default")
    assert statements(lambda: postings.read(["借呗", "没有这个词"])) == 1
    assert statements(lambda: postings.read(["没有这个词", "借呗"])) == 0
    assert statements(lambda: postings.read([])) == 0
    assert postings.held("借呗") > postings.held("没有这个词") == 0
    assert postings.every == len(GUIDES)


def test_the_best_of_all_are_compared_however_many_hold_the_words(ask, monkeypatch):
    monkeypatch.setattr(weights, "CANDIDATES", 3)
    before = ask(QUESTION).hits
    many_more(40)
    every = ask(QUESTION, limit=500)
    monkeypatch.setattr(weights, "CANDIDATES", 100)
    assert ask(QUESTION, limit=500).hits[:3] == every.hits
    assert before[0].key in {hit.key for hit in every.hits}


def test_a_rare_word_finds_its_guide_among_many_that_hold_the_common_ones(everything, monkeypatch):
    monkeypatch.setattr(weights, "CANDIDATES", 3)
    common = search.Texts("甲板和邮轮", [], [], "", "甲板和邮轮")
    search.put_many({100 + each: common for each in range(40)})
    search.put(999, search.Texts("藏獒", [], [], "", ""))
    Group.objects.bulk_create(Group(pk=key, name=f"more {key}") for key in (*range(100, 140), 999))
    assert search.match("甲板邮轮藏獒", everything, concepts=[]).hits[0].key == 999


def test_an_answer_reads_no_more_guides_than_it_may_show(ask, monkeypatch):
    """Who may see what is asked of the best only, piece by piece until there are enough."""
    monkeypatch.setattr(weights, "CANDIDATES", 4)
    many_more(40)
    with CaptureQueriesContext(connection) as captured:
        ask(QUESTION)
    assert captured[-1]["sql"].count(",") < 10


def test_a_reader_who_may_see_next_to_nothing_costs_few_statements(everything, concepts):
    many_more(2000)
    mine = Group.objects.filter(pk__in=[2, 2098])
    with CaptureQueriesContext(connection) as captured:
        found = search.match(QUESTION, mine, concepts=concepts)
    assert {hit.key for hit in found.hits} <= {2, 2098}
    assert found.hits
    assert len(captured) <= 5


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    hidden=st.sets(st.integers(100, 139), max_size=40),
    candidates=st.integers(1, 12),
    looked_up=st.sampled_from([1, 10, 5000]),
)
def test_guides_that_may_not_be_seen_take_no_place_from_others(ask, hidden, candidates, looked_up):
    """Not even where only the best are compared: as if the others were not there."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weights, "CANDIDATES", candidates)
        patched.setattr(finding, "LOOKED_UP", looked_up)
        Group.objects.filter(pk__gte=100).delete()
        many_more(40)
        patched.setattr(finding, "rarity", lambda _guides, _every: 1.0)
        with_hidden = ask(QUESTION, allowed=Group.objects.exclude(pk__in=hidden))
        for key in hidden:
            search.remove(key)
        assert ask(QUESTION, allowed=Group.objects.exclude(pk__in=hidden)) == with_hidden


def contents():
    """All that the index holds."""
    return [
        rows(),
        set(SearchHolding.objects.values_list("key", "terms")),
        set(SearchWord.objects.values_list("term", "guides", "sound")),
        set(SearchEntry.objects.values_list("key", "recipe")),
        [
            tuple(map(bytes_too, row))
            for row in SearchPhrase.objects.order_by("pk").values_list(
                "key", "shown", "text", "beginning", "sound", "initials"
            )
        ],
    ]


def bytes_too(value):
    return bytes(value) if isinstance(value, memoryview) else value


WORDING = st.text("借呗花关闭用不了换卡 close/…", max_size=10)
TEXTS = st.builds(
    search.Texts,
    title=WORDING,
    aliases=st.lists(WORDING, max_size=2),
    headings=st.lists(WORDING, max_size=1),
    summary=WORDING,
    body=WORDING,
)
SOME = st.dictionaries(st.integers(1, 4), TEXTS, max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=SOME, texts=SOME)
@pytest.mark.django_db
def test_guides_put_in_together_leave_the_rows_of_guides_put_in_one_by_one(before, texts):
    left = []
    for put in (search.put_many, one_by_one):
        emptied()
        search.put_many(before)
        put(texts)
        search.put_many({})
        left.append(contents())
    assert left[0] == left[1]


def one_by_one(texts):
    for key, each in texts.items():
        search.put(key, each)
