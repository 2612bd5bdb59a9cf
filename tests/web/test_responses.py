"""Publishing the response on the secretariat's page, and what everybody reads of it: nothing before, then the same for all."""

from datetime import timedelta

import pytest
from flask import Flask

from consult.web import tickets
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.staff import form_of, page_of, signed_in
from tests.support.answered import CLOSED, SECRETS, decided_round, published, published_round, received_round
from tests.support.database import on_sqlite
from tests.support.statements import counted_statements

ROUND = f"/en/consultations/{CONSULTATION}/rounds/1"
PUBLIC = (
    f"{ROUND}/clauses/{STANDARD}/5.2", f"{ROUND}/clauses/{STANDARD}/5.3", f"{ROUND}/comments", f"{ROUND}/comments.csv", f"{ROUND}/comments.json",
    f"/en/consultations/{CONSULTATION}/", f"/en/consultations/{CONSULTATION}/feed.atom", "/en/search?q=long",
)  # fmt: skip
DESK = f"/en/moderation/{CONSULTATION}/rounds/1/responses"


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(CLOSED)


def own_pages(app: Flask, found) -> list[str]:
    """Pages of single comments, and the receipt of each author."""
    with app.app_context():
        receipts = [
            f"/en/receipt/{each.reference}?ticket={tickets.ticket(each.reference, CLOSED)}" for each in (found.public, found.confidential)
        ]
    return [*(f"{ROUND}/comments/{each}" for each in found.references), *receipts]


def test_before_publication_no_public_page_file_feed_or_receipt_holds_anything_of_a_decision(app, client, as_left_by):
    found = as_left_by(decided_round)
    for address in (*PUBLIC, *own_pages(app, found)):
        answer = client.get(address)
        assert (answer.status_code, [each for each in (*SECRETS, "PS3-1-D0", "not accepted", "duplicate") if each in answer.text]) == (
            200,
            [],
        ), address
    assert client.get(f"{ROUND}/report").status_code == 404
    filtered = client.get(f"{ROUND}/comments?disposition=not_accepted")
    assert all(each in filtered.text for each in found.references)
    assert client.get(f"{ROUND}/comments.csv?disposition=not_accepted").text.count("PS3-1-") == 0


def test_afterwards_everybody_reads_it_under_what_they_may_read_and_the_author_reads_her_own(app, client, as_left_by):
    found = as_left_by(published_round)
    one, two, three = found.references
    read = {address: client.get(address).text for address in (*PUBLIC, *own_pages(app, found))}
    told = {address.removeprefix(ROUND): [each for each in SECRETS if each in text] for address, text in read.items()}
    receipts = [told[address] for address in told if address.startswith("/en/receipt")]
    assert receipts == [["kept-en"], ["gardé-seul"]]
    assert {address: secrets for address, secrets in told.items() if secrets and "receipt" not in address} == {
        f"/clauses/{STANDARD}/5.2": ["kept-en"], "/comments": ["kept-en"], f"/comments/{one}": ["kept-en"],
        "/comments.csv": ["kept-en"], "/comments.json": ["kept-en"],
    }  # fmt: skip
    assert f'href="{ROUND}/comments/{one}"' in read[f"{ROUND}/comments/{two}"]
    assert "gardé-fr" in client.get(f"{ROUND}/comments/{one}".replace("/en/", "/fr/")).text
    assert f"{ROUND}/report" in read[f"/en/consultations/{CONSULTATION}/"]
    assert f"{ROUND}/report" in read[f"/en/consultations/{CONSULTATION}/feed.atom"]
    filtered = client.get(f"{ROUND}/comments?disposition=not_accepted").text
    assert [f'id="{each}"' in filtered for each in found.references] == [True, False, False]
    assert three not in client.get(f"{ROUND}/comments.csv?disposition=partially_accepted").text


def test_the_report_is_the_same_for_everyone_and_says_nothing_of_confidential_comments(app, client, as_left_by):
    as_left_by(published_round)
    answer = client.get(f"{ROUND}/report")
    assert (answer.status_code, answer.headers["Cache-Control"].startswith("public"), [each for each in SECRETS if each in answer.text]) == (
        200, True, ["kept-en"],
    )  # fmt: skip
    assert "1 cleared comment is confidential" in answer.text
    assert signed_in(app, now=CLOSED).client.get(f"{ROUND}/report").data == answer.data
    assert "gardé-fr" in client.get(f"{ROUND}/report".replace("/en/", "/fr/")).text


@on_sqlite
def test_pages_take_two_statements_more_however_many_decisions_there_are(app, client, as_left_by):
    as_left_by(decided_round)

    def taken(address):
        client.get(address)
        with app.app_context(), counted_statements() as seen:
            client.get(address)
        return len(seen)

    pages = (f"{ROUND}/clauses/{STANDARD}/5.2", f"{ROUND}/comments", f"{ROUND}/comments/PS3-1-0001")
    before = [taken(each) for each in pages]
    with app.app_context():
        published()
    assert [taken(each) - few for each, few in zip(pages, before, strict=True)] == [2, 2, 2]


def test_the_secretariat_publishes_with_a_tick_and_the_page_says_so_afterwards(app, as_left_by):
    as_left_by(decided_round)
    staff = signed_in(app, now=CLOSED)
    page = staff.client.get(DESK)
    assert "Decided: 3 of 3 cleared comments" in page.text
    assert "kept-en" in staff.client.get(f"{DESK}/preview").text
    form = form_of(page, "final")
    unticked = staff.post(DESK, form)
    assert (unticked.status_code, "Tick that the response is final." in unticked.text) == (422, True)
    assert staff.post(DESK, {**form, "signed": "damaged"}, data={"final": "1"}).status_code == 400
    done = staff.post(DESK, form, data={"final": "1"})
    assert (done.status_code, done.location) == (303, DESK)
    after = staff.client.get(DESK)
    assert ("Published" in after.text, 'name="final"' in after.text) == (True, False)
    assert staff.post(DESK, form, data={"final": "1"}).status_code == 303
    assert signed_in(app, "process_auditor", now=CLOSED).client.get(DESK).status_code == 200
    assert signed_in(app, "committee", now=CLOSED).client.get(DESK).status_code == 403


def test_what_is_missing_is_named_with_the_way_there(app, at, as_left_by):
    as_left_by(received_round)
    staff = signed_in(app, now=CLOSED)
    with app.app_context():
        factories.comment("5.1", text="Read me.", now=NOW)
    page = staff.client.get(DESK)
    links = [each.attributes["href"] for each in page_of(page).find("a") if "href" in each.attributes]
    room = f"/en/committee/{CONSULTATION}/rounds/1"
    assert {f"/en/moderation/{CONSULTATION}/", f"{room}/?sort=undecided", f"{room}/{STANDARD}/5.2?became=none"} <= set(links)
    assert ("1 comment waits for moderation" in page.text, "3 cleared comments are not decided yet" in page.text, 'name="final"' in page.text) == (
        True, True, False,
    )  # fmt: skip
    at(NOW + timedelta(days=1))
    assert "The round has not closed yet." in signed_in(app, now=NOW + timedelta(days=1)).client.get(DESK).text


def test_a_round_without_comments_may_be_answered_all_the_same(app, client):
    with app.app_context():
        factories.round_of()
    staff = signed_in(app, now=CLOSED)
    page = staff.client.get(DESK)
    assert "Nobody commented in this round." in page.text
    assert staff.post(DESK, form_of(page, "final"), data={"final": "1"}).status_code == 303
    assert "Nobody commented in this round." in client.get(f"{ROUND}/report").text
