"""The steps of a procedure: what is known of each, and what each must have."""

import pytest

from tests.markdown.kit import codes, first_step, procedure, rendered, step, steps_of

STOP = "::: 停\n先别点。[^S3]\n:::\n"
WAYBACK = "::: 退路\n找客服。\n:::\n"


def test_a_step_knows_its_key_number_title_marks_and_sources():
    text = "看一看。[^S3][^own]\n\n::: 入口甲 [^S5]\n甲 > 乙\n:::"
    facts = first_step(text, "{#k3f9 .identity .waiting}")
    html = facts.pop("html")
    assert facts == {
        "key": "k3f9",
        "number": 1,
        "title": "打开",
        "marks": ["identity", "waiting"],
        "cites": ["S3", "S5"],
        "own": True,
        "plain": "看一看。\n入口甲\n甲 > 乙",
    }
    assert html.startswith("<p>看一看。")


def test_a_source_cited_in_the_title_counts():
    assert steps_of(procedure("### 打开 [^S2] {#k3f9}\n\n文。\n"))[0]["cites"] == ["S2"]


def test_text_before_the_first_step_belongs_to_the_section():
    section = rendered(procedure(step("文。[^S1]"), ""), "procedure").sections[0]
    assert (section["kind"], section["html"]) == ("steps", "")
    introduced = rendered("## 操作步骤\n\n分两步。\n\n" + step("文。[^S1]"), "procedure")
    assert introduced.sections[0]["html"] == "<p>分两步。</p>\n"


def test_the_contents_list_the_steps_by_their_keys():
    body = procedure(step("文。[^S1]") + step("文。[^S1]", "{#k4aa}", "关闭"))
    assert rendered(body, "procedure").contents[0]["children"] == [
        {"id": "s-k3f9", "number": 1, "title": "打开"},
        {"id": "s-k4aa", "number": 2, "title": "关闭"},
    ]


def test_english_procedures_have_their_steps_under_steps():
    body = "## Steps\n\n### Open it {#k3f9}\n\nLook.[^S1]\n"
    assert rendered(body, "procedure", "en").sections[0]["kind"] == "steps"


def test_smaller_headings_stay_inside_the_step():
    html = first_step("文。[^S1]\n\n#### 细节\n\n文。")["html"]
    assert '<h4 id="细节">细节</h4>' in html


def test_only_procedures_have_steps():
    body = procedure("### 打开\n\n文。\n")
    assert rendered(body, "risk").sections[0]["kind"] == "text"
    assert codes(body, "risk") == []


def test_a_good_procedure_has_no_fault():
    body = procedure(step(f"文。[^S1]\n\n{STOP}\n{WAYBACK}", "{#k3f9 .irreversible}"))
    assert codes(body, "procedure") == []


@pytest.mark.parametrize(
    ("marks", "fault"),
    [
        ("", "missing-key"),
        ("{.identity}", "missing-key"),
        ("{#K3F9}", "invalid-key"),
        ("{#3k9a}", "invalid-key"),
        ("{#k3f}", "invalid-key"),
        ("{#k3f9k3f9k}", "invalid-key"),
        ("{#关闭一下}", "invalid-key"),
        ("{#k3f9 #k4aa}", "two-keys"),
        ("{#k3f9 .urgent}", "unknown-mark"),
        ("{#k3f9 onclick=x}", "unknown-mark"),
    ],
)
def test_a_faulty_mark_is_reported_at_the_step(marks, fault):
    assert codes(procedure(step("文。[^S1]", marks)), "procedure") == [(3, fault)]


def test_a_key_used_twice_is_reported_at_the_second_with_the_line_of_the_first():
    body = procedure(step("文。[^S1]") + "\n" + step("文。[^S1]", title="关闭"))
    fault = rendered(body, "procedure").faults[0]
    assert (fault.line, fault.code) == (7, "duplicate-key")
    assert "第3行" in str(fault.message)


def test_steps_without_a_usable_key_are_still_told_apart():
    body = procedure(step("文。[^S1]") + "\n" + step("文。[^S1]", title="关闭"))
    children = rendered(body, "procedure").contents[0]["children"]
    assert [child["id"] for child in children] == ["s-k3f9", "s-2"]


def test_a_procedure_without_steps_is_reported():
    assert codes("只有文字。\n", "procedure") == [(1, "no-steps")]
    assert codes("导语。\n\n## 操作步骤\n\n文。\n", "procedure") == [(3, "no-steps")]


def test_a_second_section_of_steps_is_reported_and_keeps_its_text():
    body = procedure(step("文。[^S1]")) + "\n## 操作步骤\n\n### 再来\n\n文。\n"
    assert (7, "second-steps") in codes(body, "procedure")
    assert "再来" in rendered(body, "procedure").sections[1]["html"]


def test_a_step_that_cites_nothing_is_reported():
    assert codes(procedure(step("文。")), "procedure") == [(3, "uncited-step")]


def test_citing_an_unknown_source_is_not_citing():
    found = codes(procedure(step("文。[^S9]")), "procedure")
    assert found == [(3, "uncited-step"), (5, "unknown-source")]


def test_a_step_of_the_editors_own_needs_no_source():
    assert codes(procedure(step("文。[^own]")), "procedure") == []


@pytest.mark.parametrize(
    ("present", "missing"),
    [(STOP, "irreversible-without-wayback"), (WAYBACK, "irreversible-without-stop")],
)
def test_an_irreversible_step_must_say_stop_and_show_the_way_back(present, missing):
    body = procedure(step(f"文。[^S1]\n\n{present}", "{#k3f9 .irreversible}"))
    assert codes(body, "procedure") == [(3, missing)]


def test_a_fourth_stop_is_one_too_many():
    stops = (STOP + "\n") * 3
    assert codes(stops) == []
    assert codes(stops + STOP) == [(13, "too-many-stops")]
    assert rendered(stops + STOP).faults[0].severity == "warning"
