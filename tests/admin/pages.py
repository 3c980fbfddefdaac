"""The admin's pages as a browser takes them: addresses, and what a form would send."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from guides.admin.editor import change_url
from guides.models import Guide

Fields = dict[str, Any]
BUTTONS = ("submit", "button", "file", "search")


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def add_url(kind: str = "procedure") -> str:
    return reverse(f"admin:guides_{kind}_add")


def opened(client: Client, guide: Guide | None = None, kind: str = "procedure") -> Fields:
    """Opens the editor page and takes its form as it stands."""
    response = client.get(change_url(guide) if guide else add_url(kind))
    assert response.status_code == 200
    return fields(soup(response).select_one("form[data-editing]"))


def fields(form: Tag | None) -> Fields:
    assert form is not None
    found: Fields = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        values = _values(field)
        if values:
            found.setdefault(str(field["name"]), []).extend(values)
    return found


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        return [str(option["value"]) for option in field.select("option[selected]")]
    if field["type"] in BUTTONS:
        return []
    if field["type"] in ("checkbox", "radio"):
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [str(field.get("value", ""))]


def errors(response: Any) -> str:
    """What the page says about a save it refused."""
    return " ".join(
        part.get_text(" ", strip=True) for part in soup(response).select(".told, .errorlist")
    )
