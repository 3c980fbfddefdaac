"""The server is killed in the middle of a hundred saves: what it acknowledged is still there."""

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from threading import Event
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.admin.pages import fields
from tests.live.portal import Portal, Workshop

ADD = "/admin/guides/procedure/add/"
LIST = "/admin/guides/procedure/?q=saved-&all="
SAVES, ENOUGH, AT_ONCE = 100, 30, 12
BODY = "## 操作步骤\n\n### 第{0}篇的一步\n\n做第{0}件事。[^own]\n"


def request(portal: Portal, method: str, address: str, cookies: str, body: str = "") -> Any:
    """Status, headers and text of the answer; nothing once the server is gone."""
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    place = urlsplit(portal.address).netloc
    line = http.client.HTTPConnection(place, timeout=10)
    with closing(line), suppress(OSError, http.client.HTTPException):
        line.request(method, address, body, headers)
        answer = line.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode()
    return 0, {}, ""


def opened(portal: Portal) -> tuple[dict[str, Any], str]:
    """The form for a new guide, and the cookies that go with its token."""
    session = f"sessionid={portal.known['editor']}"
    _status, headers, text = request(portal, "GET", ADD, session)
    token = re.match(r"csrftoken=[^;]+", headers["set-cookie"])
    form = BeautifulSoup(text, "html.parser").select_one("form[data-editing]")
    assert token
    return fields(form), f"{session}; {token[0]}"


def save(portal: Portal, number: int, form: dict[str, Any], cookies: str) -> str:
    """The address of the new guide, if the server said that it is saved."""
    typed = {
        **form,
        "title": f"第{number}篇",
        "slug": f"saved-{number}",
        "summary": "摘要。",
        "body": BODY.format(number),
        "page": f"page{number}",
        "_save": "1",
    }
    status, headers, _text = request(portal, "POST", ADD, cookies, urlencode(typed, doseq=True))
    return headers["location"] if status == 302 else ""


def saved_until_killed(portal: Portal) -> dict[int, str]:
    """Addresses by number of all that was acknowledged before the server died."""
    form, cookies = opened(portal)
    acknowledged: dict[int, str] = {}
    enough = Event()

    def one(number: int) -> None:
        address = save(portal, number, form, cookies)
        if address:
            acknowledged[number] = address
        if len(acknowledged) >= ENOUGH:
            enough.set()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(one, number) for number in range(SAVES)]
        assert enough.wait(30)
        portal.kill()
        for each in running:
            each.result()
    return acknowledged


@pytest.fixture
def killed(workshop: Workshop):
    with workshop.database() as name:
        with workshop.serve(name) as portal:
            acknowledged = saved_until_killed(portal)
        with workshop.serve(name) as portal:
            yield portal, acknowledged


def test_a_server_killed_during_a_hundred_saves_loses_none_that_it_acknowledged(killed):
    portal, acknowledged = killed
    session = f"sessionid={portal.known['editor']}"
    assert ENOUGH <= len(acknowledged) < SAVES
    for number, address in acknowledged.items():
        status, _headers, text = request(portal, "GET", address, session)
        assert status == 200, number
        page = BeautifulSoup(text, "html.parser")
        assert page.select_one("[name=title]")["value"] == f"第{number}篇"
        assert f"做第{number}件事。" in page.select_one("textarea[name=body]").text
    # What was not acknowledged is there as a whole, with its revision, or not at all.
    _status, _headers, text = request(portal, "GET", LIST, session)
    rows = BeautifulSoup(text, "html.parser").select("th.field-title a")
    assert len(acknowledged) <= len(rows) <= len(acknowledged) + AT_ONCE
    for row in rows:
        guide = re.search(r"/(\d+)/", str(row["href"]))[1]
        versions = f"/admin/guides/revision/?guide__id__exact={guide}"
        _status, _headers, text = request(portal, "GET", versions, session)
        assert BeautifulSoup(text, "html.parser").select("#result_list tbody tr")
