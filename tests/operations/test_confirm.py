"""Mail addresses of hand-ins: a mark that gates nothing, disowned only by whoever reads the mail, replaced without telling the old one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.core.confirmation import CODE_TRIES, VALID_FOR, link_token, typed_code
from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Comment, Confirmation, Event, Outbox, Party, Submission
from consult.operations.confirm import change_address, confirm_by_code, confirm_by_link, disown, send_again
from consult.operations.receipts import open_receipt
from consult.operations.record import Actor
from consult.operations.withdraw import withdraw_comment
from tests import factories
from tests.factories import NOW
from tests.support.database import on_sqlite

SECRET = "only for tests"
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def receipt(in_app):
    factories.round_of(closes=timedelta(days=5))
    return factories.comment()


def key(which=-1):
    db.session.rollback()
    return db.session.scalars(select(Confirmation.key).order_by(Confirmation.id)).all()[which]


def code(which=-1):
    return typed_code(SECRET, key(which))


def token(which=-1):
    return link_token(SECRET, key(which))


def marks():
    db.session.rollback()
    submission = db.session.scalars(select(Submission)).one()
    return submission.confirmation, submission.late, db.session.scalars(select(Comment.state)).all()


def told():
    db.session.rollback()
    return db.session.scalars(select(Event.kind).order_by(Event.seq)).all()[1:]


def refused(act, **given):
    with pytest.raises(Refused) as found:
        act(**given)
    return found.value.problems[0].code


def test_a_scanner_that_presses_the_button_takes_nothing_from_the_owner_of_the_address(receipt):
    assert confirm_by_link(token=token(), now=NOW).before is False
    assert confirm_by_link(token=token(), now=NOW).before is True
    assert marks() == ("confirmed", False, ["pending"])
    assert disown(token=token(), code=code().lower().replace("-", " "), now=NOW).before is False
    assert marks() == ("disowned", False, ["withheld"])
    assert disown(token=token(), code=code(), now=NOW).before is True
    assert refused(confirm_by_link, token=token(), now=NOW) == "confirmation_disowned"
    assert told() == ["submission_confirmed", "submission_disowned"]
    mails = db.session.scalars(select(Outbox).order_by(Outbox.id)).all()
    assert [each.payload["template"] for each in mails] == ["receipt", "disowned"]


def test_confirmed_the_day_after_closing_it_is_in_time_and_unmarked(receipt):
    day_after = NOW + timedelta(days=6)
    confirm_by_code(reference=receipt.reference, code=code(), now=day_after)
    assert marks() == ("confirmed", False, ["pending"])


@on_sqlite
def test_a_link_holds_for_its_time_and_sending_again_begins_it_anew(receipt):
    over = NOW + VALID_FOR
    assert refused(confirm_by_link, token=token(), now=over) == "confirmation_old"
    send_again(reference=receipt.reference, address="192.0.2.1", now=over)
    assert confirm_by_link(token=token(), now=over).before is False
    assert len(db.session.scalars(select(Outbox)).all()) == 2


@on_sqlite
def test_the_mail_is_sent_again_five_times_a_day_at_most(receipt):
    for _ in range(5):
        send_again(reference=receipt.reference, address="192.0.2.1", now=NOW)
    assert refused(send_again, reference=receipt.reference, address="192.0.2.1", now=NOW) == "too_many_attempts"
    send_again(reference=receipt.reference, address="192.0.2.1", now=NOW + timedelta(days=1))


@on_sqlite
def test_codes_cannot_be_guessed_and_whoever_has_the_link_is_not_locked_out(receipt):
    wrong = [refused(confirm_by_code, reference=receipt.reference, code="2222-2222", now=NOW) for _ in range(CODE_TRIES + 1)]
    assert wrong == ["code_wrong"] * CODE_TRIES + ["confirmation_old"]
    assert refused(disown, reference=receipt.reference, code=code(), now=NOW) == "confirmation_old"
    assert refused(disown, token=token(), code="2222-2222", now=NOW) == "code_not_mail"
    old = code()
    send_again(reference=receipt.reference, address="192.0.2.1", now=NOW)
    assert code() != old
    assert confirm_by_code(reference=receipt.reference, code=code(), now=NOW).before is False


@on_sqlite
def test_forged_links_and_unknown_references_look_the_same(receipt):
    forged = f"{key()}.{'A' * 32}"
    assert refused(confirm_by_link, token=forged, now=NOW) == refused(confirm_by_link, token="", now=NOW) == "confirmation_old"
    assert refused(confirm_by_code, reference="R-2222-2222", code=code(), now=NOW) == "confirmation_old"


def test_another_address_is_confirmed_for_itself_and_what_the_old_one_got_opens_nothing(receipt):
    confirm_by_link(token=token(), now=NOW)
    change_address(reference=receipt.reference, mail=" right@example.org ", address="192.0.2.1", now=NOW)
    assert marks()[0] == "unconfirmed"
    assert db.session.scalars(select(Party.mail)).one() == "right@example.org"
    assert refused(confirm_by_link, token=token(0), now=NOW) == "confirmation_old"
    assert refused(disown, token=token(0), code=code(0), now=NOW) == "confirmation_old"
    assert refused(open_receipt, reference=receipt.reference, code=receipt.secret, now=NOW) == "no_such_receipt"
    assert confirm_by_link(token=token(), now=NOW).before is False
    assert told() == ["submission_confirmed", "mail_address_changed", "submission_confirmed"]
    assert "example.org" not in str([(each.subject, each.codes) for each in db.session.scalars(select(Event))])


@on_sqlite
@pytest.mark.parametrize(
    ("mail", "why"),
    [("", "mail_missing"), ("no address", "mail_form"), ("a\x01b@example.org", "mail_form"), ("anna@example.org", "same_address")],
)
def test_an_address_that_cannot_be_written_to_is_refused(receipt, mail, why):
    assert refused(change_address, reference=receipt.reference, mail=mail, address=None, now=NOW) == why


@on_sqlite
def test_an_address_can_be_given_later_and_the_secret_code_stays(in_app):
    factories.round_of()
    receipt = factories.comment(person=factories.person(mail=None))
    assert marks()[0] == "none"
    change_address(reference=receipt.reference, mail="late@example.org", address=None, now=NOW)
    assert marks()[0] == "unconfirmed"
    open_receipt(reference=receipt.reference, code=receipt.secret, now=NOW)


@on_sqlite
def test_disowning_leaves_alone_what_has_ended(receipt):
    withdraw_comment(reference=receipt.comments[0], by=Actor("party", 1), now=NOW)
    disown(reference=receipt.reference, code=code(), now=NOW)
    assert marks() == ("disowned", False, ["withdrawn"])
