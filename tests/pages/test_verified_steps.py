"""A guide's page: what verifiers found at which step, who and when, and what is kept."""

import datetime as dt

import pytest
from django.utils import timezone

from guides import publishing
from guides.markdown import from_document
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/procedures/close-jiebei/"


@pytest.fixture
def guide():
    return make.make_procedure("close-jiebei")


@pytest.fixture
def zhou():
    return make.make_user("zhou", "add_verification", last_name="周", first_name="启明")


def today():
    return timezone.localdate()


def show(client, address=ADDRESS) -> Page:
    return Page(client.get(address))


def next_version(guide, **fields):
    publishing.save_draft(make.edited(guide, **fields), None)
    return publishing.publish(make.edited(guide), None)


def test_a_difference_stands_at_its_step_with_how_when_and_by_whom(client, guide, zhou):
    make.walked(guide, zhou, differing={"k002": "没有「确认」，\n只有「同意」。"})
    page = show(client)
    words = page.text("#s-k002 .call.caution")
    for expected in ("有出入", "只有「同意」。", f"真机走查 {today()}", "支付宝 10.6", "复核人"):
        assert expected in words
    assert not page.all("#s-k001 .call.caution")
    assert len(page.all("#s-k002 .call.caution br")) == 1


def test_guests_read_a_role_and_colleagues_a_name(client, guide, zhou):
    make.walked(guide, zhou, differing={"k002": "没有"})
    for address in (ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}v1/"):
        assert "周启明" not in show(client, address).text()
        assert "zhou" not in show(client, address).text()
        assert "复核人" in show(client, address).text()
    client.force_login(make.make_user("reader"))
    for address in (ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}v1/"):
        assert "周启明" in show(client, address).text()


def test_what_somebody_typed_is_shown_as_text(client, guide, zhou):
    make.walked(guide, zhou, differing={"k002": "<b>没有</b>"}, note="<script>")
    page = show(client)
    assert "<b>没有</b>" in page.text("#s-k002 .call")
    assert "<script>" in page.text("#proof")


def test_a_difference_that_was_settled_is_told_in_the_records_only(client, guide, zhou):
    before = today() - dt.timedelta(days=1)
    make.walked(guide, zhou, differing={"k002": "没有这个按钮"}, checked_on=before)
    make.walked(guide, zhou)
    page = show(client)
    assert not page.all("#s-k002 .call.caution")
    assert "没有这个按钮" in page.text("#proof .vers")


def test_the_proof_says_how_much_was_verified(client, guide, zhou):
    make.walked(guide, zhou, differing={"k002": "没有"})
    assert "2步中1步核实过，第2步有出入。" in show(client).text("#proof")
    assert "只核实过一部分" in show(client).text("#proof")


def test_the_records_tell_date_kind_app_steps_and_note(client, guide, zhou):
    make.walked(guide, zhou, skipped=["k001"], differing={"k002": "没有"}, note="安卓。")
    words = show(client).text("#proof .vers li")
    for expected in (
        f"真机走查 {today()}", "第1版", "支付宝 10.6",
        "第1步未走查", "第2步有出入", "没有", "安卓。",
    ):  # fmt: skip
        assert expected in words


def test_the_page_has_the_newest_records_and_the_history_has_all(client, guide, zhou):
    for days in range(5):
        make.walked(guide, zhou, checked_on=today() - dt.timedelta(days=days))
    page = show(client)
    assert len(page.all("#proof .vers li")) == 3
    assert page.links("#proof a")[f"{ADDRESS}history/#walks"] == "还有2次"
    assert len(show(client, f"{ADDRESS}history/").all("#walks .vers li")) == 5


def test_without_a_record_nothing_is_said_of_records(client, guide):
    assert "谁核实过" not in show(client).text()
    assert "谁核实过" not in show(client, f"{ADDRESS}history/").text()


def test_a_new_version_says_which_steps_keep_the_verification_of_which_version(client, guide, zhou):
    make.walked(guide, zhou)
    next_version(guide, summary="只改了摘要。")
    assert "第1–2步未变，沿用第1版的核实。" in show(client).text("#proof")
    next_version(make.edited(guide), body=guide.body.replace("再点", "点"))
    page = show(client)
    assert "第1步未变，沿用第1版的核实。" in page.text("#proof")
    assert "2步中1步核实过。" in page.text("#proof")
    make.walked(guide, zhou, skipped=["k001"])
    assert "第1步未变，沿用第1版的核实。" in show(client).text("#proof")
    assert show(client).text(".trust .vm") == f"真机走查 {today()}"


def test_an_old_version_rests_on_what_was_known_of_it(client, guide, zhou):
    make.walked(guide, zhou, skipped=["k002"])
    next_version(guide, summary="只改了摘要。")
    make.walked(guide, zhou, differing={"k002": "没有"})
    assert show(client, f"{ADDRESS}v1/").text(".trust .vm") == "未核实 2步中1步核实过"
    assert show(client, f"{ADDRESS}v2/").text(".trust .vm") == "未核实 1步有出入"


def test_a_text_without_steps_tells_a_difference_at_its_head(client, zhou):
    risk = make.make_risk("late")
    make.walked(risk, zhou, kind="sources", differing={"": "来源写的是七天"})
    page = show(client, "/risks/late/")
    assert "来源写的是七天" in page.text("article > .call.caution")
    assert page.text(".trust .vm") == "未核实 有出入"
    make.walked(risk, zhou, kind="sources")
    page = show(client, "/risks/late/")
    assert page.text(".trust .vm") == f"来源核对 {today()}"
    assert "全文一致" in page.text("#proof")
    next_version(risk, review_interval_days=30)
    assert "沿用" not in show(client, "/risks/late/").text("#proof")


def test_a_record_of_old_without_steps_says_that_it_does_not_count(client, guide, zhou):
    guide.live.verifications.create(verifier=zhou, checked_on=today(), kind="device")
    page = show(client)
    assert "没有逐步记录，不算核实。" in page.text("#proof")
    assert page.text(".trust .vm") == "未核实"


def test_who_verified_the_own_text_in_a_team_of_one_is_told(client, settings, guide):
    settings.REVIEW_REQUIRED = False
    lin = make.make_user("lin", "add_verification", "change_procedure")
    publishing.save_draft(make.edited(guide, body=guide.body.replace("再点", "点")), lin)
    publishing.publish(make.edited(guide), None)
    make.walked(guide, lin)
    assert "编写人自己核实" in show(client).text("#proof")


def test_the_preview_of_a_draft_shows_what_it_would_keep(client, guide, zhou):
    make.walked(guide, zhou, differing={"k001": "没有入口"})
    publishing.save_draft(make.edited(guide, body=guide.body.replace("再点", "点")), None)
    client.force_login(make.make_user("lin", "view_procedure", is_staff=True))
    page = show(client, f"/preview/{guide.code}/")
    assert page.text(".trust .vm") == "未核实 1步有出入"
    assert "没有入口" in page.text("#s-k001 .call")


def test_the_words_are_there_in_english(client, guide, zhou):
    make.walked(guide, zhou)
    next_version(guide, summary="只改了摘要。")
    page = show(client, f"/en{ADDRESS}")
    assert "Unchanged since version 1, whose verification still holds: Steps 1–2." in page.text()
    make.walked(guide, zhou, differing={"k002": "没有"})
    page = show(client, f"/en{ADDRESS}")
    assert "1 of 2 steps verified, Step 2 different." in page.text("#proof")


def test_lines_in_what_was_typed_cannot_break_out_of_the_documents_comment(client, guide, zhou):
    make.walked(guide, zhou, differing={"k002": "没有\n---\nslug: other\n"})
    document = client.get("/procedures/close-jiebei.md").content.decode()
    assert from_document(document).slug == "close-jiebei"
    assert "（" in document.splitlines()[2]


@pytest.mark.parametrize(
    ("who", "shown"), [("verifier", True), ("staff", False), ("reader", False), ("guest", False)]
)
def test_the_way_to_verifying_is_there_for_those_who_may(client, guide, who, shown):
    if who != "guest":
        rights = ["add_verification"] if who == "verifier" else []
        client.force_login(make.make_user("qi", *rights, is_staff=who != "reader"))
    address = f"/admin/guides/procedure/{guide.pk}/verify/"
    assert (address in show(client).links(".acts a")) == shown
