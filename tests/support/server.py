"""The whole thing as people start it: `consult demo` in a process of its own, on a free port, with its own data."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

READY = re.compile(r"^ready (http://127\.0\.0\.1:\d+)/", re.MULTILINE)


@dataclass(frozen=True)
class LiveServer:
    url: str  # without a slash at its end
    data: Path
    process: subprocess.Popen[str]
    lines: list[str]

    @property
    def said(self) -> str:
        """All it has printed so far, the seeded accounts among it."""
        return "".join(self.lines)


@contextmanager
def demo(data: Path, port: int = 0, seconds: float = 120, **environment: str) -> Iterator[LiveServer]:
    """Runs `consult demo` until the block ends; no CONSULT_ variable of the outside reaches it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("consult"), "demo", "--port", str(port), "--data", data],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=clean | {"PYTHONUNBUFFERED": "1", "CONSULT_LEAST_SECONDS": "0"} | environment,
    )  # fmt: skip
    lines: list[str] = []
    reader = Thread(target=lambda: lines.extend(process.stdout or ()), daemon=True)
    reader.start()
    try:
        yield LiveServer(_ready(process, reader, lines, seconds), data, process, lines)
    finally:
        _end(process)


def _ready(process: subprocess.Popen[str], reader: Thread, lines: list[str], seconds: float) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not (running := process.poll() is None):
            reader.join(5)  # its last words may still be in the pipe
        if found := READY.search("".join(lines)):
            return found.group(1)
        if not running:
            break
        time.sleep(0.05)
    pytest.fail(f"consult demo was not ready within {seconds:.0f} s:\n{''.join(lines)[-3000:]}", pytrace=False)


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The seeded demo, one per worker. Tests share it: what one writes, the others see; `demo()` gives one of your own."""
    with demo(tmp_path_factory.mktemp("demo") / "data") as server:
        yield server
