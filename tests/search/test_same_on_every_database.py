"""One ranking, whatever the database: this file passes on each of them or the figures differ."""

import pytest

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
