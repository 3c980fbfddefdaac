"""The Makefile as a newcomer meets it. What its targets do is run by hand and by CI."""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_public_target_in_one_line_each():
    listed = re.findall(r"^  make (\w+) +\S.{10,}$", make().stdout, re.MULTILINE)
    assert {"run", "dev", "test", "lint", "types", "editor", "messages", "lock", "clean"} <= set(
        listed
    )
    assert all(len(line) <= 100 for line in make().stdout.splitlines())


def test_every_target_that_the_readme_names_exists():
    for name in ("README.md", "README.zh-CN.md"):
        named = re.findall(r"`make (\w+)", (ROOT / name).read_text(encoding="utf-8"))
        assert named
        assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in named)


def test_an_editor_without_a_name_is_asked_for_one():
    answer = make("editor")
    assert answer.returncode != 0
    assert "make editor NAME=yourname" in answer.stdout


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ("exit 1", "Python 3.11 or newer is needed"),
        ('case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac', "apt install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_told_with_the_remedy(tmp_path, script, advice):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").touch()
    python = tmp_path / "some-python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    answer = make("prepare", "PYTHON=./some-python", folder=tmp_path)
    assert answer.returncode != 0
    assert advice in answer.stdout
    assert not (tmp_path / ".venv").exists()


def test_a_taken_port_is_told_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = f"PORT={taken.getsockname()[1]}"
        answer = make("port", port, "RUNTIME=Makefile", f"RUN={sys.executable}")
    assert answer.returncode != 0
    assert "take another one: make run PORT=" in answer.stdout
