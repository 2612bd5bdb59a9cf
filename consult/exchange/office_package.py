"""The parts of an office file (OOXML, OpenDocument: a ZIP of XML), behind limits that are checked before anything is parsed.

For use inside `consult.exchange.limited`: what gets past these checks is parsed there, in a child with little memory and time.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from consult.core.problem import Problem, Refused

Kind = Literal["docx", "xlsx", "pptx", "odt", "ods"]
FILE_BYTES = 32 * 1024 * 1024
MEMBERS = 4000
INFLATED_BYTES = 160 * 1024 * 1024
"""Of all parts together, pictures too; they are counted while inflating and not kept."""
XML_BYTES = 24 * 1024 * 1024
XML_TAGS = 1_200_000
DEPTH = 200

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADS = ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"))
_MAINS = {
    "wordprocessingml.document.main+xml": "DOCX", "wordprocessingml.template.main+xml": "DOCX", "spreadsheetml.sheet.main+xml": "XLSX",
    "spreadsheetml.template.main+xml": "XLSX", "presentationml.presentation.main+xml": "PPTX", "ms-excel.sheet.binary": "XLSB",
}  # fmt: skip
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


class Package:
    """The parts of a checked file by their names (without a slash in front)."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {info.filename.lower(): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @property
    def names(self) -> tuple[str, ...]:
        """As the file writes them, in its order."""
        return tuple(info.filename for info in self._names.values())

    def read(self, name: str) -> bytes:
        """Bytes of a part; KeyError where there is none. OOXML says that letters large and small are one."""
        return self._archive.read(self._names[name.lower()])

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part."""
        return parse_xml(self.read(name))


def open_package(data: bytes, kind: Kind) -> Package:
    """A checked office file of this kind. Raises Refused: `file_empty`, `too_large`, `wrong_type` (found, expected), `encrypted`,
    `macro_enabled`, `truncated`, `not_readable`, `too_many_parts`, `too_much_inside`, `entities_refused`.
    """
    expected = kind.upper()
    if not data:
        raise Refused(Problem("file_empty"))
    if len(data) > FILE_BYTES:
        raise Refused(Problem("too_large", {}, {"size": len(data), "limit": FILE_BYTES}))
    _refuse_other(data, expected)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _inflate(archive)
    except (zipfile.BadZipFile, EOFError, zlib.error, struct.error, ValueError, IndexError):
        raise Refused(Problem("truncated", {}, {"expected": expected})) from None
    except NotImplementedError:
        raise Refused(Problem("not_readable", {}, {"expected": expected})) from None
    package = Package(archive)
    _refuse_kind(package, expected)
    return package


def _refuse_other(data: bytes, expected: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(Problem("encrypted"))
        old = next((name for name, stream in (("DOC", "WordDocument"), ("XLS", "Workbook")) if stream.encode("utf-16-le") in data), "OLE")
        raise Refused(Problem("wrong_type", {}, {"found": old, "expected": expected}))
    for head, found in _HEADS:
        if data.startswith(head):
            raise Refused(Problem("wrong_type", {}, {"found": found, "expected": expected}))
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        text = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        found = "HTML" if text.startswith((b"<!doctype html", b"<html")) else "XML" if text.startswith(b"<") else ""
        problem = Problem("wrong_type", {}, {"found": found, "expected": expected}) if found else None
        raise Refused(problem or Problem("not_readable", {}, {"expected": expected}))


def _inflate(archive: zipfile.ZipFile) -> None:
    """Every part once, counted as it comes out, whatever the file says about its sizes."""
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise Refused(Problem("too_many_parts", {}, {"count": len(infos), "most": MEMBERS}))
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise ValueError("two parts of one name")
    if any(info.flag_bits & 1 for info in infos):
        raise Refused(Problem("encrypted"))
    if sum(info.file_size for info in infos) > INFLATED_BYTES:
        raise Refused(Problem("too_much_inside", {}, {"limit": INFLATED_BYTES}))
    total = 0
    for info in infos:
        is_xml = info.filename.lower().endswith((".xml", ".rels"))
        size, kept = 0, []
        for chunk in _chunks(archive, info):
            size, total = size + len(chunk), total + len(chunk)
            if total > INFLATED_BYTES or (is_xml and size > XML_BYTES):
                raise Refused(Problem("too_much_inside", {}, {"limit": INFLATED_BYTES if total > INFLATED_BYTES else XML_BYTES}))
            if is_xml:
                kept.append(chunk)
        if is_xml:
            refuse_entities(b"".join(kept))


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as part:
        while chunk := part.read(1 << 18):
            yield chunk


def _refuse_kind(package: Package, expected: str) -> None:
    if "mimetype" in package:
        found = {"text": "ODT", "spreadsheet": "ODS"}.get(
            package.read("mimetype")[:80].decode("ascii", "replace").rpartition(".")[2], "ZIP"
        )
    elif "[Content_Types].xml" in package:
        types = package.read("[Content_Types].xml")
        if _MACROS.search(types):
            raise Refused(Problem("macro_enabled", {}, {"expected": expected}))
        found = next((name for main, name in _MAINS.items() if main.encode() in types), "ZIP")
    else:
        found = "ZIP"
    if found != expected:
        raise Refused(Problem("wrong_type", {}, {"found": found, "expected": expected}))


def refuse_entities(source: bytes) -> None:
    """Refuses XML with a document type (entities live there), in an encoding that office programs do not write, or with too many tags."""
    declared = _ENCODING.match(source.removeprefix(b"\xef\xbb\xbf"))
    if any(mark in source for mark in _DOCTYPES) or (declared and declared[1].lower() not in _ENCODINGS):
        raise Refused(Problem("entities_refused"))
    if source.count(b"<") > XML_TAGS:
        raise Refused(Problem("too_much_inside", {}, {"limit": XML_BYTES}))


def parse_xml(source: bytes) -> etree._Element:
    """The root of an XML text: no entities, no network, no more than DEPTH levels. Refused: `entities_refused`, `not_readable`."""
    refuse_entities(source)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        raise Refused(Problem("not_readable")) from None
    if root.getroottree().docinfo.doctype:
        raise Refused(Problem("entities_refused"))
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            raise Refused(Problem("not_readable"))
    return root
