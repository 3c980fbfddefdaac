"""`manage.py bench_search`: how fast the search is on made-up guides."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from guides.benchmark import filling, measuring, told
from guides.benchmark.documents import Writer
from guides.models import Guide
from guides.search import Concept
from tests import factories as make

CONCEPTS = [
    Concept("product:jiebei", "借呗", ("借呗", "jiebei")),
    Concept("task:close", "关闭", ("关闭", "关掉")),
    Concept("situation:blocked", "用不了", ("用不了", "不能…用")),
]
FIGURES = {
    "database": "SQLite",
    "rival": "FTS5 bm25",
    "guides": 1000,
    "filled": 1.0,
    "ours": {"questions": {"p50": 5.0, "p90": 8.0, "p99": 10.0}},
    "theirs": {"questions": {"p50": 30.0, "p90": 40.0, "p99": 60.0}},
    "findable": {"p50": 10.0, "p90": 20.0, "p99": 60.0},
    "lost": 1,
    "put_again": 100.0,
    "index_bytes": 20_000_000,
}


def measured(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("bench_search", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_same_guides_and_questions_are_made_up_in_every_run():
    one, other = Writer(CONCEPTS), Writer(CONCEPTS)
    assert [one.guide(number) for number in range(5)] == [
        other.guide(number) for number in range(5)
    ]
    assert one.guide(1) != one.guide(2)
    for sort in ("questions", "common_words", "rare_words", "typing"):
        asked = list(getattr(one, sort)(20))
        assert asked == list(getattr(other, sort)(20))
        assert len(set(asked)) > 10


def test_a_made_up_guide_is_as_long_as_a_real_one():
    texts = Writer(CONCEPTS).guide(7).texts
    assert 3 <= len(texts.aliases) <= 6
    assert 200 <= len(texts.body) <= 2000
    assert {"product:jiebei", "task:close"} == set(texts.concepts)
    assert "借呗" in texts.title


def test_some_guides_are_not_for_everybody():
    writer = Writer(CONCEPTS)
    open_to_all = [writer.guide(number).open_to_all for number in range(200)]
    assert 5 < open_to_all.count(False) < 40


def test_percentiles_are_times_that_were_measured():
    timing = measuring.timing([each / 1000 for each in range(1, 102)])
    assert (timing.p50, timing.p90, timing.p99) == pytest.approx((51, 91, 100))
    assert measuring.timing([0.002]).p99 == pytest.approx(2)


def test_the_table_gives_ratios_and_says_what_was_reached():
    lines = list(told.lines([FIGURES]))
    table = next(line for line in lines if line.startswith("questions"))
    assert table.split()[-2:] == ["6.0", "6.0"]
    assert "整句提问 p99 <= 15 ms: 达到" in lines
    assert "FTS5 bm25 >= 5 x: 达到" in lines
    assert "保存到能搜到 p99 <= 50 ms: 没有达到" in lines
    assert "用自己的标题搜不到的 <= 0 篇: 没有达到" in lines


@pytest.mark.django_db
def test_a_portal_with_guides_is_left_alone():
    make.make_procedure()
    with pytest.raises(CommandError, match="已有指南"):
        measured("--fill-and-measure", "--guides", "1")
    with pytest.raises(filling.NotEmpty):
        filling.fill(1, str)
    assert Guide.objects.count() == 1


@pytest.mark.django_db
def test_a_database_that_was_kept_is_measured_again(monkeypatch):
    # PostgreSQL vacuums nothing inside a transaction, which every test is.
    monkeypatch.setattr(measuring, "_settle", lambda: None)
    filling.fill(15, str)
    for _each in range(2):
        assert "整句提问 p99" in measured("--measure", "--guides", "15", "--questions", "3")[0]


@pytest.mark.parametrize("arguments", [("--guides", "0"), ("--questions", "0")])
def test_nothing_cannot_be_measured(arguments):
    with pytest.raises(CommandError, match="至少"):
        measured(*arguments)


def test_sqlite_is_measured_beside_its_own_search():
    figures = json.loads(
        measured("--guides", "200", "--questions", "12", "--database", "sqlite", "--json")[0]
    )
    assert [each["database"] for each in figures] == ["SQLite"]
    assert_whole(figures[0], "FTS5 bm25")


def test_postgresql_left_out_is_told(monkeypatch):
    monkeypatch.delenv("PORTAL_TEST_POSTGRES_URL", raising=False)
    out, err = measured("--guides", "60", "--questions", "3")
    assert "没有测量 PostgreSQL" in err
    assert "整句提问 p99" in out


def test_both_databases_are_measured_on_the_same_guides():
    if "PORTAL_TEST_POSTGRES_URL" not in os.environ:
        pytest.skip("PORTAL_TEST_POSTGRES_URL is not set, so there is no second database")
    figures = json.loads(measured("--guides", "120", "--questions", "5", "--json")[0])
    assert [each["database"] for each in figures] == ["SQLite", "PostgreSQL"]
    assert_whole(figures[1], "ts_rank")


def assert_whole(figures, rival):
    assert figures["rival"] == rival
    assert [*figures["ours"]] == ["questions", "common words", "rare words", "typing"]
    assert [*figures["theirs"]] == ["questions", "common words", "rare words"]
    for timing in [*figures["ours"].values(), *figures["theirs"].values(), figures["findable"]]:
        assert 0 < timing["p50"] <= timing["p90"] <= timing["p99"]
    assert figures["index_bytes"] > 0
    assert figures["put_again"] > 0
    assert figures["lost"] == 0, "of so few guides each is found by its own title"
