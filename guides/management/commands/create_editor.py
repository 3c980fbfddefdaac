"""Creates a staff account for the editors' admin, or gives an existing one other roles."""

import secrets
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from guides import roles


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--role",
            action="append",
            choices=roles.ROLES,
            help="may be given several times; without it all roles; nobody approves their own text",
        )
        parser.add_argument("--password", help="without it a new account gets a random one")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        name, password = options["name"], options["password"]
        user = User.objects.filter(username=name).first()
        if user is None:
            user, password = User(username=name), password or secrets.token_urlsafe(12)
        user.is_staff = user.is_active = True
        _set_password(user, password)
        user.save()
        self._give(user, options["role"] or roles.ROLES)
        if settings.REVIEW_REQUIRED:
            self.stdout.write(
                _("没有人能批准自己写的：再建一个账号来复核，或设REVIEW_REQUIRED=off。")
            )
        if password and not options["password"]:
            self.stdout.write(_("密码（只显示这一次）：%s") % password)

    def _give(self, user: User, names: Iterable[str]) -> None:
        """The roles are set as given; groups for other purposes stay."""
        groups = roles.ensure_groups()
        user.groups.remove(*groups.values())
        user.groups.add(*(groups[name] for name in names))
        given = {"name": user.username, "roles": "、".join(names)}
        self.stdout.write(
            self.style.SUCCESS(_("账号%(name)s可以登录后台，角色：%(roles)s。") % given)
        )


def _set_password(user: User, password: str | None) -> None:
    """Checks the whole account; an existing one keeps its password where none is given."""
    try:
        user.full_clean(exclude=["password"])
        if password:
            validate_password(password, user)
            user.set_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
