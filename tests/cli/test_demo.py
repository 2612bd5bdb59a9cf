"""`consult demo`: one folder, one line when it is ready, nothing left behind."""

import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_serve import children, taken_port, wait_for
from tests.support.server import demo

NONSENSE = {"CONSULT_DATABASE_URL": "nonsense://nowhere", "CONSULT_SECRET_KEY": "x", "CONSULT_LANGUAGES": "xx"}


def accounts(said: str) -> list[str]:
    return [line.split()[1] for line in said.splitlines() if line.startswith("account ")]


def test_a_foreign_folder_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = run("demo", "--data", tmp_path, "--port", "0")
    assert (done.exit_code, done.output) == (1, f"Error: {tmp_path} holds something else; name an empty folder with --data\n")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    done = run("demo", "--data", tmp_path / "thesis.txt", "--port", "0")
    assert (done.exit_code, done.output) == (1, f"Error: {tmp_path}/thesis.txt is not a folder; name an empty one with --data\n")


def test_a_port_in_use_is_one_line_before_anything_is_seeded(run: Run, tmp_path: Path) -> None:
    with taken_port() as port:
        done = run("demo", "--data", tmp_path / "demo", "--port", port)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"Error: cannot listen on 127.0.0.1, port {port}")
    assert not (tmp_path / "demo").exists()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks into /proc")
def test_a_demonstration_starts_refuses_a_second_ends_and_starts_again(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with demo(data, **NONSENSE) as server:
        assert len(accounts(server.said)) >= 5
        assert sum("@secretariat." in mail for mail in accounts(server.said)) == 2
        assert server.lines[-1] == f"ready {server.url}/\n"
        for language in ("en", "fr", "zh"):
            with urllib.request.urlopen(f"{server.url}/{language}/consultations/performance-standard-v3/", timeout=20) as answer:
                assert answer.status == 200
        done = run("demo", "--data", data, "--port", "0")
        assert (done.exit_code, done.output) == (
            1, f"Error: a demonstration is running on {data}: stop it first, or name another folder with --data\n",
        )  # fmt: skip
        workers = children(server.process.pid)
        with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1]))) as idle:
            idle.sendall(b"GET /en/ HTTP/1.1\r\n")  # and never the rest
            begun = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(15) == 0
        assert time.monotonic() - begun < 10
        wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 10)
        first = server.said
    assert "Traceback" not in first
    key = (data / "secret-key.txt").read_text(encoding="utf-8")
    with demo(data, **NONSENSE) as server:
        assert accounts(server.said) == accounts(first)
        assert server.said != first
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(15) == 0
    assert (data / "secret-key.txt").read_text(encoding="utf-8") == key
    assert (data / "secret-key.txt").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {"demo"}
