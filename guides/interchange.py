"""Guides in and out as documents: files, folders and zip archives, all or nothing."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import catalogue, images, publishing, reindexing
from guides.markdown import DocumentError, Fault, GuideDocument, from_document
from guides.models import Guide, Image, SlugHistory
from guides.working_copy import KINDS, InvalidValues, UnknownNames, of_its_kind, read, relate, write

MAX_FILES = 20_000
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
KEY_NAMES = {
    "products": gettext_lazy("产品"),
    "tags": gettext_lazy("标签"),
    "claims": gettext_lazy("争议点"),
    "groups": gettext_lazy("用户组"),
    "task": gettext_lazy("事项"),
    "owner": gettext_lazy("负责人"),
    "related": gettext_lazy("相关指南"),
    "translation_of": gettext_lazy("原文"),
}


@dataclass(frozen=True)
class FileFault:
    """What is wrong in a file; `line` counts from 1, 0 where the whole file is meant."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else self._without_line()

    def _without_line(self) -> str:
        return f"{self.path}: {self.message}"


class ImportFailed(Exception):
    """Nothing was imported; every fault that was found is in `faults`."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Parcel:
    """The files of one import: documents by their path, catalogues and pictures by their name."""

    documents: dict[str, bytes]
    catalogues: dict[str, bytes]
    pictures: dict[str, bytes]


@dataclass(frozen=True)
class Outcome:
    path: str
    slug: str
    action: str  # "created", "updated" or "unchanged"


@dataclass(frozen=True)
class _Placed:
    """A document with the file it came from and the row it went to."""

    path: str
    text: str
    document: GuideDocument
    guide: Guide
    action: str


def unpack(path: Path) -> Parcel:
    """Reads a file, a folder or a zip archive. Raises ImportFailed."""
    if not path.exists():
        raise ImportFailed([FileFault(str(path), 0, _("没有这个文件或文件夹。"))])
    if path.is_dir():
        return _parcel(_folder_files(path))
    if zipfile.is_zipfile(path):
        return _parcel(_zip_files(path))
    return _parcel([(path.name, path.open("rb"))])


def _folder_files(folder: Path) -> Iterator[tuple[str, IO[bytes]]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.open("rb")


def _zip_files(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Nothing is written to disk, so a name like ../../x does no harm; it is only a label."""
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.is_dir():
                yield info.filename, archive.open(info)


def _parcel(files: Iterable[tuple[str, IO[bytes]]]) -> Parcel:
    """Sorts files by what they are; reads no more than the limits, whatever a zip says."""
    parcel = Parcel({}, {}, {})
    total = count = 0
    for name, stream in files:
        with stream:
            data = _bounded(name, stream)
        total, count = total + len(data), count + 1
        if total > MAX_TOTAL_BYTES or count > MAX_FILES:
            raise ImportFailed([FileFault(name, 0, _("文件太多或总量太大，请分批导入。"))])
        _sort_in(parcel, PurePosixPath(name), data)
    if not parcel.documents and not parcel.catalogues:
        raise ImportFailed([FileFault("", 0, _("没有找到 .md 文件。"))])
    return parcel


def _sort_in(parcel: Parcel, path: PurePosixPath, data: bytes) -> None:
    """Files that are neither documents, catalogues nor pictures are left alone."""
    if path.suffix == ".md":
        parcel.documents[str(path)] = data
    elif path.name in catalogue.FIELDS:
        parcel.catalogues[path.name] = data
    elif path.parent.name == "images":
        parcel.pictures[path.name] = data


def _bounded(name: str, stream: IO[bytes]) -> bytes:
    try:
        data = stream.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise ImportFailed([FileFault(name, 0, _("压缩包里的这个文件读不出来。"))]) from error
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise ImportFailed([FileFault(name, 0, _("文件超过 %d MB。") % limit)])
    return data


def import_parcel(
    parcel: Parcel, by: User | None, *, publish: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Creates and updates guides from documents, all or nothing. Raises ImportFailed."""
    with transaction.atomic():
        documents = _parsed(parcel.documents)
        with reindexing.kept_in_step():
            _read_catalogues(parcel.catalogues)
        _store_pictures(parcel.pictures, by)
        placed = _placed(documents, by)
        _relate(placed)
        _finish(placed, by, publish=publish)
        transaction.set_rollback(dry_run)
    return [Outcome(each.path, each.document.slug, each.action) for each in placed]


def _read_catalogues(files: dict[str, bytes]) -> None:
    faults: list[FileFault] = []
    for name in (name for name in catalogue.FIELDS if name in files):
        try:
            catalogue.read_file(name, _decoded(name, files[name]))
        except catalogue.RecordFault as error:
            faults.append(FileFault(name, error.line, error.message))
    if faults:
        raise ImportFailed(faults)


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = FileFault(path, line, _("不是UTF-8编码，请另存为UTF-8再导入。"))
        raise ImportFailed([fault]) from error


def _parsed(files: dict[str, bytes]) -> list[tuple[str, str, GuideDocument]]:
    faults: list[FileFault] = []
    parsed: list[tuple[str, str, GuideDocument]] = []
    for path, data in files.items():
        try:
            text = _decoded(path, data)
            parsed.append((path, text, from_document(text)))
        except ImportFailed as error:
            faults += error.faults
        except DocumentError as error:
            faults += [FileFault(path, each.line, str(each.message)) for each in error.faults]
    faults += _doubled(parsed)
    if faults:
        raise ImportFailed(faults)
    return parsed


def _doubled(parsed: list[tuple[str, str, GuideDocument]]) -> list[FileFault]:
    """Two files with one slug or one code: neither may silently win."""
    faults: list[FileFault] = []
    first_with: dict[tuple[str, str], str] = {}
    for path, text, document in parsed:
        for key, value in (
            ("slug", f"{document.language}/{document.slug}"),
            ("code", document.code),
        ):
            first = first_with.setdefault((key, value or path), path)
            if first != path:
                message = _("“%(key)s”与 %(first)s 相同。") % {"key": key, "first": first}
                faults.append(FileFault(path, _line_of(key, text), message))
    return faults


def _line_of(key: str, text: str) -> int:
    """The line on which a front matter key stands, for a fault that is found only afterwards."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(f"{key}:"):
            return number
    return 1


def _store_pictures(pictures: dict[str, bytes], by: User | None) -> None:
    known = set(Image.objects.filter(name__in=pictures).values_list("name", flat=True))
    faults: list[FileFault] = []
    for name, data in pictures.items():
        if name in known:
            continue
        try:
            images.store(data, by, name=name)
        except images.ImageRefused as error:
            faults.append(FileFault(f"images/{name}", 0, str(error)))
    if faults:
        raise ImportFailed(faults)


def _placed(documents: list[tuple[str, str, GuideDocument]], by: User | None) -> list[_Placed]:
    faults: list[FileFault] = []
    placed: list[_Placed] = []
    for path, text, document in documents:
        try:
            placed.append(_place(path, text, document))
        except UnknownNames as error:
            faults += _unknown(path, text, error)
        except InvalidValues as error:
            faults += _invalid(path, text, error)
        except _Refused as error:
            faults.append(FileFault(path, _line_of(error.key, text), error.message))
    if faults:
        raise ImportFailed(faults)
    return placed


class _Refused(Exception):
    """One document cannot be placed, because of the front matter key it names."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def _place(path: str, text: str, document: GuideDocument) -> _Placed:
    """Writes one document into its row, found by slug, or into a new one."""
    same_slug = {"language": document.language, "slug": document.slug}
    known = Guide.objects.filter(**same_slug).first()
    _refuse_clashes(document, known)
    guide = of_its_kind(known) if known else KINDS[document.kind]()
    before = read(guide) if known else None
    write(document, guide)
    action = "created" if before is None else "updated"
    return _Placed(path, text, document, guide, action)


def _refuse_clashes(document: GuideDocument, known: Guide | None) -> None:
    if known and known.kind != document.kind:
        raise _Refused("kind", _("已有同名指南，类型不同（%s）。") % known.get_kind_display())
    owner = Guide.objects.filter(code=document.code).first() if document.code else None
    if owner and owner != known:
        raise _Refused("code", _("固定链接代号已属于“%s”。") % owner.slug)
    former = SlugHistory.objects.filter(language=document.language, slug=document.slug)
    if not known and former.exists():
        raise _Refused("slug", _("这个网址名是另一篇指南的旧地址，不能再用。"))


def _unknown(path: str, text: str, error: UnknownNames) -> list[FileFault]:
    return [
        FileFault(
            path,
            _line_of(key, text),
            _("没有这样的%(what)s：%(names)s")
            % {"what": KEY_NAMES[key], "names": "、".join(names)},
        )
        for key, names in error.names.items()
    ]


def _invalid(path: str, text: str, error: InvalidValues) -> list[FileFault]:
    return [
        FileFault(path, _line_of(key, text), f"{key}：{''.join(messages)}")
        for key, messages in error.messages.items()
    ]


def _relate(placed: list[_Placed]) -> None:
    faults: list[FileFault] = []
    for each in placed:
        try:
            relate(each.document, each.guide)
        except UnknownNames as error:
            faults += _unknown(each.path, each.text, error)
    if faults:
        raise ImportFailed(faults)


def _finish(placed: list[_Placed], by: User | None, *, publish: bool) -> None:
    faults: list[FileFault] = []
    for each in placed:
        row = of_its_kind(each.guide)
        publishing.save_draft(row, by)
        try:
            if publish:
                publishing.publish(row, by)
        except publishing.PublishError as error:
            faults += [
                FileFault(each.path, _line_in_file(fault, each.text), str(fault.message))
                for fault in error.faults
            ]
    if faults:
        raise ImportFailed(faults)


def _line_in_file(fault: Fault, text: str) -> int:
    return _line_of(fault.field, text) if fault.field else _body_line(text) + fault.line


def _body_line(text: str) -> int:
    """How many lines stand before the body: the front matter, its fences and the blank line."""
    lines = text.split("\n")
    end = lines.index("---", 1)
    return end + 2 if lines[end + 1 : end + 2] == [""] else end + 1


def export_files(*, drafts: bool = False) -> Iterator[tuple[str, bytes]]:
    """What readers see as (path, bytes), with catalogues and pictures; `drafts` adds unpublished
    guides. Importing these files into an empty database gives these files again."""
    for name in catalogue.FIELDS:
        yield name, catalogue.write_file(name).encode()
    guides = Guide.objects.select_related("live", "task", "owner", "translation_of").order_by(
        "language", "slug"
    )
    guides = guides.prefetch_related("products", "tags", "claims", "related", "groups")
    for guide in guides if drafts else guides.filter(live__isnull=False):
        yield _path_of(guide), publishing.document_of(guide).encode()
    for image in Image.objects.order_by("name"):
        with image.file.open("rb") as file:
            yield f"images/{image.name}", file.read()


def _path_of(guide: Guide) -> str:
    default = guide.language == settings.LANGUAGE_CODE
    return f"guides/{guide.slug}{'' if default else '.' + guide.language}.md"


def as_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive with fixed dates, so that the same guides give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
