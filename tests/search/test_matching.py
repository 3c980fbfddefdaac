"""Which guides a question finds, and in which order."""

import pytest
from django.db import transaction

from guides import search
from guides.search import weights
from tests.search.small_guides import GUIDES


def first(match):
    return GUIDES[match.hits[0].key].title


def keys(match):
    return [hit.key for hit in match.hits]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("怎么关闭花呗", "关闭花呗"),
        ("我想把借呗关掉", "关闭借呗"),
        ("關閉花唄", "关闭花呗"),
        ("换卡", "从借呗解绑银行卡"),
        ("換卡", "从借呗解绑银行卡"),
        ("短信验证码", "关闭借呗"),
        ("close huabei", "关闭花呗"),
        ("cannot use jiebei", "授权被解除的原因"),
        ("HB 关闭", "关闭花呗"),
        ("ＨＢ关掉", "关闭花呗"),
        ("“关闭花呗”！！", "关闭花呗"),
    ],
)
def test_the_fitting_guide_comes_first(ask, question, title):
    assert first(ask(question)) == title


def test_what_the_platform_closed_is_not_taken_for_closing_it_oneself(ask):
    assert first(ask("借呗被你们关闭了，什么时候能恢复")) == "恢复借呗授权"


def test_why_brings_the_causes_and_how_brings_the_remedy(ask):
    assert first(ask("为什么我的借呗用不了")) == "授权被解除的原因"
    assert first(ask("借呗用不了，怎么恢复")) == "恢复借呗授权"


def test_another_wording_finds_the_same_guide(ask):
    assert first(ask("借呗怎么不能再继续使用了")) == first(ask("为什么借呗被停用"))


def test_only_what_is_allowed_is_found_and_counted(ask, everything):
    hidden = ask("关闭花呗", allowed=everything.exclude(pk=1))
    assert 1 not in keys(hidden)
    assert hidden.total == ask("关闭花呗").total - 1


def test_nothing_is_found_by_who_may_see_nothing(ask, everything):
    match = ask("关闭花呗", allowed=everything.none())
    assert (match.hits, match.total, match.strong) == ([], 0, False)


def test_a_removed_guide_is_not_found(ask):
    search.remove(1)
    assert 1 not in keys(ask("关闭花呗"))


def test_removing_what_is_not_there_changes_nothing(ask):
    before = ask("关闭花呗")
    search.remove(99)
    assert ask("关闭花呗") == before


def test_a_guide_put_again_is_found_by_its_new_words_only(ask):
    search.put(1, search.Texts("养花", [], [], "浇水", "晒太阳"))
    assert keys(ask("晒太阳")) == [1]
    assert 1 not in keys(ask("关闭花呗"))


def test_what_was_put_in_a_failed_transaction_is_not_found(ask):
    before = ask("关闭花呗")
    with transaction.atomic():
        search.put(1, search.Texts("养花", [], [], "浇水", "晒太阳"))
        transaction.set_rollback(True)
    assert not ask("晒太阳").hits
    assert ask("关闭花呗") == before


def test_the_order_of_saving_changes_no_score(ask):
    before = ask("借呗 关闭 恢复")
    for key in (4, 2, 5, 1, 3):
        search.put(key, GUIDES[key])
    assert ask("借呗 关闭 恢复") == before


def test_equals_stand_in_the_order_of_their_keys(ask, everything):
    for key in (3, 2, 5):
        search.put(key, GUIDES[1])
    assert keys(ask("关闭花呗"))[:4] == [1, 2, 3, 5]


def test_the_limit_shortens_the_list_but_not_the_count(ask):
    whole, short = ask("借呗"), ask("借呗", limit=2)
    assert short.hits == whole.hits[:2]
    assert short.total == whole.total > 2


def test_points_explain_the_score(ask):
    for hit in ask("怎么关闭花呗").hits:
        assert sum(hit.points.values()) == hit.score


def test_an_ordinary_question_costs_two_queries(everything, concepts, django_assert_num_queries):
    with django_assert_num_queries(2):
        search.match("怎么关闭花呗", everything, concepts=concepts)


def test_a_question_that_is_guessed_at_costs_four(everything, concepts, django_assert_num_queries):
    with django_assert_num_queries(4):
        search.match("jiebeiguanbi", everything, concepts=concepts)


def test_results_far_below_the_best_are_left_out(ask, monkeypatch):
    monkeypatch.setattr(weights, "NEAR", 0)
    every = keys(ask("我要把借呗彻底关闭掉"))
    monkeypatch.setattr(weights, "NEAR", 0.5)
    near = ask("我要把借呗彻底关闭掉")
    assert keys(near) == every[: near.total]
    assert 1 <= near.total < len(every)
