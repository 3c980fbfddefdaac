"""`manage.py rebuild_search_index`: everything put in again under the readers' eyes."""

import io

import pytest
from django.core.management import call_command

from guides import publishing, reindexing, search
from guides.management.commands import rebuild_search_index
from guides.models import Guide, SearchEntry, SearchHolding, SearchPhrase, SearchPosting, SearchWord
from guides.vocabulary import vocabulary
from tests import factories as make
from tests.search.holdings import TABLES, rows

pytestmark = pytest.mark.django_db


class Stopped(Exception):
    """The rebuild is broken off."""


@pytest.fixture
def guides():
    return [make.make_procedure(title=f"关闭第{number}项服务") for number in range(4)]


def rebuild(*arguments):
    out = io.StringIO()
    call_command("rebuild_search_index", *arguments, stdout=out)
    return out.getvalue()


def contents():
    """All that the index holds, in no order."""
    return [
        rows(),
        set(SearchHolding.objects.values_list("key", "terms")),
        set(SearchWord.objects.values_list("term", "guides", "sound")),
        set(SearchPhrase.objects.values_list("key", "text", "sound", "initials")),
        set(SearchEntry.objects.values_list("key", "recipe")),
    ]


def found():
    match = search.match("关闭服务", Guide.objects.all(), concepts=vocabulary())
    return [hit.key for hit in match.hits]


@pytest.fixture
def put(monkeypatch):
    """The keys put in, in order."""
    keys: list[int] = []
    index = publishing.index

    def noted(*guides):
        keys.extend(guide.pk for guide in guides)
        index(*guides)

    monkeypatch.setattr(publishing, "index", noted)
    return keys


def test_an_index_that_is_right_stays_as_it_is(guides, put):
    before = contents()
    told = rebuild()
    assert contents() == before
    assert put == [guide.pk for guide in guides]
    assert "4 / 4篇" in told


@pytest.mark.parametrize("lost", [*([table] for table in TABLES), TABLES])
def test_what_was_lost_comes_back(guides, lost):
    before = contents()
    for table in lost:
        table.objects.all().delete()
    if SearchPosting in lost:
        assert found() == []
    rebuild()
    assert contents() == before


def test_rows_that_somebody_has_spoilt_are_set_right(guides):
    before = contents()
    SearchPosting.objects.filter(term="关闭").update(impacts=b"")
    SearchPhrase.objects.filter(key=guides[1].pk).delete()
    SearchWord.objects.exclude(term="*").update(guides=1)
    rebuild()
    assert contents() == before


def test_what_should_not_be_there_is_removed(guides):
    retired, draft = guides[0], make.make_procedure(live=False)
    publishing.retire(retired, None)
    texts = search.Texts("关闭服务", [], [], "", "")
    for key in (retired.pk, draft.pk, 987_654):
        search.put(key, texts)
    assert reindexing.differences().surplus == 3
    assert "移除了3篇" in rebuild()
    assert not reindexing.differences()
    assert search.keys() == {guide.pk for guide in guides[1:]}


def test_one_that_broke_off_is_carried_on(guides, put, monkeypatch):
    again = reindexing.put_again

    def put_two(keys):
        if len(put) == 2:
            raise Stopped
        again(keys)

    monkeypatch.setattr(rebuild_search_index, "AT_ONCE", 1)
    before = contents()
    monkeypatch.setattr(reindexing, "put_again", put_two)
    with pytest.raises(Stopped):
        rebuild()
    assert reindexing.differences().outdated == 2
    monkeypatch.setattr(reindexing, "put_again", again)
    assert "2 / 2篇" in rebuild()
    assert put == [guide.pk for guide in guides]
    assert contents() == before


def test_afresh_means_all_of_them(guides, put):
    SearchEntry.objects.filter(key=guides[3].pk).update(recipe="old")
    assert "4 / 4篇" in rebuild("--afresh")
    assert put == [guide.pk for guide in guides]


def test_readers_find_the_same_after_every_single_step(guides, monkeypatch):
    expected, seen, again = found(), [], reindexing.put_again

    def watched(keys):
        seen.append(found())
        again(keys)
        seen.append(found())

    monkeypatch.setattr(rebuild_search_index, "AT_ONCE", 1)
    monkeypatch.setattr(reindexing, "put_again", watched)
    rebuild()
    assert len(expected) == 4
    assert seen == [expected] * 8


def test_a_guide_that_is_retired_meanwhile_is_not_put_back(guides):
    keys = reindexing.due(afresh=True)
    publishing.retire(guides[0], None)
    Guide.objects.filter(pk=guides[1].pk).update(live=None)
    reindexing.put_again([*keys, 987_654])
    reindexing.remove_surplus()
    assert search.keys() == {guide.pk for guide in guides[2:]}


def test_a_guide_that_is_published_meanwhile_is_not_removed(guides, monkeypatch):
    keys = search.keys

    def published_after_the_look():
        found = keys()
        Guide.objects.filter(pk=guides[0].pk).update(retired_at=None)
        return found

    Guide.objects.filter(pk=guides[0].pk).update(retired_at="2026-01-01T00:00Z")
    monkeypatch.setattr(search, "keys", published_after_the_look)
    assert reindexing.remove_surplus() == 0
    assert guides[0].pk in keys()


def test_an_empty_portal_is_rebuilt_in_no_time():
    assert "搜索索引已重建" in rebuild()
    assert contents()[0] == set()
