"""Addresses without a language: they are copied into chats and printed on paper."""

from django.urls import URLPattern, path, register_converter

from guides.views import images, permalink, preview


class CodeConverter:
    """The short code of a guide's permalink. Codes have five characters today and may grow."""

    regex = "[a-z0-9]{5,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StepKeyConverter(CodeConverter):
    regex = "[a-z][a-z0-9]{3,7}"


class ImageNameConverter(CodeConverter):
    """Lower-case and flat: nothing that could lead out of the folder."""

    regex = r"[a-z0-9-]{1,58}\.(?:webp|png)"


register_converter(CodeConverter, "code")
register_converter(StepKeyConverter, "step")
register_converter(ImageNameConverter, "image")

urlpatterns: list[URLPattern] = [
    path("p/<code:code>/", permalink.to_guide, name="permalink"),
    path("p/<code:code>/v<int:number>/", permalink.to_version, name="permalink_version"),
    path("p/<code:code>/s/<step:key>/", permalink.to_step, name="permalink_step"),
    path(
        "p/<code:code>/v<int:number>/s/<step:key>/",
        permalink.to_version_step,
        name="permalink_version_step",
    ),
    path("preview/<code:code>/", preview.draft, name="guide_preview"),
    path("media/images/<image:name>", images.image, name="image"),
]
