"""Who may see what: every reader against every kind of guide."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from guides import publishing
from guides.models import Guide
from tests.factories import make_group, make_procedure, make_user

pytestmark = pytest.mark.django_db

READERS = ("anonymous", "signed in", "member", "member of another group", "superuser")
ALLOWED = {
    "public": set(READERS),
    "signed-in": set(READERS) - {"anonymous"},
    "groups": {"member", "superuser"},
}


@pytest.fixture
def readers() -> dict[str, User | AnonymousUser]:
    people = {name: make_user(name.replace(" ", "-")) for name in READERS[1:]}
    User.objects.filter(username="superuser").update(is_superuser=True)
    make_group("财务", people["member"])
    make_group("法务", people["member of another group"])
    fresh = {name: User.objects.get(pk=user.pk) for name, user in people.items()}
    return {"anonymous": AnonymousUser(), **fresh}


def _guide(visibility: str, state: str) -> Guide:
    group = [_finance()] if visibility == "groups" else []
    guide = make_procedure(visibility=visibility, live=state != "draft", groups=group)
    if state == "retired":
        publishing.retire(guide, None)
    return guide


def _finance():
    return Group.objects.get(name="财务")


def test_every_reader_sees_exactly_what_the_rule_allows(readers):
    for visibility, state in itertools.product(ALLOWED, ("draft", "live", "retired")):
        guide = _guide(visibility, state)
        for name, reader in readers.items():
            seen = Guide.objects.visible_to(reader).filter(pk=guide.pk).count()
            allowed = state == "live" and name in ALLOWED[visibility]
            assert seen == int(allowed), (visibility, state, name)


def test_retired_guides_are_seen_on_request_by_those_who_could_see_them_live(readers):
    for visibility, allowed in ALLOWED.items():
        guide = _guide(visibility, "retired")
        for name, reader in readers.items():
            seen = Guide.objects.visible_to(reader, retired=True).filter(pk=guide.pk).count()
            assert seen == int(name in allowed), (visibility, name)


def test_a_member_of_two_allowed_groups_sees_a_guide_once(readers):
    member = readers["member"]
    second = make_group("审计", member)
    guide = make_procedure(visibility="groups", groups=[_finance(), second])
    assert Guide.objects.visible_to(member).filter(pk=guide.pk).count() == 1


def test_a_superuser_who_was_deactivated_sees_no_more_than_others(readers):
    boss = readers["superuser"]
    boss.is_active = False
    guide = make_procedure(visibility="groups", groups=[_finance()])
    assert not Guide.objects.visible_to(boss).filter(pk=guide.pk).exists()
