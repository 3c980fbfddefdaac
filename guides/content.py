"""The finished form of a guide's text: what `Revision.content` holds and templates show."""

from collections.abc import Iterable
from typing import Any

from guides import search
from guides.markdown import (
    Fault,
    GuideDocument,
    GuideRef,
    Rendered,
    SourceRef,
    image_names,
    linked_slugs,
    render,
)
from guides.models import Claim, Guide, Image, SlugHistory, Source

SCHEMA = 1
Content = dict[str, Any]


def build(document: GuideDocument) -> tuple[Content, list[Fault]]:
    """Renders a document once; the faults tell what keeps it from being published."""
    rendered = render_body(document.body, kind=document.kind, language=document.language)
    sources = _sources(rendered)
    content = {
        "schema": SCHEMA,
        "title": document.title,
        "title_words": search.words(document.title),
        "summary": document.summary,
        "aliases": document.aliases,
        "facts": document.facts,
        "lead": rendered.lead,
        "sections": rendered.sections,
        "contents": rendered.contents,
        "sources": sources,
        "claims": _claims(document.claims),
        "fictional": bool(sources) and all(source["fictional"] for source in sources),
        "linked": rendered.linked,
        "images": rendered.images,
        "headings": rendered.headings,
        "plain": rendered.plain,
    }
    return content, rendered.faults


def render_body(body: str, *, kind: str, language: str) -> Rendered:
    """The one renderer, for preview and page alike, with the portal's own names looked up."""
    return render(
        body,
        kind=kind,
        guides=_guides_named(linked_slugs(body), language),
        sources={source.code: SourceRef(source.code, source.label) for source in _all_sources()},
        images=set(Image.objects.filter(name__in=image_names(body)).values_list("name", flat=True)),
    )


def _all_sources() -> Iterable[Source]:
    return Source.objects.defer("text")


def _guides_named(slugs: Iterable[str], language: str) -> dict[str, GuideRef]:
    """Present and former slugs alike: a text may still use the name a guide had."""
    wanted = set(slugs)
    former = SlugHistory.objects.filter(language=language, slug__in=wanted).select_related("guide")
    refs = {old.slug: GuideRef(old.guide.code, old.guide.title) for old in former}
    for guide in Guide.objects.filter(language=language, slug__in=wanted):
        refs[guide.slug] = GuideRef(guide.code, guide.title)
    return refs


def _sources(rendered: Rendered) -> list[dict[str, Any]]:
    """The cited sources as they are today, frozen with the version, in order of their labels."""
    steps = [step for section in rendered.sections for step in section["steps"]]
    return [
        {
            "code": source.code,
            "label": source.label,
            "title": source.title,
            "publisher": source.publisher,
            "accessed": source.accessed_on.isoformat(),
            "reliability": source.reliability,
            "disclaimer": source.disclaimer,
            "url": source.url,
            "fictional": source.fictional,
            "steps": [step["number"] for step in steps if source.code in step["cites"]],
        }
        for source in Source.objects.defer("text").filter(code__in=rendered.cited)
    ]


def _claims(slugs: list[str]) -> list[dict[str, Any]]:
    claims = Claim.objects.filter(slug__in=slugs).prefetch_related("positions__source")
    return [
        {
            "slug": claim.slug,
            "question": claim.question,
            "wording": claim.wording,
            "positions": [
                {
                    "source": position.source.code,
                    "label": position.source.label,
                    "statement": position.statement,
                }
                for position in claim.positions.all()
            ],
        }
        for claim in claims
    ]
