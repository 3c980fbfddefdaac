"""However much there is to search: a question costs a few statements that read a few rows."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import search
from guides.search import finding, weights
from guides.search.tables import SearchEntry, SearchPhrase, SearchTerm, SearchWord
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
    assert statements(lambda: search.suggest(typed, everything)) <= 6


def test_no_more_guides_are_compared_than_there_are_candidates(ask, monkeypatch):
    monkeypatch.setattr(weights, "CANDIDATES", 3)
    many_more(20)
    assert ask("借呗", limit=500).total == 3


def test_rows_are_read_for_the_heaviest_terms_first(monkeypatch):
    monkeypatch.setattr(weights, "READ", 1500)
    held = {"重": 900, "轻": 900, "中": 900, "少": 10}
    terms = {"重": 90, "轻": 10, "中": 50, "少": 60}
    assert list(finding.leading(terms, held)) == ["重", "少"]


def test_a_rare_word_is_looked_for_however_much_the_common_ones_take(monkeypatch):
    monkeypatch.setattr(weights, "READ", 1500)
    held = {"重": 900, "次": 900, "中": 900, "名": 1}
    terms = {"重": 90, "次": 80, "中": 70, "名": 5}
    assert "名" in finding.leading(terms, {**held, "重": 600, "次": 600})


def test_a_question_of_common_words_alone_is_searched_by_the_heaviest(monkeypatch):
    monkeypatch.setattr(weights, "READ", 10)
    assert finding.leading({"借呗": 90, "关闭": 10}, {"借呗": 900, "关闭": 900}) == {"借呗": 90}


def test_a_product_of_too_many_guides_only_orders_what_words_have_found():
    held = {"product:jiebei": weights.BEST_PER_TERM, "task:close": 20, "关闭": 5000}
    terms = {"product:jiebei": 90, "task:close": 70, "关闭": 10}
    assert list(finding.leading(terms, held)) == ["task:close", "关闭"]


def test_a_product_of_too_many_guides_is_searched_by_where_nothing_else_is_said():
    held = {"product:jiebei": weights.BEST_PER_TERM}
    assert finding.leading({"product:jiebei": 90}, held) == {"product:jiebei": 90}


def test_in_a_small_portal_every_term_finds_guides():
    terms = {f"term {each}": each for each in range(40)}
    assert finding.leading(terms, dict.fromkeys(terms, 30)) == terms


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(hidden=st.sets(st.integers(100, 139), max_size=40), per_term=st.integers(1, 12))
def test_guides_that_may_not_be_seen_take_no_place_from_others(ask, hidden, per_term):
    """Not even where of each term only the best are read: as if the others were not there."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weights, "BEST_PER_TERM", per_term)
        Group.objects.filter(pk__gte=100).delete()
        many_more(40)
        held = finding.counts(SearchWord.objects.values_list("term", flat=True))
        patched.setattr(finding, "counts", lambda _terms: held)
        with_hidden = ask(QUESTION, allowed=Group.objects.exclude(pk__in=hidden))
        for key in hidden:
            search.remove(key)
        assert ask(QUESTION, allowed=Group.objects.exclude(pk__in=hidden)) == with_hidden


def rows():
    """All that the index holds."""
    return [
        set(SearchTerm.objects.values_list("key", "term", "impact")),
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
        for table in (SearchWord, SearchTerm, SearchPhrase, SearchEntry):
            table.objects.all().delete()
        search.put_many(before)
        put(texts)
        search.put_many({})
        left.append(rows())
    assert left[0] == left[1]


def one_by_one(texts):
    for key, each in texts.items():
        search.put(key, each)
