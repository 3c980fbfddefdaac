"""A typed body drawn as the reader's page draws it, with the faults an editor has to mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guides.checks import check
from guides.content import render_body
from guides.markdown import (
    Fault,
    GuideDocument,
    GuideLink,
    Rendered,
    from_document,
    link_guides,
    with_step_keys,
)
from guides.models import Guide, Revision
from guides.working_copy import KINDS

# Attentive reading; skimming is about twice as fast.
CHARACTERS_A_MINUTE = 300
FIELD_NAMES = {
    field.name: field.verbose_name for model in KINDS.values() for field in model._meta.fields
}


@dataclass(frozen=True)
class Drawn:
    """`page` is what the template of the body needs, `keys` are those of its steps."""

    page: dict[str, Any]
    panel: str
    errors: int
    outline: str = ""

    @property
    def html(self) -> str:
        return render_to_string("admin/guides/_preview.html", self.page)

    @property
    def keys(self) -> list[str]:
        return [step["key"] for part in self.page["sections"] for step in part["steps"]]

    def with_threads(
        self,
        threads: Mapping[str, Any],
        request: HttpRequest,
        *,
        told: Mapping[str, Any],
        **more: Any,
    ) -> str:
        """The body with what colleagues and readers say about each step below it.

        `more` is what threads need.
        """
        sections = [_threaded(part, threads, told) for part in self.page["sections"]]
        shown = {**self.page, **more, "sections": sections, "discussed": True}
        return render_to_string("admin/guides/_preview.html", shown, request)


def _threaded(
    part: dict[str, Any], threads: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, Any]:
    steps = [
        {**step, "thread": threads.get(step["key"]), "told": told.get(step["key"])}
        for step in part["steps"]
    ]
    return {**part, "steps": steps}


def draw(document: GuideDocument, live: Revision | None = None, *, editable: bool = True) -> Drawn:
    """A text as it would be published after `live`, the version that readers have.

    Steps get the keys that saving would give them, so that only real faults are told.
    """
    kind, empty = document.kind, not document.body.strip()
    document = replace(document, body=with_step_keys(document.body, kind=kind))
    rendered = render_body(document.body, kind=kind, language=document.language)
    checked = check(document, from_document(live.document) if live else None)
    faults = sorted([*checked, *rendered.faults], key=lambda fault: fault.line)
    told = panel(faults, empty=empty, editable=editable)
    return Drawn(_page(rendered), told, len(errors_of(faults)), outline(rendered))


def outline(rendered: Rendered) -> str:
    """Sections and numbered steps with their lines, and how long the text takes to read."""
    count = len("".join(rendered.plain.split()))
    shown = {
        "places": rendered.places,
        "count": count,
        "minutes": -(-count // CHARACTERS_A_MINUTE),
    }
    return render_to_string("admin/guides/_outline.html", shown)


def typed(values: Mapping[str, Any], *, kind: str, language: str) -> GuideDocument:
    """What somebody is writing, of which nothing is stored yet."""
    title, summary, aliases, body = (
        str(values.get(name) or "") for name in ("title", "summary", "aliases", "body")
    )
    return GuideDocument(
        kind=kind,
        slug="",
        language=language,
        title=title,
        summary=summary,
        aliases=aliases.splitlines(),
        body=body,
    )


def panel(faults: Iterable[Fault], *, empty: bool = False, editable: bool = True) -> str:
    """What is wrong and, where the text can be mended on the same page, links to the places."""
    faults = list(faults)
    shown = {
        "faults": [(fault, FIELD_NAMES.get(fault.field, "")) for fault in faults],
        "errors": len(errors_of(faults)),
        "empty": empty,
        "editable": editable,
    }
    return render_to_string("admin/guides/_faults.html", shown)


def errors_of(faults: Iterable[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity == "error"]


def guide_links(codes: Iterable[str]) -> dict[str, GuideLink]:
    """Editors see the titles of all guides, published or not."""
    named = Guide.objects.filter(code__in=list(codes))
    return {guide.code: GuideLink(guide.get_absolute_url(), guide.title) for guide in named}


def _page(rendered: Rendered) -> dict[str, Any]:
    links = guide_links(rendered.linked)

    def linked(part: dict[str, Any]) -> dict[str, Any]:
        steps = [linked(step) for step in part.get("steps", ())]
        return {**part, "html": SafeString(link_guides(part["html"], links)), "steps": steps}

    return {
        "lead": SafeString(link_guides(rendered.lead, links)),
        "sections": [linked(section) for section in rendered.sections],
    }
