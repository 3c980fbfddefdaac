"""One ranking, whatever the database: this file passes on each of them or the figures differ."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.search import weights

SCORES = {
    "怎么关闭花呗": {1: 174997400, 2: 108903327},
    "为什么借呗用不了": {4: 173617657, 3: 122298785, 2: 56401816, 5: 56283148},
    "换卡": {5: 109764308},
    "jiebeiguanbi": {2: 150504837, 1: 103002070, 3: 67707257, 5: 67626701, 4: 55629578},
    "短信验证码": {2: 92599274},
    "借呗 花呗 关闭 恢复 解绑 资料": {
        3: 178314456,
        1: 166672400,
        5: 158532668,
        2: 153130143,
        4: 149649937,
    },
}


@pytest.mark.parametrize("question", SCORES)
def test_every_score_is_the_same_to_the_last_digit(ask, question):
    assert [(hit.key, hit.score) for hit in ask(question).hits] == [*SCORES[question].items()]


def test_only_the_best_guides_of_a_term_are_read(ask, everything, monkeypatch):
    monkeypatch.setattr(weights, "BEST_PER_TERM", 2)
    assert ask("借呗").total == 2


def test_who_may_see_what_is_settled_inside_the_statement(ask, everything):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask("关闭花呗", allowed=everything.exclude(name="1"))
    statement = queries.captured_queries[-1]["sql"]
    assert statement.count("EXISTS") == statement.count(" AS part") > 0
