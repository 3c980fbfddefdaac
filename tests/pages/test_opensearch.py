"""/opensearch.xml: how a browser learns to search the portal from its address bar."""

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.pages.reading import Page
from tests.pages.shelves import shop

pytestmark = pytest.mark.django_db
NAMES = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


def described(client: Client, address: str, **more: Any) -> ET.Element:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == f"{{{NAMES['os']}}}OpenSearchDescription"
    return root


def told(root: ET.Element, name: str) -> str:
    return root.findtext(f"os:{name}", "", NAMES)


def templates(root: ET.Element) -> dict[str, str]:
    return {each.attrib["type"]: each.attrib["template"] for each in root.findall("os:Url", NAMES)}


@pytest.mark.parametrize(
    ("address", "name", "language"),
    [("/opensearch.xml", "有据", "zh-Hans"), ("/en/opensearch.xml", "Youju", "en")],
)
def test_the_portal_is_named_in_the_readers_language(
    client: Client, address: str, name: str, language: str
):
    root = described(client, address)
    assert told(root, "ShortName") == name
    assert told(root, "Language") == language
    assert told(root, "InputEncoding") == told(root, "OutputEncoding") == "UTF-8"
    # The limits of the specification.
    assert len(told(root, "ShortName")) <= 16
    assert len(told(root, "LongName")) <= 48
    assert 0 < len(told(root, "Description")) <= 1024


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_what_is_typed_into_the_address_bar_is_answered(client: Client, start: str):
    shop()
    found = templates(described(client, f"{start}opensearch.xml"))
    assert set(found) == {
        "text/html",
        "application/x-suggestions+json",
        "application/opensearchdescription+xml",
    }
    for kind, template in found.items():
        assert template.startswith(f"http://testserver{start}")
        place = urlsplit(template.replace("{searchTerms}", "%E5%80%9F%E5%91%97"))
        answer = client.get(f"{place.path}?{place.query}")
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
        assert kind.endswith("+xml") or "借呗" in answer.content.decode()


def test_addresses_are_of_the_host_that_the_reader_asked(client: Client):
    root = described(client, "/opensearch.xml", headers={"host": "localhost:8001"})
    addresses = [*templates(root).values(), told(root, "Image")]
    assert all(address.startswith("http://localhost:8001/") for address in addresses)
    root = described(client, "/opensearch.xml", secure=True, headers={"host": "localhost"})
    assert templates(root)["text/html"] == "https://localhost/search/?q={searchTerms}"


@pytest.mark.parametrize("address", ["/", "/search/?q=x", "/guides/", "/en/", "/nowhere/"])
def test_every_page_names_the_description_in_its_language(client: Client, address: str):
    link = Page(client.get(address)).one("link[rel=search]")
    start = "/en/" if address.startswith("/en/") else "/"
    assert link["href"] == f"{start}opensearch.xml"
    assert link["type"] == "application/opensearchdescription+xml"
    assert link["title"] == told(described(client, str(link["href"])), "ShortName")


def test_the_icon_is_one_of_the_portals_files(client: Client):
    image = described(client, "/opensearch.xml").find("os:Image", NAMES)
    assert image is not None
    assert (image.attrib["width"], image.attrib["height"]) == ("16", "16")
    assert re.fullmatch(r"http://testserver/static/img/favicon(\.\w+)?\.svg", str(image.text))
