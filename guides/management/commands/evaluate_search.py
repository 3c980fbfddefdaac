"""Asks labelled questions and reports how well the answers fit; misses are listed."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides import evaluation, two_databases
from guides.search.comparing import Comparison, compare
from guides.search.measures import Answered, Measures, by_first_best, measure

READABLE_ERRORS = (
    evaluation.UnreadableQuestions,
    evaluation.UnreadableRun,
    two_databases.NotComparable,
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, help="tables with the columns query, best, ok, note"
        )
        parser.add_argument("--json", action="store_true", help="figures and first ten as JSON")
        parser.add_argument("--explain", action="store_true", help="say why each miss was missed")
        parser.add_argument(
            "--save", type=Path, metavar="FILE", help="keep figures and answers to compare with"
        )
        parser.add_argument(
            "--compare", type=Path, metavar="FILE", help="say what differs from a saved run"
        )
        parser.add_argument(
            "--database",
            choices=["this", "both"],
            default="this",
            help="both: in fresh SQLite and PostgreSQL databases (PORTAL_TEST_POSTGRES_URL)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = evaluation.questions(options["files"])
            earlier = evaluation.earlier(options["compare"]) if options["compare"] else None
            if options["database"] == "both":
                self._compare(two_databases.evaluate(options["files"]))
        except READABLE_ERRORS as error:
            raise CommandError(str(error)) from error
        answers = evaluation.answers(asked)
        compared = None if earlier is None else compare(earlier, answers)
        if options["json"]:
            self.stdout.write(_written(_as_json(answers) | _compared_as_json(compared)))
        else:
            self._report(answers, explain=options["explain"])
            self._told(compared)
        if options["save"]:
            _save(options["save"], answers)

    def _compare(self, differing: list[str]) -> None:
        for query in differing:
            self.stdout.write(_("两个数据库的前十不同：%s") % query)
        if differing:
            raise CommandError(_("%d 个问题在两个数据库上的结果不同。") % len(differing))
        self.stdout.write(self.style.SUCCESS(_("两个数据库上每个问题的前十完全相同。")))

    def _report(self, answers: list[Answered], *, explain: bool) -> None:
        inside = [each for each in answers if each.question.in_scope]
        for name, group in _groups(inside).items():
            if group:
                self.stdout.write(_line(name, measure(group)))
        outside = [each for each in answers if not each.question.in_scope]
        if outside:
            told = sum(not each.strong for each in outside)
            self.stdout.write(
                _("范围之外：%(all)d 个，明说没有指南 %(told).1f%%")
                % {"all": len(outside), "told": 100 * told / len(outside)}
            )
        self._by_slug(inside)
        self._misses(answers, explain=explain)

    def _told(self, compared: Comparison | None) -> None:
        """What differs from the earlier run."""
        if compared is None:
            return
        told = _("与先前相比：%(same)d 个相同的问题，%(unmatched)d 个只在一边。")
        counts = {"same": compared.questions, "unmatched": compared.unmatched}
        self.stdout.write(told % counts)
        for figure in compared.figures:
            mark = "+" if figure.gain > 0 else "-" if figure.gain < 0 else "="
            self.stdout.write(f"{mark} {figure.name}: {figure.before:.3f} → {figure.now:.3f}")
        for mark, moved in (("+", compared.better), ("-", compared.worse)):
            for each in moved:
                query = each.now.question.query
                self.stdout.write(f"{mark} {query}\t{_place(each.before)} → {_place(each.now)}")

    def _by_slug(self, inside: Sequence[Answered]) -> None:
        for slug, group in by_first_best(inside).items():
            figures = measure(group)
            self.stdout.write(
                f"{slug:36} n={figures.questions:3d} s1={figures.success_at_1:6.1%}"
                f" s3={figures.success_at_3:6.1%} mrr={figures.mrr:.3f}"
            )

    def _misses(self, answers: Sequence[Answered], *, explain: bool) -> None:
        for each in answers:
            if reason := _reason(each):
                found = ", ".join(each.found[:3])
                wanted = ",".join(each.question.best)
                self.stdout.write(f"{reason}\t{each.question.query}\t{wanted}\t{found}")
                if explain:
                    self.stdout.write("    " + each.explanation.replace("\n", "\n    "))


def _groups(inside: Sequence[Answered]) -> dict[str, list[Answered]]:
    alternative = [each for each in inside if "alt:" in each.question.note]
    return {
        _("全部"): list(inside),
        _("有对应指南的"): [each for each in inside if "alt:" not in each.question.note],
        _("缺少更合适指南的"): alternative,
        _("甲半（调整用）"): [each for each in inside if each.question.half == 0],
        _("乙半（只测量）"): [each for each in inside if each.question.half == 1],
    }


def _line(name: str, figures: Measures) -> str:
    return (
        f"{name}: n={figures.questions} s1={figures.success_at_1:.1%}"
        f" first-best-or-ok={figures.first_will_do:.1%} s3={figures.success_at_3:.1%}"
        f" mrr={figures.mrr:.3f} | macro s1={figures.macro_success_at_1:.1%}"
        f" s3={figures.macro_success_at_3:.1%} mrr={figures.macro_mrr:.3f}"
        f" | none={figures.without_results:.1%} weak={figures.called_weak:.1%}"
    )


def _reason(each: Answered) -> str:
    """Why an answer counts as a miss; empty where it is right."""
    if not each.question.in_scope:
        return "answered-out-of-scope" if each.strong else ""
    if not each.found:
        return "no-result"
    if not each.among_first:
        return "not-in-first-three"
    if not each.first_is_best:
        return "not-first"
    return "" if each.strong else "called-weak"


def _as_json(answers: Sequence[Answered]) -> dict[str, Any]:
    inside = [each for each in answers if each.question.in_scope]
    return {
        "measures": {
            name: asdict(measure(group)) for name, group in _groups(inside).items() if group
        },
        "answers": evaluation.as_json(answers),
    }


def _compared_as_json(compared: Comparison | None) -> dict[str, Any]:
    if compared is None:
        return {}
    return {
        "comparison": {
            "questions": compared.questions,
            "unmatched": compared.unmatched,
            "measures": {each.name: [each.before, each.now] for each in compared.figures},
            "better": [each.now.question.query for each in compared.better],
            "worse": [each.now.question.query for each in compared.worse],
        }
    }


def _place(answer: Answered) -> str:
    """Where the first right answer stood, and what stood first."""
    right = {*answer.question.best, *answer.question.ok}
    rank = next((str(at) for at, slug in enumerate(answer.found, 1) if slug in right), "–")
    weak = "" if answer.strong else " weak"
    return f"{rank} ({next(iter(answer.found), '–')}{weak})"


def _written(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1)


def _save(path: Path, answers: Sequence[Answered]) -> None:
    try:
        path.write_text(_written(_as_json(answers)) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(str(error)) from error
