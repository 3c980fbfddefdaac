"""QR codes as plain SVG paths: no image request, no inline style."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def qr_code(text: str) -> SafeString:
    """An <svg> of the text. Kept, because the same few addresses are drawn again and again."""
    drawing = segno.make(text, error="m", micro=False)
    svg = drawing.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=3)
    return SafeString(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
