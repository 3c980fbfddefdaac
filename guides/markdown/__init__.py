"""Markdown in, safe HTML, contents, plain text and faults out; and the document form of a guide.

Knows no models: whoever calls says which guides, sources and images there are.
"""

from guides.markdown.aligning import Pieces
from guides.markdown.comparing import (
    BlockChange,
    Comparison,
    FieldChange,
    PartChange,
    compare,
)
from guides.markdown.document import DocumentError, GuideDocument, from_document, to_document
from guides.markdown.faults import Fault, fault
from guides.markdown.keys import step_texts, with_step_keys
from guides.markdown.limits import SIZE as MAX_BODY
from guides.markdown.links import image_names, link_guides, linked_slugs
from guides.markdown.readable import Names
from guides.markdown.render import render
from guides.markdown.routes import Route, routes
from guides.markdown.terms import GuideLink, GuideRef, Rendered, SourceRef
from guides.markdown.titles import title_html

__all__ = [
    "MAX_BODY",
    "BlockChange",
    "Comparison",
    "DocumentError",
    "Fault",
    "FieldChange",
    "GuideDocument",
    "GuideLink",
    "GuideRef",
    "Names",
    "PartChange",
    "Pieces",
    "Rendered",
    "Route",
    "SourceRef",
    "compare",
    "fault",
    "from_document",
    "image_names",
    "link_guides",
    "linked_slugs",
    "render",
    "routes",
    "step_texts",
    "title_html",
    "to_document",
    "with_step_keys",
]
