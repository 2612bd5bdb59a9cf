"""Sending a filled form: received at once, read back row by row, corrected, submitted; too late, unreadable or hostile, each with a plain page."""

import io
from datetime import timedelta

import pytest
from flask_babel import gettext
from sqlalchemy import select

from consult.core.received_file import LARGEST
from consult.extensions import db
from consult.jobs.read_files import read_files
from consult.models import BasketComment, ReceivedFile, Submission
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.staff import signed_in
from tests.support.comment_form import OWN, SAID, notices, parts, signed_of, stored
from tests.support.database import on_sqlite
from tests.support.form_files import sheet_file
from tests.support.html import Page
from tests.support.office_files import bomb, zipped
from tests.support.pages import faults_of

CLOSES = NOW + timedelta(days=8)
UPLOAD = f"/en/consultations/{CONSULTATION}/rounds/1/upload"
FORM = b"Clause,Comment,Proposed change\n5.2,Too strict.,every third year\n77.7,Nowhere.,\n5.3,Fine.,\n"
PERSON = {name: SAID[name] for name in ("capacity", "organisation", "name", "mail", "stakeholder_class", "country", "choice", "consent")}

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


def send(client, data=FORM, name="form.csv", *, signed=None, mail="", headers=OWN):
    signed = signed or signed_of(client.get(UPLOAD))
    return client.post(UPLOAD, data={"signed": signed, "file": (io.BytesIO(data), name), "mail": mail}, headers=headers)


def words(response):
    return " ".join(Page(response.text).root.text.split())


def fields(page):
    """The form of the rows as it stands, by name."""
    form = next(each for each in parts(page, "form") if "words-form" in each.attributes.get("class", ""))
    return {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in form.find("input")
        if each.attributes.get("type") != "checkbox"
    }


def decide(client, address, **changed):
    page = client.get(address)
    return client.post(address.partition("?")[0], data={**fields(page), **changed}, headers=OWN)


def test_from_the_file_to_the_receipt_without_scripts(app, client, at):
    sent = send(client, mail="anna@example.org")
    assert (sent.status_code, sent.headers["Set-Cookie"].startswith("consult_basket=")) == (303, True)
    page = client.get(sent.location)
    assert (page.headers["Cache-Control"], "2 of 3 rows placed." in words(page)) == ("no-store", True)
    assert [each.text for each in parts(page, "h2")][:2] == ["Without a place yet (1)", "Placed (2)"]
    unplaced = next(name for name, value in fields(page).items() if name.startswith("place-") and not value)
    assert "3 rows of form.csv wait for your confirmation · until" in words(client.get("/en/receipt"))
    answer = decide(client, sent.location, **{unplaced: "88.8"})
    assert (
        answer.status_code,
        "“88.8” is no clause of this round" in words(answer),
        "2 comments are among yours now" in words(answer),
    ) == (422, True, True)
    answer = decide(client, sent.location, **{unplaced: "Criterion 5.1"})
    assert (answer.status_code, answer.location) == (303, f"/en/my/review?round={CONSULTATION}/1")
    basket = client.get("/en/my/comments")
    assert "form.csv” row 3" in words(basket).replace(",", "")
    review = client.get(answer.location)
    signed = parts(review, "input", name="signed")[-1].attributes["value"]
    assert parts(review, "input", name="mail")[0].attributes["value"] == "anna@example.org"
    at(NOW + timedelta(minutes=1))
    client.post(answer.location, data={**PERSON, "signed": signed, "act": "submit"}, headers=OWN)
    assert stored(app) == [1, 1, 3]


def test_the_rows_of_a_file_of_the_last_second_are_confirmed_and_submitted_the_day_after(app, client, at):
    at(CLOSES - timedelta(seconds=1))
    address = send(client).location
    at(CLOSES + timedelta(days=1))
    answer = decide(client, address)
    assert answer.status_code == 303
    review_address = f"/en/my/review?round={CONSULTATION}/1"
    assert f'href="{review_address}"' in client.get("/en/my/comments").text
    review = client.get(review_address)
    assert parts(review, "button", name="act", value="submit")[0].attributes.get("disabled") is None
    signed = parts(review, "input", name="signed")[-1].attributes["value"]
    at(CLOSES + timedelta(days=1, minutes=1))
    assert client.post(review_address, data={**PERSON, "signed": signed, "act": "submit"}, headers=OWN).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Submission.late, Submission.received_at)).all() == [(False, CLOSES - timedelta(seconds=1))]
    at(CLOSES + timedelta(hours=73))
    assert "you could say where these rows belong" in words(client.get(address))


def test_one_second_after_closing_everything_readable_is_given_back_and_nothing_stored(app, client, at):
    signed = signed_of(client.get(UPLOAD))
    at(CLOSES)
    answer = send(client, signed=signed)
    assert (answer.status_code, "The window closed on 1 April 2026" in words(answer), list(faults_of(answer.text, "/en/"))) == (
        403,
        True,
        [],
    )
    assert all(each in words(answer) for each in ("Too strict.", "every third year", "Nowhere.", "Fine."))
    file = client.post(UPLOAD, data={"signed": signed_of(answer)}, headers=OWN)
    assert file.headers["Content-Disposition"].endswith('_not-submitted_en.xlsx"')
    with app.app_context():
        assert db.session.scalars(select(ReceivedFile)).all() == []
        at(NOW)
    back = client.get(send(client, file.data, "back.xlsx").location)
    assert "2 of 3 rows placed." in words(back)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("form.et", b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600, "WPS Spreadsheets: open it"), ("scan.pdf", b"%PDF-1.4 \0\1", "save that as .xlsx"),
     ("form.xlsx", b"PK\x03\x04" + b"\0" * 99, "it could not be read"), ("<b>../..\\x.docx", b"<not a zip>\0", "it could not be read")],
)  # fmt: skip
def test_what_cannot_be_read_is_acknowledged_with_a_remedy(client, name, data, said):
    page = client.get(send(client, data, name).location)
    assert ("counts as received in time" in words(page), said in words(page)) == (True, True)


def test_a_blank_form_unchanged_gives_no_comment_and_says_so(client):
    for language in ("en", "fr", "zh"):
        blank = client.get(f"/{language}/consultations/{CONSULTATION}/rounds/1/form.xlsx").data
        said = words(client.get(send(client, blank, "form.xlsx").location))
        assert ("0 comments: no row of this file says anything." in said, "and so not read" in said) == (True, False)


def test_what_is_no_file_too_large_or_not_ours_is_refused_and_leaves_nothing(app, client):
    assert [each.text for each in parts(send(client, b""), "p") if each.attributes.get("id") == "file-error"] == [
        "Choose a file that is not empty."
    ]
    large = send(client, b"x" * (LARGEST + 2))
    assert (large.status_code, "larger than 10 MB" in words(large)) == (413, True)
    assert send(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert send(client, mail="no address").status_code == 422
    with app.app_context():
        assert db.session.scalars(select(ReceivedFile)).all() == []


def test_nobody_else_opens_the_file_and_the_same_one_says_when_it_came(app, client):
    address = send(client).location
    assert parts(app.test_client().get(address), "input", name="code")
    again = send(client)
    assert (again.location, notices(client.get(again.location))[0].startswith("This very file was received before")) == (
        f"{address}?again=1",
        True,
    )


def test_a_later_copy_shows_what_differs_and_one_button_applies_it(app, client):
    decide(client, send(client, b"Clause,Comment\n5.1,One.\n5.2,Two.\n5.3,Three.\n").location)
    later = send(client, b"Clause,Comment\n5.1,One.\n5.2,Two and a half.\nprocess,Four.\n").location
    page = client.get(later)
    assert [each.text for each in parts(page, "h2")][:4] == [
        "Changed since your earlier file (1)", "New in this file (1)", "No longer in this file (1)", "As in your other copy (1)",
    ]  # fmt: skip
    gone = parts(page, "input", name="gone")[0].attributes["value"]
    decide(client, later, gone=gone)
    with app.app_context():
        kept = db.session.scalars(select(BasketComment.text).where(BasketComment.removed_at.is_(None)).order_by(BasketComment.text)).all()
    assert kept == ["Four.", "One.", "Two and a half."]


def test_a_large_file_waits_for_the_worker_and_the_page_looks_again_by_itself(app, client, monkeypatch, at):
    monkeypatch.setattr("consult.jobs.read_files.AT_ONCE", -1)
    address = send(client).location
    page = client.get(address)
    assert ("Your file is being read" in words(page), page.headers["Refresh"]) == (True, "5")
    monkeypatch.undo()
    with app.app_context():
        assert read_files() == 1
    page = client.get(address)
    assert ("2 of 3 rows placed." in words(page), "Refresh" in page.headers) == (True, False)


def test_the_secretariat_sees_how_far_each_file_is_and_takes_over_what_its_sender_left(app, client, at):
    at(CLOSES - timedelta(hours=1))
    sent, photo = (
        send(client).location.rpartition("/")[2],
        send(client, b"\xff\xd8\xff\xe0<script>", "photo.jpg").location.rpartition("/")[2],
    )
    files, staff = f"/en/moderation/{CONSULTATION}/files/", signed_in(app, now=CLOSES - timedelta(hours=1)).client
    assert [each in words(staff.get(files)) for each in ("with its sender until 4 April 2026", "could not be read: to be typed in")] == [
        True,
        True,
    ]
    original = staff.get(f"{files}{photo}/original")
    assert (original.data[-8:], original.mimetype, original.headers["Content-Disposition"]) == (
        b"<script>", "application/octet-stream", f'attachment; filename="{photo}.picture"',
    )  # fmt: skip
    assert client.get(f"{files}{photo}/original").status_code == 303
    assert "Its sender decides about these rows until 4 April 2026" in words(staff.get(files + sent))
    at(CLOSES + timedelta(hours=72))
    staff = signed_in(app, now=CLOSES + timedelta(hours=72)).client
    page = staff.get(files + sent)
    unplaced = next(name for name, value in fields(page).items() if name.startswith("place-") and not value)
    person = {
        "capacity": "individual",
        "country": "ZZ",
        "stakeholder_class": PERSON["stakeholder_class"],
        "choice": "confidential",
        "act": "take_in",
    }
    answer = staff.post(files + sent, data={**fields(page), **person, unplaced: "99.9"}, headers=OWN)
    assert (answer.status_code, stored(app)) == (422, [0, 0, 0])
    assert staff.post(files + sent, data={**fields(answer), **person, unplaced: "5.1"}, headers=OWN).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Submission.late, Submission.channel, Submission.received_at)).all() == [
            (False, "form", CLOSES - timedelta(hours=1))
        ]
    references = [each.text for each in parts(staff.get(files + sent), "a", **{"class": "reference"})]
    page = staff.get(files + photo)
    typed_in = {"signed": signed_in_form(page), "act": "typed_in", "references": f"{references[0].lower()}; {references[1]}"}
    assert staff.post(files + photo, data=typed_in, headers=OWN).status_code == 303
    assert ["done" in words(staff.get(files)), "typed in by hand" in words(staff.get(files))] == [True, True]


def test_the_secretariat_brings_a_file_as_of_when_it_reached_it(app, client, at):
    files, staff = f"/en/moderation/{CONSULTATION}/files/", signed_in(app, now=NOW).client
    bring = {"round": "1", "arrived": "2026-03-23T09:30"}
    signed = signed_in_form(staff.get(files))
    assert (
        staff.post(files, data={**bring, "signed": signed, "arrived": "soon", "file": (io.BytesIO(FORM), "a.csv")}, headers=OWN).status_code
        == 422
    )
    answer = staff.post(files, data={**bring, "signed": signed, "file": (io.BytesIO(FORM), "a.csv")}, headers=OWN)
    assert (answer.status_code, "2 of 3 rows placed." in words(staff.get(answer.location))) == (303, True)
    with app.app_context():
        assert db.session.scalars(select(ReceivedFile.arrived_at)).one().isoformat() == "2026-03-23T08:30:00+00:00"


def signed_in_form(page):
    return next(
        each.attributes["value"]
        for form in parts(page, "form")
        if "sign-out" not in form.attributes.get("class", "")
        for each in form.find("input")
        if each.attributes.get("name") == "signed"
    )


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [("form.docx", bomb, "would need more than"), ("form.csv", lambda: b"Clause,Comment\n" + b"5.2,Too much.\n" * 60_000, "more than"),
     ("form.xlsx", lambda: zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "[Content_Types].xml": "<Types/>"}), "declarations that no office program")],
)  # fmt: skip
def test_hostile_files_end_in_a_plain_page(client, name, make, said):
    page = client.get(send(client, make(), name).location)
    assert ("It is kept and counts as received in time" in words(page), said in words(page)) == (True, True)


def test_a_formula_a_script_and_a_control_character_are_only_words(client):
    page = client.get(
        send(
            client, b'Clause,Comment\n5.2,"=HYPERLINK(""http://x.example"")"\n5.3,<script>alert(1)</script>\n5.1,one\x00\x07two\n'
        ).location
    )
    assert all(
        each in words(page) for each in ('=HYPERLINK("http://x.example")', "<script>alert(1)</script>", "3 of 3 rows placed.", "one��two")
    )


def test_of_43_damaged_rows_each_is_placed_or_shown_and_comes_into_the_basket(client):
    numbers = ["5.2", "Criterion 5.1 (b)", "准则5.3", "5.2.", "nowhere at all", "whole document", ""]
    said = [f"Remark {at:02d}: far too strict for us." for at in range(43)]
    cells = [(numbers[at % 7], *(("", said[at]) if at % 5 == 0 else (said[at], ""))) for at in range(43)]
    rows = "".join(
        f'<row r="{at}">' + "".join(f'<c r="{column}{at}" t="inlineStr"><is><t>{value}</t></is></c>' for column, value in zip("BDF", row, strict=True)) + "</row>"
        for at, row in enumerate([("Article", "Vos remarques", "建议修改为"), *cells], start=3)
    )  # fmt: skip
    sent = send(client, sheet_file(rows, before='<dimension ref="A1"/>', name="Feuille de Marc"), "retour (2).xlsx")
    page = client.get(sent.location)
    assert [each for each in said if words(page).count(each) != 1] == []
    left = {name: "5.1" for name, value in fields(page).items() if name.startswith("place-") and not value}
    assert (len(left) > 5, decide(client, sent.location, **left).status_code) == (True, 303)
    basket = words(client.get("/en/my/comments"))
    assert [each for each in said if basket.count(each) != 1] == []


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_what_the_list_of_places_offers_is_understood_in_the_language_of_the_page(app, client, language):
    address = send(client, b"Clause,Comment\nx,One.\ny,Two.\nz,Three.\n").location.replace("/en/", f"/{language}/")
    page = client.get(address)
    offered = [each.attributes["value"] for each in parts(page, "option") if each.parent.tag == "datalist"]
    with app.test_request_context(f"/{language}/"):
        after = gettext("new after %(number)s", number="5.2")
    rows = [name for name in fields(page) if name.startswith("place-")]
    assert decide(client, address, **dict(zip(rows, [*offered[:2], after], strict=True))).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(BasketComment.target).order_by(BasketComment.text)).all() == ["document", "new", "process"]


def test_a_later_copy_is_read_beside_what_was_handed_in_and_one_button_applies_it(app, client, at):
    with app.app_context():
        factories.comment("5.2", text="Too strict for a small refinery.", now=NOW)
    receipt = handed_in_by_file(client, b"Clause,Comment\n5.1,Once.\n5.2,Twice a year is short.\n5.3,Thrice.\n")
    page = client.get(next(each.attributes["href"] for each in parts(receipt, "a") if each.text == "Send a later copy of your form"))
    later = b"Clause,Comment\n5.3,Thrice.\n5.2,Twice a year is too short.\n5.2,Too strict for a small refinery.\n99,Nowhere.\n"
    sent = client.post(page.request.path, data={"signed": signed_of(page), "file": (io.BytesIO(later), "form.csv")}, headers=OWN)
    page = client.get(sent.location)
    heads = [
        "Without a place yet (1)", "Changed since you handed it in (1)", "New in this file (1)", "No longer in this file (1)", "As handed in (1)",
    ]  # fmt: skip
    assert [each.text for each in parts(page, "h2")] == heads
    assert [each.text for each in parts(page, "ins")] == ["added: too end of addition"]
    at(CLOSES - timedelta(seconds=1))
    sending = fields(page) | {next(name for name in fields(page) if name.startswith("place-")): "nowhere at all"}
    refused = client.post(page.request.path, data=sending, headers=OWN)
    assert (refused.status_code, notices(refused)[0].partition(".")[0], stored(app)[2]) == (422, "One row needs another look", 4)
    gone = parts(page, "input", name="gone")[0].attributes["value"]
    sending = {**fields(refused), **{name: "" for name in sending if name.startswith("place-") and sending[name] == "nowhere at all"}}
    done = client.post(page.request.path, data=sending | {"gone": gone}, headers=OWN)
    page = client.get(done.location)
    added = parts(page, "a")
    assert notices(page)[0].startswith("Applied. What is new has a receipt of its own: R-")
    assert notices(page)[0].endswith("One comment was revised. One comment was taken back. One row still waits for a word from you.")
    assert "Added to" in client.get(next(each.attributes["href"] for each in added if each.text.startswith("R-"))).text
    assert stored(app)[2] == 5
    again = client.get(next(each.attributes["href"] for each in added if each.text.startswith("Receipt R-")))
    assert "1 row waits for a word from you" in " ".join(each.text for each in parts(again, "ul"))
    assert client.post(page.request.path, data=sending | {"gone": gone}, headers=OWN).status_code == 303
    assert stored(app)[2] == 5


def handed_in_by_file(client, data):
    """The receipt of all rows of a file."""
    address = decide(client, send(client, data).location).location
    signed = parts(client.get(address), "input", name="signed")[-1].attributes["value"]
    return client.get(client.post(address, data={**PERSON, "signed": signed, "act": "submit"}, headers=OWN).location)
