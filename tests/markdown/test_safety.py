"""Whatever is typed, nothing reaches the page that the dialect does not make."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.markdown.safety import clean
from tests.markdown.attacks import ATTACKS, PLACES
from tests.markdown.inspector import check_elements
from tests.markdown.kit import fragments, rendered

# Odd characters are the author's affair; broken nesting would be ours.
HARMLESS = {"invalid-codepoint", "invalid-codepoint-in-body", "expected-doctype-but-got-chars"}


def check(body: str, kind: str = "procedure") -> None:
    """Parse what pages print as browsers do, and look at every element."""
    result = rendered(body, kind)
    identities: list[str] = [section["id"] for section in result.sections]
    for html in fragments(result):
        parser = html5lib.HTMLParser()
        parser.parseFragment(html)
        assert not {code for _, code, _ in parser.errors} - HARMLESS
        identities += [each.get("id") for each in check_elements(html) if each.get("id")]
    steps = [step for entry in result.contents for step in entry["children"]]
    identities += [step["id"] for step in steps]
    assert len(set(identities)) == len(identities)


@pytest.mark.parametrize("place", PLACES)
def test_known_attacks_do_nothing(place):
    for attack in ATTACKS:
        check(PLACES[place].replace("@", attack))


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_last_gate_holds_even_if_everything_before_it_fails(attack):
    check_elements(clean(attack))
    check_elements(
        clean(f'<a href="/x">{attack}</a><img src="/media/images/x.png" alt="{attack}">')
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a class="btn go" href="/x">x</a>',
        '<p class="call">x</p>',
        '<div id="main">x</div>',
        '<img src="https://a.example/x.png" alt="">',
        '<input type="text" name="q">',
        '<a href="//a.example/" target="_blank">x</a>',
        "<h1>x</h1><h2>x</h2><section>x</section><time>x</time><video></video>",
    ],
)
def test_the_last_gate_knows_only_what_the_dialect_makes(html):
    for each in check_elements(clean(html)):
        assert not each.get("class")
        assert set(each.keys()) <= {"class", "href", "alt", "type"}


MARKS = [
    "## ", "### ", "- ", "- [ ] ", "1. ", "> ", "`", "*", "**", "~~", "[", "](", ")", "![", "<",
    ">", '"', "'", "[[close-huabei", "]]", "[^S3]", "{#k3f9}", ": ", "&", "\\", "    ", " > ",
    "http:", "/media/images/x.png", "\u2028", "\x00", "\u202e",
]  # fmt: skip
LINES = ["\n", "\n\n", "::: 停\n", "::: 入口\n", ":::\n", "```\n", "{.chain}\n", "操作步骤\n"]
TABLE = ["|", "|---|---|\n"]
PIECES = st.one_of(
    st.sampled_from(ATTACKS), st.sampled_from([*MARKS, *LINES, *TABLE]), st.text(max_size=8)
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_mixture_of_attacks_and_marks_does_anything(body):
    check(body)


@given(st.text(max_size=200))
def test_no_text_at_all_does_anything(body):
    check(body)


@given(st.lists(PIECES, max_size=10).map("".join), st.sampled_from(["procedure", "risk", "case"]))
def test_rendering_is_the_same_every_time(body, kind):
    assert rendered(body, kind) == rendered(body, kind)


def test_ids_never_meet_those_of_the_page():
    body = "## main\n\n- [ ] t-1\n\n### s-k3f9\n\n## 操作步骤\n\n### 打开 {#main}\n\n文。[^S1]\n"
    result = rendered(body, "procedure")
    assert [section["id"] for section in result.sections] == ["h-main", "操作步骤"]
    assert result.contents[1]["children"][0]["id"] == "s-main"
