"""Questions whose right answers are known, asked of the guides that are published here."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from guides import search
from guides.models import Guide
from guides.precedence import precedences
from guides.search.comparing import Earlier
from guides.search.measures import KEPT, Answered, Labelled
from guides.vocabulary import vocabulary

COLUMNS = {"query", "best", "ok", "note"}
EXPLAINED = 3  # results
EVERY = 500  # results, as many as the search page wants
MAIN_TERMS = 6


class UnreadableQuestions(Exception):
    """A file is not a table of labelled questions; the message says why."""


class UnreadableRun(Exception):
    """A file does not hold the answers of an earlier run; the message says why."""


def questions(paths: Iterable[Path]) -> list[Labelled]:
    """Tab-separated files with the columns query, best, ok and note."""
    return [question for path in paths for question in _read(path)]


def _read(path: Path) -> list[Labelled]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQuestions(f"{path}: {error}") from error
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if not set(table.fieldnames or ()) >= COLUMNS:
        columns = "、".join(sorted(COLUMNS))
        raise UnreadableQuestions(f"{path}: " + _("缺少列（%s）。") % columns)
    return [
        Labelled(row["query"], _slugs(row["best"]), _slugs(row["ok"]), row["note"] or "")
        for row in table
    ]


def _slugs(cell: str | None) -> tuple[str, ...]:
    return tuple(slug for slug in (cell or "").split(",") if slug)


def answers(asked: Sequence[Labelled]) -> list[Answered]:
    """As the search page answers a reader without an account."""
    visible = Guide.objects.visible_to(AnonymousUser())
    slugs = dict(visible.values_list("pk", "slug"))
    concepts, precedence = vocabulary(), precedences(visible)
    answered = []
    for question in asked:
        found = search.match(question.query, visible, concepts=concepts, limit=EVERY)
        found = found.preferring(precedence.__getitem__)
        ranked = tuple(slugs[hit.key] for hit in found.hits[:KEPT])
        answered.append(Answered(question, ranked, found.strong, _explanation(found, slugs)))
    return answered


def as_json(answers: Sequence[Answered]) -> list[dict[str, Any]]:
    """What `earlier` reads."""
    return [
        {"query": each.question.query, "found": each.found, "strong": each.strong}
        for each in answers
    ]


def earlier(path: Path) -> dict[str, Earlier]:
    """The answers that a run has saved, by question. Raises UnreadableRun."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["answers"]
        return {
            row["query"]: Earlier(tuple(row["found"]), strong=bool(row["strong"])) for row in rows
        }
    except OSError as error:
        raise UnreadableRun(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableRun(f"{path}: " + _("不是 --save 存下的结果。")) from error


def _explanation(found: search.Match, slugs: dict[int, str]) -> str:
    understood = " ".join(concept.slug for concept in found.understood)
    lines = [
        f"{found.intent} [{understood}]" + (f" ~ {found.rewritten}" if found.rewritten else "")
    ]
    for hit in found.hits[:EXPLAINED]:
        most = sorted(hit.points.items(), key=lambda each: (-each[1], each[0]))[:MAIN_TERMS]
        brought = ", ".join(f"{term} {points // 1000}" for term, points in most)
        lines.append(f"{hit.score // 1000} {slugs[hit.key]}: {brought}")
    return "\n".join(lines)
