"""Files that come in: what kind one is, and until when its rows may be decided on and submitted."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.core.received_file import Arrival, confirm_until, media_of, still_confirmable
from consult.core.window import Window

OPENS = datetime(2026, 3, 1, tzinfo=UTC)
CLOSES = datetime(2026, 4, 1, tzinfo=UTC)
WINDOW = Window(OPENS, CLOSES, "UTC", timedelta(hours=1))
LAST, HOUR = CLOSES - timedelta(seconds=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (b"PK\3\4 [Content_Types].xml xl/workbook.xml", "form.zip", "xlsx"), (b"PK\3\4 word/document.xml", "form", "docx"),
        (b"PK\3\4mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.ods", "ods"), (b"PK\3\4", "a.numbers", "numbers"),
        (b"PK\3\4", "a", "archive"), (b"Clause;Comment", "a.txt", "csv"), ("条款,意见".encode("gb18030"), "a", "csv"), (b"\xff\xfeC\0", "a", "csv"),
        (b"\xd0\xcf\x11\xe0\0", "a.et", "et"), (b"\xd0\xcf\x11\xe0\0", "a.xlsx", "other"), (b"%PDF\0", "a.docx", "pdf"),
        (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", "picture"), (b"RIFF\0\0\0\0WEBP", "a", "picture"), (b"\0\1\2", "a.exe", "other"),
    ],
)  # fmt: skip
def test_a_file_is_what_stands_in_it(data, name, media):
    assert media_of(data, name) == media


def test_rows_may_be_decided_on_until_closing_and_72_hours_from_the_arrival_at_least():
    assert [confirm_until(at, WINDOW) for at in (OPENS, LAST)] == [CLOSES, LAST + timedelta(hours=72)]


@pytest.mark.parametrize(
    ("arrivals", "saved", "now", "chosen", "arrived"),
    [
        ({1: LAST}, {1: CLOSES + HOUR}, CLOSES + 2 * HOUR, {1}, LAST),
        ({1: LAST - HOUR}, {1: LAST}, CLOSES + HOUR, {1}, LAST),
        ({1: LAST, 2: LAST - HOUR}, {1: CLOSES + HOUR, 2: CLOSES + HOUR}, CLOSES + 2 * HOUR, {1, 2}, LAST),
        ({1: LAST, 2: CLOSES + HOUR / 2}, {1: CLOSES + HOUR, 2: CLOSES + HOUR}, CLOSES + 2 * HOUR, {1}, LAST),
        ({2: CLOSES + HOUR / 2}, {2: CLOSES + HOUR}, CLOSES + 2 * HOUR, {2}, CLOSES + HOUR / 2),
        ({1: LAST}, {1: CLOSES + HOUR}, LAST + timedelta(hours=72), set(), None),
        ({}, {1: LAST}, CLOSES + HOUR, set(), None),
    ],
)
def test_after_closing_drafts_count_with_their_file_or_what_was_typed_into_them_before(arrivals, saved, now, chosen, arrived):
    found, when = still_confirmable({draft: Arrival(at, LAST - HOUR) for draft, at in arrivals.items()}, saved, WINDOW, now)
    assert (found, when.arrived_at if when else None) == (chosen, arrived)
