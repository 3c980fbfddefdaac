"""Autosaves: kept for their writer alone, gone when saved, never in the way."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guides import publishing, roles
from guides.models import Autosave, Procedure
from guides.publishing.autosaves import MOST_PAGES
from tests.factories import edited, make_procedure, make_user

pytestmark = pytest.mark.django_db
TYPED = {"title": ["没保存的标题"], "products": ["1", "2"]}


@pytest.fixture
def guide():
    return make_procedure()


def editor(name):
    user = make_user(name)
    user.groups.add(roles.ensure_groups()[roles.EDITING])
    return user


@pytest.fixture
def mei():
    return editor("mei")


def keep(by, guide, page="page1", **more):
    return publishing.autosave(by, guide, kind="procedure", page=page, **more)


def offered(by, guide):
    return [each.page for each in publishing.unsaved(by, guide, "procedure")]


def back(kept, **how_long):
    """As if it had been heard of that long ago."""
    then = timezone.now() - dt.timedelta(**how_long)
    Autosave.objects.filter(pk=kept.pk).update(seen_at=then)
    Autosave.objects.filter(pk=kept.pk, changed_at__isnull=False).update(changed_at=then)


def test_what_was_typed_last_is_kept_and_offered_to_its_writer_alone(guide, mei):
    keep(mei, guide, typed={"title": ["一"]})
    kept = keep(mei, guide, typed=TYPED)
    assert Autosave.objects.get().typed == kept.typed == TYPED
    assert offered(mei, guide) == ["page1"]
    assert offered(editor("lin"), guide) == []


def test_two_pages_of_one_person_keep_two_texts_the_newest_first(guide, mei):
    keep(mei, guide, "first", typed={"title": ["一"]})
    keep(mei, guide, "second", typed={"title": ["二"]})
    assert offered(mei, guide) == ["second", "first"]


def test_a_guide_that_does_not_exist_yet_has_autosaves_as_well(mei):
    keep(mei, None, typed=TYPED)
    assert offered(mei, None) == ["page1"]
    assert not publishing.unsaved(mei, None, "risk").exists()


def test_nothing_readers_or_colleagues_see_changes(guide, mei):
    keep(mei, guide, typed=TYPED)
    row = Procedure.objects.get(pk=guide.pk)
    assert (row.title, row.edition) == (guide.title, guide.edition)
    assert guide.revisions.count() == 1


def test_an_open_page_without_changes_offers_nothing_but_is_seen(guide, mei):
    keep(mei, guide)
    assert offered(mei, guide) == []
    lin = editor("lin")
    assert [each.writer for each in publishing.others_in(guide, lin)] == [mei]
    assert not publishing.others_in(guide, mei).exists()


def test_who_was_not_heard_of_for_two_minutes_is_not_there_any_more(guide, mei):
    back(keep(mei, guide, typed=TYPED), minutes=2)
    assert not publishing.others_in(guide, editor("lin")).exists()
    assert offered(mei, guide) == ["page1"]


def test_a_sign_of_life_does_not_wipe_out_what_was_typed(guide, mei):
    keep(mei, guide, typed=TYPED)
    assert keep(mei, guide).typed == TYPED


def test_saving_ends_it_and_an_autosave_that_comes_late_is_refused(guide, mei):
    keep(mei, guide, typed=TYPED)
    publishing.close_page(mei, "page1", guide)
    assert offered(mei, guide) == []
    with pytest.raises(publishing.PageClosed):
        keep(mei, guide, typed=TYPED)
    assert Autosave.objects.get().typed == {}


def test_an_autosave_that_comes_late_is_refused_even_if_it_is_the_first(guide, mei):
    publishing.close_page(mei, "page1", guide)
    with pytest.raises(publishing.PageClosed):
        keep(mei, guide, typed=TYPED)
    with pytest.raises(publishing.PageClosed):
        keep(mei, None, typed=TYPED)


def test_a_page_belongs_to_one_guide(guide, mei):
    keep(mei, guide, typed=TYPED)
    with pytest.raises(publishing.PageClosed):
        keep(mei, make_procedure(), typed={"title": ["别的"]})
    assert Autosave.objects.get().typed == TYPED


def test_throwing_away_is_up_to_the_writer(guide, mei):
    keep(mei, guide, typed=TYPED)
    assert publishing.discard(editor("lin"), "page1") is None
    assert offered(mei, guide) == ["page1"]
    publishing.discard(mei, "page1")
    assert offered(mei, guide) == []


def test_who_may_not_write_keeps_nothing(guide):
    reader = make_user("reader")
    for target in (guide, None):
        with pytest.raises(PermissionDenied):
            keep(reader, target, typed=TYPED)
    assert not Autosave.objects.exists()


def test_who_lost_the_right_keeps_nothing_more(guide, mei):
    keep(mei, guide, typed=TYPED)
    mei.groups.clear()
    with pytest.raises(PermissionDenied):
        keep(type(mei).objects.get(pk=mei.pk), guide, typed={"title": ["再来"]})
    assert Autosave.objects.get().typed == TYPED


def test_it_goes_with_its_writer(guide, mei):
    keep(mei, guide, typed=TYPED)
    mei.delete()
    assert not Autosave.objects.exists()


def test_more_than_a_guide_can_hold_is_refused_and_the_last_text_stays(guide, mei):
    keep(mei, guide, typed=TYPED)
    with pytest.raises(publishing.TooMuchText):
        keep(mei, guide, typed={"body": ["字" * 200_000], "title": ["字" * 60_000]})
    assert Autosave.objects.get().typed == TYPED


def test_a_character_that_no_database_takes_is_left_out(guide, mei):
    assert keep(mei, guide, typed={"body": ["一\0二"]}).typed == {"body": ["一二"]}


def test_after_thirty_days_it_is_forgotten(guide, mei):
    back(keep(mei, guide, "old", typed=TYPED), days=31)
    assert offered(mei, guide) == []
    keep(mei, guide, "new")
    assert [each.page for each in Autosave.objects.all()] == ["new"]


def test_pages_without_a_text_are_forgotten_after_a_day(guide, mei):
    publishing.close_page(mei, "saved", guide)
    for kept in [*Autosave.objects.all(), keep(mei, guide, "looked at")]:
        back(kept, days=2)
    keep(mei, guide, "new")
    assert [each.page for each in Autosave.objects.all()] == ["new"]


def test_of_very_many_texts_the_newest_are_kept(guide, mei):
    for number in range(MOST_PAGES + 3):
        keep(mei, guide, f"page{number}", typed=TYPED)
    assert len(offered(mei, guide)) <= MOST_PAGES + 1
    assert f"page{MOST_PAGES + 2}" in offered(mei, guide)


def test_the_text_an_edit_was_begun_from_is_found_by_its_edition(guide):
    begun = Procedure.objects.get(pk=guide.pk)
    publishing.save_draft(edited(guide, title="第二稿"), None)
    publishing.save_draft(edited(guide), None, relations={"products": []})
    publishing.save_draft(edited(guide, title="第三稿"), None)
    row = Procedure.objects.get(pk=guide.pk)
    assert row.edition == begun.edition + 3
    for edition, wanted in enumerate([begun.title, "第二稿", "第二稿", "第三稿"], begun.edition):
        assert f"title: {wanted}\n" in publishing.begun_from(row, edition).document
    assert [each.edition for each in publishing.saves_since(row, begun.edition)] == [
        begun.edition + 1,
        begun.edition + 3,
    ]
