"""Faults speak the language of whoever reads them and never break on what was typed."""

import re
from pathlib import Path

import pytest

import guides.checks
import guides.markdown
from guides.markdown import Fault
from guides.markdown.faults import CODES, fault
from tests.markdown.kit import rendered

REPORTING = [*Path(guides.markdown.__file__).parent.glob("*.py"), Path(guides.checks.__file__)]
USED = {
    code
    for path in REPORTING
    if path.name != "faults.py"
    for code in re.findall(r'"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
}


def test_every_fault_that_has_a_message_can_occur():
    built = {"irreversible-without-stop", "irreversible-without-wayback"}
    assert CODES - USED - built == set()


def test_braces_and_percent_signs_in_a_text_do_not_disturb_the_message():
    result = rendered("文[^{x}%s{0}]\n")
    assert "{x}%s{0}" in str(result.faults[0].message)


def test_a_long_text_is_shortened_in_the_message():
    message = str(fault(1, "unknown-guide", slug="x" * 500).message)
    assert len(message) < 100
    assert "…" in message


def test_errors_keep_a_guide_from_being_published_and_warnings_do_not():
    assert fault(1, "no-steps").severity == "error"
    assert fault(1, "duplicate-heading", title="甲", first=1).severity == "warning"


def test_equal_faults_are_equal():
    first, second = (fault(3, "unknown-source", code="S9") for _ in range(2))
    assert first == second
    assert isinstance(first, Fault)


def test_faults_come_in_the_order_of_lines():
    body = "[x](javascript:x)\n\n## 一\n\n文[^S9]\n\n#### 二 {#k3f9}\n\n{.chain}\n"
    lines = [each.line for each in rendered(body).faults]
    assert lines == sorted(lines)
    assert len(lines) == 5


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_we_add_are_in_the_language_of_the_guide(language):
    result = rendered("甲[^own]\n", language=language)
    assert '<span class="own">' in result.lead


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("[^S9]", "case", "“S9”"),
        ("[[close-nothing]]", "case", "“close-nothing”"),
        ("[x](javascript:x)", "case", "“javascript:x”"),
        ("::: 警告\n:::", "case", "“警告”"),
        ("::: 停\n文", "case", "“::: 停”"),
        ("::: 入口甲\n:::", "case", "“支付宝 > 我的 > 借呗”"),
        ("![文](/media/images/gone.png)", "case", "“gone.png”"),
        ("# 大标题", "case", "“## 大标题”"),
        ("## 一\n\n#### 二", "case", "“###”"),
        ("1. 一\n{.red}", "case", "“{.red}”"),
        ("1. 一\n{.red}", "case", "{.chain}"),
        ("[^S1]: 某文", "case", "[^s1]"),
        ("## 操作步骤\n\n### 打开\n\n文", "procedure", "{#k3f9}"),
        ("## 操作步骤\n\n### 打开 {#k3f9 .now}\n\n文", "procedure", "“.now”"),
        ("## 操作步骤\n\n### 打开 {#k3f9}\n\n文", "procedure", "[^own]"),
    ],
)
def test_a_message_says_what_is_wrong_and_what_to_write(body, kind, words):
    messages = [str(each.message) for each in rendered(body, kind).faults]
    assert any(words in message for message in messages)
    assert not any("{{" in message for message in messages)
