"""The map on the home page: ways between an account's states, and the guides for them."""

import dataclasses
from itertools import combinations

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from guides import publishing
from guides.models import Guide
from guides.views.cards import cards
from guides.views.lifecycle import SLUGS, STATES, WAYS, Box
from guides.views.lifecycle_map import NAME, Drawing, Link, fitting, lifecycle_map, text_width
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", ["zh-hans", "en"])


def full_map() -> list[Drawing]:
    """As it is drawn when every guide is there."""
    for slug in SLUGS:
        make.make_procedure(slug)
    known = {card.url.split("/")[-2]: card for card in cards(Guide.objects.all())}
    return lifecycle_map(known).drawings


def area(each: Link | Box) -> tuple[int, int, int, int]:
    if isinstance(each, Box):
        return each.x, each.y, each.x + each.width, each.y + each.height
    return each.left, each.top, each.left + each.width, each.top + 24


def overlap(one: Link | Box, other: Link | Box) -> bool:
    left, top, right, bottom = area(one)
    other_left, other_top, other_right, other_bottom = area(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


def test_every_way_joins_two_states_of_the_map() -> None:
    known = {state.slug for state in STATES}
    assert {way.origin for way in WAYS} | {way.target for way in WAYS} == known


def test_the_map_has_the_ways_that_the_sources_tell() -> None:
    """Opened, used, left alone, limited and back, closed and back, ended."""
    assert {(way.origin, way.target, way.by_user) for way in WAYS} == {
        ("opened", "used", False),
        ("used", "dormant", False),
        ("dormant", "limited", False),
        ("used", "limited", False),
        ("limited", "used", True),
        ("used", "closed", True),
        ("dormant", "closed", True),
        ("closed", "used", True),
        ("closed", "ended", True),
    }


def test_every_guide_that_the_map_names_is_in_the_sample_content() -> None:
    files = {path.stem for path in (settings.BASE_DIR / "fixtures" / "guides").glob("*.md")}
    assert files >= SLUGS


@both_languages
def test_words_on_the_map_cover_neither_a_state_nor_each_other(language: str) -> None:
    with override(language):
        drawings = full_map()
    for drawing in drawings:
        links = [link for edge in drawing.edges for link in edge.links if link.url]
        boxes = [node.box for node in drawing.nodes]
        clashes = [
            (one, other) for one, other in combinations([*links, *boxes], 2) if overlap(one, other)
        ]
        assert clashes == []


@both_languages
def test_the_name_of_a_state_fits_its_box(language: str) -> None:
    with override(language):
        drawings = full_map()
        for node in (node for drawing in drawings for node in drawing.nodes):
            assert text_width(str(node.state.name), NAME) <= node.box.width, node.state.slug


def test_a_note_that_does_not_fit_its_box_is_left_out() -> None:
    state = dataclasses.replace(STATES[0], note="这句话太长了，怎么也放不进这个框里")
    assert fitting(state.note, state.wide) == ""
    assert fitting("放得下", state.wide) == "放得下"


@both_languages
def test_everything_on_the_map_is_inside_its_frame(language: str) -> None:
    with override(language):
        drawings = full_map()
    for drawing in drawings:
        width, height = drawing.size
        things = [node.box for node in drawing.nodes]
        things += [link for edge in drawing.edges for link in edge.links]  # type: ignore[misc]
        for left, top, right, bottom in map(area, things):
            assert left >= 0
            assert top >= 0
            assert right <= width
            assert bottom <= height


def test_a_way_with_a_guide_is_a_link_in_both_drawings_and_in_the_text(client: Client) -> None:
    make.make_procedure("restore-jiebei-authorization", title="怎么恢复授权")
    page = Page(client.get("/"))
    address = "/procedures/restore-jiebei-authorization/"
    for drawing in ("svg.wide", "svg.narrow", ".map details"):
        assert address in page.links(f"{drawing} a")
    assert page.links(".map details a")[address] == "怎么恢复授权"


def test_a_way_without_a_guide_is_drawn_but_leads_nowhere(client: Client) -> None:
    page = Page(client.get("/"))
    assert page.all(".map a") == []
    assert len(page.all("svg.wide .edge[marker-end]")) == len(WAYS)
    assert "注销" in page.text("svg.wide .said")


def test_what_the_platform_decides_is_dashed_and_said_in_words(client: Client) -> None:
    page = Page(client.get("/"))
    by_platform = [way for way in WAYS if not way.by_user]
    assert len(page.all("svg.narrow .edge.platform")) == len(by_platform)
    assert page.text(".map details").count("由平台决定") == len(by_platform)


def test_several_guides_of_one_way_are_one_link_to_the_task_in_the_narrow_drawing(
    client: Client,
) -> None:
    make.make_task("close", name="关闭")
    for slug in ("close-huabei", "close-jiebei"):
        make.make_procedure(slug)
    page = Page(client.get("/"))
    assert list(page.links("svg.narrow a")) == ["/tasks/close/"]
    assert list(page.links("svg.wide a")) == [
        "/procedures/close-huabei/",
        "/procedures/close-jiebei/",
    ]


def test_a_guide_for_some_is_no_way_for_others(client: Client) -> None:
    make.make_procedure("deregister-jiebei", title="机密标题", visibility="signed-in")
    page = Page(client.get("/"))
    assert page.all(".map a") == []
    assert "机密" not in page.text()
    client.force_login(make.make_user())
    assert "/procedures/deregister-jiebei/" in Page(client.get("/")).links(".map a")


def test_a_retired_guide_leaves_the_map(client: Client) -> None:
    guide = make.make_procedure("close-huabei")
    publishing.retire(guide, None)
    assert Page(client.get("/")).all(".map a") == []
