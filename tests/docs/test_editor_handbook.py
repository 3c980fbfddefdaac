"""Every example in the editors' handbook is what the renderer really takes."""

import re

import pytest
from django.conf import settings

from guides.markdown import GuideRef, SourceRef, render

HANDBOOK = (settings.BASE_DIR / "docs" / "editor.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```", HANDBOOK, re.DOTALL | re.MULTILINE)
SOURCES = {code: SourceRef(code, code[1:]) for code in ("S1", "S2", "S3", "S4", "S5")}
GUIDES = {slug: GuideRef(code="p2345", title=slug) for slug in ("prepare-to-close", "close-huabei")}


def test_the_handbook_has_examples():
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_renders_without_a_single_fault(example):
    kind = "procedure" if "## 操作步骤" in example else "risk"
    rendered = render(example, kind=kind, guides=GUIDES, sources=SOURCES)
    assert rendered.faults == []
    assert rendered.sections


@pytest.mark.parametrize(
    "word",
    ["停", "注意", "说明", "分歧", "退路", ".identity", ".irreversible", ".waiting", ".chain"],
)
def test_the_handbook_names_each_word_of_the_dialect(word):
    assert word in HANDBOOK
