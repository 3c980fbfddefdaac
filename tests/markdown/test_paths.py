"""Paths through somebody else's app."""

from tests.markdown.kit import codes, first_step, lead, rendered

ITEMS = "<li><span>支付宝</span></li><li><span>我的</span></li><li><span>借呗</span></li>"
PATH = f'<ol class="uipath">{ITEMS}</ol>'


def test_a_path_shows_its_stations_in_order_under_its_name():
    html = lead("::: 入口\n支付宝 > 我的 > 借呗\n:::\n")
    assert html == f'<div class="routes"><div><h3>入口</h3>{PATH}</div>\n</div>\n'


def test_the_source_of_a_path_stands_beside_its_name():
    html = lead("::: 入口甲 [^S5]\n支付宝 > 我的 > 借呗\n:::\n")
    link = '<a class="ref" href="#src-S5" aria-label="来源5">〔5〕</a>'
    assert f"<h3>入口甲 <small>来源{link}</small></h3>" in html


def test_a_path_nobody_published_says_so():
    html = lead("::: 入口甲 [^own]\n甲 > 乙\n:::\n")
    assert '<h3>入口甲 <small><span class="own">编辑补充</span></small></h3>' in html


def test_neighbours_stand_side_by_side():
    html = lead(
        "::: 入口甲\n甲 > 乙\n:::\n\n::: 入口乙\n甲 > 丙\n:::\n\n文。\n\n::: 入口丙\n甲 > 丁\n:::\n"
    )
    assert html.count('<div class="routes">') == 2
    assert html.index("入口乙") < html.index("<p>文。</p>") < html.index("入口丙")
    assert html[: html.index("入口乙")].count('<div class="routes">') == 1


def test_neighbours_inside_a_call_out_stand_side_by_side_within_it():
    html = lead("::: 说明\n::: 入口甲\n甲 > 乙\n:::\n::: 入口乙\n甲 > 丙\n:::\n:::\n")
    assert html.count('<div class="routes">') == 1
    assert html.endswith("</div>\n</div>\n</div></div>\n")


def test_lines_below_the_path_are_small_notes_with_citations_and_marks():
    html = lead("::: 入口甲\n甲 > 乙\n图标在*右上角*。[^S5]\n:::\n")
    assert '<p><small>图标在<em>右上角</em>。<a class="ref"' in html


def test_a_note_may_hold_a_sign_for_more_than():
    assert "<p><small>额度&gt;0时才有</small></p>" in lead("::: 入口\n甲 > 乙\n额度>0时才有\n:::\n")


def test_a_path_may_be_typed_without_blanks_or_with_other_arrows():
    for line in ("支付宝>我的>借呗", "支付宝＞我的＞借呗", "支付宝 › 我的 › 借呗"):
        assert PATH in lead(f"::: 入口\n{line}\n:::\n")


def test_where_arrows_stand_between_blanks_a_bare_one_belongs_to_the_words():
    html = lead("::: 入口\n首页 > 额度>0的产品 > 关闭\n:::\n")
    assert "<li><span>额度&gt;0的产品</span></li>" in html


def test_in_a_step_the_name_is_one_level_below_the_title():
    assert "<h4>入口</h4>" in first_step("::: 入口 [^S1]\n甲 > 乙\n:::\n")["html"].replace(
        ' <small>来源<a class="ref" href="#src-S1" aria-label="来源1">〔1〕</a></small>', ""
    )


def test_html_in_the_name_or_a_station_is_text():
    html = rendered("::: 入口<b>\n甲<i> > 乙\n:::\n").lead
    assert "<h3>入口&lt;b&gt;</h3>" in html
    assert "<span>甲&lt;i&gt;</span>" in html


def test_every_name_for_a_path_is_understood():
    for name in ("入口", "入口乙", "接入口甲", "界面路径", "path"):
        assert 'class="uipath"' in lead(f"::: {name}\n甲 > 乙\n:::\n")


def test_the_english_name_is_shown_in_the_language_of_the_guide():
    assert "<h3>界面路径</h3>" in lead("::: path\n甲 > 乙\n:::\n")


def test_a_path_without_a_path_line_is_reported():
    assert codes("::: 入口甲\n支付宝\n:::\n") == [(1, "path-without-line")]
    assert codes("::: 入口甲\n:::\n") == [(1, "path-without-line")]


def test_a_path_with_a_missing_station_is_reported():
    assert codes("::: 入口甲\n支付宝 > > 借呗\n:::\n") == [(1, "path-without-line")]


def test_an_unknown_source_of_a_path_is_reported_and_left_out():
    body = "::: 入口甲 [^S9]\n甲 > 乙\n:::\n"
    assert codes(body) == [(1, "unknown-source")]
    assert "<small>" not in rendered(body).lead


def test_a_path_that_is_not_closed_is_reported():
    assert codes("::: 入口甲\n甲 > 乙\n") == [(1, "unclosed-block")]


def test_a_path_in_plain_text_reads_as_it_was_written():
    assert rendered("::: 入口甲 [^S5]\n支付宝 > 我的\n小字\n:::\n").plain == (
        "入口甲\n支付宝 > 我的\n小字"
    )
