"""/claims/: where sources disagree, side by side, and the sources themselves."""

from typing import Any

import pytest
from django.test import Client

from guides import publishing
from guides.models import Claim
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES, many, shop

pytestmark = pytest.mark.django_db


def claims(client: Client, at: str = "/claims/") -> Page:
    return Page(client.get(at))


def test_each_sources_position_stands_beside_the_others_with_its_reliability(
    client: Client,
) -> None:
    make.make_source("S4", reliability="low")
    make.make_claim("direct", S3="可以直接关。", S4="没有入口。")
    page = claims(client)
    assert page.text("#direct h2") == "direct？"
    assert page.text("#direct dd") == "可以直接关。 没有入口。"
    assert page.text("#direct dt") == "〔3〕 可靠程度：中 〔4〕 可靠程度：低"
    assert list(page.links("#direct dt a")) == ["#src-S3", "#src-S4"]


def test_no_side_is_picked_silently_the_wording_here_is_told(client: Client) -> None:
    make.make_claim("direct", S3="可以。", S4="不可以。")
    assert claims(client).text("#direct .call") == "本手册怎么写 两种说法并列。"


def test_the_guides_in_which_a_question_matters_are_named(client: Client) -> None:
    claim = make.make_claim("direct", S3="可以。")
    make.make_procedure("close-jiebei", title="关闭借呗", claims=[claim])
    make.make_procedure("other")
    assert claims(client).links("#direct .inline a") == {"/procedures/close-jiebei/": "关闭借呗"}


def test_sources_tell_what_they_are_and_who_cites_them(client: Client) -> None:
    make.make_procedure("close-jiebei", title="关闭借呗")
    make.make_source("S9", title="没人引用的来源", fictional=False)
    page = claims(client)
    source = page.text("#src-S1")
    for words in ("来源S1的标题", "第三方文章", "2026-11-02", "可靠程度：中", "自称虚构"):
        assert words in source
    assert "文末自注“信息均为虚构”" in source
    assert page.links("#src-S1 .inline a") == {"/procedures/close-jiebei/": "关闭借呗"}
    assert "没有一篇引用它" in page.text("#src-S9")
    assert "自称虚构" not in page.text("#src-S9")


def test_guides_are_named_by_their_published_text_not_by_a_draft(client: Client) -> None:
    claim = make.make_claim("direct", S3="可以。")
    guide = make.make_procedure("close-jiebei", title="线上标题")
    publishing.save_draft(make.edited(guide, title="草稿标题"), None, relations={"claims": [claim]})
    page = claims(client)
    assert page.all("#direct .inline") == []
    assert "草稿标题" not in page.text()


def test_only_guides_that_the_reader_may_see_are_named(client: Client) -> None:
    claim = make.make_claim("direct", S3="可以。")
    make.make_procedure("hidden", title="机密", claims=[claim], visibility="signed-in")
    publishing.retire(make.make_procedure("old", title="下架的", claims=[claim]), None)
    page = claims(client)
    assert "机密" not in page.text()
    assert "下架的" not in page.text()
    assert "没有一篇引用它" in page.text("#src-S1")
    client.force_login(make.make_user())
    assert "/procedures/hidden/" in claims(client).links("#direct .inline a")


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_costs_four_queries_whatever_there_is_to_tell(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        claim = make.make_claim(f"claim-{number}", S3="可以。", S4="不可以。")
        make.make_procedure(f"guide-{number}", claims=[claim])
    with django_assert_num_queries(4):
        page = claims(client)
    assert len(page.all(".dispute")) == Claim.objects.count() == count


def test_a_source_that_is_cited_everywhere_names_twenty_guides_and_their_number(
    client: Client,
) -> None:
    many(25, shop())
    page = claims(client)
    assert page.text("#src-S1 summary") == "25篇指南引用了它"
    assert len(page.all("#src-S1 .inline a")) == 20
    assert page.text("#src-S1 .inline .c3") == "共25篇"


def test_without_disputes_and_sources_the_page_says_so(client: Client) -> None:
    text = claims(client).text("#main")
    assert "目前没有登记在案的分歧" in text
    assert "还没有收录来源" in text


def test_statements_of_sources_are_shown_as_text(client: Client) -> None:
    make.make_claim("direct", S3="<img src=x onerror=alert(1)>")
    page = claims(client)
    assert page.all("#main img") == []
    assert page.text("#direct dd") == "<img src=x onerror=alert(1)>"


def test_in_english_what_sources_say_is_marked_as_chinese(client: Client) -> None:
    make.make_claim("direct", S3="可以。")
    page = claims(client, "/en/claims/")
    assert page.one("#direct dd")["lang"] == "zh-Hans"
    assert page.one("html")["lang"] == "en"


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_page_answers(client: Client, query: str) -> None:
    assert client.get(f"/claims/?{query}").status_code == 200
