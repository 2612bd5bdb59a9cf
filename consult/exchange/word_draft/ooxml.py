"""Names and small readings of WordprocessingML."""

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/main": A[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP[1:-1],
}
"""The namespaces of the strict form of the format, and those everybody writes."""

_OFF = ("0", "false", "off", "none")


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child, None where there is no such child or value."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val") if child is not None else None


def number(parent: Element | None, name: str) -> int | None:
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """A whole number of a sane size, None for anything else."""
    try:
        found = int(text or "")
    except ValueError:
        return None
    return found if abs(found) < 1_000_000 else None


def switch(parent: Element | None, name: str) -> bool | None:
    """A property that is on where it merely stands: True, False, or None where it is not given."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else (child.get(W + "val") or "1").lower() not in _OFF


def usual(source: bytes) -> bytes:
    """The part in the namespaces everybody writes."""
    if b"purl.oclc.org/ooxml" in source:
        for strict, transitional in STRICT.items():
            source = source.replace(strict.encode(), transitional.encode())
    return source
