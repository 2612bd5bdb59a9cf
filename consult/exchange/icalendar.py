"""Calendars (RFC 5545, names and refreshing by RFC 7986): entries as data -> bytes. Instants are UTC, so that no zone has to be described."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WIDEST = 75
"""Octets of a line (RFC 5545, 3.1); what is longer is folded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` never changes. `begins` is an instant, or a day for an entry of a whole day. `revision` grows with every change, `at` is the newest.

    `alarm`: how long before it a reader is reminded, with the words `alarm_text`. `called_off`: stays in the calendar, struck out.
    """

    uid: str
    summary: str
    text: str
    address: str
    begins: datetime | date
    at: datetime
    revision: int = 0
    called_off: bool = False
    alarm: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    name: str
    language: str
    entries: Sequence[Entry]


def to_icalendar(calendar: Calendar) -> bytes:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//consult//consult//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME;LANGUAGE={calendar.language}:{_text(calendar.name)}", f"X-WR-CALNAME:{_text(calendar.name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
    ]  # fmt: skip
    for entry in calendar.entries:
        lines += _entry(entry, calendar.language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _entry(entry: Entry, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_instant(entry.at)}"
    yield f"LAST-MODIFIED:{_instant(entry.at)}"
    yield f"SEQUENCE:{entry.revision + entry.called_off}"
    yield from _when(entry.begins)
    yield f"SUMMARY;LANGUAGE={language}:{_text(entry.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(entry.text)}"
    yield f"URL:{entry.address}"
    yield f"STATUS:{'CANCELLED' if entry.called_off else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because comments close
    if entry.alarm and not entry.called_off:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.summary)}")
        yield f"TRIGGER:-PT{int(entry.alarm.total_seconds()) // 3600}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _when(begins: datetime | date) -> Iterator[str]:
    if isinstance(begins, datetime):
        yield f"DTSTART:{_instant(begins)}"
    else:
        yield f"DTSTART;VALUE=DATE:{begins:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{begins + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A TEXT value (3.3.11). Other control characters cannot stand in one."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(sign for sign in escaped if sign >= " " or sign == "\t")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, the later ones behind a blank; never inside a character."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > WIDEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    yield piece
