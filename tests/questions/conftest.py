"""A portal with two products and one guide, and readers who ask in vain."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from guides.models import Question, QuestionDay
from tests import factories as make

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nobody_was_here_before() -> Iterator[None]:
    """What tells one visitor's reloads apart lives in the process, not in the test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shop(db: None) -> dict[str, Any]:
    return {
        "jiebei": make.make_product("jiebei", name="借呗", aliases=["蚂蚁借呗"]),
        "huabei": make.make_product("huabei", name="花呗"),
        "close": make.make_task("close", name="关闭", aliases=["关掉"]),
        "unbind": make.make_task("unbind", name="解绑", aliases=["换卡"]),
    }


@pytest.fixture
def closing(shop: dict[str, Any]) -> Any:
    return make.make_procedure(
        "close-jiebei",
        title="关闭借呗",
        aliases=["怎么把借呗关掉"],
        products=[shop["jiebei"]],
        task=shop["close"],
    )


@pytest.fixture
def ask(shop: dict[str, Any]) -> Ask:
    """Asks through the search page; each asking is another reader's unless it is told whose."""
    readers = iter(range(1_000_000))

    def asked(question: str, reader: str = "", **more: Any) -> Any:
        agent = reader or f"reader {next(readers)}"
        return Client(HTTP_USER_AGENT=agent).get("/search/", {"q": question}, **more)

    return asked


def counts() -> dict[str, int]:
    """How often each question was asked, as it is stored."""
    rows = QuestionDay.objects.values_list("question__text", "times")
    return {text: sum(times for name, times in rows if name == text) for text, _times in rows}


def stored(text: str) -> Question:
    return Question.objects.get(text=text)
