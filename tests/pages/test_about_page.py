"""/about/: what this is, how it verifies, what its links promise."""

from typing import Any

import pytest
from django.test import Client

from guides import publishing
from tests import factories as make
from tests.pages.reading import Page
from tests.pages.shelves import BAD_QUERIES

pytestmark = pytest.mark.django_db


def test_every_state_of_verification_is_explained_with_its_own_mark(client: Client) -> None:
    page = Page(client.get("/about/"))
    marks = [mark["class"][-1] for mark in page.all(".states .vm")]
    assert marks == ["unverified", "sources", "device", "due"]
    assert len(page.all(".states dd")) == 4


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("#what", "没有隶属关系"),
        ("#method", "编辑补充"),
        ("#sample", "虚构"),
        ("#links", "旧网址会转到新网址"),
        ("#gap", "请不要写手机号"),
        ("#accessibility", "WCAG 2.2 AA"),
    ],
)
def test_the_page_says_what_a_reader_must_know(client: Client, section: str, words: str) -> None:
    page = Page(client.get("/about/"))
    assert words in page.text(section)
    assert section in page.links(".jump a")


def test_a_renamed_guides_old_address_does_redirect_as_promised(client: Client) -> None:
    guide = make.make_procedure("old-name")
    guide.slug = "new-name"
    publishing.save_draft(guide, None)
    answer = client.get("/procedures/old-name/")
    assert (answer.status_code, answer["Location"]) == (301, "/procedures/new-name/")


def test_the_page_needs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/about/").status_code == 200


def test_the_footer_of_every_page_leads_here(client: Client) -> None:
    for address in ("/", "/guides/", "/products/", "/search/", "/claims/"):
        assert "/about/" in Page(client.get(address)).links(".foot a")


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_follows_the_address_the_page_answers(client: Client, query: str) -> None:
    assert client.get(f"/about/?{query}").status_code == 200
