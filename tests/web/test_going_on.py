"""From the receipt's page: revise, take back, add, mail, my data; what was typed survives every refusal."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy import select

from consult.extensions import db
from consult.models import Basket, Comment, CommentRevision, Outbox, Submission
from tests import factories
from tests.factories import NOW
from tests.support.comment_form import OWN, as_typed, notices, opened, parts, send
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)


@pytest.fixture
def receipt(app, client, at):
    """The page after handing in."""
    at(NOW - timedelta(minutes=1))
    with app.app_context():
        factories.round_of()
    signed = opened(client)
    at(NOW)
    return client.get(send(client, signed).location)


def form(page, ending):
    """(address, fields) of the form that goes there."""
    found = next(each for each in parts(page, "form") if each.attributes["action"].partition("?")[0].endswith(ending))
    fields = {each.attributes["name"]: each.attributes.get("value", "") for each in found.find("input") if "name" in each.attributes}
    return found.attributes["action"], fields


def post(client, page, ending, **typed):
    address, fields = form(page, ending)
    return client.post(address, data=fields | typed, headers=OWN)


def link(page, words):
    return next(each.attributes["href"] for each in parts(page, "a") if each.text.startswith(words))


def rows(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


SAYS = {"text": "Said\r\nbetter.", "proposed": "", "rationale": "We tried again.", "evidence": "https://example.org/figures"}


def test_a_comment_is_revised_and_the_receipt_shows_both_with_their_times(app, client, at, receipt):
    page = client.get(link(receipt, "Revise"))
    assert as_typed(page)["text"] == "One\nthing."
    at(NOW + timedelta(hours=30))  # longer than the ticket of the page holds
    answer = client.post(page.request.path, data=form(page, "PS3-1-0001")[1] | SAYS, headers=OWN)
    shown = client.get(answer.location)
    assert "Your revision was received." in notices(shown)[0]
    heads = [each.text for each in parts(shown, "h3") if each.text.startswith("Revision")]
    assert [head[:10] for head in heads] == ["Revision 2", "Revision 1"]
    assert all(("UTC+" in head and "13:31:07 UTC" in head) or "19:31:07 UTC" in head for head in heads)
    assert rows(app, CommentRevision.text, CommentRevision.evidence)[1] == ("Said\nbetter.", "https://example.org/figures")


@on_sqlite
def test_a_file_comes_and_goes_with_a_revision_and_its_author_fetches_each_as_she_sent_it(app, client, receipt):
    def said(page, **more):
        opened = {name: value for name, value in form(page, "PS3-1-0001")[1].items() if name not in ("remove_file", "take_away")}
        said = {**opened, **SAYS, "position": "support", "type": "", "further": "5.1", **more}
        return client.post(page.request.path, data=said, headers=OWN, content_type="multipart/form-data")

    attached = said(client.get(link(receipt, "Revise")), act="attach", files=(BytesIO(b"a\nword"), "../plan <b>.txt"), further="9.9")
    assert (attached.status_code, as_typed(attached)["further"]) == (200, "9.9")
    wrong = said(attached, further="9.9", act="")
    assert (wrong.status_code, "plan b.txt" in wrong.text or "plan &lt;b&gt;.txt" in wrong.text) == (422, True)
    shown = client.get(said(wrong, act="").location)
    assert "before: oppose; now: support" in shown.text
    file = next(each for each in parts(shown, "a") if "/files/1" in each.attributes["href"])
    sent = client.get(file.attributes["href"])
    assert (sent.data, sent.headers["Content-Disposition"].split(";")[0], sent.headers["Cache-Control"]) == (
        b"a\nword",
        "attachment",
        "no-store",
    )
    assert "Secret code" in client.get(file.attributes["href"].partition("?")[0]).text
    gone = client.get(said(client.get(link(shown, "Revise")), take_away="1", act="").location)
    assert ("Taken away by you" in gone.text, client.get(file.attributes["href"]).data) == (True, b"a\nword")
    packed = post(client, client.get(link(gone, "My data")), "/data", kind="zip")
    with ZipFile(BytesIO(packed.data)) as archive:
        names = archive.namelist()
        assert (names[:2], names[2].startswith("files/PS3-1-0001_1_"), archive.read(names[2])) == (
            ["my-data.json", "my-data.txt"],
            True,
            b"a\nword",
        )


@on_sqlite
def test_a_revision_without_words_or_unchecked_keeps_all_that_was_typed(client, receipt):
    page = client.get(link(receipt, "Revise"))
    fields = form(page, "PS3-1-0001")[1]
    empty = client.post(page.request.path, data=fields | SAYS | {"text": " ", "rationale": "Kept."}, headers=OWN)
    assert (empty.status_code, as_typed(empty)["rationale"]) == (422, "Kept.")
    wrong = client.post(page.request.path, data=fields | SAYS | {"evidence": "no link"}, headers=OWN)
    assert (wrong.status_code, as_typed(wrong)["evidence"], as_typed(wrong)["text"]) == (422, "no link", "Said\nbetter.")
    forged = client.post(page.request.path, data=fields | SAYS | {"signed": "forged"}, headers=OWN)
    assert (forged.status_code, "Said\nbetter." in forged.text.replace("\r\n", "\n")) == (400, True)


def test_after_closing_the_time_is_told_and_the_text_given_back(app, client, at, receipt):
    page = client.get(link(receipt, "Revise"))
    at(CLOSES)
    answer = client.post(page.request.path, data=form(page, "PS3-1-0001")[1] | SAYS, headers=OWN)
    assert (answer.status_code, "The window closed" in notices(answer)[0]) == (403, True)
    assert "Said\nbetter." in answer.text.replace("\r\n", "\n")
    assert len(rows(app, CommentRevision.id)) == 1


@on_sqlite
def test_two_windows_show_what_the_other_sent(client, receipt):
    first, second = client.get(link(receipt, "Revise")), client.get(link(receipt, "Revise"))
    client.post(first.request.path, data=form(first, "PS3-1-0001")[1] | SAYS, headers=OWN)
    answer = client.post(second.request.path, data=form(second, "PS3-1-0001")[1] | SAYS | {"text": "From the other window."}, headers=OWN)
    assert (answer.status_code, as_typed(answer)["text"]) == (409, "From the other window.")
    assert "Said\nbetter." in answer.text.replace("\r\n", "\n")
    again = client.post(second.request.path, data=form(answer, "PS3-1-0001")[1] | SAYS | {"text": "From the other window."}, headers=OWN)
    assert again.status_code == 303


def test_a_comment_is_taken_back_after_a_question(app, client, receipt):
    page = client.get(link(receipt, "Take it back"))
    assert rows(app, Comment.state) == [("pending",)]
    shown = client.get(post(client, page, "/withdraw", reason="I named a colleague.").location)
    assert rows(app, Comment.state) == [("withdrawn",)]
    assert "Taken back." in notices(shown)[0]
    assert [each for each in parts(shown, "a") if each.text.startswith("Revise")] == []


@on_sqlite
def test_adding_goes_back_to_reading_with_the_particulars_remembered(app, client, receipt):
    answer = post(client, receipt, "/add")
    assert (answer.status_code, answer.location) == (303, "/en/consultations/performance-standard-v3/")
    (basket,) = rows(app, Basket.particulars, Basket.adds_to_id)
    assert (basket.particulars["name"], basket.particulars["choice"], basket.adds_to_id) == ("Anna", "named", 1)


@on_sqlite
def test_the_page_tells_what_became_of_our_mail_and_sends_it_elsewhere(app, client, receipt):
    assert "Waits to be sent." in receipt.text
    with app.app_context(), factories.writing() as session:
        mail = session.scalars(select(Outbox)).one()
        mail.done_at, mail.error, mail.attempts = NOW, "recipient refused: 550", 1
    page = client.get(post(client, receipt, "/mail", act="again").location)
    assert "on its way again" in notices(page)[0]
    wrong = post(client, receipt, "/mail", act="address", mail="no address")
    assert (wrong.status_code, as_typed(wrong)["mail"]) == (422, "no address")
    page = client.get(post(client, receipt, "/mail", act="address", mail="right@example.org").location)
    assert "secret code has changed" in notices(page)[0]
    assert rows(app, Submission.secret_turn, Submission.confirmation) == [(1, "unconfirmed")]


@on_sqlite
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("recipient refused: 550", "The mail server refused this address."),
        ("connection: gaierror", "could not be sent, though it was tried for days"),
        (None, "Handed to the mail server"),
    ],
)
def test_each_fate_of_a_mail_has_its_sentence(app, client, receipt, error, sentence):
    with app.app_context(), factories.writing() as session:
        mail = session.scalars(select(Outbox)).one()
        mail.done_at, mail.error, mail.attempts = NOW, error, 1
    assert sentence in client.get(f"{receipt.request.path}?{receipt.request.query_string.decode()}").text


@on_sqlite
def test_the_word_file_says_all_that_the_text_says(client, receipt):
    text = post(client, receipt, "/file", kind="txt").text
    answer = post(client, receipt, "/file", kind="docx")
    document = Document(BytesIO(answer.data))
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [line for line in text.split("\n") if line.strip() and set(line) != {"-"} and line not in written] == []
    assert [each.text for each in document.paragraphs if each.style.name == "Heading 2"] == ["Comment PS3-1-0001 (in moderation)"]


def test_my_data_are_downloaded_narrowed_and_erased(app, client, receipt):
    page = client.get(link(receipt, "My data"))
    data = json.loads(post(client, page, "/data", kind="json").data)
    readable = post(client, page, "/data", kind="txt").text
    for piece in ("anna@example.org", "One\nthing.", "submission_received"):
        assert piece in json.dumps(data).replace("\\n", "\n")
        assert piece in readable
    shown = client.get(post(client, page, "/narrow", choice="class").location)
    assert "less is published" in notices(shown)[0]
    page = client.get(link(shown, "My data"))
    assert post(client, page, "/erase", what="all", typed="R-2222-2222").status_code == 422
    reference = shown.request.path.rpartition("/")[2]
    after = client.get(post(client, page, "/erase", what="all", typed=reference).location)
    assert "anna@example.org" not in after.text
    assert rows(app, Comment.state) == [("erased",)]


@on_sqlite
def test_nobody_acts_on_a_receipt_that_is_not_hers(app, client, receipt):
    own = receipt.request.path
    for ending in ("add", "mail", "confirm", "data", "narrow", "erase"):
        answer = client.post(f"{own}/{ending}", data={"signed": "forged", "act": "again", "choice": "class"}, headers=OWN)
        assert answer.status_code == 400
    for ending in ("comments/PS3-1-0001", "withdraw", "data"):
        assert "Open your receipt" in client.get(f"{own}/{ending}?ticket=forged").text
    assert rows(app, Comment.state) + rows(app, Submission.publication_choice) == [("pending",), ("named",)]
