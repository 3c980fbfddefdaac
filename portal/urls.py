from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("guides.urls_unprefixed")),
    *i18n_patterns(path("", include("guides.urls")), prefix_default_language=False),
]

handler400 = "guides.views.errors.bad_request"
handler403 = "guides.views.errors.permission_denied"
handler404 = "guides.views.errors.page_not_found"
handler500 = "guides.views.errors.server_error"
