"""Every guide can be reached, quickly and by every address it has."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.live.pages import EDITING, IN_ENGLISH, PUBLIC, PageType
from tests.live.portal import Portal
from tests.live.wire import Answer, ask, visit

DOCUMENTS = sorted((Path(settings.BASE_DIR) / "fixtures" / "guides").glob("*.md"))
FOLDERS = {"procedure": "procedures", "risk": "risks", "case": "cases"}
# Addresses whose answer is meant to be the way to another one.
MOVING = re.compile(r"/p/[a-z0-9]+/|/admin/$")
LEAVING = ("/admin/logout/",)


def front_matter(document: Path, key: str) -> str:
    found = re.search(rf"^{key}: *(\S+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{document.name} has no {key}"
    return found[1]


def canonical(document: Path) -> str:
    return f"/{FOLDERS[front_matter(document, 'kind')]}/{document.stem}/"


def links(address: str, answer: Answer) -> Iterator[str]:
    for anchor in BeautifulSoup(answer.body, "html.parser").find_all("a", href=True):
        target = urldefrag(urljoin(address, str(anchor["href"]))).url
        if not urlsplit(target).netloc and not target.startswith(LEAVING):
            yield target


def linked(portal: Portal, address: str) -> set[str]:
    return set(links(address, ask(portal, address)))


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_every_guide_is_two_clicks_from_home(portal_for_reading, home):
    first = linked(portal_for_reading, home)
    second = {target for address in first for target in linked(portal_for_reading, address)}
    prefix = home.rstrip("/")
    wanted = {prefix + canonical(document) for document in DOCUMENTS}
    assert len(wanted) == 26
    assert wanted - first - second == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_a_guide_answers_at_each_of_its_addresses(portal_for_reading, document):
    code, address = front_matter(document, "code"), canonical(document)
    assert ask(portal_for_reading, address).status == 200
    assert ask(portal_for_reading, f"/en{address}").status == 200
    assert ask(portal_for_reading, f"{address}v1/").status == 200
    assert ask(portal_for_reading, f"{address.rstrip('/')}.md").status == 200
    short = ask(portal_for_reading, f"/p/{code}/")
    assert (short.status, short.headers["location"]) == (302, address)
    version = ask(portal_for_reading, f"/p/{code}/v1/")
    assert (version.status, version.headers["location"]) == (302, f"{address}v1/")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_a_step_answers_at_its_short_address(portal_for_reading, document):
    code, address = front_matter(document, "code"), canonical(document)
    keys = re.findall(r"\{#([a-z][a-z0-9]{3,7})[ }]", document.read_text(encoding="utf-8"))
    assert keys or front_matter(document, "kind") != "procedure"
    page = ask(portal_for_reading, address).body.decode()
    for key in keys:
        moved = ask(portal_for_reading, f"/p/{code}/s/{key}/")
        assert moved.headers["location"] == f"{address}#s-{key}"
        assert f'id="s-{key}"' in page


@pytest.fixture(scope="module")
def answered() -> dict[str, Answer]:
    """What was asked once need not be asked again."""
    return {}


@pytest.mark.parametrize("wanted", [*PUBLIC, *IN_ENGLISH, *EDITING], ids=lambda page: page.name)
def test_no_link_of_a_page_is_dead(portal_for_reading, answered, wanted: PageType):
    portal = portal_for_reading
    session = portal.known.get(wanted.visitor, "")
    here = portal.place(wanted.address)
    dead = {}
    for target in sorted(set(links(here, visit(portal, wanted)))):
        key = f"{wanted.visitor} {target}"
        if key not in answered:
            answered[key] = ask(portal, target, session=session)
        if not same_page(here, target) and not alive(portal, answered[key], target, session):
            dead[target] = answered[key].status
    assert dead == {}


def same_page(here: str, target: str) -> bool:
    """In either language: a page that says no says it in both."""
    return here.removeprefix("/en") == target.removeprefix("/en")


def alive(portal: Portal, answer: Answer, target: str, session: str) -> bool:
    if answer.status in (301, 302) and MOVING.match(target):
        return ask(portal, answer.headers["location"], session=session).status == 200
    return answer.status == 200
