"""What every test stands on: quick settings, files kept out of the working copy, and a plain
word at the end about anything that was not tested."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

pytest_plugins = ["tests.live.fixtures"]

# No test asserts an absolute time: a busy machine must not fail what is right.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")

IN_CI = os.environ.get("CI", "") == "true"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Runs once, before anything reads them; single tests may change them again."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True, scope="session")
def _media_is_thrown_away() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder)
        yield


def _skips(reporter: pytest.TerminalReporter) -> dict[str, int]:
    counts: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("what was not tested")
    for reason, count in _skips(terminalreporter).items():
        terminalreporter.line(f"{count} tests were skipped: {reason}")
    if connection.vendor == "postgresql":
        terminalreporter.line("This run used PostgreSQL; SQLite has a run of its own.")
    elif "PORTAL_TEST_POSTGRES_URL" in os.environ:
        terminalreporter.line("This run used SQLite; PostgreSQL has a run of its own.")
    else:
        terminalreporter.line(
            "PostgreSQL: name a server to test on it as well, for example"
            " PORTAL_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1/portal make test"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Before a change is taken nothing may be left out: there a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
