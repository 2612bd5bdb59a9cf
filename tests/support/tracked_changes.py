"""LibreOffice as a judge of tracked changes: what is left of a Word file when all are accepted, and when all are rejected."""

import json
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import settle_changes
from tests.support.office import profile
from tests.support.required import missing

PYTHON = "/usr/bin/python3"
"""The system's own: no other has the bridge to LibreOffice."""
Paragraphs = list[tuple[str, str]]
"""Style and text."""


@dataclass(frozen=True)
class Settled:
    accepted: Paragraphs
    rejected: Paragraphs


def settled(files: Sequence[Path]) -> list[Settled]:
    """One start of the office for all files."""
    program = shutil.which("soffice")
    if program is None or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        missing("CONSULT_TEST_OFFICE", "LibreOffice or its Python bridge is not installed")
    pipe = f"consult{secrets.token_hex(8)}"
    office = subprocess.Popen(
        [program, profile(), "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        # its status says nothing: the bridge may fall when the office ends before it
        ran = subprocess.run([PYTHON, settle_changes.__file__, pipe, *files], capture_output=True, text=True, timeout=150, check=False)
        office.wait(30)
    finally:
        office.kill()
        office.wait(10)
    found = [[(style, text) for style, text in json.loads(line)] for line in ran.stdout.splitlines()]
    assert len(found) == len(files) * len(settle_changes.ACTS), ran.stderr
    return [Settled(accepted, rejected) for accepted, rejected in zip(found[::2], found[1::2], strict=True)]
