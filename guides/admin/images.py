"""The pictures in guides: to look at and to copy their address. They are sent in by the editor."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from guides.admin.evidence import links_to
from guides.models import Guide, Image


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin[Image]):
    list_display = ("picture", "name", "size", "uploaded_by", "created_at")
    list_display_links = ("name",)
    list_filter = ("created_at",)
    list_select_related = ("uploaded_by",)
    search_fields = ("name",)
    fields = ("picture", "markdown", "size", "used_in", "uploaded_by", "created_at")
    readonly_fields = fields
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A name keeps its picture for ever: browsers and printed copies rely on it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("图片"))
    def picture(self, image: Image) -> SafeString:
        return format_html(
            '<img class="thumb" src="{}" alt="" width="{}" height="{}" loading="lazy">',
            image.get_absolute_url(),
            image.width,
            image.height,
        )

    @admin.display(description=gettext_lazy("尺寸"))
    def size(self, image: Image) -> str:
        return f"{image.width}×{image.height}"

    @admin.display(description=gettext_lazy("写进正文"))
    def markdown(self, image: Image) -> SafeString:
        return format_html("<code>![]({})</code>", image.get_absolute_url())

    @admin.display(description=gettext_lazy("用在哪些指南"))
    def used_in(self, image: Image) -> str:
        return links_to(Guide.objects.filter(body__contains=image.name).order_by("title"))
