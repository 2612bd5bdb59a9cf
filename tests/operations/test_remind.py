"""Reminders of unsent drafts: at their instants, once, unless declined; after closing everything as a form file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.core.basket import Draft
from consult.core.problem import Refused
from consult.core.reminder import due, instant_of
from consult.core.window import Window
from consult.extensions import db, writing
from consult.jobs.reminders import build_reminder
from consult.models import Outbox, Reminder, Round
from consult.operations.basket import keep_comment, remove_comment, submit_basket, token_sha256
from consult.operations.extend import extend_round
from consult.operations.place_rows import Said, decide_rows
from consult.operations.read_form import read_filled_form
from consult.operations.receive import read_received, receive_file
from consult.operations.record import OPERATOR
from consult.operations.remind import ask_reminders, decline_reminders, end_reminders, remind, resume_by_ticket
from consult.queries.baskets import baskets_of
from consult.queries.received_files import found_file, rows_of_file
from consult.queries.waiting_rows import waiting_files
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
SECOND = timedelta(seconds=1)
INSTANTS = [CLOSES - timedelta(days=7), CLOSES - timedelta(hours=48), CLOSES - timedelta(hours=6), CLOSES]
OF = {"consultation": CONSULTATION, "round_number": 1}


@pytest.fixture
def settings(settings):
    return replace(settings, public_address="https://consult.example")


@pytest.fixture
def token(in_app):
    factories.round_of()
    made = keep_comment(
        token=None, language="fr", key="k1", target=factories.target("5.2"), draft=Draft("Trop court."), seen=0, opened_at=None,
        address=None, now=NOW, **OF,
    ).token  # fmt: skip
    ask_reminders(token=made, mail="awa@example.org", address=None, now=NOW, **OF)
    return made


def mails():
    db.session.rollback()
    return [row.payload for row in db.session.scalars(select(Outbox).order_by(Outbox.id)) if row.payload.get("template") == "reminder"]


def built(at, payload, now):
    at(now)
    return build_reminder(payload)


def test_each_reminder_is_sent_once_at_its_very_instant(token):
    for number, instant in enumerate(INSTANTS):
        assert (remind(now=instant - SECOND), len(mails())) == (0, number)
        assert (remind(now=instant), remind(now=instant), remind(now=instant + SECOND)) == (1, 0, 0)
        assert len(mails()) == number + 1


@on_sqlite
def test_a_worker_that_stood_still_sends_one_and_not_three(token):
    assert (remind(now=CLOSES - timedelta(hours=1)), remind(now=CLOSES - SECOND)) == (1, 0)
    assert remind(now=CLOSES + timedelta(days=7)) == 0


def test_who_asks_after_an_instant_is_not_reminded_of_it():
    window = Window(NOW, CLOSES, "Europe/Zurich")
    asked = INSTANTS[1] + SECOND
    assert [due(window, instant, asked) for instant in (asked, INSTANTS[2] - SECOND, INSTANTS[2])] == [None, None, "hours_6"]
    late = replace(window, grace=timedelta(minutes=30))
    assert [due(late, CLOSES + timedelta(minutes=m), NOW) for m in (0, 29, 30)] == [None, None, "closed"]
    assert instant_of("closed", late) == CLOSES + timedelta(minutes=30)


def test_an_extension_moves_the_instants_and_lets_old_mails_lapse(token, at):
    remind(now=INSTANTS[0])
    (before,) = mails()
    extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 4, 30, 23, 59), by=OPERATOR, now=INSTANTS[0] + SECOND)
    closes = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)
    assert built(at, before, INSTANTS[0] + SECOND) is None
    assert [remind(now=each) for each in (*INSTANTS[1:], closes - timedelta(days=7) - SECOND, closes - timedelta(days=7))] == [
        0,
        0,
        0,
        0,
        1,
    ]


@on_sqlite
@pytest.mark.parametrize("what", ["declined", "ended", "taken out", "submitted", "cancelled"])
def test_nobody_is_reminded_of_what_is_settled(token, at, what):
    remind(now=INSTANTS[0])
    (waiting,) = mails()
    mail = built(at, waiting, INSTANTS[0])
    if what == "declined":
        decline_reminders(token=token, now=NOW, **OF)
    elif what == "ended":
        ending = mail.unsubscribe.partition("token=")[2]
        assert (end_reminders(token=ending + "x", now=NOW), end_reminders(token=ending, now=NOW), end_reminders(token=ending, now=NOW)) == (
            False,
            True,
            True,
        )
    elif what == "taken out":
        remove_comment(token=token, key="k1", now=NOW)
    elif what == "submitted":
        (of,) = baskets_of(token_sha256=token_sha256(token), language="fr")
        submit_basket(token=token, key="s1", seen=of.revision, person=factories.person(), language="fr", now=NOW, **OF)
    else:
        with writing() as session:
            session.get(Round, 1).state = "cancelled"
    assert (built(at, waiting, INSTANTS[0]), [remind(now=each) for each in INSTANTS[1:]]) == (None, [0, 0, 0])
    if what in ("declined", "ended"):
        assert db.session.scalars(select(Reminder.mail)).all() == [None]


@on_sqlite
def test_the_mail_speaks_the_readers_language_and_says_when_and_how(token, at):
    remind(now=INSTANTS[0])
    mail = built(at, mails()[0], INSTANTS[0])
    assert (mail.to, mail.language, mail.attachments) == ("awa@example.org", "fr", ())
    assert "UTC+2" in mail.text
    assert "1er avril 2026 à 13 h 31 (UTC)" in mail.text.replace("\u00a0", " ")
    link = next(line for line in mail.text.split() if "/my/resume?ticket=" in line)
    assert link.startswith("https://consult.example/fr/")
    assert resume_by_ticket(ticket=link.partition("ticket=")[2], now=INSTANTS[0]) == token
    for ticket in (link.partition("ticket=")[2][:-1] + "_", "", "a.1.b", "a.x.b"):
        with pytest.raises(Refused):
            resume_by_ticket(ticket=ticket, now=INSTANTS[0])


@on_sqlite
def test_after_closing_everything_unsent_comes_back_as_a_form(token, at, in_app):
    remind(now=CLOSES)
    mail = built(at, mails()[0], CLOSES + timedelta(hours=1))
    (form,) = mail.attachments
    reading = read_filled_form(
        form.data, form.name, consultation_slug=CONSULTATION, number=1, languages=("en", "fr"), body=in_app.config["BODY"]
    )
    assert [(row.number, row.comment) for row in reading.rows] == [("5.2", "Trop court.")]


@on_sqlite
def test_an_address_has_to_look_like_one_and_requests_are_limited(token):
    for wrong in ("", "  ", "awa", "a@b", "a" * 250 + "@b.org"):
        with pytest.raises(Refused) as refused:
            ask_reminders(token=token, mail=wrong, address=None, now=NOW, **OF)
        assert refused.value.problems[0].code == "mail_form"
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 1


def test_rows_of_a_file_that_wait_for_a_word_are_unsent_work_too(token, at, in_app):
    remove_comment(token=token, key="k1", now=NOW)
    assert remind(now=INSTANTS[0]) == 0
    received = receive_file(
        token=token, language="fr", key="f1", data=b"Clause,Comment\n5.1,Une fois.\n77.7,Nulle part.\n", name="avis.csv", opened_at=None,
        address=None, now=NOW, **OF,
    )  # fmt: skip
    read_received(reference=received.reference, languages=("en", "fr"), body=in_app.config["BODY"], now=NOW)
    assert [each.rows for each in waiting_files(token_sha256=token_sha256(token), now=NOW)] == [2]
    assert [remind(now=each) for each in (INSTANTS[0], CLOSES)] == [1, 1]
    before, after = (built(at, mail, now) for mail, now in zip(mails(), (INSTANTS[0], CLOSES), strict=True))
    assert (before.text.count("avis.csv"), before.attachments, "2" in before.subject) == (1, (), True)
    form = after.attachments[0]
    reading = read_filled_form(
        form.data, form.name, consultation_slug=CONSULTATION, number=1, languages=("en", "fr"), body=in_app.config["BODY"]
    )
    assert [(row.number_said, row.comment) for row in reading.rows] == [("5.1", "Une fois."), ("77.7", "Nulle part.")]
    decide_rows(
        token=token, reference=received.reference, language="fr", now=NOW,
        said={each.id: Said("", leave_out=True) for each in rows_of_file(found_file(received.reference), "fr")},
    )  # fmt: skip
    assert (waiting_files(token_sha256=token_sha256(token), now=NOW), remind(now=INSTANTS[1])) == ((), 0)
