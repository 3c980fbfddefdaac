"""Markdown in, safe HTML, contents, plain text and faults out; and the document form of a guide.

Knows no models: whoever calls says which guides, sources and images there are.
"""

from guides.markdown.aligning import Effort, Pieces, compare_words
from guides.markdown.comparing import (
    BlockChange,
    Comparison,
    FieldChange,
    PartChange,
    compare,
)
from guides.markdown.document import DocumentError, GuideDocument, from_document, to_document
from guides.markdown.faults import Fault, fault
from guides.markdown.keys import step_texts, with_step_keys, without_keys
from guides.markdown.limits import SIZE as MAX_BODY
from guides.markdown.links import image_names, link_guides, linked_slugs
from guides.markdown.merging import (
    CONFLICT,
    Choice,
    MergedPart,
    joined,
    merge_bodies,
    merged_list,
    merged_value,
)
from guides.markdown.readable import Names
from guides.markdown.render import render
from guides.markdown.routes import Route, routes
from guides.markdown.terms import GuideLink, GuideRef, Rendered, SourceRef
from guides.markdown.titles import title_html

__all__ = [
    "CONFLICT",
    "MAX_BODY",
    "BlockChange",
    "Choice",
    "Comparison",
    "DocumentError",
    "Effort",
    "Fault",
    "FieldChange",
    "GuideDocument",
    "GuideLink",
    "GuideRef",
    "MergedPart",
    "Names",
    "PartChange",
    "Pieces",
    "Rendered",
    "Route",
    "SourceRef",
    "compare",
    "compare_words",
    "fault",
    "from_document",
    "image_names",
    "joined",
    "link_guides",
    "linked_slugs",
    "merge_bodies",
    "merged_list",
    "merged_value",
    "render",
    "routes",
    "step_texts",
    "title_html",
    "to_document",
    "with_step_keys",
    "without_keys",
]
