"""Why a key stands where it stands."""

import pytest

from guides import search
from tests.search.test_same_on_every_database import SCORES


@pytest.mark.parametrize("question", SCORES)
def test_every_result_is_explained_to_the_last_point(ask, question):
    found = ask(question)
    told = search.explain(found)
    assert list(told) == [hit.key for hit in found.hits]
    for hit in found.hits:
        why = told[hit.key]
        assert why.points == pytest.approx(hit.score / 1_000_000)
        assert sum(each.points for each in why.reasons) == pytest.approx(why.points)
        for each in why.reasons:
            assert each.impact * each.weight == pytest.approx(each.points)
            assert 0 < each.impact <= 1


def test_what_brought_most_is_named_first(ask):
    found = ask("怎么关闭花呗")
    reasons = search.explain(found)[1].reasons
    points = [each.points for each in reasons]
    assert points == sorted(points, reverse=True)
    assert {"task:close", "product:huabei", "kind:procedure"} <= {each.term for each in reasons}


def test_where_nothing_was_found_nothing_is_explained(ask):
    assert search.explain(ask("！")) == {}
