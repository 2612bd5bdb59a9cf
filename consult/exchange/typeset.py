"""Setting a PDF, in a process of its own: the typesetter keeps what it has set for the next time, and a worker that makes files for a whole
publication would grow to many times its size.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FACES = ("Libertinus Serif", "Noto Serif CJK SC", "Noto Sans CJK SC")
"""Fonts that the templates name and cannot do without."""
HERE = Path(__file__).parent
_CHILD = """
import sys, typst
given = {"data": sys.stdin.buffer.read().decode()}
try:
    made = typst.compile(sys.argv[1], format="pdf", pdf_standards=["ua-1"], sys_inputs=given)
except typst.TypstError:
    made = typst.compile(sys.argv[1], format="pdf", sys_inputs=given)
sys.stdout.buffer.write(made)
"""


class TypesetError(Exception):
    """What the typesetter said of a template or its data: a fault of ours."""


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """The texts reach the typesetter as data, never as markup; the same data gives the same bytes. Tagged in any case. PDF/UA asks for a glyph
    for every character: where none of the fonts has one, the file does not claim it. Raises TypesetError.
    """
    done = subprocess.run(  # noqa: S603  our own interpreter with our own words
        [sys.executable, "-I", "-c", _CHILD, str(HERE / template)], input=json.dumps(data, ensure_ascii=False).encode(), capture_output=True
    )
    if done.returncode:
        raise TypesetError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def missing_faces() -> tuple[str, ...]:
    """Of FACES those that the typesetter does not find on this machine."""
    import typst

    found = set(typst.Fonts().families())
    return tuple(each for each in FACES if each not in found)
