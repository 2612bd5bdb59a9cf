"""`consult serve`: what it refuses, and how it lives and ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.database import on_sqlite

KEY = "sixteen or more characters"


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        yield holder.getsockname()[1]


def children(process: int) -> list[int]:
    return [int(pid) for task in Path(f"/proc/{process}/task").iterdir() for pid in (task / "children").read_text().split()]


def open_files(process: int) -> list[str]:
    found = []
    for file in Path(f"/proc/{process}/fd").iterdir():
        try:
            found.append(os.readlink(file))
        except FileNotFoundError:
            continue
    return found


def wait_for(answer: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize("key", ["", "too short"])
def test_no_start_without_a_long_key(run: Run, key: str) -> None:
    done = run("serve", CONSULT_SECRET_KEY=key)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("Error: CONSULT_SECRET_KEY is missing or shorter than 16 characters")


def test_no_start_on_a_database_that_is_not_migrated(run: Run, tmp_path: Path) -> None:
    done = run("serve", CONSULT_SECRET_KEY=KEY, CONSULT_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.endswith("run consult init first\n")


@on_sqlite
def test_no_start_on_a_port_or_address_that_cannot_be_had(run: Run, database: str) -> None:
    with taken_port() as port:
        done = run("serve", "--port", port, CONSULT_SECRET_KEY=KEY, CONSULT_DATABASE_URL=database)
    said = f"Error: cannot listen on 127.0.0.1, port {port}: Address already in use; choose another with --port\n"
    assert (done.exit_code, done.output) == (1, said)
    done = run("serve", "--host", "192.0.2.1", CONSULT_SECRET_KEY=KEY, CONSULT_DATABASE_URL=database)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


@on_sqlite
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks into /proc")
def test_workers_inherit_no_connection_and_end_with_the_server(database: str) -> None:
    with taken_port() as free:
        pass
    server = subprocess.Popen(
        [sys.executable, "-m", "consult", "serve", "--port", str(free)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "CONSULT_SECRET_KEY": KEY, "CONSULT_DATABASE_URL": database},
    )  # fmt: skip
    try:
        wait_for(lambda: len(children(server.pid)) == 2 or server.poll() is not None)
        workers = children(server.pid)
        files = [name for process in (server.pid, *workers) for name in open_files(process)]
        assert [name for name in files if ".db" in name] == []

        def page() -> bool:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{free}/en/?words={800 * '%E5%BA%94'}", timeout=20) as answer:
                    return bool(answer.status == 200)
            except OSError:
                return False

        wait_for(page)
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
        wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 10)
        assert server.stdout
        assert "Traceback" not in server.stdout.read()
    finally:
        server.kill()
        server.wait(5)
