"""`manage.py derive_verification`, and what is said at start where it is needed."""

import io

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import ProgrammingError
from django.utils import timezone

from guides import publishing
from guides.models import Guide
from guides.startup_checks import verification
from tests import factories as make

pytestmark = pytest.mark.django_db


def derive() -> str:
    out = io.StringIO()
    call_command("derive_verification", stdout=out)
    return out.getvalue()


@pytest.fixture
def guide():
    guide = make.make_procedure()
    make.walked(guide, make.make_user("zhou", "add_verification"))
    return guide


def test_a_portal_in_step_says_nothing_and_stays_as_it_is(guide):
    make.make_risk()
    assert verification(databases=["default"]) == []
    assert "更正0篇" in derive()
    assert Guide.objects.get(pk=guide.pk).verification.state == "device"


@pytest.mark.parametrize(
    "wrong", [{"verified_on_device": None}, {"steps_verified": 0}, {"steps_differing": 1}]
)
def test_what_was_written_past_the_portal_is_told_with_the_remedy_and_put_right(guide, wrong):
    Guide.objects.filter(pk=guide.pk).update(**wrong)
    (said,) = verification(databases=["default"])
    assert (said.id, said.level, said.hint) == (
        "guides.W002", checks.WARNING, "manage.py derive_verification",
    )  # fmt: skip
    assert "有1篇指南" in said.msg
    assert "更正1篇" in derive()
    assert Guide.objects.get(pk=guide.pk).verification.state == "device"
    assert verification(databases=["default"]) == []


def test_a_state_that_nobody_recorded_goes_away():
    guide = make.make_procedure()
    Guide.objects.filter(pk=guide.pk).update(verified_on=timezone.localdate())
    assert "更正1篇" in derive()
    assert Guide.objects.get(pk=guide.pk).verification.state == "unverified"


def test_the_database_is_asked_only_by_those_who_named_it(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert verification() == verification(databases=["other"]) == []


def test_columns_that_are_not_there_yet_stop_nobody(monkeypatch):
    def missing():
        raise ProgrammingError("no such column")

    monkeypatch.setattr(publishing, "underived", missing)
    assert verification(databases=["default"]) == []
