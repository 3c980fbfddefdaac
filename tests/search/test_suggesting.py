"""What is offered while somebody types."""

import pytest

from guides import search


@pytest.fixture
def suggest(everything, concepts):
    def suggested(prefix, allowed=everything, **options):
        return [each.text for each in search.suggest(prefix, allowed, concepts=concepts, **options)]

    return suggested


@pytest.mark.parametrize("typed", ["关闭花", "guanbihua", "gbhb", "GBHB", "關閉花"])
def test_a_title_is_offered_by_its_beginning_however_it_is_typed(suggest, typed):
    assert suggest(typed)[0] == "关闭花呗"


def test_an_alias_is_offered_by_a_word_inside_it(suggest):
    assert "借呗怎么换卡" in suggest("换卡")


@pytest.mark.parametrize("typed", ["jieb", "借", "jb"])
def test_products_and_tasks_are_offered_first(suggest, typed):
    assert suggest(typed)[0] == "借呗"


def test_a_guide_is_offered_once(everything):
    keys = [each.key for each in search.suggest("借呗", everything)]
    assert len(keys) == len(set(keys)) > 1


def test_only_titles_that_may_be_seen_are_offered(suggest, everything):
    assert "关闭花呗" not in suggest("关闭花", everything.exclude(pk=1))


def test_no_more_is_offered_than_asked_for(suggest):
    assert len(suggest("借", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\0"])
def test_nothing_typed_brings_nothing(suggest, typed):
    assert suggest(typed) == []


def test_a_retitled_guide_is_offered_by_its_new_title_only(suggest):
    search.put(1, search.Texts("养花", ["怎么浇水"], [], "", ""))
    assert suggest("养") == ["养花"]
    assert "关闭花呗" not in suggest("关闭花")
