"""How the tests of pages read a page: as a document, not as a string."""

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


class Page:
    """An answer's status and its HTML, asked for by CSS selectors."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.status = response.status_code
        self._soup = BeautifulSoup(response.content.decode(), "html5lib")

    def one(self, selector: str) -> Tag:
        found = self._soup.select(selector)
        assert len(found) == 1, f"{selector}: {len(found)} found"
        return found[0]

    def all(self, selector: str) -> list[Tag]:
        return list(self._soup.select(selector))

    def text(self, selector: str = "body") -> str:
        """The words of all that is found, white space drawn together."""
        return " ".join(" ".join(tag.get_text(" ").split()) for tag in self.all(selector))

    def links(self, selector: str = "a") -> dict[str, str]:
        """Address to words, of every link found."""
        return {str(tag["href"]): " ".join(tag.get_text(" ").split()) for tag in self.all(selector)}
