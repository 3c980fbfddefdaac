"""Deleting a guide is retiring it: no way leads to its rows being gone."""

from itertools import product

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.urls import reverse

from guides import publishing
from guides.models import CaseStudy, Guide, Procedure, Revision, RiskNote
from guides.models.revision import PublishedRevisionIsFrozen
from tests.factories import make_case, make_procedure, make_risk

pytestmark = pytest.mark.django_db
KINDS = {Procedure: make_procedure, RiskNote: make_risk, CaseStudy: make_case}


@pytest.mark.parametrize(("model", "live"), list(product(KINDS, [True, False])))
def test_not_even_a_superuser_deletes_a_guide_in_the_admin(admin_client, model, live):
    guide, name = KINDS[model](live=live), model._meta.model_name
    delete = reverse(f"admin:guides_{name}_delete", args=[guide.pk])
    everything = reverse(f"admin:guides_{name}_changelist")
    chosen = {"action": "delete_selected", "_selected_action": guide.pk, "post": "yes"}
    assert admin_client.get(delete).status_code == 403
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    admin_client.post(everything, chosen)
    assert model.objects.filter(pk=guide.pk).exists()
    assert delete not in admin_client.get(everything).content.decode()


@pytest.mark.parametrize("model", [*KINDS, Revision])
def test_no_list_of_guides_or_versions_offers_to_delete(model):
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    registered = admin.site._registry[model]
    assert not registered.get_actions(request)
    assert not registered.has_delete_permission(request)


@pytest.mark.parametrize("make", list(KINDS.values()))
def test_the_database_keeps_a_guide_that_has_a_version(make):
    guide = make()
    with pytest.raises(ProtectedError):
        guide.delete()
    with pytest.raises(ProtectedError):
        Guide.objects.filter(pk=guide.pk).delete()
    with pytest.raises(PublishedRevisionIsFrozen):
        guide.revisions.all().delete()


def test_a_retired_guide_comes_back_at_all_its_addresses(client):
    guide = make_procedure()
    addresses = [
        guide.get_absolute_url(),
        guide.get_markdown_url(),
        f"{guide.get_absolute_url()}v1/",
        f"{guide.get_absolute_url()}history/",
    ]
    before = [client.get(address).status_code for address in addresses]
    publishing.retire(guide, None, successor=make_procedure("successor"))
    retired = client.get(addresses[0])
    assert retired.status_code == 410
    assert "/procedures/successor/" in retired.content.decode()
    publishing.reinstate(guide, None)
    assert [client.get(address).status_code for address in addresses] == before == [200] * 4
