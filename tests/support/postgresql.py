"""A PostgreSQL of the test run's own: Debian's binaries, a Unix socket, no fsync.

One cluster per worker process: it is ready in 0.6 s, needs no lock and no one to tell who leaves last, and ends with its worker.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.required import missing

FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
}
MEMORY = Path("/dev/shm")  # in memory where there is room: a clone takes 38 ms there, 47 ms on disk


class Cluster:
    """A running server and the few statements tests send to it as its superuser."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._admin: psycopg.Connection[tuple[object, ...]] | None = None

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        self._execute(f'create database "{name}" template "{template}" strategy file_copy')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._execute(f'drop database if exists "{name}" with (force)')

    def close(self) -> None:
        if self._admin is not None:
            self._admin.close()

    def _execute(self, statement: str) -> None:
        if self._admin is None:
            self._admin = psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)
        self._admin.execute(statement)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    binaries = _binaries()
    if binaries is None:
        missing("CONSULT_TEST_PG", "PostgreSQL's programs are not installed")
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30
    folder = Path(tempfile.mkdtemp(prefix="consult-pg-", dir=MEMORY if roomy else None))
    user = _user(folder)
    subprocess.run(
        [binaries / "initdb", "-N", "-A", "trust", "-U", "postgres", "--no-locale", "-E", "UTF8", "-D", folder / "data"],
        check=True, stdout=subprocess.DEVNULL, user=user, group=user, extra_groups=[] if user else None, cwd="/",
    )  # fmt: skip
    options = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    end_with_us = ["setpriv", "--pdeathsig", "QUIT", "--"] if shutil.which("setpriv") else []
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*end_with_us, binaries / "postgres", "-D", folder / "data", "-k", folder, *options],
            stdout=log, stderr=log, user=user, group=user, extra_groups=[] if user else None, cwd="/", start_new_session=True,
        )  # fmt: skip
    running = Cluster(folder)
    try:
        _wait(folder, server)
        yield running
    finally:
        running.close()
        server.send_signal(signal.SIGQUIT)
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    """Debian keeps them out of the PATH, one folder per version; elsewhere they are on it."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    on_path = shutil.which("initdb")
    return versions[-1].parent if versions else Path(on_path).resolve().parent if on_path else None


def _user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it is the user `postgres`, to whom the folder is given."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        missing("CONSULT_TEST_PG", "there is no user postgres to run the server as")
    shutil.chown(folder, "postgres", "postgres")
    return "postgres"


def _wait(folder: Path, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}", pytrace=False)
