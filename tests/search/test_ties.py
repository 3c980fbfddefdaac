"""Of equals one is preferred; nothing else ever changes its place for that."""

import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import search
from tests.search.small_guides import GUIDES

TWINS = (2, 20, 21)  # three guides that say the same


@pytest.fixture
def _twins(everything):
    for key in TWINS[1:]:
        search.put(key, GUIDES[2])
        Group.objects.create(pk=key, name=str(key))


def keys(match):
    return [hit.key for hit in match.hits]


@pytest.mark.usefixtures("_twins")
def test_equals_stand_by_their_keys_where_nobody_prefers_any(ask):
    assert keys(ask("借呗关闭"))[:3] == [2, 20, 21]
    assert keys(ask("借呗关闭").preferring(lambda key: 0))[:3] == [2, 20, 21]


@pytest.mark.usefixtures("_twins")
def test_of_equals_the_preferred_one_comes_first(ask):
    assert keys(ask("借呗关闭").preferring(lambda key: key != 21))[:3] == [21, 2, 20]
    assert keys(ask("借呗关闭").preferring(lambda key: -key))[0] == 21


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations([1, 2, 3, 4, 5, 20, 21]))
@pytest.mark.usefixtures("_twins")
@pytest.mark.parametrize("question", ["借呗关闭", "换卡", "借呗 花呗 关闭 恢复 解绑 资料"])
def test_no_preference_lifts_a_guide_over_a_better_one(ask, question, order):
    plain, preferred = ask(question), ask(question).preferring(order.index)
    assert [hit.score for hit in preferred.hits] == [hit.score for hit in plain.hits]
    assert sorted(keys(preferred)) == sorted(keys(plain))
    assert [key for key in keys(preferred) if key not in TWINS] == [
        key for key in keys(plain) if key not in TWINS
    ]
    assert preferred.strong == plain.strong


@pytest.mark.usefixtures("_twins")
def test_points_are_impacts_times_what_a_term_is_worth(ask):
    match = ask("怎么关闭借呗")
    for hit in match.hits:
        assert hit.score == sum(hit.points.values())
        for term, points in hit.points.items():
            impact, rest = divmod(points, match.worth[term])
            assert rest == 0
            assert 0 < impact <= 1000
