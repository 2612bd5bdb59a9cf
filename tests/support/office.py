"""LibreOffice as a judge of our files: what it reads in them, and whether it computes anything."""

import shutil
import subprocess
from pathlib import Path

from tests.support.required import missing


def converted(ending: str, *files: Path) -> list[Path]:
    """The files in another format, as LibreOffice reads them; its profile lies beside them."""
    program = shutil.which("soffice")
    if program is None:
        missing("CONSULT_TEST_OFFICE", "LibreOffice is not installed")
    folder = files[0].parent
    out = folder / f"as-{ending}"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", ending, "--outdir", out, *files], check=True, capture_output=True, timeout=180
    )
    made = [out / f"{file.stem}.{ending}" for file in files]
    assert all(each.is_file() for each in made), f"LibreOffice could not read {[each.name for each in made if not each.is_file()]}"
    return made
