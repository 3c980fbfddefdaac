"""The three groups of the editors' admin, with their rights."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from guides.roles import PERMISSIONS


def make_groups(apps, schema_editor):
    """Rights that a later migration brings are given by `create_editor` when it runs next."""
    for label in ("guides", "auth"):
        _make_permissions(apps, apps.get_app_config(label))
    known = {
        (right.content_type.app_label, right.codename): right
        for right in apps.get_model("auth", "Permission").objects.select_related("content_type")
    }
    for role, rights in PERMISSIONS.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*(known[right] for right in rights if right in known))


def _make_permissions(apps, config):
    """Otherwise they are made only after the last migration."""
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0002_review"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
