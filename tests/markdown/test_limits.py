"""Hostile or broken texts cost little and get a clear answer."""

from collections.abc import Callable
from functools import partial

import pytest

from guides.markdown import with_step_keys
from guides.markdown.limits import SIZE
from tests.effort import MUCH, calls, times_as_long
from tests.markdown.kit import codes, procedure, rendered

HOSTILE: dict[str, Callable[[int], str]] = {
    "stars": lambda n: "*" * n,
    "stars and words": lambda n: "*a **b " * (n // 7),
    "emphasis in emphasis": lambda n: "*a **b " * (n // 14) + "b** a* " * (n // 14),
    "underscores": lambda n: "_a" * (n // 2),
    "tildes": lambda n: "~~a " * (n // 4),
    "open brackets": lambda n: "[" * n,
    "open images": lambda n: "![" * (n // 2),
    "matched brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "links in links": lambda n: "[" * (n // 5) + "](x)" * (n // 5),
    "images in images": lambda n: "![" * (n // 6) + "](x)" * (n // 6),
    "open addresses": lambda n: "[a](" * (n // 4),
    "open titles": lambda n: "[a](b 'c\" (d" * (n // 11),
    "open guide links": lambda n: "[[a|" * (n // 4),
    "one address used everywhere": lambda n: f"[a]: /{'x' * (n // 2)}\n\n" + "[a]" * (n // 6),
    "definitions": lambda n: "".join(f"[a{i}]: /x\n" for i in range(n // 11)),
    "open definition": lambda n: "[a]: /x '" + "a\n" * (n // 2),
    "open label": lambda n: "[" + "a\n" * (n // 2),
    "backticks": lambda n: "".join("`" * (i % 90) + " " for i in range(n // 45)),
    "quotes in quotes": lambda n: ">" * n,
    "quotes of all depths": lambda n: "".join(">" * (i % 50) + "a\n" for i in range(n // 26)),
    "lists in lists": lambda n: "".join(" " * i + "- a\n" for i in range(int(n**0.5))),
    "lists on a line": lambda n: "- " * (n // 2),
    "long list": lambda n: "- a\n" * (n // 4),
    "long loose list": lambda n: "- [ ] a\n\n" * (n // 9),
    "definition lists": lambda n: "a\n: b\n" * (n // 6),
    "definitions in definitions": lambda n: "a\n" + ": " * (n // 2),
    "open call-outs": lambda n: "::: 停\n" * (n // 6),
    "call-outs in call-outs": lambda n: "::: 停\n" * (n // 10) + ":::\n" * (n // 10),
    "call-outs in quotes": lambda n: "> ::: 停\n" * (n // 8),
    "call-outs in lists": lambda n: "- ::: 停\n" * (n // 8),
    "call-outs without end": lambda n: "::: zz\n# a\n" * (n // 11),
    "ends without call-outs": lambda n: ":::\n" * (n // 4),
    "long path": lambda n: "::: 入口\n" + "a > " * (n // 4) + "b\n:::\n",
    "paths": lambda n: "::: 入口 [^S1]\na > b\n:::\n" * (n // 23),
    "cited path": lambda n: "::: 入口 " + "[^S1]" * (n // 5) + "\na > b\n:::",
    "wide table": lambda n: "|a" * (n // 8) + "|\n" + "|-" * (n // 8) + "|\n" + "|b" * (n // 2),
    "table rows": lambda n: "|a|b|\n|-|-|\n" + "|x\n" * (n // 3),
    "almost tables": lambda n: "a|b\n" * (n // 4),
    "citations": lambda n: "[^S1]" * (n // 5),
    "unknown citations": lambda n: "[^zz]" * (n // 5),
    "sections": lambda n: "## a\n" * (n // 5),
    "steps": lambda n: procedure("### a {#k3f9}\n" * (n // 14)),
    "braces": lambda n: "## " + "{" * n + "}",
    "blanks in braces": lambda n: "## a {#" + " " * n + "}",
    "entities": lambda n: "&a" * (n // 2),
    "open tags": lambda n: "<a:" * (n // 3),
    "open comments": lambda n: "<!--" * (n // 4),
    "backslashes": lambda n: "\\" * n,
    "blanks": lambda n: " " * n + "a",
    "lines": lambda n: "a\n" * (n // 2),
    "fences": lambda n: "```\n" * (n // 4),
    "attributes": lambda n: "{.chain}\n" * (n // 9),
}  # fmt: skip


def ordinary(size: int) -> str:
    """A text as editors write them, of a given length."""
    step = "### 打开管理页\n\n点“我的”，进入**资产管理**，找到[[close-huabei]]。[^S1]\n\n"
    return "## 操作步骤\n\n" + step * (size // len(step))


def _work(body: str) -> int:
    return calls(lambda: rendered(body, "procedure"))


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_about_twice_the_work(name):
    small, large = _work(HOSTILE[name](2_000)), _work(HOSTILE[name](4_000))
    assert large < 2.6 * small + 10_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_large_text_costs_little_more_than_an_ordinary_one_and_makes_no_monstrous_page(name):
    body, usual = HOSTILE[name](20_000), ordinary(20_000)
    result = rendered(body, "procedure")
    assert times_as_long(partial(rendered, kind="procedure"), body, usual) < MUCH
    html = result.lead + "".join(str(section) for section in result.sections)
    assert len(html) < 25 * len(body)


@pytest.mark.parametrize("name", ["open brackets", "lists in lists", "steps", "open call-outs"])
def test_looking_for_steps_is_as_quick(name):
    body, usual = HOSTILE[name](40_000), ordinary(40_000)
    assert times_as_long(partial(with_step_keys, kind="procedure"), body, usual) < MUCH


def test_a_text_of_full_size_is_rendered_and_one_character_more_is_refused():
    assert codes("字" * SIZE) == []
    result = rendered("字" * (SIZE + 1))
    assert [(fault.line, fault.code) for fault in result.faults] == [(1, "too-long")]
    assert "200001" in str(result.faults[0].message)
    assert (result.lead, result.sections, result.plain) == ("", [], "")


def test_brackets_without_partners_are_reported_with_their_line():
    assert codes("文。\n\n" + "[" * 20_000) == [(3, "too-complex")]


def test_nesting_too_deep_is_reported_once_where_it_begins():
    assert codes(">" * 30 + " 文。\n") == [(1, "too-deep")]
    deep = "".join("  " * i + "- 项\n" for i in range(15))
    assert codes(deep) == [(10, "too-deep")]
    assert codes(f"{deep}\n文。\n\n{deep}") == [(10, "too-deep")]


def test_ordinary_nesting_is_not():
    assert codes("".join("  " * i + "- 项\n" for i in range(9))) == []


def test_emphasis_too_deep_is_reported_and_shown_as_typed():
    body = "*a **b " * 20 + "b** a* " * 20
    assert codes(body) == [(1, "too-deep")]
    assert "<em>" not in rendered(body).lead


def test_links_that_sum_up_too_long_are_reported_and_lose_their_address():
    body = f"[a]: /{'x' * 60_000}\n\n" + "[a] " * 5
    assert "too-many-link-characters" in {code for _, code in codes(body)}
    assert rendered(body).lead.count("<a ") < 5


def test_nobody_is_shown_more_faults_than_can_be_mended():
    assert len(codes("文[^S9]\n" * 1_000)) == 200
