"""A product and a task that no procedure covers: told as a gap, and never counted as answered."""

import pytest

from guides import questions
from guides.models import Situation
from tests import factories as make
from tests.questions.conftest import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def _unbinding(shop):
    """One product's way of unbinding: the nearest guide for whoever asks about the other's."""
    make.make_procedure(
        "unbind-jiebei",
        title="借呗解绑银行卡",
        aliases=["怎么解绑", "解绑银行卡", "银行卡解绑步骤"],
        products=[shop["jiebei"]],
        task=shop["unbind"],
    )
    rows = {"swapped": ["task:unbind"], "worried": [], "both": ["task:unbind", "task:close"]}
    phrases = {"swapped": "另一张卡", "worried": "安全吗", "both": "卡不要了"}
    for slug, means in rows.items():
        Situation.objects.create(slug=slug, name=slug, phrases=[phrases[slug]], means=means)


def gap(page):
    missing = page.context["gap"]
    return missing and (missing.product.slug, missing.task.slug)


@pytest.mark.usefixtures("_unbinding")
def test_the_nearest_guide_is_no_answer_to_a_question_in_a_gap(ask):
    page = ask("花呗解绑银行卡")
    assert page.context["found"].strong
    assert gap(page) == ("huabei", "unbind")
    question = stored("花呗解绑银行卡")
    assert (question.state, question.strong) == ("open", False)
    assert list(question.days.values_list("times", "weak")) == [(1, 1)]
    ask("借呗解绑银行卡")
    assert stored("借呗解绑银行卡").state == "answered"


@pytest.mark.usefixtures("_unbinding")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("花呗用另一张卡", ("huabei", "unbind")),
        ("借呗用另一张卡", None),
        ("花呗用另一张卡安全吗", None),
        ("花呗卡不要了", None),
        ("花呗和借呗用另一张卡", None),
        ("花呗用另一张卡，怎么关闭", ("huabei", "close")),
    ],
)
def test_what_happened_may_mean_a_task_if_it_means_one(ask, question, expected):
    assert gap(ask(question)) == expected


@pytest.mark.usefixtures("_unbinding")
def test_a_question_in_a_gap_is_answered_once_the_gap_is_filled(ask, shop):
    ask("花呗用另一张卡")
    assert questions.recheck() == []
    assert stored("花呗用另一张卡").state == "open"
    make.make_procedure(
        "unbind-huabei",
        title="花呗解绑银行卡，换另一张卡",
        aliases=["花呗怎么解绑", "花呗换另一张卡", "花呗用另一张卡还款"],
        products=[shop["huabei"]],
        task=shop["unbind"],
    )
    assert [question.text for question in questions.recheck()] == ["花呗用另一张卡"]
    assert stored("花呗用另一张卡").state == "answered"
