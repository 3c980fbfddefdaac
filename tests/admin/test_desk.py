"""The work desk: what there is to do, for whom, and the list behind every count."""

import datetime as dt
import random

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guides import publishing, questions, workdesk
from guides.admin.editor import change_url
from guides.models import Guide, Question, Revision
from tests import factories as make
from tests.admin.people import (
    EDITOR,
    EVERYBODY,
    MANAGER,
    NOBODY,
    READER,
    REVIEWER,
    STAFF,
    client_of,
    person,
)

pytestmark = pytest.mark.django_db
HOME = "/"
DONE_BY = {
    "review": {REVIEWER},
    "feedback": {EDITOR},
    "different": {EDITOR},
    "overdue": {REVIEWER},
    "links": {EDITOR},
    "drafts": {EDITOR},
    "ownerless": {EDITOR},
    "wishes": {EDITOR, MANAGER},
    "questions": {EDITOR, MANAGER},
}
ROWS = {
    "feedback": "#result_list tbody tr",
    "wishes": ".qlist > li",
    "questions": "input[name=questions]",
}


def box(client, address: str = HOME) -> dict[str, int]:
    """What a page of the person says there is to do."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        str(line.a["href"]): int(line.select_one(".num").text)
        for line in page.select(".todo .jobs > li")
    }


def listed(client, address: str) -> int:
    """How many rows there are behind a count, all pages together."""
    name = next(name for name, job in workdesk.JOBS.items() if job.url == address)
    found, number = 0, 1
    while True:
        joint = "&" if "?" in address else "?"
        mark = "p" if name == "feedback" else "page"
        page = client.get(f"{address}{joint}{mark}={number}" if number > 1 else address)
        assert page.status_code == 200, address
        soup = BeautifulSoup(page.content, "html.parser")
        found += len(soup.select(ROWS.get(name, ".qlist > li")))
        if not soup.select("a[rel=next], .paginator a[aria-label]"):
            return found
        number += 1


def old(revision: Revision, days: int) -> None:
    """As if it had been saved so many days ago."""
    Revision.objects.filter(pk=revision.pk).update(
        created_at=timezone.now() - dt.timedelta(days=days)
    )


def checked(guide, days_ago: int, verifier) -> None:
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    make.walked(guide, verifier, checked_on=day, kind="sources")


def walker():
    return make.make_user("", "add_verification")


def names(rows) -> list[str]:
    return [row.title for row in rows]


# --- Who sees it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_sees_what_they_may_do_and_nobody_else_sees_a_desk(name):
    one_of_everything()
    client = client_of(name)
    wanted = {workdesk.JOBS[job].url for job, people in DONE_BY.items() if name in people}
    assert set(box(client)) == wanted
    if name not in (NOBODY, READER):
        assert set(box(client, reverse("admin:index"))) == wanted
    page = BeautifulSoup(client.get(HOME).content, "html.parser")
    assert bool(page.select(".todo")) == bool(wanted)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("job", DONE_BY)
def test_each_list_opens_for_those_who_may_do_it(name, job):
    response = client_of(name).get(reverse("admin:desk", args=[job]))
    if name in (NOBODY, READER):
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]
    elif name in DONE_BY[job]:
        assert response.status_code == (302 if workdesk.JOBS[job].address else 200)
    else:
        assert response.status_code == 403


def test_a_list_that_does_not_exist_is_not_found():
    assert client_of(EDITOR).get("/admin/desk/nothing/").status_code == 404


def test_every_job_has_people_and_a_list():
    assert set(DONE_BY) == set(workdesk.JOBS)


def test_with_nothing_to_do_it_says_so():
    client = client_of(EDITOR)
    for address in (HOME, reverse("admin:index"), reverse("admin:desk", args=["ownerless"])):
        assert "没有要办的事" in client.get(address).text


def test_staff_without_rights_and_guests_see_no_empty_desk():
    for name in (NOBODY, STAFF):
        assert "没有要办的事" not in client_of(name).get(HOME).text


# --- What belongs on it --------------------------------------------------------------------------


def test_a_submission_waits_for_who_wrote_no_part_of_it():
    writer, reviewer, both = person(EDITOR), person(REVIEWER), person(EDITOR, REVIEWER)
    guide = make.make_procedure()
    publishing.save_draft(make.edited(guide, title="我写了一点"), both)
    publishing.save_draft(make.edited(guide, title="我接着写"), writer)
    assert not workdesk.to_review(reviewer).exists()
    revision = publishing.submit(guide, writer)
    assert list(workdesk.to_review(reviewer)) == [revision]
    assert not workdesk.to_review(both).exists()
    publishing.approve(revision, reviewer)
    assert not workdesk.to_review(reviewer).exists()


def test_overdue_is_what_its_page_calls_overdue():
    verifier = walker()
    cases = {"今天到期": (90, 90), "昨天到期": (91, 90), "间隔短": (31, 30), "还早": (5, 90)}
    for title, (days, interval) in cases.items():
        guide = make.make_procedure(title=title, review_interval_days=interval)
        checked(guide, days, verifier)
    again = make.make_procedure(title="又核过")
    for days in (200, 1):
        checked(again, days, verifier)
    retired = make.make_procedure(title="已下架")
    checked(retired, 200, verifier)
    publishing.retire(retired, None)
    make.make_procedure(title="没核过")
    rows = workdesk.overdue(verifier)
    assert set(names(rows)) == {"昨天到期", "间隔短"}
    known = Guide.objects.filter(live__isnull=False, retired_at=None)
    assert {each for each in known if each.verification.state == "due"} == set(rows)


def test_a_difference_that_a_verifier_found_waits_until_it_is_mended():
    editor, verifier = person(EDITOR), walker()
    guide = make.make_procedure(title="按钮改名了")
    make.walked(make.make_procedure(title="都一致"), verifier)
    make.walked(guide, verifier, differing={"k001": "按钮叫「关停」"})
    assert names(workdesk.found_different(editor)) == ["按钮改名了"]
    page = client_of(EDITOR, STAFF).get(reverse("admin:desk", args=["different"]))
    assert "1处和走查的不一样" in page.text
    assert change_url(guide) in page.text
    make.walked(guide, verifier)
    assert names(workdesk.found_different(editor)) == []


def test_a_link_to_what_readers_no_longer_have_is_broken():
    editor = person(EDITOR)
    target, hidden = make.make_procedure("target"), make.make_risk("hidden", visibility="groups")
    body = "## 操作步骤\n\n### 看看 {{#k001}}\n\n先看[[{0}]]。[^own]\n"
    linking = make.make_procedure(title="连过去的", body=body.format("target"))
    make.make_procedure(title="连到内部的", body=body.format("hidden"))
    assert names(workdesk.with_broken_links(editor)) == []
    publishing.retire(target, None)
    assert names(workdesk.with_broken_links(editor)) == ["连过去的"]
    page = client_of(EDITOR, STAFF).get(reverse("admin:desk", args=["links"]))
    assert f"“{target.title}”" in page.text
    publishing.save_draft(make.edited(linking, body=body.format("hidden")), None)
    assert names(workdesk.with_broken_links(editor)) == ["连过去的"]  # readers still have it
    publishing.publish(linking, None)
    assert names(workdesk.with_broken_links(editor)) == []
    assert hidden.live


def test_a_draft_lies_about_after_a_week_in_nobodys_hands():
    editor = person(EDITOR)
    for title, days in (("一周多", 8), ("六天", 6)):
        old(make.make_procedure(title=title, live=False).revisions.get(), days)
    submitted = make.make_procedure(title="提交了", live=False)
    old(publishing.submit(submitted, None), 30)
    live = make.make_procedure(title="已经在线", live=False)
    old(live.revisions.get(), 30)
    publishing.publish(live, None)
    newer = make.make_procedure(title="在线的", live=False)
    old(newer.revisions.get(), 40)
    publishing.publish(newer, None)
    old(publishing.save_draft(make.edited(newer, title="在线，稿子更新"), None), 30)
    gone = make.make_procedure(title="下架", live=False)
    old(gone.revisions.get(), 30)
    publishing.retire(gone, None)
    assert names(workdesk.drafts_lying_about(editor)) == ["在线，稿子更新", "一周多"]


def test_every_guide_wants_an_owner_until_it_is_retired():
    editor = person(EDITOR)
    make.make_procedure(title="有人管", owner=editor)
    make.make_risk(title="没人管")
    make.make_case(title="没人管的草稿", live=False)
    publishing.retire(make.make_procedure(title="下架"), None)
    assert set(names(workdesk.ownerless(editor))) == {"没人管", "没人管的草稿"}


def test_who_may_change_one_kind_only_is_asked_about_that_kind():
    only_risks = make.make_user("risks", "change_risknote", is_staff=True)
    make.make_procedure(title="流程")
    make.make_risk(title="风险")
    assert names(workdesk.ownerless(only_risks)) == ["风险"]


def test_a_wish_is_done_when_its_guide_is_there():
    editor = person(EDITOR)
    product, task = make.make_product(), make.make_task()
    for _again in range(2):
        questions.wish(product, task)
    assert len(questions.wished_cells(missing=True)) == workdesk.wished_for(editor).count() == 1
    make.make_procedure(products=[product], task=task)
    assert len(questions.wished_cells(missing=True)) == workdesk.wished_for(editor).count() == 0
    assert len(questions.wished_cells()) == 1


# --- Counts and lists ----------------------------------------------------------------------------


def one_of_everything(seed: int = 0, size: int = 1) -> None:
    """Work of every kind; with a seed, a random mixture of it."""
    dice = random.Random(seed)
    verifier, writer = walker(), make.make_user()
    editor = make.make_user("", "change_feedback")
    body = "## 操作步骤\n\n### 看看 {{#k001}}\n\n先看[[{0}]]。[^own]\n"
    for number in range(size):
        lost = make.make_procedure()
        linking = make.make_procedure(body=body.format(lost.slug))
        submitted, draft = make.make_risk(), make.make_case(live=False)
        if not seed or dice.random() < 0.6:
            publishing.retire(lost, None)
        publishing.save_draft(make.edited(submitted, title=f"改{number}"), writer)
        if not seed or dice.random() < 0.6:
            publishing.submit(submitted, None)
        old(draft.revisions.get(), 30 if not seed else dice.choice((3, 30)))
        checked(linking, 100 if not seed else dice.choice((10, 100)), verifier)
        if not seed or dice.random() < 0.6:
            make.walked(make.make_procedure(owner=writer), verifier, differing={"k001": "没有了"})
        feedback = publishing.tell(
            linking.live, "stuck", step="k001", reason="other", text=f"{seed} {number}"
        )
        if seed:
            acts = (
                lambda row: publishing.promise(row, editor),
                lambda row: publishing.answer_with_reason(row, editor, "不"),
                lambda row: None,
            )
            dice.choice(acts)(feedback)
            publishing.tell(linking.live, "done")
            Guide.objects.filter(pk=draft.pk).update(owner=dice.choice((writer, None)))
        product, task = make.make_product(f"p{number % 3}"), make.make_task(f"t{seed}{number}")
        questions.wish(product, task)
        if seed and dice.random() < 0.4:
            make.make_procedure(products=[product], task=task, owner=writer)
        _ask(
            f"问法{seed}甲{number}", dice.choice(("open", "waiting", "outside")) if seed else "open"
        )


def _ask(text: str, state: str) -> None:
    guide = Guide.objects.first() if state == "waiting" else None
    question = Question.objects.create(
        text=text, state=state, guide=guide, decided_at=timezone.now(), checked_at=timezone.now()
    )
    question.days.create(day=timezone.localdate(), times=1, weak=1)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("roles", [(EDITOR,), (REVIEWER,), (MANAGER,), (EDITOR, REVIEWER)])
def test_every_count_is_the_number_of_rows_behind_it(seed, roles, monkeypatch):
    # Opening the question desk asks again what is due, which may close some of it.
    monkeypatch.setattr(questions, "recheck", list)
    cache.clear()
    one_of_everything(seed, size=6)
    client = client_of(*roles)
    counts = box(client)
    assert counts
    assert box(client, reverse("admin:index")) == counts
    assert {address: listed(client, address) for address in counts} == counts


def test_a_long_list_is_counted_over_all_its_pages(monkeypatch):
    for number in range(53):
        make.make_risk(live=False, title=f"草稿{number}")
    client = client_of(EDITOR)
    address = reverse("admin:desk", args=["ownerless"])
    assert box(client)[address] == listed(client, address) == 53


# --- What it costs -------------------------------------------------------------------------------


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_guests_pay_nothing_and_staff_two_queries_however_much_there_is():
    one_of_everything()
    guest, idle, editor = client_of(NOBODY), client_of(STAFF), client_of(EDITOR, REVIEWER)
    before = {address: cost(editor, address) for address in (HOME, reverse("admin:index"))}
    for_guests, for_idle = cost(guest, HOME), cost(idle, HOME)
    one_of_everything(seed=9, size=10)
    assert {address: cost(editor, address) for address in before} == before
    assert cost(guest, HOME) == for_guests
    # Whoever may do something pays one query for all counts, and one for the intervals.
    assert before[HOME] <= for_idle + 2
    everything = person(EDITOR, REVIEWER, MANAGER)
    with CaptureQueriesContext(connection) as captured:
        assert len(workdesk.waiting(everything)) == len(workdesk.JOBS)
    assert len(captured) == 2 + 2  # their rights, then the work


@pytest.mark.parametrize("job", [name for name, job in workdesk.JOBS.items() if not job.address])
def test_a_list_costs_the_same_for_one_row_and_for_many(job):
    one_of_everything()
    client = client_of(EDITOR, REVIEWER)
    address = reverse("admin:desk", args=[job])
    before = cost(client, address)
    one_of_everything(seed=4, size=8)
    assert cost(client, address) == before <= 12
