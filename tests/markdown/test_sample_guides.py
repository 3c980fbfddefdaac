"""The guides the portal ships are faultless and stand in their one form."""

import json
from pathlib import Path

import pytest

from guides.markdown import (
    GuideLink,
    GuideRef,
    from_document,
    link_guides,
    render,
    to_document,
    with_step_keys,
)
from tests.markdown.inspector import check_elements
from tests.markdown.kit import SOURCES, fragments

FOLDER = Path(__file__).parents[2] / "fixtures" / "guides"
PATHS = sorted(FOLDER.glob("*.md"))
GUIDES = {path.stem: GuideRef(f"g{number:04}", path.stem) for number, path in enumerate(PATHS)}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_sample_guide_renders_without_faults(path):
    guide = from_document(path.read_text(encoding="utf-8"))
    result = render(
        guide.body, kind=guide.kind, guides=GUIDES, sources=SOURCES, language=guide.language
    )
    assert [f"{fault.line}: {fault.message}" for fault in result.faults] == []
    assert result.cited


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_sample_guide_survives_being_read_and_written(path):
    guide = from_document(path.read_text(encoding="utf-8"))
    assert guide.slug == path.stem
    assert from_document(to_document(guide)) == guide


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_sample_guide_is_safe_names_its_links_and_fits_into_a_database(path):
    guide = from_document(path.read_text(encoding="utf-8"))
    result = render(guide.body, kind=guide.kind, guides=GUIDES, sources=SOURCES)
    links = {ref.code: GuideLink(f"/{slug}/", slug) for slug, ref in GUIDES.items()}
    for html in fragments(result):
        check_elements(html)
        assert "data-guide" not in link_guides(html, links)
    stored = [result.sections, result.contents, result.linked, result.cited]
    assert json.loads(json.dumps(stored)) == stored


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_saving_a_sample_guide_again_changes_no_key(path):
    guide = from_document(path.read_text(encoding="utf-8"))
    assert with_step_keys(guide.body, kind=guide.kind) == guide.body


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_step_of_a_sample_guide_says_where_it_comes_from(path):
    guide = from_document(path.read_text(encoding="utf-8"))
    result = render(guide.body, kind=guide.kind, guides=GUIDES, sources=SOURCES)
    steps = [step for section in result.sections for step in section["steps"]]
    assert bool(steps) == (guide.kind == "procedure")
    assert all(step["cites"] or step["own"] for step in steps)
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))


def test_there_are_as_many_as_promised():
    assert len(PATHS) == 26
