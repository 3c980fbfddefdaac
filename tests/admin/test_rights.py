"""Who may do what in the admin: every address, for everybody."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from guides import roles
from guides.models import Claim, Image, Product, Source, Verification
from tests.admin.people import (
    EDITOR,
    EVERYBODY,
    MANAGER,
    NOBODY,
    READER,
    REVIEWER,
    STAFF,
    client_of,
    person,
)
from tests.factories import make_claim, make_procedure, make_product, make_source

pytestmark = pytest.mark.django_db

LOOK = {EDITOR, REVIEWER, MANAGER}
GUIDES = ("procedure", "risknote", "casestudy")
TAXONOMY = ("product", "task", "tag", "situation", "claim")

OTHERS = ("source", "verification", "revision", "image", "question", "feedback")

LISTS = {
    **{f"guides_{model}": LOOK for model in (*GUIDES, *TAXONOMY)},
    **{f"guides_{model}": LOOK for model in OTHERS},
    "auth_user": {MANAGER},
    "auth_group": {MANAGER},
}
ADDS = {
    **{f"guides_{model}": {EDITOR} for model in GUIDES},
    **{f"guides_{model}": {MANAGER} for model in TAXONOMY},
    "guides_source": {EDITOR, MANAGER},
    "guides_verification": set(),  # by walking through a version only
    "guides_revision": set(),
    "guides_image": set(),
    "guides_question": set(),
    "guides_feedback": set(),
    "auth_user": {MANAGER},
    "auth_group": set(),
}


def expected(name: str, allowed: set[str]) -> int:
    """Who is not staff is sent to the login; staff without the right is refused."""
    if name in (NOBODY, READER):
        return 302
    return 200 if name in allowed else 403


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_list_opens_for_those_who_may_look(name):
    client = client_of(name)
    for model, allowed in LISTS.items():
        address = reverse(f"admin:{model}_changelist")
        assert client.get(address).status_code == expected(name, allowed), address


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_form_for_something_new_opens_for_those_who_may_add(name):
    client = client_of(name)
    for model, allowed in ADDS.items():
        address = reverse(f"admin:{model}_add")
        assert client.get(address).status_code == expected(name, allowed), address


def test_the_two_lists_above_leave_nothing_out():
    registered = {
        f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry
    }
    assert registered == set(LISTS) == set(ADDS)


def actions() -> dict[str, tuple[Callable[[], str], set[str]]]:
    return {
        "retire": (lambda: address_of("procedure_retire"), {REVIEWER}),
        "publish": (lambda: address_of("procedure_publish"), {REVIEWER}),
        "reinstate": (lambda: address_of("procedure_reinstate"), {REVIEWER}),
        "review": (lambda: address_of("procedure_review"), LOOK),
        "links": (lambda: address_of("procedure_links"), LOOK),
        "restore": (restore_address, {EDITOR}),
        "preview": (lambda: reverse("admin:markdown_preview"), {EDITOR}),
        "upload": (lambda: reverse("admin:markdown_image"), {EDITOR}),
        "autosave": (lambda: reverse("admin:autosave"), {EDITOR}),
        "discard": (lambda: reverse("admin:autosave_discard"), {EDITOR}),
    }


def address_of(action: str) -> str:
    return reverse(f"admin:guides_{action}", args=[make_procedure().pk])


def restore_address() -> str:
    revision = make_procedure().revisions.get()
    return reverse("admin:guides_revision_restore", args=[revision.pk])


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("action", actions())
def test_nobody_exceeds_their_rights_by_posting(name, action):
    make, allowed = actions()[action]
    response = client_of(name).post(make(), {"kind": "procedure", "language": "zh-hans"})
    if name in allowed:
        assert response.status_code in (200, 302, 400)
    else:
        # Who is signed out gets back what was typed instead of an empty login page.
        scripts = ("preview", "upload", "autosave", "discard")
        is_told = action in scripts or name == NOBODY
        assert response.status_code == (403 if is_told else expected(name, set()))


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_draft_is_previewed_by_staff_who_may_look_and_by_nobody_else(name):
    guide = make_procedure(live=False)
    response = client_of(name).get(reverse("guide_preview", args=[guide.code]))
    wanted = {NOBODY: 302, READER: 404, STAFF: 404}
    assert response.status_code == wanted.get(name, 200)


@pytest.mark.parametrize("name", [READER, STAFF, EDITOR, REVIEWER, MANAGER])
def test_who_may_only_look_at_a_guide_gets_no_form(name):
    guide = make_procedure()
    client = client_of(name)
    address = reverse("admin:guides_procedure_change", args=[guide.pk])
    page = client.get(address)
    assert page.status_code == expected(name, LOOK)
    if page.status_code == 200:
        assert (b"data-editing" in page.content) == (name == EDITOR)
        assert (client.post(address, {"title": "x"}).status_code == 403) == (name != EDITOR)


def test_the_editors_widget_talks_to_our_views_and_markdownx_own_are_not_there(client, settings):
    assert reverse("admin:markdown_preview") == settings.MARKDOWNX_URLS_PATH
    assert reverse("admin:markdown_image") == settings.MARKDOWNX_UPLOAD_URLS_PATH
    for name in ("markdownx_upload", "markdownx_markdownify"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for address in ("/markdownx/upload/", "/markdownx/markdownify/"):
        assert client.post(address, {"content": "x"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["markdown_preview", "markdown_image", "autosave", "autosave_discard"]
)
def test_the_editors_scripts_want_the_forms_own_token_and_a_post(name):
    person(EDITOR)
    strict = client_of_strict()
    assert strict.post(reverse(f"admin:{name}"), {"content": "x"}).status_code == 403
    assert strict.get(reverse(f"admin:{name}")).status_code == 405


def client_of_strict() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username=EDITOR))
    return client


def test_a_manager_of_accounts_can_raise_nobody_to_everything():
    root = User.objects.create_superuser("root", password="secret")
    client, clerk = client_of(MANAGER), person(STAFF)
    address = reverse("admin:auth_user_change", args=[clerk.pk])
    form = {"username": "clerk", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    client.post(address, form | {"date_joined_0": "2026-01-01", "date_joined_1": "00:00"})
    clerk.refresh_from_db()
    assert (clerk.username, clerk.is_superuser) == ("clerk", False)
    for name in ("auth_user_change", "auth_user_password_change"):
        assert client.post(reverse(f"admin:{name}", args=[root.pk]), form).status_code == 403


def test_what_is_in_use_cannot_be_deleted():
    client = client_of(MANAGER)
    product, claim = make_product(), make_claim("direct", S1="可以")
    make_procedure(products=[product], claims=[claim])
    used = [product, Source.objects.get(code="S1")]
    for row in used:
        name = f"admin:guides_{row._meta.model_name}_delete"
        assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 403
    free, unread = make_product("huabei"), make_source("S9")
    for row in (free, unread):
        name = f"admin:guides_{row._meta.model_name}_delete"
        assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 302
    assert Product.objects.filter(slug="huabei").count() == Claim.objects.count() - 1 == 0


def test_images_and_verifications_stay_as_they_are(admin_client):
    guide = make_procedure()
    record = Verification.objects.create(
        revision=guide.revisions.get(),
        verifier=User.objects.get(),
        checked_on="2026-11-20",
        kind="sources",
    )
    image = Image.objects.create(name="a.webp", file="images/a.webp", width=1, height=1)
    for row in (record, image, guide.live):
        model = row._meta.model_name
        change = reverse(f"admin:guides_{model}_change", args=[row.pk])
        delete = reverse(f"admin:guides_{model}_delete", args=[row.pk])
        assert admin_client.get(change).status_code == 200
        assert admin_client.post(change, {"note": "anders"}).status_code == 403
        assert admin_client.post(delete, {"post": "yes"}).status_code == 403


def test_the_roles_can_be_made_again_and_come_back_to_what_is_written():
    editors = roles.ensure_groups()[EDITOR]
    before = set(editors.permissions.values_list("codename", flat=True))
    editors.permissions.clear()
    assert set(roles.ensure_groups()) == set(roles.ROLES)
    assert set(editors.permissions.values_list("codename", flat=True)) == before
    assert "add_procedure" in before
    assert not {"publish_guide", "add_verification", "change_user"} & before
