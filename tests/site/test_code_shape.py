"""The code stays small enough to be read: limits that a linter has no rule for."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORT = (ast.Import, ast.ImportFrom)


def modules(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"migrations", "node_modules"} & set(path.parts):
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def functions(*folders: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, text in modules(*folders):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, FUNCTION):
                yield f"{name}:{node.lineno} {node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_module_fits_into_a_head():
    assert [name for name, text in modules("portal", "guides") if text.count("\n") >= 400] == []
    assert [name for name, text in modules("tests") if text.count("\n") >= 500] == []


def test_a_function_fits_on_a_screen_and_most_on_a_thumb():
    lengths = {name: length(node) for name, node in functions("portal", "guides")}
    assert [name for name, lines in lengths.items() if lines > 50] == []
    assert statistics.median(lengths.values()) <= 8


def test_what_a_module_needs_stands_at_its_top():
    hidden = [
        name
        for name, node in functions("portal", "guides")
        if any(isinstance(inner, IMPORT) for inner in ast.walk(node))
    ]
    assert hidden == []
