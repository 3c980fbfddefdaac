"""`manage.py evaluate_search`: how well labelled questions are answered."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from guides import publishing
from guides.models import Guide
from tests.factories import edited

pytestmark = pytest.mark.django_db

QUESTIONS = """query\tbest\tok\tnote
我想把花呗关掉\tclose-huabei\t\t
借呗绑的卡想换一张\tunbind-bank-card-jiebei\toverdue-after-unbind\t
花呗的卡怎么解绑\tunbind-bank-card-jiebei\t\talt:unbind-huabei
火星上能用借呗买氧气吗\t\t\t
花呗退款退到哪\t\t\t
手机被人偷了先做什么\tclose-huabei\t\t
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "questions.tsv"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


@pytest.fixture
def _sample():
    call_command("load_sample", stdout=io.StringIO())


def report(*arguments):
    out = io.StringIO()
    call_command("evaluate_search", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_sample")
def test_the_figures_are_those_of_the_first_results(table):
    measures = json.loads(report(table, "--json"))["measures"]
    assert measures["全部"]["questions"] == 4
    assert measures["全部"]["success_at_1"] == 3 / 4
    assert measures["缺少更合适指南的"]["questions"] == 1
    halves = [measures.get(name, {"questions": 0}) for name in ("甲半（调整用）", "乙半（只测量）")]
    assert sum(half["questions"] for half in halves) == 4


@pytest.mark.usefixtures("_sample")
def test_the_report_names_slugs_and_misses_and_says_why(table):
    lines = report(table, "--explain").splitlines()
    assert any(line.startswith("close-huabei") and "n=  2" in line for line in lines)
    missed = next(at for at, line in enumerate(lines) if "手机被人偷了先做什么" in line)
    assert "close-huabei" in lines[missed]
    assert "situation:stolen" in lines[missed + 1]
    assert not any(line.startswith("not") and "我想把花呗关掉" in line for line in lines)


@pytest.mark.usefixtures("_sample")
def test_questions_out_of_scope_are_counted_apart(table):
    assert "范围之外：2 个，明说没有指南 100.0%" in report(table)


@pytest.mark.usefixtures("_sample")
def test_only_what_every_reader_may_see_is_asked(table):
    row = Guide.objects.get(slug="close-huabei").procedure
    publishing.save_draft(edited(row, visibility=Guide.Visibility.SIGNED_IN), None)
    answers = json.loads(report(table, "--json"))["answers"]
    assert all("close-huabei" not in each["found"] for each in answers)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [(b"query\tbest\n", "缺少列"), (b"\xff\xfe\x00", "utf-8"), (None, "No such file")],
)
def test_a_file_that_is_no_table_of_questions_is_refused(tmp_path, text, complaint):
    path = tmp_path / "wrong.tsv"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(CommandError, match=complaint):
        report(path)


def test_both_databases_need_a_server(table, monkeypatch):
    monkeypatch.delenv("PORTAL_TEST_POSTGRES_URL", raising=False)
    with pytest.raises(CommandError, match="PORTAL_TEST_POSTGRES_URL"):
        report(table, "--database", "both")


@pytest.mark.usefixtures("_sample")
def test_both_databases_give_the_same_first_ten(table):
    if "PORTAL_TEST_POSTGRES_URL" not in os.environ:
        pytest.skip("PORTAL_TEST_POSTGRES_URL is not set, so there is no second database")
    assert "前十完全相同" in report(table, "--database", "both")


@pytest.mark.usefixtures("_sample")
def test_a_saved_run_is_compared_with_today(table, tmp_path):
    saved = tmp_path / "run.json"
    report(table, "--save", saved)
    unchanged = report(table, "--compare", saved)
    assert "6 个相同的问题，0 个只在一边" in unchanged
    assert "= success_at_1: 0.750 → 0.750" in unchanged
    publishing.retire(Guide.objects.get(slug="close-huabei"), None)
    lines = report(table, "--compare", saved).splitlines()
    assert any(line.startswith("- success_at_1: 0.750 → ") for line in lines)
    assert any(line.startswith("- 我想把花呗关掉\t1 (close-huabei) → – (") for line in lines)
    assert not any(line.startswith("+ ") for line in lines)


@pytest.mark.usefixtures("_sample")
def test_a_comparison_can_be_read_by_programs(table, tmp_path):
    saved = tmp_path / "run.json"
    saved.write_text(
        json.dumps({"answers": [{"query": "我想把花呗关掉", "found": [], "strong": False}]})
    )
    compared = json.loads(report(table, "--json", "--compare", saved, "--save", saved))
    assert compared["comparison"]["better"] == ["我想把花呗关掉"]
    assert compared["comparison"]["worse"] == []
    assert compared["comparison"]["measures"]["success_at_1"] == [0, 1]
    assert (compared["comparison"]["questions"], compared["comparison"]["unmatched"]) == (1, 5)
    assert len(json.loads(saved.read_text(encoding="utf-8"))["answers"]) == 6


@pytest.mark.parametrize("text", ["", "[]", '{"answers": [{"query": "a"}]}', None])
def test_a_file_that_is_no_saved_run_is_refused(table, tmp_path, text):
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=r"--save|No such file"):
        report(table, "--compare", path)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    outside = tmp_path / "outside.tsv"
    outside.write_text("query\tbest\tok\tnote\n天气\t\t\t\n", encoding="utf-8")
    with pytest.raises(CommandError, match="No such file"):
        report(outside, "--save", tmp_path / "nowhere" / "run.json")
