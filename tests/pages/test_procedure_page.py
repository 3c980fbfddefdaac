"""/procedures/<slug>/: following a procedure, judging it, passing it on."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from guides import publishing
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

MARKED = """## 操作步骤

### 打开管理页 {#k001 .waiting}

打开。[^S1]

### 确认关闭 {#k002 .identity .irreversible}

::: 停
验证一过就关了。[^S1]
:::

::: 退路
退出页面就没有关。[^own]
:::
"""


def page_of(client: Client, guide: object, prefix: str = "") -> Page:
    return Page(client.get(prefix + guide.get_absolute_url()))  # type: ignore[attr-defined]


def test_the_page_shows_the_title_the_summary_and_the_facts(client):
    guide = make.make_procedure(
        title="关闭借呗", summary="先结清，再关闭。", at_hand="绑定手机", risk_reason="再开要评估"
    )
    page = page_of(client, guide)
    assert page.status == 200
    assert page.one("h1").get_text() == "关闭借呗"
    assert page.text("title").startswith("关闭借呗｜")
    assert page.text(".lead") == "先结清，再关闭。"
    facts = page.text(".facts")
    for words in ("账户本人", "约10分钟", "编辑估计", "绑定手机", "再开要评估"):
        assert words in facts


def test_time_that_no_source_gives_is_said_not_to_be_given(client):
    page = page_of(client, make.make_procedure(minutes=None))
    assert "来源没有给出" in page.text(".facts")
    assert "编辑估计" not in page.text(".facts")


def test_each_step_has_a_number_an_anchor_and_a_permanent_link(client):
    guide = make.make_procedure()
    page = page_of(client, guide)
    assert [step["id"] for step in page.all("li.step")] == ["s-k001", "s-k002"]
    assert [tag.get_text() for tag in page.all("li.step > .no")] == ["1", "2"]
    links = [str(tag["href"]) for tag in page.all("li.step .anchor")]
    assert links == [f"/p/{guide.code}/s/k001/", f"/p/{guide.code}/s/k002/"]
    assert [tag["data-copy"] for tag in page.all("li.step .anchor")] == links


def test_the_contents_lead_to_sections_and_steps_that_exist(client):
    claim = make.make_claim(S1="可以", S2="不可以")
    page = page_of(client, make.make_procedure(claims=[claim], related=[make.make_risk()]))
    targets = [address.removeprefix("#") for address in page.links(".toc a")]
    assert {"s-k001", "s-k002", "differ", "related", "proof"} <= set(targets)
    for target in targets:
        assert page.one(f'[id="{target}"]')


def test_no_id_stands_twice_on_the_page(client):
    claim = make.make_claim(S1="可以", S2="不可以")
    page = page_of(client, make.make_procedure(claims=[claim]))
    ids = [tag["id"] for tag in page.all("[id]")]
    assert len(ids) == len(set(ids))


def test_marks_of_a_step_are_words(client):
    page = page_of(client, make.make_procedure(body=MARKED))
    assert [tag.get_text() for tag in page.all("#s-k001 .stepmark")] == ["需等待"]
    assert [tag.get_text() for tag in page.all("#s-k002 .stepmark")] == ["身份验证", "不可撤回"]


def test_every_citation_leads_to_its_source_on_the_page(client):
    page = page_of(client, make.make_procedure())
    assert page.all("a.ref")
    for address in page.links("a.ref"):
        assert page.one(address)


def test_a_source_says_its_reliability_its_disclaimer_and_the_steps_resting_on_it(client):
    page = page_of(client, make.make_procedure())
    words = page.text("#src-S1")
    for expected in ("来源S1的标题", "第三方文章", "2026-11-02收录", "可靠程度：中", "均为虚构"):
        assert expected in words
    assert "第1步依据它" in words


def test_sources_that_call_themselves_fictional_are_announced_at_the_head(client):
    make.make_source("S1", fictional=True)
    assert "自称内容虚构" in page_of(client, make.make_procedure()).text(".dochead .sample")


def test_a_guide_with_one_real_source_is_not_called_a_sample(client):
    make.make_source("S1", fictional=False)
    assert not page_of(client, make.make_procedure()).all(".sample")


def test_a_guide_nobody_checked_says_so_in_words(client):
    page = page_of(client, make.make_procedure())
    assert page.text(".trust .vm") == "未核实"
    assert "还没有人核实" in page.text("#proof")


@pytest.mark.parametrize(
    ("kind", "days_ago", "words"),
    [("device", 3, "真机走查"), ("sources", 3, "来源核对"), ("device", 200, "待复核")],
)
def test_a_checked_guide_says_how_and_when(client, kind, days_ago, words):
    guide = make.make_procedure()
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    verifier = make.make_user("zhou", "add_verification")
    make.walked(guide, verifier, kind=kind, checked_on=day)
    assert page_of(client, guide).text(".trust .vm") == f"{words} {day.isoformat()}"


def test_disagreements_are_counted_in_the_head_and_told_below(client):
    claim = make.make_claim("direct", S1="可以自己关", S2="没有入口")
    page = page_of(client, make.make_procedure(claims=[claim]))
    assert page.links(".trust .ne") == {"#differ": "1处来源分歧"}
    rows = page.text("#differ tbody")
    for words in ("direct？", "〔1〕 可以自己关", "〔2〕 没有入口", "两种说法并列。"):
        assert words in rows


def test_where_sources_agree_nothing_is_said_of_disagreement(client):
    page = page_of(client, make.make_procedure())
    assert not page.all("#differ, .ne")


def test_related_guides_stand_under_their_kind_and_the_relation_holds_both_ways(client):
    risk = make.make_risk(title="会逾期")
    guide = make.make_procedure(title="解绑银行卡", related=[risk])
    assert page_of(client, guide).links("#related a") == {f"/risks/{risk.slug}/": "会逾期"}
    assert "风险提示" in page_of(client, guide).text("#related")
    assert page_of(client, risk).links("#related a") == {f"/procedures/{guide.slug}/": "解绑银行卡"}


LINKING = "见[[late]]。[^S1]\n\n## 操作步骤\n\n### 一 {#k001}\n\n做。[^S1]\n"


def test_a_link_in_the_text_shows_the_title_that_is_published_today(client):
    other = make.make_risk("late", title="旧标题")
    guide = make.make_procedure(body=LINKING)
    publishing.save_draft(make.edited(other, title="新标题"), None)
    assert page_of(client, guide).links(".intro a:not(.ref)") == {"/risks/late/": "旧标题"}
    publishing.publish(other, None)
    assert page_of(client, guide).links(".intro a:not(.ref)") == {"/risks/late/": "新标题"}


def test_a_linked_guide_that_the_reader_may_not_see_gives_away_no_title(client):
    make.make_risk("late", title="内部风险", visibility="signed-in")
    page = page_of(client, make.make_procedure(body=LINKING))
    assert page.text(".intro .locked")
    assert "内部风险" not in page.text()
    assert not [address for address in page.links() if "late" in address]


def test_anonymous_readers_see_roles_colleagues_see_names(client, settings):
    settings.REVIEW_REQUIRED = False
    author = make.make_user("lin", "publish_guide", last_name="林", first_name="悦")
    publisher = make.make_user("zhou", "publish_guide", last_name="周", first_name="启明")
    guide = make.make_procedure(live=False)
    publishing.save_draft(make.edited(guide, summary="改过的摘要。"), author)
    publishing.publish(make.edited(guide), publisher)
    assert "林悦" not in page_of(client, guide).text()
    assert "另一人发布" in page_of(client, guide).text(".trust")
    client.force_login(make.make_user("reader"))
    assert "林悦编写，周启明发布" in page_of(client, guide).text(".trust")


def test_a_version_that_was_reviewed_says_so(client):
    author = make.make_user("lin", "change_procedure", last_name="林", first_name="悦")
    reviewer = make.make_user("zhou", "publish_guide", last_name="周", first_name="启明")
    guide = make.make_procedure(live=False)
    publishing.save_draft(make.edited(guide, summary="改过的摘要。"), author)
    publishing.approve(publishing.submit(guide, author), reviewer)
    assert "编辑编写，另一人复核" in page_of(client, guide).text(".trust")
    client.force_login(make.make_user("reader"))
    assert "林悦编写，周启明复核" in page_of(client, guide).text(".trust")


def test_a_guide_published_by_its_author_says_that_nobody_else_read_it(client, settings):
    settings.REVIEW_REQUIRED = False
    lin = make.make_user("lin", "publish_guide", last_name="林", first_name="悦")
    guide = make.make_procedure(live=False)
    publishing.save_draft(make.edited(guide, summary="改过的摘要。"), lin)
    publishing.publish(make.edited(guide), lin)
    assert "单人发布，没有另一人复核" in page_of(client, guide).text(".trust")
    client.force_login(make.make_user("reader"))
    assert "林悦编写，单人发布，没有另一人复核" in page_of(client, guide).text(".trust")


def test_the_share_menu_offers_the_short_address_this_version_and_a_code_to_scan(client):
    guide = make.make_procedure()
    page = page_of(client, guide)
    assert [tag["value"] for tag in page.all(".sheet .copy input")] == [
        f"testserver/p/{guide.code}/",
        f"testserver/p/{guide.code}/v1/",
    ]
    assert page.one(".acts .qr svg path")["d"]
    assert page.links(".acts > a") == {f"/procedures/{guide.slug}.md": "Markdown"}


def test_editors_get_a_way_to_the_editor_and_nobody_else_does(client):
    guide = make.make_procedure()
    assert "编辑" not in page_of(client, guide).text(".acts")
    client.force_login(make.make_user("lin", is_staff=True))
    assert f"/admin/guides/procedure/{guide.pk}/change/" in page_of(client, guide).links(".acts a")


def test_paper_gets_the_version_its_address_and_room_for_signatures(client):
    guide = make.make_procedure(title="关闭借呗")
    page = page_of(client, guide)
    assert f"testserver/p/{guide.code}/v1/" in page.text(".prn")
    assert "第1版" in page.text(".prn")
    assert page.text(".sign") == "操作人 复核人 完成时间"
    assert page.text(".sheetfoot") == "有据 关闭借呗 第1版"


def test_ticks_are_kept_per_guide_and_version(client):
    guide = make.make_procedure()
    assert page_of(client, guide).one("[data-ticks]")["data-ticks"] == f"{guide.code}:v1"
    steps = [tag["data-step"] for tag in page_of(client, guide).all("input[data-step]")]
    assert steps == ["k001", "k002"]


@pytest.mark.parametrize("count", [1, 2, 25])
def test_the_progress_bar_has_a_part_for_each_step_however_many(client, count):
    steps = "\n".join(f"### 第{n}件事 {{#k{n:03}}}\n\n做。[^S1]\n" for n in range(count))
    page = page_of(client, make.make_procedure(body=f"## 操作步骤\n\n{steps}"))
    assert len(page.all("[data-progress] .bar i")) == count
    assert f"{count}步" in page.text("[data-progress]")


def test_a_guide_costs_three_queries_whatever_surrounds_it(client, django_assert_num_queries):
    guide = make.make_procedure(
        products=[make.make_product(slug) for slug in ("jiebei", "huabei")],
        tags=[make.make_tag("a"), make.make_tag("b")],
        claims=[make.make_claim(S1="可以", S2="不可以")],
        related=[make.make_risk() for _n in range(5)],
        task=make.make_task(),
    )
    with django_assert_num_queries(3):
        page = page_of(client, guide)
    assert len(page.all("#related li")) == 5


def test_the_crumbs_lead_to_the_kind_the_product_and_the_task(client):
    jiebei, close = make.make_product("jiebei", name="借呗"), make.make_task("close", name="关闭")
    page = page_of(client, make.make_procedure(products=[jiebei], task=close))
    assert page.links(".crumbs a") == {
        "/procedures/": "操作指南",
        "/products/jiebei/": "借呗",
        "/products/jiebei/close/": "关闭",
    }


def test_in_the_english_interface_chinese_words_say_that_they_are_chinese(client):
    page = page_of(client, make.make_procedure(), prefix="/en")
    assert page.one("html")["lang"] == "en"
    assert page.one("h1")["lang"] == "zh-Hans"
    assert {tag.get("lang") for tag in page.all("main section[id] h2")} >= {"zh-Hans"}
    canonical = page.one("link[rel=canonical]")["href"]
    assert canonical.startswith("http://testserver/")


def test_the_language_switch_leads_to_the_same_page_and_back(client):
    guide = make.make_procedure()
    english = f"/en/procedures/{guide.slug}/"
    assert english in page_of(client, guide).links(".tools a")
    assert guide.get_absolute_url() in page_of(client, guide, prefix="/en").links(".tools a")


def test_a_draft_is_not_a_page(client):
    assert page_of(client, make.make_procedure(live=False)).status == 404


def test_a_guide_for_colleagues_is_not_there_for_others(client):
    guide = make.make_procedure(visibility="signed-in")
    assert page_of(client, guide).status == 404
    client.force_login(make.make_user())
    assert page_of(client, guide).status == 200


def test_a_retired_guide_answers_410_and_names_its_successor(client):
    successor = make.make_procedure("new-way", title="新办法")
    guide = make.make_procedure(title="老办法")
    publishing.retire(guide, None, successor=successor)
    page = page_of(client, guide)
    assert page.status == 410
    assert page.links("main a.t") == {"/procedures/new-way/": "新办法"}


def test_a_retired_guide_without_a_successor_offers_one_search(client):
    guide = make.make_procedure()
    publishing.retire(guide, None)
    page = page_of(client, guide)
    assert page.one("form[role=search]") == page.one("main form[role=search]")


def test_a_retired_guide_does_not_name_a_successor_the_reader_may_not_see(client):
    successor = make.make_procedure(title="内部办法", visibility="signed-in")
    guide = make.make_procedure()
    publishing.retire(guide, None, successor=successor)
    page = page_of(client, guide)
    assert page.status == 410
    assert "内部办法" not in page.text()


def test_an_old_slug_redirects_for_good(client):
    guide = make.make_procedure("old-name")
    publishing.save_draft(make.edited(guide, slug="new-name"), None)
    response = client.get("/procedures/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/procedures/new-name/")


def test_a_guide_asked_for_under_another_kind_redirects_to_its_own_address(client):
    make.make_procedure("close-jiebei")
    response = client.get("/risks/close-jiebei/")
    assert (response.status_code, response["Location"]) == (301, "/procedures/close-jiebei/")


def test_a_page_can_only_be_read(client):
    assert client.post(make.make_procedure().get_absolute_url()).status_code == 405
