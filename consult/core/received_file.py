"""Files that come in with comments in them: what they may be, how long their sender may confirm the rows, and what kind of file one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Literal

from consult.core.window import Window

LARGEST = 10_000_000
"""Bytes of a file that is taken in."""
CONFIRM_WITHIN = timedelta(hours=72)
"""After its arrival the sender may still say where its rows belong, the window closed or not."""

Owner = Literal["basket", "account"]
OWNERS: tuple[Owner, ...] = ("basket", "account")
Reading = Literal["waiting", "read", "unreadable", "typed_in"]
READINGS: tuple[Reading, ...] = ("waiting", "read", "unreadable", "typed_in")
RowState = Literal["waiting", "taken", "left_out", "same"]
ROW_STATES: tuple[RowState, ...] = ("waiting", "taken", "left_out", "same")
"""`same`: it stands in another copy of the same form, and what is to be done is done there."""
Media = Literal[
    "xlsx", "ods", "docx", "csv", "xls", "et", "wps", "doc", "odt", "rtf", "pdf", "picture", "numbers", "pages", "archive", "other"
]
MEDIA: tuple[Media, ...] = (
    "xlsx", "ods", "docx", "csv", "xls", "et", "wps", "doc", "odt", "rtf", "pdf", "picture", "numbers", "pages", "archive", "other",
)  # fmt: skip
_BY_NAME: dict[str, Media] = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xltm": "xlsx", ".ods": "ods", ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xls": "xls", ".xlsb": "xls", ".et": "et", ".ett": "et", ".wps": "wps", ".wpt": "wps",
    ".doc": "doc", ".odt": "odt", ".rtf": "rtf", ".numbers": "numbers", ".pages": "pages",
}  # fmt: skip
_BY_HEAD: tuple[tuple[bytes, Media], ...] = (
    (b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"),
    (b"II*\0", "picture"), (b"MM\0*", "picture"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
)  # fmt: skip
_INSIDE: tuple[tuple[bytes, Media], ...] = (
    (b"opendocument.spreadsheet", "ods"), (b"opendocument.text", "odt"), (b"xl/", "xlsx"), (b"word/", "docx"),
)  # fmt: skip


def media_of(data: bytes, name: str) -> Media:
    """What a file is, for people who list and open it: by what stands in it, else by its name. No promise that it can be read."""
    named = _BY_NAME.get(PurePath(name.lower()).suffix)
    for head, media in _BY_HEAD:
        if data.startswith(head):
            return media
    if data[8:12] in (b"WEBP",) or data[4:8] == b"ftyp":
        return "picture"
    if data.startswith(b"PK"):
        ends = data[:4096] + data[-65536:]
        return next((media for mark, media in _INSIDE if mark in ends), named or "archive")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return named if named in ("xls", "et", "wps", "doc") else "other"
    if b"\0" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    return named if named and named not in ("xlsx", "ods", "docx", "csv") else "other"


def confirm_until(arrived_at: datetime, window: Window) -> datetime:
    """Until when the sender decides about the rows: as long as the window is open, and 72 hours from the arrival at the least."""
    return max(arrived_at + CONFIRM_WITHIN, window.closes)


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What the mail about a file says; `title` of the consultation, `number` of the round, `until` when its sender decides."""

    reference: str
    name: str
    language: str
    title: str
    number: int
    zone: str
    arrived_at: datetime
    until: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a file came in, and when the form it was sent with had been opened."""

    arrived_at: datetime
    opened_at: datetime | None


def still_confirmable(
    arrivals: Mapping[int, Arrival], saved: Mapping[int, datetime], window: Window, now: datetime
) -> tuple[frozenset[int], Arrival | None]:
    """Which drafts may be submitted though the window is closed, and when they count as received: with their file, or with what was typed
    into them since, before closing. Those in time go before those within the grace, so that none of them is marked late by another.

    `arrivals`: draft -> its file; `saved`: draft -> when it was last kept.
    """
    open_still = {draft: each for draft, each in arrivals.items() if now < confirm_until(each.arrived_at, window)}
    groups = {
        admission: {
            draft: each for draft, each in open_still.items() if window.admits(each.arrived_at, each.opened_at, recorded=True) == admission
        }
        for admission in ("in_time", "late")
    }
    chosen = groups["in_time"] or groups["late"]
    if not chosen:
        return frozenset(), None
    last = max(chosen.values(), key=lambda each: each.arrived_at)
    typed = [saved[draft] for draft in chosen if saved[draft] < window.closes]
    return frozenset(chosen), Arrival(max([last.arrived_at, *typed]), last.opened_at)
