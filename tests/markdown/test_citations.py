"""Citations: `[^S3]` and `[^own]`."""

import pytest

from tests.markdown.kit import codes, lead, rendered

REF = '<a class="ref" href="#src-S3" aria-label="来源3">〔3〕</a>'
OWN = '<span class="own">编辑补充</span>'


def test_a_citation_links_to_the_source_below():
    assert lead("先还清。[^S3]\n") == f"<p>先还清。{REF}</p>\n"


def test_what_no_source_says_is_marked_as_the_editors_own():
    assert lead("隔日再查。[^own]\n") == f"<p>隔日再查。{OWN}</p>\n"


def test_several_citations_stand_in_a_row():
    html = lead("甲[^S3][^S5][^own]\n")
    assert html.index("〔3〕") < html.index("〔5〕") < html.index("编辑补充")


@pytest.mark.parametrize(
    "body",
    [
        "- 项[^S3]\n",
        "> 引文[^S3]\n",
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2[^S3] |\n",
        "词[^S3]\n: 义\n",
        "::: 停\n文[^S3]\n:::\n",
        "**粗[^S3]**\n",
        "## 标题[^S3]\n",
        "## 节\n\n### 标题[^S3]\n",
    ],
)
def test_a_citation_works_wherever_words_stand(body):
    result = rendered(body)
    html = result.lead + "".join(section["html"] for section in result.sections)
    assert result.cited == ["S3"]
    assert REF in html


def test_cited_sources_are_listed_once_in_order_of_appearance():
    assert rendered("甲[^S5]乙[^S3]丙[^S5]丁[^own]\n").cited == ["S5", "S3"]


def test_an_unknown_source_is_reported_with_its_line_and_shown_as_written():
    assert codes("一\n二\n三[^S9]\n") == [(3, "unknown-source")]
    assert rendered("文[^S9]\n").lead == "<p>文[^S9]</p>\n"


def test_the_line_of_a_fault_in_a_table_is_that_of_its_row():
    assert codes("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 3 | 4[^S9] |\n") == [(4, "unknown-source")]


def test_code_and_escapes_keep_their_brackets():
    assert lead("`[^S3]` \\[^S3]\n") == "<p><code>[^S3]</code> [^S3]</p>\n"


def test_a_footnote_definition_is_pointed_out():
    assert codes("文[^S3]\n\n[^S3]: 某文\n") == [(3, "footnote-definition")]
