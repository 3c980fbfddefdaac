"""/media/images/<name>: the pictures in guides, and nothing else below the media folder."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from guides.models import Image

TYPES = {"webp": "image/webp", "png": "image/png"}


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    picture = get_object_or_404(Image, name=name)
    try:
        file = picture.file.open()
    except FileNotFoundError as error:
        raise Http404(name) from error
    response = FileResponse(file, content_type=TYPES[name.rpartition(".")[2]])
    # A name keeps its first picture for ever, so browsers need not ask again.
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    # Were a file taken for a page after all, it could neither run nor load anything.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Pictures are compressed already: this keeps the gzip middleware from trying.
    response["Content-Encoding"] = "identity"
    return response
