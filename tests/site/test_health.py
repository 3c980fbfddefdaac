import pytest
from django.db import OperationalError
from django.test import Client

from guides import reindexing, search
from portal import health
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_sound_portal_answers_ok(client: Client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "storage": "ok"},
        "notices": {"search index": "ok"},
    }


def test_the_answer_is_never_taken_from_a_cache(client: Client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_a_silent_database_is_named_without_giving_its_address_away(client, monkeypatch, caplog):
    def broken() -> str:
        raise OperationalError("connection to db.internal failed for user portal")

    monkeypatch.setitem(health.CHECKS, "database", (broken, health.CHECKS["database"][1]))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "failing"
    assert answer.json()["checks"]["database"] == "the database does not answer"
    assert "db.internal" not in answer.content.decode()
    assert "db.internal" in caplog.text


def test_migrations_that_were_forgotten_are_counted(client, monkeypatch):
    plan = [("first", False), ("second", False)]
    method = "portal.health.MigrationExecutor.migration_plan"
    monkeypatch.setattr(method, lambda executor, targets: plan)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "2 migrations are not applied"


def test_a_media_folder_that_cannot_be_written_is_reported(client, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["storage"] == "the media folder is not writable"
    assert str(tmp_path) not in answer.content.decode()


def test_a_search_index_that_differs_is_told_and_readers_are_served_on(client: Client):
    search.remove(make.make_procedure().pk)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    told = "1 guides missing, 0 too many, 0 out of date"
    assert answer.json()["notices"] == {"search index": told}


def test_a_search_index_that_cannot_be_read_is_told_without_the_reason(client, monkeypatch):
    def broken() -> None:
        raise OperationalError("disk at /var/lib is full")

    monkeypatch.setattr(reindexing, "differences", broken)
    answer = client.get("/healthz")
    assert answer.json()["notices"] == {"search index": "the search index cannot be read"}
    assert "disk" not in answer.content.decode()


def test_checking_leaves_nothing_behind(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.get("/healthz")
    assert list(tmp_path.iterdir()) == []


def test_a_health_check_over_plain_http_is_answered_where_pages_are_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/about/").status_code == 301


def test_only_reading_is_answered(client):
    assert client.post("/healthz").status_code == 405
