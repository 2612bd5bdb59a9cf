"""The committee's pages: comments ticked, decided with their reason, decided anew; what is wrong comes back with all that was typed."""

import pytest
from flask import Flask

from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.staff import page_of, signed_in
from tests.support.comment_form import OWN
from tests.support.database import on_sqlite

pytestmark = on_sqlite
ROUND = f"/en/committee/{CONSULTATION}/rounds/1"
CLAUSE = f"{ROUND}/{STANDARD}/5.2"
NO = {"disposition": "not_accepted", "reason-en": "Four years stay.", "reason-fr": "Quatre ans restent."}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def references(app: Flask) -> list[str]:
    """Two cleared comments on 5.2, and one that waits."""
    with app.app_context():
        factories.round_of()
        found = [factories.comment("5.2", text=text).comments[0] for text in ("Too long.", "Far too long.", "Waits.")]
        for reference in found[:2]:
            move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    return found


@pytest.fixture
def member(app: Flask, references: list[str]):
    return signed_in(app, "committee", consultation=CONSULTATION, name="Awa Traoré").client


def field(page) -> str:
    [found] = [each.attributes["value"] for each in page_of(page).find("section")[-1].find("input") if each.attributes["name"] == "signed"]
    return found


def send(client, page, *ticks: str, address: str = CLAUSE, **fields: str):
    return client.post(address, data={"signed": field(page), "tick": list(ticks), **fields}, headers=OWN)


def ticks(page) -> dict[str, bool]:
    boxes = [each.attributes for each in page_of(page).find("input") if each.attributes.get("name") == "tick"]
    return {each["value"]: "checked" in each for each in boxes}


def test_ticked_comments_are_decided_together_and_the_table_counts_what_is_left(references, member) -> None:
    one, two, _ = references
    page = member.get(CLAUSE)
    assert ticks(page) == {one: False, two: False}
    done = send(member, page, one, **NO)
    assert (done.status_code, done.location) == (303, f"{CLAUSE}?done=PS3-1-D0001#said")
    after = member.get(done.location)
    article = page_of(after).find("article")[0].text
    assert all(said in article for said in ("not accepted", "Four years stay.", "PS3-1-D0001", "Awa Traoré"))
    assert "The committee has decided on 1 of 2 cleared comments." in member.get(f"{ROUND}/").text
    assert list(ticks(member.get(f"{CLAUSE}?became=none"))) == [two]
    assert "Quatre ans restent." in member.get(CLAUSE.replace("/en/", "/fr/")).text
    send(member, member.get(CLAUSE), all="1", disposition="duplicate", duplicate_of=one.lower())
    assert "Says the same as" in page_of(member.get(CLAUSE)).find("article")[1].text


def test_what_is_wrong_comes_back_with_all_that_was_typed(references, member) -> None:
    one = references[0]
    page = member.get(CLAUSE)
    wrong = send(member, page, one, **{"disposition": "noted", "reason-zh": " ", "duplicate_of": "PS3-1-0002"})
    assert (wrong.status_code, ticks(wrong)[one]) == (422, True)
    assert "Give the reason. Those who commented read it." in wrong.text
    none = send(member, page, **NO)
    assert (none.status_code, "Four years stay." in none.text, "No comment was ticked" in none.text) == (422, True, True)
    forged = member.post(CLAUSE, data={"signed": "x", "tick": one, **NO}, headers=OWN)
    assert (forged.status_code, "Quatre ans restent." in forged.text, "Recorded" in forged.text) == (400, True, False)
    waits = references[2]
    assert send(member, page, waits, **NO).status_code == 422


def test_who_decides_meanwhile_is_not_overwritten(app, references, member) -> None:
    one, two, _ = references
    page = member.get(CLAUSE)
    other = signed_in(app, "chair", consultation=CONSULTATION).client
    send(other, other.get(CLAUSE), one, disposition="accepted")
    stale = send(member, page, one, two, **NO)
    assert (stale.status_code, "Four years stay." in stale.text, ticks(stale)) == (409, True, {one: False, two: True})
    articles = [each.text for each in page_of(stale).find("article")]
    assert ("accepted" in articles[0], "not accepted" in articles[0], "not accepted" in articles[1]) == (True, False, True)
    again = send(member, stale, one, **NO)
    assert again.status_code == 303
    assert "1 earlier decision" in page_of(member.get(CLAUSE)).find("article")[0].text


@pytest.mark.parametrize("role", ["observer", "secretariat", "working_group", "process_auditor"])
def test_who_only_reads_gets_no_form_and_is_refused(app, references, member, role: str) -> None:
    reader = signed_in(app, role, consultation=CONSULTATION).client
    page = member.get(CLAUSE)
    assert ticks(reader.get(CLAUSE)) == {}
    assert send(reader, page, references[0], **NO).status_code == 403
    assert list(ticks(member.get(f"{CLAUSE}?became=none"))) == references[:2]


def test_a_comment_on_the_process_is_decided_on_its_own_page(app, member) -> None:
    with app.app_context():
        reference = factories.comment(None, kind="process", text="More time.").comments[0]
        move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    address = f"{ROUND}/process"
    done = send(member, member.get(address), reference, address=address, **NO)
    assert (done.status_code, "Four years stay." in member.get(address).text) == (303, True)
