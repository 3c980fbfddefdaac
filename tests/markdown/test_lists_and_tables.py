"""Check lists, chains of causes, tables, definition lists, code."""

from tests.markdown.kit import codes, lead, rendered


def box(number: int, words: str, ticked: str = "") -> str:
    name = f"t-{number}"
    return (
        f'<li class="tickline">\n<input id="{name}"{ticked} type="checkbox">'
        f'<label for="{name}">{words}</label></li>\n'
    )


def test_a_check_list_has_boxes_with_their_words_as_labels():
    html = lead("- [ ] 没有待还\n- [x] 已通知\n")
    boxes = box(1, "没有待还") + box(2, "已通知", ' checked=""')
    assert html == f'<ul class="ticks">\n{boxes}</ul>\n'


def test_boxes_keep_citations_and_links():
    html = lead("- [ ] 先看[[close-huabei]]。[^S3]\n")
    assert '<label for="t-1">先看<a data-guide="pch7m"></a>。<a class="ref"' in html


def test_boxes_far_apart_are_numbered_through():
    result = rendered("- [ ] 一\n\n## 节\n\n- [ ] 二\n")
    assert 'id="t-1"' in result.lead
    assert 'id="t-2"' in result.sections[0]["html"]


def test_loose_check_lists_work_too():
    assert lead("- [ ] 一\n\n- [ ] 二\n").count("<label") == 2


def test_a_box_without_words_or_outside_a_list_is_text():
    assert "<input" not in lead("- [ ]\n- [x]\n\n[ ] 文\n")


def test_the_numbered_list_above_the_mark_becomes_a_chain():
    html = lead("1. 解绑\n2. 没设新卡\n{.chain}\n")
    assert html == '<ol class="chain">\n<li>解绑</li>\n<li>没设新卡</li>\n</ol>\n'
    assert html == lead("1. 解绑\n2. 没设新卡\n\n{.chain}\n")


def test_the_mark_belongs_to_the_list_right_above_it_only():
    html = lead("1. 一\n\n文。\n\n1. 二\n{.chain}\n")
    assert html.index("<ol>") < html.index('<ol class="chain">')


def test_a_chain_may_stand_in_a_call_out():
    assert '<ol class="chain">' in lead("::: 说明\n1. 一\n2. 二\n{.chain}\n:::\n")


def test_the_mark_anywhere_else_is_reported_and_not_shown():
    for body in (
        "文。\n{.chain}\n",
        "- 一\n{.chain}\n",
        "1. 一\n\n文。\n{.chain}\n",
        "1. 一\n{.red}\n",
    ):
        found = rendered(body)
        assert [fault.code for fault in found.faults] == ["misplaced-chain"]
        assert "{" not in found.lead


def test_braces_inside_a_line_are_text():
    assert lead("文{.chain}\n") == "<p>文{.chain}</p>\n"


def test_a_numbered_list_keeps_its_first_number():
    assert lead("3. 三\n4. 四\n").startswith('<ol start="3">')


TABLE = "| 问题 | 来源怎么说 |\n|:---|---:|\n| 入口 | 有[^S3] |\n"


def test_a_table_scrolls_and_every_cell_knows_its_column():
    html = lead(TABLE)
    assert html.startswith(
        '<div class="scroll" tabindex="0" role="region" aria-label="表格：问题、来源怎么说">'
        '<table class="ledger stack"><thead>'
    )
    assert '<th scope="col">问题</th>' in html
    assert '<th scope="row">入口</th>\n<td data-l="来源怎么说">有<a class="ref"' in html


def test_a_table_of_one_column_has_no_row_headings():
    assert '<td data-l="甲">1</td>' in lead("| 甲 |\n|---|\n| 1 |\n")


def test_a_long_column_name_is_not_repeated_in_full():
    name = "长" * 500
    html = lead(f"| 甲 | {name} |\n|---|---|\n" + "| 1 | 2 |\n" * 100)
    assert html.count("长") < 500 + 101 * 40


def test_terms_and_their_meaning():
    assert lead("授信\n: 平台给的额度\n").split() == [
        "<dl>", "<dt>授信</dt>", "<dd>平台给的额度</dd>", "</dl>",
    ]  # fmt: skip


def test_code_can_be_scrolled_from_the_keyboard_and_loses_its_language():
    assert lead('```html onload="x"\n<b>&\n```\n') == (
        '<pre tabindex="0"><code>&lt;b&gt;&amp;\n</code></pre>\n'
    )


def test_raw_html_is_shown_as_text():
    assert lead("<b>文</b>\n\n<hr>\n") == "<p>&lt;b&gt;文&lt;/b&gt;</p>\n<p>&lt;hr&gt;</p>\n"


def test_strike_through_and_rules():
    assert lead("~~旧~~\n\n***\n") == "<p><s>旧</s></p>\n<hr>\n"


def test_faults_in_lists_name_their_own_line():
    assert codes("- 一\n- 二[^S9]\n") == [(2, "unknown-source")]
