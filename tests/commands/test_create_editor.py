"""`manage.py create_editor`: the first account of a portal, and every one after it."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from guides.roles import ROLES

pytestmark = pytest.mark.django_db


def roles_of(name: str) -> set[str]:
    return set(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_a_new_account_gets_every_role_and_a_password_shown_once(client, capsys):
    call_command("create_editor", "lin")
    told = capsys.readouterr().out
    password = told.strip().splitlines()[-1].rpartition("：")[2]
    assert client.login(username="lin", password=password)
    assert roles_of("lin") == set(ROLES)
    assert client.get("/admin/").status_code == 200


def test_a_second_account_is_asked_for_unless_a_team_of_one_publishes_alone(capsys, settings):
    call_command("create_editor", "lin")
    assert "再建一个账号" in capsys.readouterr().out
    settings.REVIEW_REQUIRED = False
    call_command("create_editor", "mei")
    assert "再建一个账号" not in capsys.readouterr().out


def test_named_roles_are_all_an_account_gets(capsys):
    call_command("create_editor", "lin", "--role", "编辑", "--role", "复核")
    assert roles_of("lin") == {"编辑", "复核"}
    assert not User.objects.get().is_superuser


def test_a_given_password_is_taken_and_not_repeated(client, capsys):
    call_command("create_editor", "lin", "--password", "many-words-make-safe")
    assert "many-words" not in capsys.readouterr().out
    assert client.login(username="lin", password="many-words-make-safe")


def test_an_existing_account_changes_roles_and_keeps_password_and_other_groups(client):
    call_command("create_editor", "lin", "--role", "编辑", "--password", "many-words-make-safe")
    lin = User.objects.get()
    lin.groups.add(Group.objects.create(name="分公司"))
    User.objects.update(is_active=False)
    call_command("create_editor", "lin", "--role", "管理")
    assert roles_of("lin") == {"管理", "分公司"}
    assert client.login(username="lin", password="many-words-make-safe")


@pytest.mark.parametrize(
    "arguments", [("a b/c",), ("lin", "--password", "123"), ("lin", "--role", "老板"), ("",)]
)
def test_what_cannot_be_is_refused_and_leaves_nothing_behind(arguments):
    with pytest.raises(CommandError):
        call_command("create_editor", *arguments)
    assert not User.objects.exists()
