from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("指南")

    def ready(self) -> None:
        """Its checks look at models, which exist only now."""
        autodiscover_modules("startup_checks")


class EditorsAdminConfig(AdminConfig):
    """Django's admin with our site in its place."""

    default_site = "guides.admin.site.editors_site"
