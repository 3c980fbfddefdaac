"""What travels between a reader's browser and the portal, byte by byte.

`python -m tests.live.wire` prints what a first visit to each public page costs.
"""

import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.live.pages import PUBLIC, PageType
from tests.live.portal import Portal, Workshop
from tests.live.stores import store_for

# Browsers offer Brotli only over HTTPS; what is measured is the dearer of the two.
PLAIN_HTTP = "gzip, deflate"
LIMIT_BYTES = 40 * 1024
LIMIT_REQUESTS = 5
ADDRESS_SAFE = "/?&=%:#"


class _Received:
    """Gives the bytes that were received to the standard library's parser."""

    def __init__(self, received: bytes) -> None:
        self._received = received

    def makefile(self, *_mode: Any) -> BytesIO:
        return BytesIO(self._received)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


def ask(portal: Portal, address: str, *, session: str = "", encoding: str = "identity") -> Answer:
    """One request, nothing followed. `address` may be any path of the portal, Chinese included."""
    received = _exchange(portal, quote(address, safe=ADDRESS_SAFE), session, encoding)
    response = HTTPResponse(_Received(received))
    response.begin()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read(), len(received))


def visit(portal: Portal, page: PageType) -> Answer:
    session = "" if page.visitor == "guest" else portal.known[page.visitor]
    return ask(portal, portal.place(page.address), session=session)


def _exchange(portal: Portal, target: str, session: str, encoding: str) -> bytes:
    place = urlsplit(portal.address)
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {place.netloc}",
        f"Accept-Encoding: {encoding}",
        *([f"Cookie: sessionid={session}"] if session else []),
        "Connection: close",
    ]
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=30) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        return b"".join(iter(lambda: line.recv(65536), b""))


@dataclass(frozen=True)
class Weight:
    """A first visit: the page and everything it asks for."""

    page: PageType
    parts: dict[str, int]

    @property
    def requests(self) -> int:
        return len(self.parts)

    @property
    def size(self) -> int:
        return sum(self.parts.values())


def weigh(portal: Portal, page: PageType) -> Weight:
    address = portal.place(page.address)
    session = "" if page.visitor == "guest" else portal.known[page.visitor]
    packed = ask(portal, address, session=session, encoding=PLAIN_HTTP)
    plain = ask(portal, address, session=session)
    assert plain.status == page.status, f"{page.name} answers {plain.status}"
    parts = {address: packed.size}
    for part in sorted(set(parts_of(address, plain.body))):
        parts[part] = ask(portal, part, encoding=PLAIN_HTTP).size
    return Weight(page, parts)


def parts_of(address: str, html: bytes) -> Iterator[str]:
    """What a browser fetches of itself when it shows the page."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select("link[rel~=stylesheet], link[rel~=icon], link[rel~=modulepreload]"):
        yield urljoin(address, str(tag["href"]))
    for tag in soup.select("script[src], img[src], iframe[src], source[src]"):
        yield urljoin(address, str(tag["src"]))


def table(weights: list[Weight]) -> str:
    rows = [f"{'page':34} {'requests':>8} {'bytes':>7} {'of these HTML':>13}"]
    rows += [
        f"{weight.page.name:34} {weight.requests:8} {weight.size:7,} "
        f"{next(iter(weight.parts.values())):13,}"
        for weight in weights
    ]
    heaviest = max(weight.size for weight in weights)
    rows.append(f"heaviest: {heaviest:,} bytes of {LIMIT_BYTES:,} allowed, gzip over HTTP/1.1")
    return "\n".join(rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = store_for(os.environ.get("DATABASE_URL", ""), folder, "weigh")
        workshop = Workshop(folder, folder / "static", store)
        workshop.build()
        with workshop.open() as portal:
            print(table([weigh(portal, page) for page in PUBLIC]))  # noqa: T201
        workshop.close()


if __name__ == "__main__":
    main()
