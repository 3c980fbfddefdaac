"""From a body to everything a page, the search and the checks need of it."""

from collections.abc import Container, Mapping
from typing import Any

from django.utils.translation import override

from guides.markdown import inspection, lists, outline, paths, plain, steps, structure, tables
from guides.markdown.inline import TooComplex
from guides.markdown.limits import SIZE
from guides.markdown.outline import Part
from guides.markdown.parser import parse, write
from guides.markdown.register import Register
from guides.markdown.safety import clean
from guides.markdown.terms import GuideRef, Place, Rendered, SourceRef
from guides.markdown.tokens import Tokens, make


def render(
    body: str,
    *,
    kind: str,
    guides: Mapping[str, GuideRef],
    sources: Mapping[str, SourceRef],
    images: Container[str] = (),
    language: str = "zh-hans",
) -> Rendered:
    """Render a body once, for preview and page alike. The words we add are in its language."""
    register = Register(guides, sources, images)
    if len(body) > SIZE:
        register.report(1, "too-long", count=len(body), limit=SIZE)
        return Rendered(faults=register.faults)
    with override(language):
        try:
            return _render(body, kind, register)
        except TooComplex as limit:
            register.report(limit.line, "too-complex")
            return Rendered(faults=register.faults)


def _render(body: str, kind: str, register: Register) -> Rendered:
    tokens = _read(body, register)
    parts = outline.build(tokens, kind)
    structure.check(tokens, parts, kind, register)
    steps.check(parts, register)
    steps.check_stops(tokens, register)
    steps.check_sides(tokens, register)
    structure.check_anchors(structure.give_anchors(tokens), register)
    sections = [_section(part) for part in parts.sections]
    return Rendered(
        lead=clean(write(parts.lead)),
        sections=sections,
        contents=[_entry(section) for section in sections],
        cited=list(register.cited),
        linked=list(register.linked),
        images=list(register.images),
        plain=plain.text(tokens),
        headings=[plain.line(name) for _, name in outline.headings(tokens)],
        places=[Place(part.line, part.title, part.number) for part in parts.parts],
        faults=sorted(register.faults, key=lambda fault: fault.line),
    )


def _read(body: str, register: Register) -> Tokens:
    tokens, env = parse(body)
    for label, definition in env.get("references", {}).items():
        if label.startswith("^"):
            register.report(definition["map"][0] + 1, "footnote-definition", label=label.lower())
    inspection.inspect(tokens, register)
    lists.dress(tokens, register)
    tables.dress(tokens)
    return paths.set_side_by_side(tokens)


def _section(part: Part) -> dict[str, Any]:
    return {
        "id": part.heading.attrs["id"],
        "title": part.title,
        "kind": "steps" if part.is_steps else "text",
        "html": _html(part),
        "plain": plain.text(part.tokens),
        "steps": [steps.facts(step) | {"html": _html(step)} for step in part.steps],
    }


def _html(part: Part) -> str:
    cited = [child for child in part.name.children or () if child.type == "citation"]
    if not cited:
        return clean(write(part.tokens))
    # The template prints the title as bare text, so what it cites comes first below it.
    first = make("inline", content="", children=cited)
    frame = make("paragraph_open", "p", 1), first, make("paragraph_close", "p", -1)
    return clean(write([*frame, *part.tokens]))


def _entry(section: dict[str, Any]) -> dict[str, Any]:
    children = [
        {
            "id": f"s-{step['key'] or step['number']}",
            "number": step["number"],
            "title": step["title"],
        }
        for step in section["steps"]
    ]
    return {"id": section["id"], "title": section["title"], "children": children}
