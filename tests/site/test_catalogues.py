"""The English words of the interface: all there, and compiled as they were written."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ENGLISH = Path("guides") / "locale" / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(folder: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(folder / ENGLISH / "django.po"))


def keys(entries: polib.POFile | polib.MOFile) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in entries if not entry.obsolete}


def words(entries: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], object]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The catalogue as `make messages` would write it now."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed")
    folder = tmp_path_factory.mktemp("portal")
    for name in ("manage.py", "portal", "guides", "templates", "static"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-obsolete"]
    outcome = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return catalogue(folder)


def test_every_string_of_the_interface_is_in_the_catalogue_and_no_other(collected):
    assert keys(collected) == keys(catalogue())


def test_every_string_has_english_words():
    gaps = [entry.msgid for entry in catalogue() if not entry.translated() or entry.fuzzy]
    assert gaps == []


def test_no_chinese_is_left_in_english_but_names_and_terms_in_brackets():
    left = [
        entry.msgid
        for entry in catalogue()
        if re.search(r"[一-鿿]", re.sub(r"[“「(（‘].*?[”」)）’]|有据", "", entry.msgstr))
    ]
    assert left == []


def test_a_translation_fills_in_the_same_values():
    for entry in catalogue():
        wanted = set(PLACEHOLDER.findall(entry.msgid))
        for english in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert set(PLACEHOLDER.findall(english)) <= wanted, entry.msgid
        if not entry.msgid_plural:
            assert set(PLACEHOLDER.findall(entry.msgstr)) == wanted, entry.msgid


def test_what_is_served_is_what_was_written():
    compiled = polib.mofile(str(ROOT / ENGLISH / "django.mo"))
    assert words(compiled) == words(catalogue())
