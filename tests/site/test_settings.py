"""The settings are read in a process of their own: they depend on nothing but its environment."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz" + "!?",
    "ALLOWED_HOSTS": "portal.example",
}
READ = """
import json
from portal import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()},
                 default=str))
"""


def python(code: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env={**bare, "VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def read(folder: Path, **environment: str) -> dict[str, Any]:
    outcome = python(["-c", READ], folder, **environment)
    assert outcome.returncode == 0, outcome.stderr
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


def refusal(folder: Path, **environment: str) -> str:
    outcome = python(["-c", READ], folder, **environment)
    assert outcome.returncode != 0
    return outcome.stderr


def test_without_any_setting_the_site_is_closed_to_the_outside_and_shows_no_tracebacks(tmp_path):
    found = read(tmp_path)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "portal.sqlite3")
    assert found["MEDIA_ROOT"] == str(tmp_path / "media")


def test_the_embedded_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_sites_never_share_an_embedded_secret(tmp_path):
    one, other = read(tmp_path / "one"), read(tmp_path / "other")
    assert one["SECRET_KEY"] != other["SECRET_KEY"]


def test_an_embedded_secret_that_was_emptied_by_a_full_disk_is_not_used(tmp_path):
    (tmp_path / "secret-key").write_text("")
    assert "secret-key" in refusal(tmp_path)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    assert f"{missing} must be set" in refusal(tmp_path, **environment)
    assert not (tmp_path / "secret-key").exists()


def test_production_refuses_debug_pages(tmp_path):
    assert "DEBUG" in refusal(tmp_path, **PRODUCTION, DEBUG="true")


def test_a_misspelt_mode_is_refused_instead_of_taken_for_the_lax_one(tmp_path):
    assert "PORTAL_ENV" in refusal(tmp_path, PORTAL_ENV="prodution")


@pytest.mark.parametrize("url", ["mysql://root@127.0.0.1/portal", "portal"])
def test_a_database_that_the_portal_does_not_know_is_refused(url, tmp_path):
    assert "DATABASE_URL must begin with" in refusal(tmp_path, DATABASE_URL=url)


def test_sqlite_queues_writers_and_keeps_its_references(tmp_path):
    options = read(tmp_path)["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_postgresql_connections_are_pooled_unless_the_pool_is_switched_off(tmp_path):
    url = "postgres://editor:pass@db.example:5433/portal"
    pooled = read(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]
    assert pooled["ENGINE"] == "django.db.backends.postgresql"
    assert (pooled["HOST"], pooled["PORT"], pooled["NAME"]) == ("db.example", 5433, "portal")
    assert pooled["OPTIONS"]["pool"]["max_size"] == 8
    plain = read(tmp_path, DATABASE_URL=url, DATABASE_POOL_SIZE="0")["DATABASES"]["default"]
    assert "pool" not in plain["OPTIONS"]


def test_options_of_the_database_address_reach_the_driver(tmp_path):
    url = "postgres://db.example/portal?sslmode=require"
    database = read(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["OPTIONS"]["sslmode"] == "require"


def test_production_passes_every_deployment_check(tmp_path):
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    outcome = python(command, tmp_path, **PRODUCTION)
    assert outcome.returncode == 0, outcome.stderr
    assert "no issues" in outcome.stdout


def test_production_sends_cookies_over_https_only(tmp_path):
    found = read(tmp_path, **PRODUCTION)
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000


def test_a_forwarded_protocol_is_believed_only_behind_a_proxy(tmp_path):
    assert "SECURE_PROXY_SSL_HEADER" not in read(tmp_path, **PRODUCTION)
    behind = read(tmp_path, **PRODUCTION, BEHIND_PROXY="true")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_nothing_inline_and_nothing_foreign_may_run():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert not any("data:" in directives.get(name, []) for name in ("default-src", "script-src"))


def test_every_setting_from_the_environment_is_in_the_operators_handbook():
    source = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
    handbook = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    read_names = set(re.findall(r"(?:env\.\w+|_required)\(\s*\"([A-Z_]+)\"", source))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", handbook, re.MULTILINE))
    assert read_names
    assert read_names == documented
