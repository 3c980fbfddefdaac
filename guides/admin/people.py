"""Accounts and groups. Who manages accounts cannot raise them, or their own, to everything."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

POWERS = ("is_superuser", "user_permissions")

admin.site.unregister([User, Group])
admin.site.register(Group, GroupAdmin)


@admin.register(User)
class PeopleAdmin(UserAdmin[User]):
    actions = None
    filter_horizontal = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        known = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        return known if request.user.is_superuser else (*known, *POWERS)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A handful of groups is ticked; a two-column picker would only hide them."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changing a superuser's password would be becoming one."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are switched off: what they wrote and verified keeps its name."""
        return False
