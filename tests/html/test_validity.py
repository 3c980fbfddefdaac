"""Valid HTML on every type of page, as guests and as editors get it, in both languages."""

from dataclasses import replace

import html5lib
import pytest

from tests.html import checker
from tests.live.pages import EDITING, IN_ENGLISH, PUBLIC, READING, PageType
from tests.live.wire import visit

FOR_EDITORS = tuple(
    replace(page, name=f"{page.name} for an editor", visitor="editor")
    for page in (*READING, *IN_ENGLISH)
)
EVERY = (*PUBLIC, *IN_ENGLISH, *FOR_EDITORS, *EDITING)
FAILURE = PageType("failure", "/", 500)
pytestmark = pytest.mark.xdist_group("html")


def faults(html: bytes) -> list[str]:
    """Everything the HTML standard's own way of reading had to put right."""
    parser = html5lib.HTMLParser()
    parser.parse(html.decode())
    lines = html.decode().splitlines()
    return [f"{name}: {lines[place[0] - 1][:160]}" for place, name, _more in parser.errors]


@pytest.fixture(scope="module")
def pages(portal_for_reading, broken_portal) -> dict[str, bytes]:
    answers = {page: visit(portal_for_reading, page) for page in EVERY}
    answers[FAILURE] = visit(broken_portal, FAILURE)
    assert [page.name for page, answer in answers.items() if answer.status != page.status] == []
    assert [page.name for page, answer in answers.items() if not answer.is_html] == []
    return {page.name: answer.body for page, answer in answers.items()}


def test_every_page_is_parsed_without_a_correction(pages):
    found = {name: faults(html) for name, html in pages.items()}
    assert {name: list_ for name, list_ in found.items() if list_} == {}


def test_the_checker_finds_no_error(pages, tmp_path):
    assert (
        "\n".join(f"{name}: {told}" for told, name in checker.errors(pages, tmp_path).items()) == ""
    )


def test_every_id_is_given_once(pages):
    """Both checkers look at one element at a time; links and labels need a single target."""
    for name, html in pages.items():
        document = html5lib.parse(html.decode(), namespaceHTMLElements=False)
        ids = [one.get("id") for one in document.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (b"<!doctype html><title>x</title><p><div></p>", "unexpected-end-tag"),
        (
            b"<!doctype html><title>x</title><table><p>x</table>",
            "unexpected-start-tag-implies-table-voodoo",
        ),
        (b"<title>x</title>", "expected-doctype"),
    ],
)
def test_the_parser_tells_what_is_wrong(html, fault):
    assert any(fault in told for told in faults(html))
