"""What must hold before a guide may be published, beyond what drawing its text finds.

Errors stop publishing, warnings do not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from guides.markdown import Fault, GuideDocument, Route, fault, routes
from guides.models import Source
from guides.personal_numbers import certain
from guides.search import normalise
from guides.wordings import borrowed

TITLE = (4, 24)  # characters, at least and at most
GAP = re.compile(r"⟦([^⟦⟧]*)⟧?")
SUMMARY = (40, 90)  # as the form says beside the field


def check(document: GuideDocument, live: GuideDocument | None = None) -> list[Fault]:
    """The faults of a document; `live` is what readers have now."""
    told = [
        *_length("title", document.title, TITLE),
        *_length("summary", document.summary, SUMMARY),
        *_numbers_in_fields(document),
        *_numbers_in_lines(document.body),
        *_gaps(document),
        *_taken_over(document),
    ]
    if document.kind == "procedure":
        ways = routes(document.body, kind=document.kind)
        before = routes(live.body, kind=live.kind) if live else []
        told += [*_told_twice(ways), *_got_shorter(ways, before)]
    return told


def _length(name: str, text: str, bounds: tuple[int, int]) -> Iterator[Fault]:
    (least, most), count = bounds, len(text.strip())
    if 0 < count < least:
        yield _in_field(name, "text-too-short", count=count, least=least, most=most)
    elif count > most:
        yield _in_field(name, "text-too-long", count=count, most=most)


def _numbers_in_fields(document: GuideDocument) -> Iterator[Fault]:
    for name, text in _fields(document).items():
        for kind in certain(normalise(text)):
            yield _in_field(name, "personal-number", kind=kind)


def _fields(document: GuideDocument) -> dict[str, str]:
    fields = {"title": document.title, "summary": document.summary, **document.facts}
    fields["aliases"] = document.aliases
    return {
        name: "\n".join(value) if isinstance(value, list) else str(value or "")
        for name, value in fields.items()
    }


def _in_field(name: str, code: str, **details: object) -> Fault:
    return replace(fault(0, code, **details), field=name)


def _numbers_in_lines(body: str) -> Iterator[Fault]:
    for number, line in enumerate(body.splitlines(), 1):
        for kind in certain(normalise(line)):
            yield fault(number, "personal-number", kind=kind)


def _gaps(document: GuideDocument) -> Iterator[Fault]:
    """What a skeleton or a tool of the editor left to be filled."""
    for number, line in enumerate(document.body.splitlines(), 1):
        for gap in GAP.findall(line):
            yield fault(number, "unfilled-gap", gap=gap)


def _taken_over(document: GuideDocument) -> Iterator[Fault]:
    """Sentences of a source; also of one that is not cited, which would be worse."""
    known = list(Source.objects.exclude(text="").order_by("code").values_list("code", "text"))
    if not known:
        return
    for name, text in _fields(document).items():
        for run in borrowed(text, known):
            yield _in_field(name, "taken-over", source=run.source, text=run.text)
    for line, paragraph in _paragraphs(document.body):
        for run in borrowed(paragraph, known):
            yield fault(line, "taken-over", source=run.source, text=run.text)


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """With the number of their first line; the ways through an app, which are facts, apart."""
    rows = enumerate(body.splitlines(), 1)
    for words, group in groupby(rows, key=lambda row: bool(row[1].strip()) and " > " not in row[1]):
        lines = list(group)
        if words:
            yield lines[0][0], "".join(text for _number, text in lines)


def _told_twice(ways: Iterable[Route]) -> Iterator[Fault]:
    """Two ways of one name in one step contradict each other."""
    seen: dict[tuple[str, str], Route] = {}
    for way in ways:
        first = seen.setdefault((way.title, way.label), way)
        if first.stations != way.stations:
            yield fault(way.line, "path-told-twice", title=way.title, label=way.label)


def _got_shorter(ways: Iterable[Route], before: Iterable[Route]) -> Iterator[Fault]:
    """A station left out is a reader who does not find the button."""
    known = {(way.step, way.label): way for way in before if way.step}
    for way in ways:
        old = known.get((way.step, way.label))
        if old and len(way.stations) < len(old.stations):
            yield fault(
                way.line,
                "path-got-shorter",
                title=way.title,
                label=way.label,
                count=len(old.stations) - len(way.stations),
                before=" > ".join(old.stations),
            )
