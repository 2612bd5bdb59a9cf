"""What a person may always ask for: all that is held about her, less of it published, and nothing left of her."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from consult.core.basket import Draft
from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Basket, ChoiceNarrowing, Event
from consult.operations.adding import begin_adding
from consult.operations.basket import keep_comment, submit_basket
from consult.operations.confirm import confirm_by_code
from consult.operations.moderate import move_comment
from consult.operations.my_data import erase_person, narrow_publication
from consult.operations.record import Actor
from consult.operations.revise import Words, revise_comment
from consult.queries.comments import comment_seen
from consult.queries.my_data import my_data
from consult.queries.receipts import receipt_seen
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.operations.test_confirm import code
from tests.support.database import on_sqlite

pytestmark = pytest.mark.usefixtures("in_app")
HERS = ("Anna Keller", "anna@example.org", "Cooperative of Lake Foundries", "yearly review", "asbestos", "Kept for later")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def receipt(in_app):
    """A cleared comment, revised, with a draft in the basket that adds to it."""
    factories.round_of()
    receipt = factories.comment()
    move_comment(reference=receipt.comments[0], seen_state="pending", to="cleared", by=Actor("account", 1), now=NOW)
    revise_comment(
        submission=receipt.reference, comment=receipt.comments[0], words=Words("asbestos figures"), seen=1, opened_at=NOW, now=NOW
    )
    return receipt


@pytest.fixture
def token(receipt):
    token, _ = begin_adding(submission=receipt.reference, token=None, language="en", address=None, now=NOW)
    keep_comment(
        token=token, consultation=CONSULTATION, round_number=1, language="en", key="draft-1", target=factories.target("5.3"),
        draft=Draft("Kept for later"), seen=0, opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip
    return token


def everything() -> str:
    db.session.rollback()
    tables = inspect(db.engine).get_table_names()
    return "\n".join(str(db.session.execute(text(f'select * from "{name}"')).all()) for name in tables)


def refused(act, **given):
    with pytest.raises(Refused) as found:
        act(**given)
    return found.value.problems[0].code


def test_the_data_of_a_person_are_whole_and_can_be_read_by_programs(receipt, token):
    data = json.loads(json.dumps(my_data(receipt_seen(language="en", reference=receipt.reference))))
    assert all(piece in json.dumps(data) for piece in HERS)
    assert "secret" not in json.dumps(data)
    assert [each["kind"] for each in data["record"]] == ["submission_received", "comment_moderated", "comment_revised"]
    assert [revision["number"] for revision in data["comments"][0]["revisions"]] == [1, 2]
    assert (data["mails"][0]["state"], len(data["mail_confirmations"])) == ("waiting", 1)


def test_a_narrower_choice_holds_from_now_on_everywhere_and_never_widens(receipt):
    narrow_publication(submission=receipt.reference, to="class", now=LATER)
    db.session.rollback()
    seen = comment_seen(reference=receipt.comments[0], viewer="committee", now=LATER)
    assert (seen.name, seen.organisation, seen.stakeholder_class) == (None, None, "production")
    assert refused(narrow_publication, submission=receipt.reference, to="named", now=LATER) == "choice_wider"
    assert refused(narrow_publication, submission=receipt.reference, to="class", now=LATER) == "choice_wider"
    assert db.session.execute(select(ChoiceNarrowing.before, ChoiceNarrowing.after)).all() == [("named", "class")]
    assert receipt_seen(language="en", reference=receipt.reference).narrowings[0].at == LATER


def test_erased_whole_nothing_of_her_is_left_in_any_table(receipt, token):
    assert refused(erase_person, submission=receipt.reference, typed="yes", words=True, now=LATER) == "erase_not_typed"
    erase_person(submission=receipt.reference, typed=receipt.reference.lower(), words=True, now=LATER)
    left = everything()
    assert [piece for piece in HERS if piece in left] == []
    assert comment_seen(reference=receipt.comments[0], viewer="public", now=LATER).stub == "erased"
    last = db.session.scalars(select(Event).order_by(Event.seq.desc())).first()
    assert (last.kind, last.codes) == ("person_erased", {"words": True})


@on_sqlite
def test_erased_as_a_person_her_words_stay_by_class(receipt, token):
    erase_person(submission=receipt.reference, typed=receipt.reference, words=False, now=LATER)
    left = everything()
    assert [piece for piece in HERS if piece in left] == ["yearly review", "asbestos", "Kept for later"]
    seen = comment_seen(reference=receipt.comments[0], viewer="public", now=LATER)
    assert (seen.text, seen.organisation, seen.country) == ("A yearly review is not possible for us.", None, None)


def test_what_is_added_from_a_receipt_is_tied_to_it_and_its_address_confirmed_before(receipt, token):
    confirm_by_code(reference=receipt.reference, code=code(), now=NOW)
    basket = db.session.scalars(select(Basket)).one()
    assert basket.particulars["mail"] == "anna@example.org"
    done = submit_basket(
        token=token, consultation=CONSULTATION, round_number=1, key="added-1", seen=basket.revision, person=factories.person(), language="en",
        now=LATER,
    )  # fmt: skip
    db.session.rollback()
    added = receipt_seen(language="en", reference=done.receipt.reference)
    assert (added.added_to, added.confirmation) == (receipt.reference, "confirmed")
    assert receipt_seen(language="en", reference=receipt.reference).added == (done.receipt.reference,)
    assert (
        refused(begin_adding, submission=receipt.reference, token=None, language="en", address=None, now=NOW + timedelta(days=8))
        == "window_closed"
    )
