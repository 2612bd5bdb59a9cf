"""LibreOffice as a judge of our files: what it reads in them, and whether it computes anything."""

import atexit
import io
import json
import os
import secrets
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

from tests.support.required import missing


@cache
def profile() -> str:
    """The office's settings, one folder per worker, whose tests start it one after the other: to make them takes longer than to read a file."""
    folder = tempfile.mkdtemp(prefix="consult-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return f"-env:UserInstallation=file://{folder}"


def converted(ending: str, *files: Path) -> list[Path]:
    """The files in another format, as LibreOffice reads them."""
    program = shutil.which("soffice")
    if program is None:
        missing("CONSULT_TEST_OFFICE", "LibreOffice is not installed")
    folder = files[0].parent
    out = folder / f"as-{ending}"
    subprocess.run(
        [program, profile(), "--headless", "--convert-to", ending, "--outdir", out, *files], check=True, capture_output=True, timeout=180
    )
    made = [out / f"{file.stem}.{ending}" for file in files]
    assert all(each.is_file() for each in made), f"LibreOffice could not read {[each.name for each in made if not each.is_file()]}"
    return made


def edited(file: Path, steps: Sequence[Sequence[object]]) -> Path:
    """A workbook after what a person did to it in LibreOffice (steps: tests/support/uno_steps.py), saved as XLSX."""
    program, python = shutil.which("soffice"), "/usr/bin/python3"
    if program is None or subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        missing("CONSULT_TEST_OFFICE", "LibreOffice with python3-uno is not installed")
    folder, pipe = file.parent, f"consult{secrets.token_hex(6)}"
    told, out = folder / "steps.json", folder / f"{file.stem}-edited.xlsx"
    told.write_text(json.dumps(steps), encoding="utf-8")
    office = subprocess.Popen([program, profile(), "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"])
    try:
        script = Path(__file__).with_name("uno_steps.py")
        subprocess.run([python, script, pipe, file, out, told], check=True, timeout=120, env={"PATH": os.defpath})
        office.wait(30)
    finally:
        office.kill()
        office.wait()
    return out


def damaged(data: bytes) -> bytes:
    """As a careless program writes it: every sheet says it holds A1 only, and shared texts stand in the cells themselves."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        shared = [list(each) for each in etree.fromstring(given.read("xl/sharedStrings.xml"))]
        for name in given.namelist():
            content = given.read(name)
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(content)
                for each in root.iter(main + "dimension"):
                    each.set("ref", "A1")
                for cell in root.iter(main + "c"):
                    if cell.get("t") == "s":
                        texts = shared[int(cell.findtext(main + "v", "0"))]
                        cell.set("t", "inlineStr")
                        cell[:] = [etree.Element(main + "is")]
                        cell[0].extend(deepcopy(texts))
                content = etree.tostring(root)
            made.writestr(
                name,
                b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>" if name == "xl/sharedStrings.xml" else content,
            )
    return out.getvalue()
