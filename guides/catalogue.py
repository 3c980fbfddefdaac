"""Products, tasks, tags, situations, sources and claims as YAML files: what documents refer to.

They travel beside the guides, so that an export can be imported into an empty database.
"""

from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from guides.models import Claim, Position, Product, Situation, Source, Tag, Task

Record = dict[str, Any]
FIELDS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "products.yaml": (
        Product,
        ("slug", "name", "name_en", "aliases", "description", "description_en", "position"),
    ),
    "tasks.yaml": (
        Task,
        (
            "slug",
            "name",
            "name_en",
            "aliases",
            "definition",
            "definition_en",
            "position",
            "in_matrix",
        ),
    ),
    "tags.yaml": (Tag, ("slug", "name", "name_en")),
    "sources.yaml": (
        Source,
        (
            "code",
            "title",
            "publisher",
            "url",
            "accessed_on",
            "reliability",
            "disclaimer",
            "fictional",
            "note",
            "text",
        ),
    ),
    "situations.yaml": (
        Situation,
        ("slug", "name", "phrases", "means", "overrides", "happened", "covered"),
    ),
    "claims.yaml": (Claim, ("slug", "question", "wording")),
}
MAX_RECORDS = 5_000


class RecordFault(Exception):
    """What is wrong in a catalogue file; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message


def read_file(name: str, text: str) -> None:
    """Creates or updates the rows of one catalogue file. Raises RecordFault."""
    model, fields = FIELDS[name]
    for line, record in _records(text):
        positions = record.pop("positions", []) if model is Claim else []
        row = _saved(model, fields, record, line)
        if isinstance(row, Claim):
            _set_positions(row, positions, line)


def write_file(name: str) -> str:
    model, fields = FIELDS[name]
    key = fields[0]
    records = [_record(row, fields) for row in model._default_manager.order_by(*_order(model, key))]
    return yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=10_000)


def _order(model: type[models.Model], key: str) -> tuple[str, ...]:
    return ("position", key) if model in (Product, Task) else (key,)


def _record(row: models.Model, fields: tuple[str, ...]) -> Record:
    record = {field: getattr(row, field) for field in fields}
    if isinstance(row, Claim):
        record["positions"] = [
            {"source": position.source.code, "statement": position.statement}
            for position in row.positions.select_related("source")
        ]
    return record


def _records(text: str) -> list[tuple[int, Record]]:
    """The mappings of a YAML list, each with the line it begins on."""
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        records = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        line = _line(getattr(error, "problem_mark", None))
        raise RecordFault(line, _("不是正确的YAML。")) from error
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise RecordFault(1, _("应当是一个列表，每项是一组“字段: 值”。"))
    if len(records) > MAX_RECORDS:
        raise RecordFault(1, _("条目太多。"))
    lines = [_line(item.start_mark) for item in node.value] if node else []
    return list(zip(lines, records, strict=True))


def _line(mark: Any) -> int:
    """PyYAML counts lines from 0, and a mark may be missing."""
    return mark.line + 1 if mark else 1


def _refuse_aliases(text: str) -> None:
    """A few nested YAML aliases can stand for gigabytes; a catalogue needs none."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise RecordFault(_line(event.start_mark), _("这里不能用YAML的引用（&、*）。"))


def _saved(
    model: type[models.Model], fields: tuple[str, ...], record: Record, line: int
) -> models.Model:
    unknown = sorted(set(map(str, record)) - set(fields))
    if unknown:
        raise RecordFault(line, _("不认识的字段：%s") % "、".join(unknown))
    key = fields[0]
    if key not in record:
        raise RecordFault(line, _("缺少字段：%s") % key)
    row = model._default_manager.filter(**{key: record[key]}).first() or model()
    for field, value in record.items():
        setattr(row, field, value)
    _checked(row, line).save()
    return row


def _checked(row: models.Model, line: int) -> models.Model:
    try:
        row.full_clean()
    except ValidationError as error:
        wrong = "；".join(f"{key}：{''.join(words)}" for key, words in error.message_dict.items())
        raise RecordFault(line, wrong) from error
    return row


def _set_positions(claim: Claim, positions: list[Record], line: int) -> None:
    sources = {source.code: source for source in Source.objects.defer("text")}
    missing = [str(each.get("source")) for each in positions if each.get("source") not in sources]
    if missing:
        raise RecordFault(line, _("没有这样的来源：%s") % "、".join(missing))
    claim.positions.all().delete()
    for each in positions:
        Position.objects.create(
            claim=claim, source=sources[each["source"]], statement=each.get("statement", "")
        )
