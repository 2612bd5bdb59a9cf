"""Files beside a comment: what is taken, how one is called, who may have which copy of it.

The bytes are judged elsewhere (`consult.exchange.attachments`); here is what follows from the verdict.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import Literal, get_args

from consult.core.visibility import Seen, Viewer

FILE_BYTES = 10_000_000
PER_COMMENT = 5
SUBMISSION_BYTES = 50_000_000
"""Of all files of one submission; of one comment as well, so that the fifth file is never refused on the last page."""
LONGEST_LABEL = 120
"""Characters."""
KEPT_UNSENT = timedelta(days=30)
"""After the closing of their round, files that were never submitted are destroyed."""

FileType = Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpeg", "webp", "txt", "csv"]
TYPES: tuple[FileType, ...] = get_args(FileType)
MEDIA: Mapping[FileType, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
ENDINGS: Mapping[FileType, tuple[str, ...]] = {code: (f".{code}",) for code in TYPES} | {"jpeg": (".jpg", ".jpeg")}
"""By type; the first is the one we write."""

Audience = Literal["public", "committee", "secretariat"]
AUDIENCES: tuple[Audience, ...] = ("public", "committee", "secretariat")
"""From the widest to the narrowest. An attachment never reaches further than its comment."""
Scan = Literal["not_scanned", "pending", "clean", "refused"]
SCANS: tuple[Scan, ...] = ("not_scanned", "pending", "clean", "refused")
Copy = Literal["original", "stripped"]


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it goes with a comment: what makes one hand-in differ from another."""

    sha256: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Stored:
    """What the rules ask of a stored file. `label` None: erased. `stripped`: there is a copy without metadata."""

    number: int
    label: str | None
    type: FileType
    audience: Audience
    scan: Scan
    withheld: bool
    stripped: bool


Why = Literal["withheld", "waiting", "refused", "no_copy"]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a viewer is told of a file: how it is called for them, and which copy they may have; where none, `why`."""

    label: str
    copy: Copy | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as its sender sees it; `label` None: erased. `published`: there is a copy without metadata."""

    number: int
    label: str | None
    type: FileType
    size: int
    sha256: str | None
    audience: Audience
    scan: Scan
    withheld: str | None
    published: bool
    handed_in: bool
    gone: int | None = None
    """The revision of its comment that takes it away: nobody is shown it any more."""

    @property
    def media(self) -> str:
        return MEDIA[self.type]


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as a viewer may have it: `copy` None where there is nothing to have, `why` then. `sha256` and `size` are those of the copy."""

    number: int
    label: str
    type: FileType
    copy: Copy | None
    why: Why | None
    size: int
    sha256: str | None
    audience: Audience
    scan: Scan
    withheld: str | None
    published: bool

    @property
    def media(self) -> str:
        return MEDIA[self.type]


def clean_label(name: str, type: FileType) -> str:
    """The upload's own name as a label: the part behind the last slash, no control, bidirectional or invisible signs, one line, and an
    ending that says what the file is. Never empty, never used as a path.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else " " for sign in last)
    line = " ".join(unicodedata.normalize("NFC", kept).split()).strip(" .")
    stem, ending = PurePath(line).stem, PurePath(line).suffix
    if ending.lower() not in ENDINGS[type]:
        stem, ending = line, ENDINGS[type][0]
    return f"{stem[: LONGEST_LABEL - len(ending)].strip() or 'file'}{ending.lower()}"


def neutral_label(number: int, type: FileType) -> str:
    """For readers who may not know who wrote the comment: a file's name often says it."""
    return f"attachment-{number}{ENDINGS[type][0]}"


def offered(file: Stored, viewer: Viewer, comment: Seen) -> Offered | None:
    """What `viewer` is told of a file of a comment of which they see `comment`; None: nothing.

    The public gets copies without metadata only. So does the committee; of a file that cannot be stripped it gets the original where the
    author is named to it anyway. Nobody gets a file that a scanner refused, nor one that still waits for it, except the secretariat. A file
    that was withheld leaves a line, under a name that says nothing.
    """
    if not comment.text or file.label is None or AUDIENCES.index(viewer) < AUDIENCES.index(file.audience):
        return None
    if viewer == "secretariat":
        return Offered(file.label, None, "refused") if file.scan == "refused" else Offered(file.label, "original")
    if file.withheld:
        return Offered(neutral_label(file.number, file.type), None, "withheld")
    label = file.label if comment.name else neutral_label(file.number, file.type)
    if file.scan in ("pending", "refused"):
        return Offered(label, None, "waiting" if file.scan == "pending" else "refused")
    if file.stripped:
        return Offered(label, "stripped")
    if viewer == "committee" and comment.name:
        return Offered(label, "original")
    return Offered(label, None, "no_copy")


def audience_of(value: str | None) -> Audience:
    """As a form says it; anything else is the widest, which never goes beyond the comment."""
    return next((each for each in AUDIENCES if each == value), "public")
