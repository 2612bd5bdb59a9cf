"""PDFs as their readers see them: text in order, structure, bookmarks."""

import io
import shutil
import subprocess
from collections import Counter

import pikepdf

from tests.support.required import missing


def text_of(content: bytes) -> str:
    """All text that can be selected, line ends and spaces removed: fonts and line breaks must not matter."""
    if shutil.which("pdftotext") is None:
        missing("CONSULT_TEST_OFFICE", "poppler-utils is not installed")
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, check=True, capture_output=True, timeout=60)
    return "".join(made.stdout.decode().split())


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags(pdf: pikepdf.Pdf) -> Counter[str]:
    """Structure tags and how often each occurs."""
    found: Counter[str] = Counter()
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found[str(node.S).lstrip("/")] += 1
            if "/K" in node:
                waiting.append(node.K)
    return found


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """Titles of the bookmarks in order, whatever their depth."""
    with pdf.open_outline() as outline:
        waiting, found = list(reversed(outline.root)), []
        while waiting:
            item = waiting.pop()
            found.append(item.title)
            waiting += reversed(item.children)
        return found
