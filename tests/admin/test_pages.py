"""Every page of the admin: within the strict policy, without faults, in few queries."""

import re
from itertools import count

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guides import publishing
from guides.admin.editor import change_url
from guides.models import Claim, Image, Position, Procedure, Revision, Source, Verification
from tests.admin.pages import soup
from tests.factories import (
    edited,
    make_case,
    make_claim,
    make_procedure,
    make_product,
    make_risk,
    make_tag,
    make_task,
    make_user,
    walked,
)

pytestmark = pytest.mark.django_db
LISTS = (
    *("guides_procedure", "guides_risknote", "guides_casestudy", "guides_product", "guides_task"),
    *("guides_tag", "guides_situation", "guides_source", "guides_claim", "guides_verification"),
    *(
        "guides_revision",
        "guides_image",
        "guides_question",
        "guides_feedback",
        "auth_user",
        "auth_group",
    ),
)
_numbers = count(1)


@pytest.fixture
def verified():
    """A guide with everything on it."""
    claim = make_claim("direct", S1="可以", S2="不可以")
    guide = make_procedure(claims=[claim], products=[make_product()], tags=[make_tag()])
    walked(guide, make_user("", "add_verification"), kind="sources")
    Image.objects.create(name="a.webp", file="images/a.webp", width=9, height=9)
    publishing.save_draft(edited(guide, title="新的写法"), None)
    publishing.submit(guide, None)
    return Procedure.objects.get(pk=guide.pk)


def addresses(guide) -> list[str]:
    rows = [guide.live, Verification.objects.get(), Image.objects.get(), Claim.objects.get()]
    rows += [make_product(), make_tag(), make_task(), Source.objects.get(code="S1")]
    changes = [
        reverse(f"admin:guides_{row._meta.model_name}_change", args=[row.pk]) for row in rows
    ]
    guides = [change_url(each) for each in (guide, make_risk(), make_case())]
    own = [reverse(f"admin:guides_procedure_{verb}", args=[guide.pk]) for verb in VERBS]
    fixed = [reverse(f"admin:{name}") for name in ("index", "password_change", "login")]
    lists = [reverse(f"admin:{name}_changelist") for name in LISTS]
    adds = [reverse(f"admin:guides_{kind}_add") for kind in ADDABLE]
    return [*fixed, *lists, *adds, *guides, *changes, *own, change_url(guide)[:-7] + "history/"]


VERBS = ("review", "links", "retire", "reinstate", "verify")
ADDABLE = ("procedure", "risknote", "casestudy", "product", "task", "tag", "source", "claim")


def test_no_page_carries_a_script_or_style_of_its_own(admin_client, client, verified):
    pages = {address: admin_client.get(address) for address in addresses(verified)}
    pages["/admin/login/?next=/"] = client.get("/admin/login/?next=/")
    for address, response in pages.items():
        assert response.status_code == 200 or address.endswith("login/"), address
        page = soup(response)
        assert not page.select("style, [style], script:not([src])"), address
        assert not _handlers(page), address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe" not in policy, address


def _handlers(page: BeautifulSoup) -> list[str]:
    names = [name for tag in page.find_all(True) for name in tag.attrs]
    return [name for name in names if name.startswith("on")]


def test_every_field_of_the_editor_has_a_name_that_can_be_read_aloud(admin_client, verified):
    page = soup(admin_client.get(change_url(verified)))
    form = page.select_one("form[data-editing]")
    for field in form.select("input:not([type=hidden]), textarea, select"):
        named = field.get("aria-label") or field.find_parent("label")
        assert named or form.select(f'label[for="{field["id"]}"]'), field
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_list_costs_the_same_queries_for_5_rows_and_for_50(admin_client):
    def queries() -> dict[str, int]:
        return {name: cost(admin_client, reverse(f"admin:{name}_changelist")) for name in LISTS}

    many(5)
    admin_client.get(reverse("admin:index"))
    few = queries()
    many(45)
    assert queries() == few
    assert max(few.values()) <= 20


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def many(wanted: int) -> None:
    """Rows of everything, each with relations of its own."""
    for _row in range(wanted):
        number = next(_numbers)
        user = make_user(f"person{number}")
        relations = {"products": [make_product(f"p{number}")], "tags": [make_tag(f"t{number}")]}
        facts = {"owner": user, "task": make_task(f"task{number}"), **relations}
        guides = [make(live=False, **facts) for make in (make_procedure, make_risk, make_case)]
        claim = Claim.objects.create(slug=f"c{number}", question="?", wording="…")
        source = Source.objects.create(code=f"X{number}", title="t", accessed_on="2026-01-01")
        Position.objects.create(claim=claim, source=source, statement="…")
        revision = Revision.objects.filter(guide=guides[0]).get()
        Revision.objects.filter(pk=revision.pk).update(author=user)
        Image.objects.create(
            name=f"i{number}.webp", file="images/x", width=1, height=1, uploaded_by=user
        )
    publishing.publish(guides[0], None)
    verifier = make_user("", "add_verification")
    for _day in range(1, wanted // 2):
        walked(guides[0], verifier, kind="sources")


def test_the_editor_costs_the_same_queries_for_a_long_text_and_a_short_one(admin_client):
    many(5)
    other = make_procedure()
    step = "\n### 步骤{0} {{#s{0:03}}}\n\n看[[{1}]]。[^S1]\n"
    bodies = ["".join(step.format(n, other.slug) for n in range(count)) for count in (1, 60)]
    short, long = (make_procedure(body=f"## 操作步骤\n{body}") for body in bodies)
    admin_client.get(change_url(short))
    assert cost(admin_client, change_url(short)) == cost(admin_client, change_url(long)) <= 30


def test_the_list_tells_what_is_live_what_is_newer_and_what_is_retired(admin_client):
    make_procedure("unpublished", live=False)
    changed, retired = make_procedure("changed"), make_procedure("retired")
    make_procedure("published")
    waiting, returned = make_procedure("in-review"), make_procedure("returned")
    for guide in (waiting, returned):
        publishing.save_draft(edited(guide, title="新的写法"), None)
        publishing.submit(guide, None)
    reviewer = make_user("reviewer", "publish_guide")
    publishing.request_changes(publishing.discussed(returned), reviewer, "不行")
    changed.title = "改过的标题"
    publishing.save_draft(changed, None)
    publishing.retire(retired, None)
    address = reverse("admin:guides_procedure_changelist")
    wanted = {
        "unpublished": "未发布",
        "changed": "第1版在线，草稿更新",
        "published": "已发布第1版",
        "retired": "已下架",
        "in-review": "复核中",
        "returned": "退回修改",
    }
    for state, told in wanted.items():
        page = soup(admin_client.get(address, {"state": state}))
        assert [cell.text for cell in page.select("td.field-state")] == [told]
    assert len(soup(admin_client.get(address)).select("td.field-state")) == 6


def test_the_list_filters_by_how_far_a_guide_was_checked(admin_client, verified):
    make_procedure()
    address = reverse("admin:guides_procedure_changelist")
    page = soup(admin_client.get(address, {"verification": "sources"}))
    assert [cell.text for cell in page.select("td.field-checked")] == [
        f"来源核对 {timezone.localdate()}"
    ]
    for asked, rows in (("due", 0), ("unverified", 1), ("nonsense", 2)):
        page = soup(admin_client.get(address, {"verification": asked}))
        assert len(page.select("th.field-title")) == rows


def test_a_guide_is_found_by_its_words_and_its_short_code(admin_client):
    guide = make_procedure(title="关闭借呗")
    make_procedure(title="关闭花呗")
    for question in ("关闭借呗", guide.code, guide.slug):
        page = soup(admin_client.get(reverse("admin:guides_procedure_changelist"), {"q": question}))
        assert re.search("关闭借呗", page.select_one("#result_list").text)
        assert "关闭花呗" not in page.select_one("#result_list").text
