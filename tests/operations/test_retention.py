"""What was promised to be deleted is gone at its instant: drafts, what was said about their authors, addresses; what was submitted stays."""

from datetime import timedelta

from sqlalchemy import func, select

from consult.core.basket import Draft
from consult.extensions import db
from consult.models import Attempt, Basket, Comment
from consult.operations.attempts import pass_door
from consult.operations.basket import keep_comment, set_particulars, submit_basket, token_sha256
from consult.operations.late import issue_late_link
from consult.operations.record import OPERATOR
from consult.operations.remind import ask_reminders, remind
from consult.operations.retention import ATTEMPTS, deleted_after, forget
from consult.queries.baskets import baskets_of
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
DAYS = 90
GONE = deleted_after(CLOSES, DAYS)
SECOND = timedelta(seconds=1)
OF = {"consultation": CONSULTATION, "round_number": 1}
WORD = "xylophone"


def keep(token, key, text):
    return keep_comment(
        token=token, language="en", key=key, target=factories.target("5.2"), draft=Draft(text), seen=0, opened_at=None, address="192.0.2.1",
        now=NOW, **OF,
    ).token  # fmt: skip


def everything():
    db.session.rollback()
    return "\n".join(repr(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table)))


def test_a_basket_is_gone_with_every_word_at_its_instant_and_not_before(in_app):
    factories.round_of()
    token = keep(None, "k1", f"{WORD} one")
    set_particulars(token=token, fields={"name": f"{WORD} two", "organisation": "Mine"}, now=NOW, **OF)
    ask_reminders(token=token, mail=f"{WORD}@example.org", address=None, now=NOW, **OF)
    remind(now=CLOSES)
    issue_late_link(
        whom=f"{WORD} three",
        reason="other",
        ends=(CLOSES + timedelta(days=1)).replace(tzinfo=None),
        second_person=False,
        by=OPERATOR,
        now=CLOSES,
        **OF,
    )
    assert (forget(now=GONE - SECOND, days=DAYS) and None, everything().count(WORD)) == (None, 4)
    forget(now=GONE, days=DAYS)
    assert everything().count(WORD) == 1  # for whom the link was: a day later, since it was good for a day more
    forget(now=GONE + timedelta(days=1), days=DAYS)
    assert (everything().count(WORD), db.session.scalar(select(func.count()).select_from(Basket))) == (0, 0)


@on_sqlite
def test_what_was_submitted_stays_and_its_draft_goes(in_app):
    factories.round_of()
    token = keep(None, "k1", f"{WORD} submitted")
    (of,) = baskets_of(token_sha256=token_sha256(token), language="en")
    submit_basket(token=token, key="s1", seen=of.revision, person=factories.person(), language="en", now=NOW, **OF)
    keep(token, "k2", f"{WORD} not submitted")
    forget(now=GONE, days=DAYS)
    assert (everything().count(WORD), db.session.scalar(select(func.count()).select_from(Comment))) == (1, 1)


@on_sqlite
def test_a_good_late_link_keeps_the_drafts_of_its_round(in_app):
    factories.round_of()
    keep(None, "k1", WORD)
    ends = (GONE + timedelta(days=5)).replace(tzinfo=None)
    issue_late_link(whom="A mine", reason="emergency", ends=ends, second_person=False, by=OPERATOR, now=GONE - SECOND, **OF)
    forget(now=GONE, days=DAYS)
    assert everything().count(WORD) == 1
    forget(now=GONE + timedelta(days=6), days=DAYS)
    assert everything().count(WORD) == 0


@on_sqlite
def test_counted_attempts_are_deleted_after_their_time(in_app):
    from consult.extensions import writing

    factories.round_of()
    with writing() as session:
        pass_door(session, door="upload", address="192.0.2.1", who="somebody", now=NOW)
    counted = select(func.count()).select_from(Attempt)
    forget(now=NOW + ATTEMPTS - SECOND, days=DAYS)
    assert db.session.scalar(counted) == 2
    forget(now=NOW + ATTEMPTS, days=DAYS)
    assert db.session.scalar(counted) == 0
