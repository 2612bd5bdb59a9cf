"""What an uploaded file is, by its content; and a copy of it without metadata. Both in a child with little memory and time.

Strangers' files are never opened anywhere else. A file that cannot be made free of metadata for certain has no copy.
"""

import re
from typing import TYPE_CHECKING, cast

from consult.core.attachment import FILE_BYTES, FileType
from consult.core.problem import Problem, Refused
from consult.exchange.limited import run_limited

if TYPE_CHECKING:
    from consult.exchange.office_package import Kind

_BYTES_OF: tuple[tuple[bytes, FileType], ...] = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_OFFICE: tuple[tuple[bytes, FileType], ...] = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|xml|object|embed|[a-z]+:)|^\s*(?:\{\\rtf|%!|%PDF|From |MIME-Version)",
    re.IGNORECASE,
)
"""Texts that a program could run or draw as something else."""
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13} | {127}


def file_type(data: bytes, name: str) -> FileType:
    """The type of an upload, checked in a limited child where it has an inside. `name` only tells CSV from other text.

    Raises Refused with one problem: `attachment_empty`, `attachment_large`, `attachment_type`, `attachment_locked` (a password),
    `attachment_macros`, `attachment_damaged`, `attachment_bomb` (too much inside, or too slow).
    """
    if not data:
        raise Refused(Problem("attachment_empty"))
    if len(data) > FILE_BYTES:
        raise Refused(Problem("attachment_large"))
    found = _by_head(data, name)
    if found is None:
        raise Refused(Problem("attachment_type"))
    if found in ("txt", "csv"):
        return found
    try:
        run_limited("consult.exchange.attachments:inside", data, options={"type": found})
    except Refused as refused:
        raise Refused(Problem(_REFUSALS.get(refused.problems[0].code, "attachment_damaged"))) from None
    return found


_REFUSALS = {
    "wrong_type": "attachment_type",
    "encrypted": "attachment_locked",
    "macro_enabled": "attachment_macros",
    "too_slow": "attachment_bomb",
    "too_much_inside": "attachment_bomb",
    "too_many_parts": "attachment_bomb",
    "entities_refused": "attachment_type",
}


def stripped_copy(data: bytes, type: FileType) -> bytes | None:
    """The same content without metadata, the same bytes for the same file; None where that cannot be had for certain."""
    if type in ("txt", "csv"):
        return data
    try:
        return run_limited("consult.exchange.attachments:stripped", data, options={"type": type}).files.get("")
    except Refused:
        return None


def inside(data: bytes, *, type: FileType) -> bool:
    """Run in the child: the structure holds. Raises Refused."""
    if type in ("png", "jpeg", "webp"):
        from consult.exchange.stripped_pictures import strip_picture

        strip_picture(data)
    elif type == "pdf":
        from consult.exchange.stripped_pdf import open_pdf

        open_pdf(data).close()
    else:
        from consult.exchange.office_package import open_package
        from consult.exchange.stripped_office import refuse_macros

        refuse_macros(open_package(data, cast("Kind", type)).names)
    return True


def stripped(data: bytes, *, type: FileType) -> bytes | None:
    """Run in the child."""
    if type in ("png", "jpeg", "webp"):
        from consult.exchange.stripped_pictures import strip_picture

        return strip_picture(data)
    if type == "pdf":
        from consult.exchange.stripped_pdf import strip_pdf

        return strip_pdf(data)
    from consult.exchange.stripped_office import strip_office

    return strip_office(data, cast("Kind", type))


def _by_head(data: bytes, name: str) -> FileType | None:
    for head, found in _BYTES_OF:
        if data.startswith(head):
            return found
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(Problem("attachment_locked"))
    return _text(data, name)


def _office(data: bytes) -> FileType | None:
    """By the names of the parts, which stand in the directory at the end and in front of each part."""
    head = data[:4000] + data[-65_000:]
    return next((found for mark, found in _OFFICE if mark in head), None)


def _text(data: bytes, name: str) -> FileType | None:
    """A text has no control characters and is not written for a program. UTF-16 is not read: few programs show it rightly."""
    if _CONTROLS & set(data) or _MARKUP.search(data[:65_536]):
        return None
    return "csv" if name.lower().endswith(".csv") else "txt"
