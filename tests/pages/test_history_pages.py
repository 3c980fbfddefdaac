"""The pages of a guide's past: what was changed, when and by whom; any two versions compared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides import publishing
from guides.models import Guide
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

BODY = """先结清。[^S1]

## 开始之前

- [ ] 借款已经结清。[^S1]

## 操作步骤

### 打开管理页 {#k001}

点“我的”，进入资产管理，找到借呗。[^S1]

### 确认关闭 {#k002 .irreversible}

读完弹窗再点。[^own]

::: 停
关了就不能再借。[^S1]
:::

::: 退路
确认之前退出就行。[^own]
:::

### 留下记录 {#k003}

截一张图。[^own]

## 做完之后

可以再查一次。[^S1]
"""
SECOND = BODY.replace("进入资产管理，", "进入信贷服务，").replace(
    "### 确认关闭", "看不到入口的，先更新App。[^own]\n\n### 确认关闭"
)
THIRD = SECOND.replace("关了就不能再借", "关了三个月内不能再借")


def change(guide, note="", significance="minor", by=None, **fields):
    publishing.save_draft(make.edited(guide, **fields), by)
    return publishing.publish(guide, by, note=note, significance=significance)


@pytest.fixture
def guide():
    """Three versions: a step reworded and lengthened, then a warning and a fact changed."""
    guide = make.make_procedure("close-jiebei", title="关闭借呗", body=BODY, risk_level="low")
    change(guide, "换了入口。", body=SECOND)
    change(guide, "停的提示写得更准。", "major", body=THIRD, risk_level="high")
    return make.edited(guide)


def history(client, query=""):
    return Page(client.get(f"/procedures/close-jiebei/history/{query}"))


def diff(client, old=1, new=2, query=""):
    return Page(client.get(f"/procedures/close-jiebei/diff/v{old}/v{new}/{query}"))


# — the list —


def test_all_versions_are_listed_newest_first_with_note_and_weight(client, guide):
    page = history(client)
    assert page.status == 200
    assert [item["value"] for item in page.all(".vers > li")] == ["3", "2", "1"]
    newest = page.all(".vers > li")[0].get_text(" ")
    assert "停的提示写得更准。" in newest
    assert "重要改动" in newest
    assert "现在的版本" in newest
    assert "重要改动" not in page.all(".vers > li")[1].get_text(" ")


def test_every_version_leads_to_itself_and_to_what_it_changed(client, guide):
    links = history(client).links(".vers a")
    assert list(links) == [
        "/procedures/close-jiebei/v3/",
        "/procedures/close-jiebei/diff/v2/v3/",
        "/procedures/close-jiebei/v2/",
        "/procedures/close-jiebei/diff/v1/v2/",
        "/procedures/close-jiebei/v1/",
    ]


def test_colleagues_are_told_names_and_guests_roles(client):
    writer = make.make_user("lin", "change_procedure", last_name="林", first_name="悦")
    reviewer = make.make_user("zhou", "publish_guide", last_name="周", first_name="启明")
    guide = make.make_procedure("close-jiebei")
    publishing.save_draft(make.edited(guide, summary="改过的摘要。"), writer)
    publishing.approve(publishing.submit(guide, writer), reviewer)
    assert "林悦" not in history(client).text()
    assert "周启明" not in history(client).text()
    assert "编辑编写，另一人复核" in history(client).text(".vers")
    client.force_login(make.make_user())
    assert "林悦编写，周启明复核" in history(client).text(".vers")


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("?old=1&new=3", "/procedures/close-jiebei/diff/v1/v3/"),
        ("?old=3&new=1", "/procedures/close-jiebei/diff/v1/v3/"),
        ("?old=1&new=2&view=side", "/procedures/close-jiebei/diff/v1/v2/?view=side"),
        ("?old=1&new=2&view=evil", "/procedures/close-jiebei/diff/v1/v2/"),
    ],
)
def test_the_form_leads_to_the_comparison_of_the_two_versions_chosen(client, guide, query, target):
    response = client.get(f"/procedures/close-jiebei/history/{query}")
    assert (response.status_code, response["Location"]) == (302, target)


@pytest.mark.parametrize("query", ["?old=2&new=2", "?old=9&new=1", "?old=&new=", "?old=%00"])
def test_two_versions_that_cannot_be_compared_are_asked_for_again(client, guide, query):
    page = history(client, query)
    assert page.status == 200
    assert page.text("[role=alert]") == "请选两个不同的版本。"
    assert page.one("meta[name=robots]")["content"] == "noindex"


def test_at_first_the_two_newest_versions_are_chosen(client, guide):
    chosen = {tag["name"]: tag["value"] for tag in history(client).all(".vers input[checked]")}
    assert chosen == {"old": "2", "new": "3"}


def test_a_single_version_has_nothing_to_be_compared_with(client):
    make.make_procedure("close-jiebei")
    page = history(client)
    assert page.all(".past input") == []
    assert "只有一个版本" in page.text(".past")


def test_a_draft_is_in_no_list(client, guide):
    publishing.save_draft(make.edited(guide, summary="还没发布。"), None)
    assert len(history(client).all(".vers > li")) == 3


# — the comparison —


def test_the_summary_names_every_place_with_its_changes_and_leads_there(client, guide):
    page = diff(client)
    (item,) = page.all(".changes li")
    assert " ".join(item.get_text().split()) == "第1步 打开管理页 改1段，增1段"
    target = str(item.a["href"]).removeprefix("#")
    assert "打开管理页" in page.one(f"#{target} h2").get_text()
    assert "改动1处，其余没有变。" in page.text(".changes")


def test_words_are_marked_by_elements_and_told_by_words_as_well(client, guide):
    page = diff(client)
    assert [tag.get_text() for tag in page.all(".hunk del")] == ["［删去：资产管理］"]
    assert [tag.get_text() for tag in page.all(".hunk ins")] == [
        "［新增：信贷服务］",
        "［新增：看不到入口的，先更新App。〔编辑补充〕］",
    ]


def test_what_did_not_change_is_folded_under_its_title(client, guide):
    folded = [tag.summary.get_text(" ", strip=True) for tag in diff(client).all("details.hunk")]
    assert any("确认关闭" in title and "没有变" in title for title in folded)
    assert all(not tag.has_attr("open") for tag in diff(client).all("details.hunk"))


def test_a_changed_warning_stands_out_in_words(client, guide):
    page = diff(client, 2, 3)
    assert page.text(".changes .warned") == "“停”有改动"
    assert page.text(".hunk [data-kind=stop] > .lab") == "停"


def test_facts_are_compared_with_their_names(client, guide):
    page = diff(client, 2, 3)
    hunk = next(tag for tag in page.all("section.hunk") if "页面资料" in tag.h2.get_text())
    assert "改1项" in hunk.h2.get_text()
    assert "风险等级" in hunk.get_text()
    assert [tag.get_text() for tag in hunk.select("del, ins")] == ["［删去：低］", "［新增：高］"]


def test_a_moved_step_tells_from_where_to_where(client):
    guide = make.make_procedure("close-jiebei", body=BODY)
    first, second = BODY.index("### 打开"), BODY.index("### 确认")
    last = BODY.index("### 留下")
    change(guide, body=BODY[:first] + BODY[second:last] + BODY[first:second] + BODY[last:])
    told = diff(client).text(".changes li")
    assert "从第1步移到第2步" in told or "从第2步移到第1步" in told
    assert diff(client).all(".hunk :is(ins, del)") == []


def test_changes_of_claims_are_seen_though_the_text_names_them_only(client):
    claim = make.make_claim("direct", S1="可以")
    guide = make.make_procedure("close-jiebei", body=BODY, claims=[claim])
    claim.wording = "两种说法并列，按来源〔1〕写。"
    claim.save()
    change(guide, body=SECOND)
    hunk = next(t for t in diff(client).all("section.hunk") if "来源分歧" in t.h2.get_text())
    assert "改1项" in hunk.h2.get_text()


def test_side_by_side_has_old_and_new_apart(client, guide):
    page = diff(client, query="?view=side")
    changed, added = page.all("section.hunk .ln.two")
    old, new = changed.find_all("div", recursive=False)
    assert (old.find("ins"), new.find("del")) == (None, None)
    assert "资产管理" in old.get_text()
    assert "信贷服务" in new.get_text()
    assert added.find("del") is None
    assert page.text(".seg [aria-current]") == "左右对照"


def test_the_new_version_alone_shows_nothing_that_is_gone(client, guide):
    page = diff(client, query="?view=new")
    assert page.all(".hunk del") == []
    assert "资产管理" not in page.text(".hunk")
    assert "信贷服务" in page.text(".hunk ins")


@pytest.mark.parametrize("query", ["?view=%00", "?view=x", "?view="])
def test_an_unknown_view_is_the_merged_one(client, guide, query):
    assert diff(client, query=query).text(".seg [aria-current]") == "合并显示"


def test_versions_with_the_same_words_say_so(client, guide):
    publishing.restore(guide.revisions.get(number=2), None)
    publishing.publish(guide, None)
    page = diff(client, 2, 4)
    assert "两个版本的文字完全一样。" in page.text(".told")
    assert page.all("section.hunk") == []


def test_a_comparison_too_long_for_a_page_keeps_its_counts_and_says_so(client):
    guide = make.make_case("very-long", body="甲。[^own]\n\n" * 2_400)
    change(guide, body="乙。[^own]\n\n" * 2_400)
    page = Page(client.get("/cases/very-long/diff/v1/v2/"))
    assert "增2400段，删2400段" in page.text(".changes")
    assert len(page.all(".ln")) == 2_000
    assert "没有逐一列出" in page.text(".told")
    assert "没有逐一列出" not in diff_of_two_short_texts(client)


def diff_of_two_short_texts(client):
    change(make.make_procedure("close-jiebei", body=BODY), body=SECOND)
    return diff(client).text("main")


def test_the_newer_version_stands_on_the_right_whatever_the_address(client, guide):
    response = client.get("/procedures/close-jiebei/diff/v3/v1/?view=side")
    assert response.status_code == 301
    assert response["Location"] == "/procedures/close-jiebei/diff/v1/v3/?view=side"


def test_a_version_is_not_compared_with_itself(client, guide):
    response = client.get("/procedures/close-jiebei/diff/v2/v2/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/procedures/close-jiebei/history/",
    )


@pytest.mark.parametrize("numbers", [(1, 9), (0, 1), (8, 8), (1, 10**30)])
def test_versions_that_never_were_are_not_found(client, guide, numbers):
    page = diff(client, *numbers)
    assert page.status == 404
    assert "没有这一页" in page.text("h1")


def test_comparisons_are_kept_from_search_engines(client, guide):
    assert diff(client).one("meta[name=robots]")["content"] == "noindex"


def test_the_list_beside_marks_the_two_versions_and_offers_the_others(client, guide):
    page = diff(client, 1, 2)
    chosen = {tag["name"]: tag["value"] for tag in page.all("form.index input[checked]")}
    assert chosen == {"old": "1", "new": "2"}
    assert page.one("form.index")["action"] == "/procedures/close-jiebei/history/"


def test_many_versions_are_not_all_listed_beside_a_comparison(client, guide):
    for number in range(4, 12):
        change(guide, summary=f"第{number}版的摘要。")
    page = diff(client, 1, 2)
    assert [item["value"] for item in page.all(".vers > li")] == [
        *(str(number) for number in range(11, 5, -1)), "2", "1",
    ]  # fmt: skip
    assert page.links("form.index .row a") == {"/procedures/close-jiebei/history/": "还有3版"}


# — who may see what —


def addresses(guide):
    return [
        reverse(f"{guide.kind}_history", args=[guide.slug]),
        reverse(f"{guide.kind}_comparison", args=[guide.slug, 1, 2]),
    ]


@pytest.mark.parametrize(("visibility", "seen"), [("signed-in", 200), ("groups", 404)])
def test_the_past_of_a_guide_is_open_to_whom_the_guide_is(client, guide, visibility, seen):
    Guide.objects.filter(pk=guide.pk).update(visibility=visibility)
    assert {client.get(address).status_code for address in addresses(guide)} == {404}
    client.force_login(make.make_user())
    assert {client.get(address).status_code for address in addresses(guide)} == {seen}


def test_a_retired_guide_has_its_past_behind_it(client, guide):
    publishing.retire(guide, None)
    assert {client.get(address).status_code for address in addresses(guide)} == {410}


def test_an_unpublished_guide_has_no_past(client):
    guide = make.make_procedure("close-jiebei", live=False)
    assert {client.get(address).status_code for address in addresses(guide)} == {404}


def test_a_guide_that_a_reader_may_not_see_is_not_named_in_a_comparison(client, guide):
    make.make_procedure("secret-plan", title="机密的安排", visibility="groups")
    make.make_procedure("open-plan", title="公开的安排")
    body = SECOND.replace("截一张图。", "截一张图，见[[secret-plan]]和[[open-plan]]。")
    change(guide, body=body)
    page = diff(client, 3, 4)
    assert "《另一篇指南》" in page.text(".hunk ins")
    assert "《公开的安排》" in page.text(".hunk ins")
    assert "机密" not in page.text()
    assert "secret-plan" not in page.response.content.decode()
    boss = make.make_user("boss", is_superuser=True)
    client.force_login(boss)
    assert "《机密的安排》" in diff(client, 3, 4).text(".hunk ins")


def test_a_guide_that_was_renamed_is_named_by_its_present_title(client, guide):
    other = make.make_procedure("old-name", title="另一个标题")
    change(guide, body=SECOND.replace("截一张图。", "截一张图，见[[old-name]]。"))
    change(other, slug="new-name", title="现在的标题")
    assert "《现在的标题》" in diff(client, 3, 4).text(".hunk ins")


def test_an_old_slug_leads_to_the_past_under_the_new_one(client, guide):
    publishing.save_draft(make.edited(guide, slug="new-name"), None)
    for page in ("history/", "diff/v1/v2/"):
        response = client.get(f"/procedures/close-jiebei/{page}")
        assert (response.status_code, response["Location"]) == (301, f"/procedures/new-name/{page}")


@pytest.mark.parametrize("page", ["history/", "diff/v1/v2/"])
def test_a_guide_under_the_address_of_another_kind_is_led_home(client, guide, page):
    response = client.get(f"/risks/close-jiebei/{page}")
    assert (response.status_code, response["Location"]) == (301, f"/procedures/close-jiebei/{page}")


@pytest.mark.parametrize(
    ("make_one", "plural"), [(make.make_risk, "risks"), (make.make_case, "cases")]
)
def test_risk_notes_and_cases_have_a_past_too(client, make_one, plural):
    guide = make_one("with-a-past")
    change(guide, body=f"{guide.body}\n还有一句。[^own]\n")
    assert "增1段" in Page(client.get(f"/{plural}/with-a-past/diff/v1/v2/")).text(".changes")
    assert Page(client.get(f"/{plural}/with-a-past/history/")).status == 200


# — around it —


def test_the_guide_and_its_versions_lead_to_the_history(client, guide):
    for page in ("", "v1/"):
        links = Page(client.get(f"/procedures/close-jiebei/{page}")).links(".trust a")
        assert links["/procedures/close-jiebei/history/"] == "全部版本"
    bar = Page(client.get("/procedures/close-jiebei/v1/")).links(".passbar a")
    assert bar["/procedures/close-jiebei/history/"] == "全部版本"


def test_the_interface_speaks_english_and_marks_what_is_chinese(client, guide):
    page = Page(client.get("/en/procedures/close-jiebei/diff/v1/v2/"))
    assert page.text(".changes li").startswith("Step 1")
    assert "1 paragraph changed, 1 added" in page.text(".changes li")
    quoted, ours = page.one(".changes li a span"), page.all("details.hunk summary span span")[0]
    assert (quoted.get_text(), quoted["lang"]) == ("打开管理页", "zh-Hans")
    assert (ours.get_text(), ours.get("lang")) == ("Title and summary", None)
    deleted = page.one(".hunk del")
    assert deleted.find_parent(lang="zh-Hans")
    assert [tag["lang"] for tag in deleted.select(".vh")] == ["en", "en"]
    assert Page(client.get("/en/procedures/close-jiebei/history/")).text("h1") == "Version history"


@pytest.mark.parametrize(("page", "limit"), [("history/", 3), ("diff/v1/v3/", 4)])
def test_a_page_costs_few_queries_however_many_versions_there_are(client, guide, page, limit):
    for number in range(4, 9):
        change(guide, summary=f"第{number}版的摘要，见[[x]]。")
    address = f"/procedures/close-jiebei/{page}"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= limit, [query["sql"][:120] for query in captured]
