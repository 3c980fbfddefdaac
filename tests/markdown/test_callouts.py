"""Call-outs: blocks between `::: 停` and `:::`."""

import pytest

from tests.markdown.kit import codes, lead, rendered, tags


def call(kind: str, label: str, html: str) -> str:
    return f'<div class="call {kind}"><span class="lab">{label}</span><div>\n{html}</div></div>\n'


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("停", "stop", "停"),
        ("stop", "stop", "停"),
        ("注意", "caution", "注意"),
        ("Caution", "caution", "注意"),
        ("说明", "note", "说明"),
        ("note", "note", "说明"),
        ("退路", "wayback", "退路"),
        ("wayback", "wayback", "退路"),
    ],
)
def test_chinese_and_english_names_mean_the_same(name, kind, label):
    assert lead(f"::: {name}\n先还清。\n:::\n") == call(kind, label, "<p>先还清。</p>\n")


@pytest.mark.parametrize("name", ["分歧", "differ"])
def test_a_disagreement_names_its_sides(name):
    html = lead(f"::: {name}\n一份说能[^S1]，一份说不能。[^S3]\n:::\n")
    assert html.startswith('<div class="call differ"><span class="lab">分歧</span>')
    for text in ("只有一份这么说。[^S1]", "编辑认为两可。[^S1][^own]", "没有出处。"):
        assert codes(f"::: {name}\n{text}\n:::\n") == [(1, "differ-without-sides")]


def test_no_blank_is_needed_and_more_colons_do_no_harm():
    assert lead(":::停\n先还清。\n:::\n") == lead(
        ":::: 停 ::::\n先还清。\n::::\n".replace(" ::::", "")
    )


def test_text_runs_straight_into_a_call_out_and_out_of_it():
    html = lead("前。\n::: 停\n中。\n:::\n后。\n")
    assert html == "<p>前。</p>\n" + call("stop", "停", "<p>中。</p>\n") + "<p>后。</p>\n"


def test_everything_may_stand_inside():
    html = lead(
        "::: 说明\n- 一[^S1]\n- 二\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n```\n:::\n```\n:::\n"
    )
    assert {"ul", "table", "pre", "a"} <= set(tags(html))
    assert html.endswith('<pre tabindex="0"><code>:::\n</code></pre>\n</div></div>\n')


def test_call_outs_inside_call_outs_end_one_by_one():
    html = lead("::: 注意\n外。\n::: 停\n内。\n:::\n外。\n:::\n")
    inside = call("stop", "停", "<p>内。</p>\n")
    assert html == call("caution", "注意", f"<p>外。</p>\n{inside}<p>外。</p>\n")


def test_a_call_out_may_stand_in_a_list_or_a_quote():
    assert '<li>项<div class="call stop">' in lead("- 项\n  ::: 停\n  文。\n  :::\n- 项\n")
    assert lead("> ::: 停\n> 文。\n> :::\n").startswith('<blockquote>\n<div class="call stop">')


def test_an_empty_call_out_is_allowed():
    assert lead("::: 停\n:::\n") == call("stop", "停", "")


def test_indented_code_is_no_call_out():
    assert lead("    ::: 停\n") == '<pre tabindex="0"><code>::: 停\n</code></pre>\n'


def test_a_call_out_that_is_not_closed_is_reported_where_it_begins():
    assert codes("文。\n\n::: 停\n先还清。\n") == [(3, "unclosed-block")]


def test_a_forgotten_end_does_not_swallow_the_next_section():
    result = rendered("::: 停\n先还清。\n\n## 之后\n\n文。\n")
    assert [fault.code for fault in result.faults] == ["unclosed-block"]
    assert result.sections[0]["html"] == "<p>文。</p>\n"


def test_a_hash_in_code_inside_a_call_out_is_not_taken_for_a_heading():
    assert codes("::: 停\n```\n# 注释\n```\n:::\n") == []


def test_code_that_is_never_closed_leaves_the_call_out_unclosed():
    assert codes("::: 停\n```\n:::\n") == [(1, "unclosed-block")]


def test_an_end_without_a_beginning_is_reported_and_not_shown():
    assert codes("文。\n\n:::\n") == [(3, "stray-close")]
    assert rendered("文。\n\n:::\n").lead == "<p>文。</p>\n"


def test_an_unknown_name_is_reported_and_the_text_still_shown():
    body = "::: 警告\n先还清。\n:::\n"
    assert codes(body) == [(1, "unknown-block")]
    assert rendered(body).lead == "<p>先还清。</p>\n"


def test_a_name_with_more_behind_it_is_unknown():
    assert codes('::: 停 onclick="x"\n文。\n:::\n') == [(1, "unknown-block")]


def test_full_width_colons_are_pointed_out():
    assert codes("文。\n：：：停\n文。\n") == [(2, "wide-colons")]
