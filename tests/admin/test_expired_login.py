"""A form that cannot be taken comes back with everything that was typed, to be sent again."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from guides import publishing
from guides.admin.editor import change_url
from guides.models import Procedure
from tests.admin.pages import fields, opened, soup
from tests.admin.people import EDITOR, person
from tests.factories import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make_procedure()


@pytest.fixture
def editor():
    """A browser that checks tokens, as real ones do."""
    person(EDITOR)
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    return client


def sign_in(client):
    page = soup(client.get(reverse("admin:login")))
    token = page.select_one("[name=csrfmiddlewaretoken]")["value"]
    typed = {"username": EDITOR, "password": "secret", "csrfmiddlewaretoken": token}
    assert client.post(reverse("admin:login"), typed).status_code == 302


def expire(client):
    """The session ends on the server; the browser knows nothing of it."""
    del client.cookies["sessionid"]


def typed_by(client, guide):
    form = opened(client, guide)
    body = form["body"][0].replace("再点", "再轻轻点")
    return form | {"title": "登录过期前写的", "body": body, "_save": "1"}


def kept(response):
    return fields(soup(response).select_one("form.kept"))


def test_a_save_after_the_login_expired_keeps_all_and_is_sent_again_after_signing_in(guide, editor):
    typed = typed_by(editor, guide)
    expire(editor)
    answer = editor.post(change_url(guide), typed)
    assert answer.status_code == 403
    assert "登录已过期" in soup(answer).select_one("[role=alert]").text
    sign_in(editor)
    again = editor.post(change_url(guide), kept(answer))
    assert "再按一次" in soup(again).select_one("[role=alert]").text
    assert editor.post(change_url(guide), kept(again)).status_code == 302
    row = Procedure.objects.get(pk=guide.pk)
    assert row.title == "登录过期前写的"
    assert "再轻轻点" in row.body


def test_a_form_opened_before_signing_in_anew_loses_nothing(guide, editor):
    typed = typed_by(editor, guide)
    expire(editor)
    sign_in(editor)
    answer = editor.post(change_url(guide), typed)
    assert answer.status_code == 403
    assert editor.post(change_url(guide), kept(answer)).status_code == 302
    assert Procedure.objects.get(pk=guide.pk).title == "登录过期前写的"


def test_every_field_comes_back_and_long_texts_can_be_read(guide, editor):
    typed = typed_by(editor, guide)
    expire(editor)
    page = editor.post(change_url(guide), typed)
    again = kept(page)
    for name in typed.keys() - {"csrfmiddlewaretoken"}:
        wanted = typed[name] if isinstance(typed[name], list) else [typed[name]]
        assert [each.strip() for each in again[name]] == [each.strip() for each in wanted], name
    assert "再轻轻点" in soup(page).select_one("textarea").text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_comment_of_a_review_is_kept_as_well(guide, editor):
    publishing.save_draft(guide, None)
    address = reverse("admin:guides_procedure_review", args=[guide.pk])
    typed = {"act": "comment", "text": "第一行\n第二行", "revision": "1"}
    answer = Client().post(address, typed)
    assert kept(answer)["text"] == ["第一行\n第二行"]


def test_who_typed_nothing_is_sent_to_the_login_as_ever(guide):
    answer = Client().post(change_url(guide), {})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_another_site_cannot_have_its_text_shown_here(guide):
    for name in ("Origin", "Referer"):
        answer = Client().post(
            change_url(guide), {"title": "外面写的"}, headers={name: "https://other.example"}
        )
        assert answer.status_code == 302
        strict = Client(enforce_csrf_checks=True)
        refused = strict.post(
            change_url(guide), {"title": "外面写的"}, headers={name: "https://other.example"}
        )
        assert "外面写的" not in refused.content.decode()


def test_no_password_is_ever_written_into_a_page(client):
    user = User.objects.create_user("clerk")
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    answer = client.post(address, {"password1": "sehr-geheim-1", "password2": "sehr-geheim-1"})
    assert "sehr-geheim-1" not in answer.content.decode()


def test_what_was_typed_is_text_and_nothing_else(guide):
    answer = Client().post(
        change_url(guide), {"title": '"><script>x</script>', "body": "</textarea>"}
    )
    page = soup(answer)
    assert not page.select("script")
    assert kept(answer)["title"] == ['"><script>x</script>']


@pytest.mark.parametrize("broken", [OperationalError, ImproperlyConfigured])
def test_a_failed_save_says_so_and_keeps_the_text(guide, editor, monkeypatch, broken):
    def fail(*_rest, **_more):
        raise broken("disk full")

    typed = typed_by(editor, guide)
    editor.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "save_draft", fail)
        answer = editor.post(change_url(guide), typed)
    assert answer.status_code == 500
    assert "没有保存" in soup(answer).select_one("[role=alert]").text
    assert editor.post(change_url(guide), kept(answer)).status_code == 302
    assert Procedure.objects.get(pk=guide.pk).title == "登录过期前写的"


def test_the_script_of_an_open_page_gets_a_token_that_is_taken(guide, editor):
    typed = typed_by(editor, guide)
    expire(editor)
    sign_in(editor)
    token = editor.get(reverse("admin:form_token")).json()["token"]
    saved = editor.post(change_url(guide), typed | {"csrfmiddlewaretoken": token})
    assert saved.status_code == 302
