"""Mails leave the outbox once, in their language, however the mail server behaves."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from consult.extensions import db
from consult.jobs.deliver import deliver_mails
from consult.models import Outbox, Party
from consult.operations.outbox import LEASE, WAITS, claim, fail, finish
from tests import factories
from tests.factories import NOW
from tests.support.database import on_sqlite
from tests.support.mail_server import listening


@pytest.fixture
def mail_server():
    with listening() as server:
        yield server


@pytest.fixture
def settings(settings, mail_server):
    return replace(settings, smtp_url=mail_server.url, public_address="https://consult.example", mail_from="consult@example.org")


@pytest.fixture
def waiting(in_app, at):
    """One receipt waits in the outbox."""
    at(NOW)
    factories.round_of()
    return factories.comment(text="Zu kurz.\n.\nEin Punkt allein.", proposed="The Entity shall not.")


def row():
    db.session.rollback()
    return db.session.scalars(select(Outbox)).one()


def test_a_receipt_arrives_with_everything_and_only_once(waiting, mail_server):
    assert (deliver_mails(), deliver_mails()) == (1, 0)
    (mail,) = mail_server.read()
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "anna@example.org", "consult@example.org", f"Receipt for your comments: {waiting.reference}",
    )  # fmt: skip
    assert (mail["Auto-Submitted"], mail["Content-Language"], mail["Message-ID"]) == (
        "auto-generated", "en", f"<consult.{row().id}.{int(NOW.timestamp())}@example.org>",
    )  # fmt: skip
    text = mail.get_content()
    for piece in (
        waiting.secret,
        "PS3-1-0001",
        "Zu kurz.",
        "Ein Punkt allein.",
        "a) set a target; and",
        f"https://consult.example/en/receipt?reference={waiting.reference}",
    ):
        assert piece in text
    assert (row().done_at, row().attempts, row().error, row().claimed_until) == (NOW, 1, None, None)


@on_sqlite
@pytest.mark.parametrize(("language", "word"), [("fr", "Suisse"), ("zh", "瑞士")])
def test_a_mail_speaks_the_language_of_the_pages(in_app, at, mail_server, language, word):
    factories.round_of()
    factories.comment(language=language)
    deliver_mails()
    (mail,) = mail_server.read()
    assert (mail["Content-Language"], word in mail.get_content(), f"/{language}/receipt" in mail.get_content()) == (language, True, True)


def test_what_the_server_puts_off_is_tried_again_later(waiting, mail_server, at):
    mail_server.behaviour["RCPT"] = "451 greylisted"
    now = NOW
    for attempt, wait in enumerate(WAITS[:3], 1):
        assert deliver_mails() == 1
        assert (row().attempts, row().error, row().due_at, row().done_at) == (attempt, "recipient refused: 451", now + wait, None)
        at(now + wait - timedelta(seconds=1))
        assert deliver_mails() == 0
        now += wait
        at(now)
    mail_server.behaviour.clear()
    assert deliver_mails() == 1
    assert (len(mail_server.mails), row().error, row().done_at) == (1, None, now)


@on_sqlite
def test_an_address_that_does_not_exist_is_given_up_with_its_code(waiting, mail_server):
    mail_server.behaviour["RCPT"] = "550 nobody"
    deliver_mails()
    assert (row().done_at, row().error, "anna" in (row().error or "")) == (NOW, "recipient refused: 550", False)


@on_sqlite
@pytest.mark.parametrize("behaviour", [{"EHLO": None, "HELO": None}, {"DATA": None}, {"END": "452 full"}, {"MAIL": "421 busy"}])
def test_a_failing_server_loses_nothing(waiting, mail_server, behaviour):
    mail_server.behaviour |= behaviour
    deliver_mails()
    assert (row().done_at, row().due_at, bool(row().error)) == (None, NOW + WAITS[0], True)


@on_sqlite
def test_one_refused_mail_does_not_stop_the_next(waiting, mail_server):
    with factories.writing() as session:
        session.add(Outbox(kind="mail", payload={"template": "unknown"}, created_at=NOW, due_at=NOW - timedelta(hours=1)))
    assert deliver_mails() == 2
    assert len(mail_server.mails) == 1
    errors = db.session.scalars(select(Outbox.error).order_by(Outbox.id)).all()
    assert errors == [None, "fault: KeyError"]


@on_sqlite
def test_nothing_is_sent_where_the_address_was_erased(waiting, mail_server):
    with factories.writing() as session:
        session.scalars(select(Party)).one().mail = None
    assert deliver_mails() == 1
    assert (mail_server.mails, row().done_at) == ([], NOW)


@on_sqlite
def test_after_the_last_wait_a_mail_is_given_up(waiting, mail_server, at):
    mail_server.behaviour["RCPT"] = "451 later"
    now = NOW
    for wait in (*WAITS, timedelta()):
        deliver_mails()
        now += wait
        at(now)
    assert (row().attempts, row().done_at, row().error) == (len(WAITS) + 1, now, "recipient refused: 451")


def test_a_claimed_row_is_left_alone_until_its_lease_ends(waiting):
    (mine,) = claim(kind="mail", now=NOW)
    assert claim(kind="mail", now=NOW + LEASE - timedelta(seconds=1)) == ()
    (theirs,) = claim(kind="mail", now=NOW + LEASE)
    assert (mine.id, mine.attempts, theirs.id, theirs.attempts) == (theirs.id, 1, mine.id, 2)
    finish(claimed=mine, now=NOW + LEASE)  # too late: the row is not ours any more
    fail(claimed=mine, error="x", now=NOW + LEASE)
    assert (row().done_at, row().error) == (None, None)
    finish(claimed=theirs, now=NOW + LEASE)
    assert row().done_at == NOW + LEASE


@on_sqlite
def test_the_worker_works_off_what_is_due_and_ends(waiting, mail_server, settings, monkeypatch):
    from consult.cli.worker import worker

    for name, value in (("DATABASE_URL", settings.database_url), ("SECRET_KEY", settings.secret_key), ("SMTP_URL", settings.smtp_url)):
        monkeypatch.setenv(f"CONSULT_{name}", value)
    assert CliRunner().invoke(worker, ["--once"]).exit_code == 0
    assert len(mail_server.mails) == 1


class TestWithoutAServer:
    @pytest.fixture
    def settings(self, settings):
        return replace(settings, smtp_url="")

    @on_sqlite
    def test_mails_stay_in_the_outbox(self, waiting):
        assert deliver_mails() == 0
        assert (row().attempts, row().done_at) == (0, None)


def test_the_worker_tells_what_waits_and_what_failed(waiting, mail_server, at):
    from consult.queries.outbox import outbox_states

    at(NOW + timedelta(minutes=2))
    (state,) = outbox_states(NOW + timedelta(minutes=2))
    assert (state.kind, state.waiting, state.due, state.oldest, state.retried, state.done, state.given_up, state.error) == (
        "mail",
        1,
        1,
        NOW,
        0,
        0,
        0,
        None,
    )
    mail_server.behaviour["RCPT"] = "550 nobody here"
    deliver_mails()
    db.session.rollback()
    (state,) = outbox_states(NOW + timedelta(minutes=2))
    assert (state.waiting, state.done, state.given_up, state.error) == (0, 0, 1, "recipient refused: 550")


@on_sqlite
def test_worker_status_prints_it_and_does_nothing(waiting, settings):
    from consult.cli.worker import worker

    asked = CliRunner().invoke(worker, ["--status", "--format", "json"], env={"CONSULT_DATABASE_URL": settings.database_url})
    (told,) = json.loads(asked.stdout)
    assert (told["kind"], told["waiting"], told["oldest"], told["given_up"]) == ("mail", 1, NOW.isoformat(), 0)
    plain = CliRunner().invoke(worker, ["--status"], env={"CONSULT_DATABASE_URL": settings.database_url})
    assert plain.stdout.startswith("mail: 1 waiting (1 due, the oldest for ")
    assert row().attempts == 0
