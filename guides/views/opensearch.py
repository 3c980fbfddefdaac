"""Lets a browser search the portal from its own address bar (OpenSearch 1.1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.views.suggestions import SUGGESTIONS_TYPE

DESCRIPTION_TYPE = "application/opensearchdescription+xml"


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Names in the reader's language, addresses with the host that the reader asked."""
    context = {
        "description_type": DESCRIPTION_TYPE,
        "suggestions_type": SUGGESTIONS_TYPE,
        "icon": request.build_absolute_uri(static("img/favicon.svg")),
        **{
            name: request.build_absolute_uri(reverse(name))
            for name in ("opensearch", "search", "suggestions_json")
        },
    }
    content_type = f"{DESCRIPTION_TYPE}; charset=utf-8"
    return render(request, "guides/opensearch.xml", context, content_type=content_type)
