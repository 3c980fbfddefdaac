"""The people of the admin: one per role, each with a client that is signed in."""

from django.contrib.auth.models import User
from django.test import Client

from guides import roles

NOBODY, READER, STAFF = "nobody", "reader", "staff without rights"
EDITOR, REVIEWER, MANAGER = roles.EDITING, roles.REVIEWING, roles.MANAGING
EVERYBODY = (NOBODY, READER, STAFF, EDITOR, REVIEWER, MANAGER)


def person(*names: str) -> User:
    """An account with these roles."""
    user = User.objects.create_user("和".join(names), password="secret")
    user.is_staff = READER not in names
    user.save()
    groups = roles.ensure_groups()
    user.groups.set(groups[name] for name in names if name in groups)
    return user


def client_of(*names: str) -> Client:
    client = Client()
    if names != (NOBODY,):
        client.force_login(person(*names))
    return client
