"""The portal as it is run for readers: the production server in a process of its own.

Tests of what a browser sees talk to it over the network only. So they share no transaction with
it, need no tables emptied after each test, and see the bundled files, compression and headers that
a reader gets. The sample content is loaded once; each portal is opened on a copy of that database.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.live.stores import Store

ROOT = Path(__file__).resolve().parents[2]
FURNISH = "from tests.live.furnish import furnish; furnish()"
# What a running site, or the test run itself, may have set and a portal of a test must not see.
NOT_INHERITED = (
    "ALLOWED_HOSTS", "DATABASE_POOL_SIZE", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", "HTTPS",
    "MEDIA_ROOT", "PORTAL_ENV",
)  # fmt: skip
SERVER = (
    "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1",
    "--blocking-threads", "4", "--log-level", "warning", "portal.wsgi:application",
)  # fmt: skip
PATIENCE = 60.0
# What went wrong in the portal itself; requests that are refused are logged as errors, too.
FAILED = re.compile(r"\[ERROR\]| ERROR (?!django\.security)")


@dataclass
class Portal:
    """One running portal: where it is, what is in it, and what it complained of."""

    address: str
    known: dict[str, str]
    log: Path
    server: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _read: int = field(default=0, repr=False)

    def place(self, address: str) -> str:
        """`/p/{versions}/` with the codes and keys of this portal's own rows filled in."""
        return address.format(**self.known)

    def complaints(self) -> list[str]:
        """Errors that were logged since the last time somebody asked."""
        text = self.log.read_text(encoding="utf-8")
        new, self._read = text[self._read :], len(text)
        return [line for line in new.splitlines() if FAILED.search(line)]

    def kill(self) -> None:
        """The server and its workers at once, in the middle of whatever they do."""
        assert self.server
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


class Workshop:
    """Builds the sample portal once and opens copies of it."""

    def __init__(self, folder: Path, static: Path, store: Store) -> None:
        self.folder, self.static, self.store = folder, static, store
        self._key = os.urandom(24).hex()
        self._names = (f"copy{number}" for number in count(1))
        self.known: dict[str, str] = {}

    def build(self) -> None:
        self.store.create("sample")
        self._collect_static()
        told = self._manage("shell", "--no-imports", "-c", FURNISH)
        self.known = json.loads(told.splitlines()[-1])

    def close(self) -> None:
        self.store.drop("sample")

    @contextmanager
    def open(self, *, damage: str = "") -> Iterator[Portal]:
        """A portal on a database of its own; `damage` is done to that database first."""
        with self.database() as name:
            if damage:
                self.store.execute(name, damage)
            with self.serve(name) as portal:
                yield portal

    @contextmanager
    def database(self) -> Iterator[str]:
        """The name of a copy of the sample, thrown away afterwards."""
        name = next(self._names)
        self.store.copy("sample", name)
        try:
            yield name
        finally:
            self.store.drop(name)

    @contextmanager
    def serve(self, name: str) -> Iterator[Portal]:
        log = self.folder / f"{name}.log"
        with log.open("wb") as output, _port_of_its_own() as port:
            portal = Portal(f"http://127.0.0.1:{port}", self.known, log)
            server = subprocess.Popen(
                [*_ended_with_us(), sys.executable, *SERVER, "--port", str(port)],
                cwd=ROOT,
                env=self._environment(name),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            portal.server = server
            try:
                _wait_until_answering(portal, server)
                yield portal
            finally:
                _end(server)

    def _collect_static(self) -> None:
        """Once for all workers of a test run: compressing takes a while."""
        with self.static.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.static.exists():
                self._manage("collectstatic", "--noinput", "--verbosity", "0")

    def _manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=self._environment("sample"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def _environment(self, name: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
        return {
            **kept,
            "DATABASE_URL": self.store.url(name),
            "SECRET_KEY": self._key,
            "STATIC_ROOT": str(self.static),
            "VAR_DIR": str(self.folder),
        }


@contextmanager
def _port_of_its_own() -> Iterator[int]:
    """Kept while the server runs, which shares it: nobody else is given the same one."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


def _ended_with_us() -> list[str]:
    """A test run that is killed leaves no server behind, where the system can see to that."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def _wait_until_answering(portal: Portal, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError):
            _knock(portal)
            return
        time.sleep(0.05)
    raise AssertionError(f"The portal did not start:\n{portal.log.read_text(encoding='utf-8')}")


def _knock(portal: Portal) -> None:
    """Any answer will do: a damaged portal answers that it is damaged."""
    try:
        with urlopen(f"{portal.address}/healthz", timeout=10):
            pass
    except HTTPError as answer:
        answer.close()


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
