"""`manage.py export_guides` and back again: not a byte is lost."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from guides import publishing
from guides.models import Guide, Image, Position, Product, Revision, Source, Tag, Task
from tests.factories import edited, make_procedure, make_tag

pytestmark = pytest.mark.django_db


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _emptied() -> None:
    """An empty database, short of dropping it: published revisions refuse to be deleted."""
    Guide.objects.update(live=None)
    Revision.objects.all()._raw_delete(Revision.objects.db)
    for model in (Guide.related.through, Guide, Position, Product, Task, Tag, Source, Image):
        model._default_manager.all().delete()


def test_export_import_export_gives_the_same_bytes(tmp_path):
    call_command("load_sample", stdout=io.StringIO())
    call_command("export_guides", str(tmp_path / "first"), stdout=io.StringIO())
    _emptied()
    assert not Guide.objects.exists()
    call_command("import_guides", str(tmp_path / "first"), "--publish", stdout=io.StringIO())
    call_command("export_guides", str(tmp_path / "second"), stdout=io.StringIO())
    first, second = _files(tmp_path / "first"), _files(tmp_path / "second")
    assert len([name for name in first if name.startswith("guides/")]) == 26
    assert first == second


def test_the_shipped_fixtures_are_themselves_an_export(tmp_path):
    call_command("load_sample", stdout=io.StringIO())
    call_command("export_guides", str(tmp_path), stdout=io.StringIO())
    assert _files(tmp_path) == _files(settings.BASE_DIR / "fixtures")


def test_an_export_holds_what_readers_see_not_the_draft(tmp_path):
    guide = make_procedure("close-jiebei", title="线上标题")
    publishing.save_draft(
        edited(guide, title="草稿标题"), None, relations={"tags": [make_tag("fraud")]}
    )
    call_command("export_guides", str(tmp_path), stdout=io.StringIO())
    text = (tmp_path / "guides" / "close-jiebei.md").read_text(encoding="utf-8")
    assert "线上标题" in text
    assert "草稿标题" not in text
    assert "- fraud" in text


def test_unpublished_guides_are_exported_only_when_asked_for(tmp_path):
    make_procedure("secret-draft", live=False)
    call_command("export_guides", str(tmp_path / "live"), stdout=io.StringIO())
    call_command("export_guides", str(tmp_path / "all"), "--drafts", stdout=io.StringIO())
    assert "guides/secret-draft.md" not in _files(tmp_path / "live")
    assert "guides/secret-draft.md" in _files(tmp_path / "all")


def test_a_zip_holds_the_same_files_and_the_same_bytes_each_time(tmp_path):
    make_procedure("close-jiebei")
    for name in ("a.zip", "b.zip"):
        call_command("export_guides", str(tmp_path / name), stdout=io.StringIO())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "guides/close-jiebei.md" in archive.namelist()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError):
        call_command("export_guides", str(tmp_path / "file"), stdout=io.StringIO())
