"""A walk from the two home pages along every link, as a reader with much patience would take it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.html import checker

QUESTIONS = ["怎么关闭借呗", "jiebei", "什么也没有的词"]
SEARCHES = [f"{start}search/?q={quote(q)}" for start in ("/", "/en/") for q in QUESTIONS]
STARTS = ["/", "/en/", *SEARCHES]
NOT_PAGES = ("/static/", "/media/", "/admin/")
RESOURCES = {"img": "src", "script": "src", "link": "href", "source": "src", "use": "href"}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("walk"),  # one walk, not one in every worker
]


@dataclass(frozen=True)
class Page:
    address: str
    status: int
    content_type: str
    text: bytes
    moved_to: str

    @property
    def is_html(self) -> bool:
        return self.content_type.startswith("text/html") and not self.moved_to

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    def links(self) -> Iterator[str]:
        named = [self.moved_to] if self.moved_to else self.soup.find_all("a", href=True)
        for link in named:
            target = urljoin(self.address, link if isinstance(link, str) else str(link["href"]))
            if not urlsplit(target).netloc and not target.startswith(NOT_PAGES):
                yield target


Pages = dict[str, Page]


def visit(client: Client, address: str) -> Page:
    answer = client.get(address)
    head = answer.headers
    return Page(
        address,
        answer.status_code,
        head.get("Content-Type", ""),
        answer.content,
        head.get("Location", ""),
    )


def walk(client: Client) -> Pages:
    pages: Pages = {}
    ahead = list(STARTS)
    while ahead:
        address = ahead.pop()
        if address in pages:
            continue
        pages[address] = page = visit(client, address)
        # Filters lead to ever more filters; one step into them is enough.
        if page.moved_to or (page.is_html and ("?" not in address or address in STARTS)):
            ahead.extend(urldefrag(target).url for target in page.links())
    return pages


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Pages:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample", verbosity=0)
        found = walk(Client(raise_request_exception=False))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def html(pages: Pages) -> Pages:
    return {address: page for address, page in pages.items() if page.is_html}


def test_no_link_leads_nowhere(pages):
    dead = {
        address: page.status
        for address, page in pages.items()
        if page.status != 200 and not page.moved_to
    }
    assert dead == {}


def test_every_anchor_that_a_link_names_is_on_its_page(pages, html):
    marks = {
        address: {str(tag["id"]) for tag in page.soup(id=True)} for address, page in html.items()
    }
    lost = {
        target
        for page in pages.values()
        if page.is_html or page.moved_to
        for target in page.links()
        if (mark := unquote(urldefrag(target).fragment))
        and (place := urldefrag(target).url) in marks
        and mark not in marks[place]
    }
    assert lost == set()


def test_no_page_runs_or_styles_anything_inline(html):
    def inline(tag: Tag) -> bool:
        body = tag.name == "style" or (tag.name == "script" and not tag.get("src"))
        return body or any(name == "style" or name.startswith("on") for name in tag.attrs)

    found = {address: str(tag)[:200] for address, page in html.items() for tag in page.soup(inline)}
    assert found == {}


def test_no_page_loads_anything_from_another_host(html):
    foreign = {
        str(tag[name])
        for page in html.values()
        for tag in page.soup(list(RESOURCES))
        if (name := RESOURCES[tag.name]) in tag.attrs and urlsplit(str(tag[name])).netloc
        if tag.get("rel") not in (["canonical"], ["alternate"])
    }
    assert foreign == set()


def test_every_page_says_what_it_is_in_its_own_language(html):
    for address, page in html.items():
        root = page.soup
        language = "en" if address.startswith("/en/") else "zh-Hans"
        assert [tag["lang"] for tag in root("html")] == [language], address
        assert len(root("h1")) == 1, address
        assert root.select_one("title").get_text(strip=True), address


def test_the_checker_finds_no_error_in_any_guide(html, tmp_path):
    assert checker.errors({address: page.text for address, page in html.items()}, tmp_path) == {}
