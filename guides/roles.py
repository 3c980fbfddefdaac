"""Who may do what: the three groups of the editors' admin and their permissions."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission

EDITING, REVIEWING, MANAGING = "编辑", "复核", "管理"

_GUIDES = ("procedure", "risknote", "casestudy")
_TAXONOMY = ("product", "task", "tag", "situation", "claim", "position")
_EVIDENCE = ("source", "verification")
_EVERYTHING = (*_GUIDES, *_TAXONOMY, *_EVIDENCE, "revision", "image", "question", "feedback")


def _may(verbs: str, models: Iterable[str]) -> set[tuple[str, str]]:
    return {("guides", f"{verb}_{model}") for model in models for verb in verbs.split()}


_VIEW = _may("view", _EVERYTHING)

PERMISSIONS: dict[str, set[tuple[str, str]]] = {
    EDITING: (
        _VIEW
        | _may("add change", (*_GUIDES, "source"))
        | _may("add", ["image"])
        | _may("change", ["question", "feedback"])
    ),
    REVIEWING: _VIEW | _may("publish retire", ["guide"]) | _may("add", ["verification"]),
    MANAGING: (
        _VIEW
        | _may("add change delete", (*_TAXONOMY, "source"))
        | _may("change", ["question"])
        | {("auth", f"{verb}_user") for verb in ("add", "change", "view")}
        | {("auth", "view_group")}
    ),
}
ROLES = tuple(PERMISSIONS)


def ensure_groups() -> dict[str, Group]:
    """Makes the groups, or brings them back to the rights written here; safe to repeat."""
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    groups = {}
    for role, rights in PERMISSIONS.items():
        groups[role], _created = Group.objects.get_or_create(name=role)
        groups[role].permissions.set(known[right] for right in rights)
    return groups
