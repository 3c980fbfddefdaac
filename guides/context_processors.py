"""What every page needs: its language, the other language's address, and how it is displayed."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, override

THEMES = ("light", "dark")
SIZES = ("large",)

_OF_A_GUIDE = ("_list", "", "_version", "_history", "_comparison")
SECTIONS = {
    **{
        kind: tuple(f"{kind}{page}" for page in _OF_A_GUIDE)
        for kind in ("procedure", "risk", "case")
    },
    "products": ("product_list", "product", "cell", "task", "tag_list", "tag"),
}
SECTION_OF = {name: section for section, names in SECTIONS.items() for name in names}


@dataclass(frozen=True)
class OtherLanguage:
    code: str
    name: str
    url: str


class Interface:
    """The frame around a page, worked out only as far as the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def theme(self) -> str:
        return _one_of(THEMES, self._request.COOKIES.get("theme"))

    @property
    def size(self) -> str:
        return _one_of(SIZES, self._request.COOKIES.get("size"))

    @cached_property
    def section(self) -> str:
        """Which entry of the main navigation this page stands under, if any."""
        match = self._request.resolver_match
        return SECTION_OF.get(match.url_name or "", "") if match else ""

    @cached_property
    def other_languages(self) -> list[OtherLanguage]:
        return [
            OtherLanguage(code, name, self._same_page_in(code))
            for code, name in settings.LANGUAGES
            if code != self.language
        ]

    def _same_page_in(self, language: str) -> str:
        here = self._request.get_full_path()
        if self._request.resolver_match:
            there = translate_url(here, language)
            if there != here:
                return there
        with override(language):
            return reverse("home")


def _one_of(allowed: tuple[str, ...], value: str | None) -> str:
    """A cookie is a reader's own text: only what we once wrote into it is taken."""
    return value if value in allowed else ""


def interface(request: HttpRequest) -> dict[str, Interface]:
    return {"interface": Interface(request)}
