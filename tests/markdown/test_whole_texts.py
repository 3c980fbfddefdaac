"""What holds for every text, however it is put together."""

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from guides.markdown import Rendered
from tests.markdown.kit import fragments, procedure, rendered

WORDS = st.text(alphabet="关闭借呗还款卡", min_size=1, max_size=6)
BLOCKS = st.one_of(
    WORDS,
    st.builds("先**{}**再*{}*。[^S3]".format, WORDS, WORDS),
    st.builds("- {}\n- {}[^S5]\n  - {}".format, WORDS, WORDS, WORDS),
    st.builds("1. {}\n2. {}\n{{.chain}}".format, WORDS, WORDS),
    st.builds("> {}\n>\n> - {}".format, WORDS, WORDS),
    st.builds("| {} | {} |\n|---|---|\n| {} | `1` |".format, WORDS, WORDS, WORDS),
    st.builds("::: 注意\n{}\n\n::: 说明\n{}\n:::\n:::".format, WORDS, WORDS),
    st.builds("::: 入口{} [^S5]\n{} > {}\n{}\n:::".format, WORDS, WORDS, WORDS, WORDS),
    st.builds("{}\n: {}".format, WORDS, WORDS),
    st.builds("```\n{}\n```".format, WORDS),
    st.builds("[{}](https://a.example/) 见[[close-huabei|{}]]".format, WORDS, WORDS),
    st.builds("![{}](/media/images/x.png)".format, WORDS),
    st.builds("{}\\\n{}\n{}".format, WORDS, WORDS, WORDS),
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=5).map("\n\n".join)
SECTIONS = st.lists(st.tuples(WORDS, TEXTS), max_size=4)


def as_body(lead: str, sections: list[tuple[str, str]]) -> str:
    return "\n\n".join([lead, *(f"## {title}\n\n{text}" for title, text in sections)]) + "\n"


def seen(result: Rendered) -> str:
    """What a reader sees on the page, marks of citations and labels left out."""
    words: list[str] = []
    for html in fragments(result):
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        words += read(tree)
    return "".join("".join(words).split())


def read(element) -> list[str]:
    kinds = (element.get("class") or "").split()
    if {"ref", "own", "lab"} & set(kinds):
        return [element.tail or ""]
    words = [element.get("alt") or "", element.text or ""]
    for child in element:
        words += read(child)
    return [*words, element.tail or ""]


def bare(plain: str) -> str:
    """Without what stands between the names of a path and between the cells of a table."""
    return "".join(plain.replace(" > ", "").replace("，", "").split())


@given(TEXTS)
def test_the_plain_text_is_what_a_reader_sees(text):
    result = rendered(text)
    assert seen(result).replace("来源", "") == bare(result.plain)


@given(TEXTS, SECTIONS)
def test_well_written_texts_have_no_errors(lead, sections):
    faults = rendered(as_body(lead, sections)).faults
    assert {fault.code for fault in faults} <= {"duplicate-heading"}


@given(TEXTS, SECTIONS)
def test_a_section_reads_the_same_wherever_it_stands(lead, sections):
    whole = rendered(as_body(lead, sections))
    assert whole.lead == rendered(lead).lead
    for section, (title, text) in zip(whole.sections, sections, strict=True):
        assert (section["title"], section["html"]) == (title, rendered(text).lead)


@given(TEXTS, SECTIONS)
def test_contents_headings_and_sections_agree(lead, sections):
    result = rendered(as_body(lead, sections))
    titles = [title for title, _ in sections]
    assert [entry["title"] for entry in result.contents] == titles
    assert [entry["id"] for entry in result.contents] == [each["id"] for each in result.sections]
    assert result.headings == titles


@given(st.lists(st.tuples(WORDS, TEXTS), min_size=1, max_size=4))
def test_steps_are_numbered_in_order_and_their_citations_are_those_of_their_text(steps):
    written = [f"### {title} {{#k{n:03}}}\n\n{text}\n" for n, (title, text) in enumerate(steps)]
    section = rendered(procedure("\n".join(written)), "procedure").sections[0]
    for number, (found, (title, text)) in enumerate(zip(section["steps"], steps, strict=True)):
        alone = rendered(text)
        assert (found["number"], found["key"]) == (number + 1, f"k{number:03}")
        assert (found["title"], found["plain"]) == (title, alone.plain)
        assert set(found["cites"]) == set(alone.cited)


@given(TEXTS, SECTIONS)
def test_windows_line_ends_make_no_difference(lead, sections):
    body = as_body(lead, sections)
    assert rendered(body.replace("\n", "\r\n")) == rendered(body)


@given(st.text(alphabet="#-*>:停入口 \n`[]()^S{}.!|~\\<&关a1", max_size=120))
def test_every_fault_points_into_the_text(body):
    lines = body.count("\n") + 1
    assert all(1 <= fault.line <= lines for fault in rendered(body, "procedure").faults)
