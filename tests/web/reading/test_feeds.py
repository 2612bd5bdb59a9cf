"""Feeds and calendars are valid, say what happened in each language, and are the same bytes for everyone."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from consult.core.happening import next_digest
from consult.operations.extend import extend_round
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.demo import stop_clock
from tests.support.ics import read_calendar

ATOM = "{http://www.w3.org/2005/Atom}"
SEEDED, OTHER = "performance-standard-v3", "chain-of-custody-v2"


def entries(client, address):
    root = ElementTree.fromstring(client.get(address).data)
    return [{child.tag.removeprefix(ATOM): child.text or child.get("href") for child in entry} for entry in root.findall(f"{ATOM}entry")]


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("fr", "fr"), ("zh", "zh-Hans")])
@pytest.mark.parametrize("place", ["", f"consultations/{SEEDED}/"])
def test_a_feed_holds_what_atom_asks_for(demo_reader, as_who, language, tag, place):
    answer = as_who(demo_reader).get(f"/{language}/{place}feed.atom")
    root = ElementTree.fromstring(answer.data)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "application/atom+xml", "public, no-cache")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) > 4
    assert all(each.startswith("tag:") for each in ids)
    times = [datetime.fromisoformat(element.text) for entry in root.findall(f"{ATOM}entry") for element in entry.findall(f"{ATOM}updated")]
    assert times == sorted(times, reverse=True)
    assert datetime.fromisoformat(root.find(f"{ATOM}updated").text) == times[0]
    assert {(link.get("rel"), link.get("hreflang")) for link in root.findall(f"{ATOM}link")} >= {("self", None), ("alternate", tag)}
    assert all(entry.find(f"{ATOM}{name}").text for entry in root.findall(f"{ATOM}entry") for name in ("title", "summary", "id"))


def test_every_link_of_a_feed_leads_somewhere(demo_reader, as_who):
    client = as_who(demo_reader)
    root = ElementTree.fromstring(client.get("/fr/feed.atom").data)
    addresses = {link.get("href") for link in root.iter(f"{ATOM}link")}
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize(
    "address", ["feed.atom", "calendar.ics", f"consultations/{SEEDED}/feed.atom", f"consultations/{SEEDED}/calendar.ics"]
)
def test_what_has_not_changed_is_not_sent_again(demo_reader, as_who, address):
    first = as_who(demo_reader).get(f"/zh/{address}")
    again = as_who(demo_reader, "secretariat").get(f"/zh/{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert as_who(demo_reader, "secretariat").get(f"/zh/{address}").data == first.data


@pytest.mark.parametrize("ending", ["feed.atom", "calendar.ics"])
def test_a_consultation_that_is_not_there_has_none(demo_reader, as_who, ending):
    assert as_who(demo_reader).get(f"/fr/consultations/no-such/{ending}").status_code == 404


def test_a_feed_tells_opening_extension_and_closing_when_they_happen(app, client, monkeypatch):
    with app.app_context():
        factories.round_of(opens=timedelta(days=-2), closes=timedelta(days=2))
        extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 4, 1, 12), by=OPERATOR, now=NOW)

    def titles(at):
        stop_clock(monkeypatch, at)
        return [each["title"].partition(":")[0] for each in entries(client, f"/en/consultations/{CONSULTATION}/feed.atom")]

    assert titles(NOW - timedelta(days=2, seconds=1)) == ["New draft"]
    assert titles(NOW - timedelta(days=2)) == ["Comments are open", "New draft"]
    assert titles(NOW) == ["More time to comment", "Comments are open", "New draft"]
    assert titles(NOW + timedelta(days=2))[0] == "More time to comment"
    assert titles(datetime(2026, 4, 1, 10, tzinfo=UTC))[:2] == ["Comments are closed", "More time to comment"]


@pytest.mark.parametrize("state", ["cancelled", "voided"])
def test_a_round_that_was_called_off_is_in_no_feed_and_struck_out_in_the_calendar(app, client, monkeypatch, state):
    stop_clock(monkeypatch, NOW)
    with app.app_context():
        factories.round_of(state=state)
    assert [each for each in entries(client, "/en/feed.atom") if "round" in each["title"]] == []
    events = read_calendar(client.get("/en/calendar.ics").data).events
    assert [(event["STATUS"], event["SEQUENCE"], event.alarms) for event in events] == [("CANCELLED", "1", [])] * 2


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("fr", "fr"), ("zh", "zh-Hans")])
def test_a_calendar_holds_both_ends_of_every_round_and_the_milestones(demo_reader, as_who, language, tag):
    calendar = read_calendar(as_who(demo_reader).get(f"/{language}/calendar.ics").data)
    found = {event["UID"]: event for event in calendar.events}
    assert calendar.fields["VERSION"] == "2.0"
    assert len(found) == len(calendar.events)
    closes = found[f"{SEEDED}.2.closes@consult.example"]
    assert (closes["DTSTART"], closes["STATUS"], closes["SEQUENCE"]) == ("20260402T125900Z", "CONFIRMED", "0")
    assert closes.parameters["SUMMARY"] == {"LANGUAGE": tag}
    assert [(alarm["ACTION"], alarm["TRIGGER"]) for alarm in closes.alarms] == [("DISPLAY", "-PT48H")]
    assert found[f"{SEEDED}.2.opens@consult.example"].alarms == []
    assert {uid.partition("@")[0].rpartition(".")[0] for uid in found} >= {f"{OTHER}.1", f"{SEEDED}.1", f"{SEEDED}.milestone"}
    whole_days = [event for event in calendar.events if event.parameters["DTSTART"].get("VALUE") == "DATE"]
    assert len(whole_days) > 3
    assert all(int(event["DTEND"]) > int(event["DTSTART"]) for event in whole_days)


def test_an_extension_moves_the_closing_in_every_calendar(app, client, monkeypatch):
    stop_clock(monkeypatch, NOW)
    with app.app_context():
        factories.round_of()
    before = {event["UID"]: event for event in read_calendar(client.get("/en/calendar.ics").data).events}
    with app.app_context():
        extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 4, 30, 23, 59), by=OPERATOR, now=NOW)
    after = {event["UID"]: event for event in read_calendar(client.get("/fr/calendar.ics").data).events}
    assert set(before) == set(after)
    (uid,) = [each for each in before if ".closes@" in each]
    assert (before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]) == ("0", "1")
    assert (after[uid]["DTSTART"], after[uid]["DTSTAMP"]) == ("20260430T215900Z", "20260324T133107Z")


def test_digests_leave_at_seven_in_the_zone_of_the_body():
    tuesday = datetime(2026, 3, 24, 13, 31, tzinfo=UTC)
    assert next_digest("at_once", tuesday, "Europe/Zurich") == tuesday
    assert next_digest("daily", tuesday, "Europe/Zurich") == datetime(2026, 3, 25, 6, tzinfo=UTC)
    assert next_digest("daily", tuesday.replace(hour=5), "Europe/Zurich") == datetime(2026, 3, 24, 6, tzinfo=UTC)
    assert next_digest("weekly", tuesday, "Europe/Zurich") == datetime(2026, 3, 30, 5, tzinfo=UTC)
    assert next_digest("weekly", datetime(2026, 3, 30, 4, tzinfo=UTC), "Europe/Zurich") == datetime(2026, 3, 30, 5, tzinfo=UTC)
    assert next_digest("weekly", datetime(2026, 3, 30, 5, tzinfo=UTC), "Europe/Zurich") == datetime(2026, 4, 6, 5, tzinfo=UTC)
