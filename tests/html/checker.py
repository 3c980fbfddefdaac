"""The Nu HTML checker, where it is installed."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def errors(pages: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """What the checker objects to, each with the name of one page that has it."""
    if not shutil.which("java") or not JAR.exists():
        pytest.skip("the HTML checker is not installed (make checker; it needs Java)")
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_bytes(pages[name])
    command = ["java", "-jar", os.fspath(JAR), "--errors-only", "--format", "json", "."]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return {
        f"{message['message']} {message.get('extract', '')[:120]}": names[_file(message)]
        for message in json.loads(ended.stderr)["messages"]
    }


def _file(message: dict[str, str]) -> str:
    return Path(urlsplit(message["url"]).path).name
