"""What is written can be read again, whatever the words are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.exchange.icalendar import Calendar, Entry, to_icalendar
from tests.support.ics import read_calendar

AT = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
TEXTS = (
    "Closes, opens; and C:\\drafts\nthen a second line",
    "修订" * 60,
    "é" * 37 + "修" + "🙂" * 20,
    "a" * 75,
    "\r\nBEGIN:VEVENT\r\n",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_survive_escaping_and_folding(text):
    entry = Entry("one@example.org", text, text, "https://consult.example/en/", AT, AT)
    (event,) = read_calendar(to_icalendar(Calendar(text, "fr", [entry]))).events
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (text.replace("\r\n", "\n"),) * 2


def test_an_entry_is_an_instant_in_utc_or_a_whole_day():
    local = datetime.fromisoformat("2026-04-30T23:59:00+02:00")
    made = [Entry(f"{n}@example.org", "S", "T", "https://consult.example/", when, AT) for n, when in enumerate((local, date(2026, 12, 31)))]
    first, second = read_calendar(to_icalendar(Calendar("C", "en", made))).events
    assert first["DTSTART"] == "20260430T215900Z"
    assert (second["DTSTART"], second["DTEND"], second.parameters["DTSTART"]) == ("20261231", "20270101", {"VALUE": "DATE"})


def test_what_is_called_off_reminds_nobody_and_counts_as_a_change():
    entry = Entry("one@example.org", "S", "T", "https://consult.example/", AT, AT, 2, True, timedelta(hours=48))
    (event,) = read_calendar(to_icalendar(Calendar("C", "en", [entry]))).events
    assert (event["STATUS"], event["SEQUENCE"], event.alarms) == ("CANCELLED", "3", [])
