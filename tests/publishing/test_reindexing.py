"""What guides are found by changes, and the index has changed with it."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides import publishing, reindexing, search
from guides.models import Product, SearchEntry, Situation
from guides.questions import add_phrase
from tests import factories as make
from tests.admin.people import MANAGER, client_of
from tests.search.holdings import rows

pytestmark = pytest.mark.django_db

FORM = {"name": "用不了", "slug": "blocked", "means": "", "overrides": "", "covered": "on"}
LOST = "situation:blocked"


@pytest.fixture
def guides():
    """One speaks of what is lost, the other of something else."""
    Situation.objects.create(slug="blocked", name="用不了", phrases=["用不了"])
    lost = make.make_procedure(title="借呗用不了", products=[make.make_product()])
    other = make.make_procedure(title="借呗失灵", products=[make.make_product()])
    return lost, other


def holding(term):
    return search.holding([term])


def in_step():
    """The rows are those that a rebuild would make, and nothing is reported."""
    found, before = reindexing.differences(), rows()
    call_command("rebuild_search_index", "--afresh", stdout=io.StringIO())
    return not found and rows() == before


def test_a_phrase_saved_in_the_admin_finds_the_guides_that_say_it_at_once(guides):
    other = guides[1]
    address = f"/admin/guides/situation/{Situation.objects.get().pk}/change/"
    answer = client_of(MANAGER).post(address, FORM | {"phrases": "失灵"})
    assert answer.status_code == 302
    assert holding(LOST) == {other.pk}
    assert in_step()


def test_a_situation_deleted_in_the_admin_leaves_no_rows(guides):
    address = f"/admin/guides/situation/{Situation.objects.get().pk}/delete/"
    assert client_of(MANAGER).post(address, {"post": "yes"}).status_code == 302
    assert not Situation.objects.exists()
    assert holding(LOST) == set()
    assert in_step()


def test_a_new_situation_is_found_in_guides_published_before(guides):
    given = FORM | {"slug": "broken", "name": "坏了", "phrases": "失灵\n坏了"}
    assert client_of(MANAGER).post("/admin/guides/situation/add/", given).status_code == 302
    assert holding("situation:broken") == {guides[1].pk}
    assert in_step()


def test_a_product_with_another_address_is_still_what_its_guides_are_about(guides):
    product = Product.objects.get()
    given = {"name": "借呗", "slug": "jieba", "aliases": "", "position": "0"}
    address = f"/admin/guides/product/{product.pk}/change/"
    assert client_of(MANAGER).post(address, given).status_code == 302
    assert holding("product:jiebei") == set()
    assert holding("product:jieba") == {guide.pk for guide in guides}
    assert in_step()


def test_a_phrase_added_at_the_desk_of_questions_is_in_the_index(guides):
    add_phrase(Situation.objects.get(), ["失灵"], [])
    assert holding(LOST) == {guide.pk for guide in guides}
    assert in_step()


def test_phrases_that_are_imported_are_in_the_index(guides, tmp_path):
    path = tmp_path / "parcel.zip"
    with zipfile.ZipFile(path, "w") as parcel:
        parcel.writestr("situations.yaml", "- slug: blocked\n  name: 用不了\n  phrases: [失灵]\n")
    call_command("import_guides", str(path), stdout=io.StringIO())
    assert holding(LOST) == {guides[1].pk}
    assert in_step()


def test_only_the_guides_that_speak_of_it_are_put_again(guides, monkeypatch):
    put_many = search.put_many
    texts: dict[int, search.Texts] = {}

    def noted(said):
        texts.update(said)
        put_many(said)

    make.make_procedure(title="别的事")
    monkeypatch.setattr(search, "put_many", noted)
    add_phrase(Situation.objects.get(), ["失灵"], [])
    assert sorted(texts) == [guide.pk for guide in guides]
    assert in_step()


def test_a_name_that_no_row_is_made_of_puts_nothing_again(guides, monkeypatch):
    monkeypatch.setattr(publishing, "index", lambda *guides: pytest.fail(str(guides)))
    with reindexing.kept_in_step():
        Situation.objects.update(name="停了", happened=True)
        Product.objects.update(name="蚂蚁借呗", aliases=["jb"])
    assert not reindexing.differences()


def test_a_change_that_fails_leaves_index_and_phrases_as_they_were(guides):
    def refused():
        with reindexing.kept_in_step():
            Situation.objects.update(phrases=["失灵"])
            raise ValueError("refused")

    before = rows()
    with pytest.raises(ValueError, match="refused"):
        refused()
    assert (rows(), Situation.objects.get().phrases) == (before, ["用不了"])
    assert not reindexing.differences()


def test_what_was_out_of_date_before_stays_reported(guides):
    SearchEntry.objects.filter(key=guides[0].pk).update(recipe="old")
    with reindexing.kept_in_step():
        Situation.objects.create(slug="lost", name="丢了", phrases=["丢了"])
    assert reindexing.differences().outdated == 1


def test_rows_of_a_guide_that_is_gone_are_in_nobodys_way(guides):
    search.put(987_654, search.Texts("用不了", [], [], "", ""))
    add_phrase(Situation.objects.get(), ["失灵"], [])
    assert holding(LOST) == {*(guide.pk for guide in guides), 987_654}
    assert reindexing.differences() == reindexing.Differences(0, 1, 0)


def test_more_guides_than_fit_at_once_are_all_put_again(guides, monkeypatch):
    monkeypatch.setattr(reindexing, "AT_ONCE", 2)
    more = [make.make_risk(summary=f"第{number}次失灵") for number in range(3)]
    add_phrase(Situation.objects.get(), ["失灵"], [])
    assert holding(LOST) == {guide.pk for guide in [*guides, *more]}
    assert in_step()


def test_a_retired_guide_is_not_brought_back_by_a_phrase(guides):
    publishing.retire(guides[1], None)
    add_phrase(Situation.objects.get(), ["失灵"], [])
    assert holding(LOST) == {guides[0].pk}


def test_differences_are_three_counts_whatever_the_number_of_guides(guides):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            reindexing.differences()
        return len(captured)

    before = queries()
    make.make_risk()
    assert queries() == before == 4
