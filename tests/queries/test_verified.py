"""`consult verify`: what is kept beside comments for counting equals a recount after every act that changes it; a difference and a gap are found."""

from datetime import timedelta

from click.testing import CliRunner
from sqlalchemy import delete, select, update

from consult.cli.verify import verify
from consult.extensions import db, writing
from consult.models import ClauseRow, Comment, CommentLikeness, EventCounter
from consult.operations.likeness import recognise_missing
from consult.operations.moderate import move_comment
from consult.operations.my_data import erase_person, narrow_publication
from consult.operations.place import place_comment
from consult.operations.record import Actor
from consult.operations.revise import Words, judge_revision, revise_comment
from consult.queries.verified import verified
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

STAFF = Actor("account", 1)


def kept(reference):
    db.session.rollback()
    one = db.session.scalars(select(Comment).where(Comment.reference == reference)).one()
    number = db.session.scalar(select(ClauseRow.number).where(ClauseRow.id == one.placed_clause_id))
    assert verified().sound
    return number, one.counted_choice, one.declared_class, one.proposes, one.repeats


def test_what_is_kept_for_counting_follows_every_act(in_app):
    factories.round_of()
    first = factories.comment(proposed="every third year", choice="class")
    one = first.comments[0]
    assert kept(one) == ("5.2", "class", "production", True, False)
    assert kept(factories.comment(proposed="every third year").comments[0])[3:] == (True, True)
    move_comment(reference=one, seen_state="pending", to="cleared", by=STAFF, now=NOW)
    words = Words("A yearly review is not possible for us at all.")
    revise_comment(submission=first.reference, comment=one, words=words, seen=1, opened_at=NOW, now=NOW)
    assert kept(one)[3]  # readers still get the first
    judge_revision(reference=one, revision=2, verdict="cleared", reason=None, consultation=CONSULTATION, by=STAFF, now=NOW)
    assert not kept(one)[3]
    at = {number: key for key, number in db.session.execute(select(ClauseRow.id, ClauseRow.number)).all()}
    standing = db.session.scalars(select(Comment.placed_clause_id).where(Comment.reference == one)).one()
    place_comment(reference=one, seen_clause=standing, to=at["5.3"], by=STAFF, now=NOW)
    assert kept(one)[0] == "5.3"
    place_comment(reference=one, seen_clause=at["5.3"], to=None, by=STAFF, now=NOW)
    assert kept(one)[0] is None
    narrow_publication(submission=first.reference, to="confidential", now=NOW)
    assert kept(one)[1] == "confidential"
    erase_person(submission=first.reference, typed=first.reference, words=True, now=NOW + timedelta(hours=1))
    assert kept(one)[3] is False


def test_comments_of_before_are_compared_with_those_before_them(in_app):
    factories.round_of()
    one, two = (factories.comment(text="A yearly review is not possible for us.").comments[0] for _ in range(2))
    with writing() as session:
        session.execute(delete(CommentLikeness))
        session.execute(update(Comment).values(repeats=False))
    assert (recognise_missing(), recognise_missing()) == (2, 0)
    assert (kept(one)[4], kept(two)[4]) == (False, True)


@on_sqlite
def test_a_difference_and_a_gap_are_named_and_end_with_1(in_app, settings):
    factories.round_of()
    one = factories.comment().comments[0]
    env = {"CONSULT_DATABASE_URL": settings.database_url, "CONSULT_SECRET_KEY": settings.secret_key}
    fine = CliRunner().invoke(verify, [], env=env)
    assert (fine.exit_code, fine.stdout, fine.stderr) == (0, "1 comments recounted, 1 events looked at\n", "")
    with writing() as session:
        session.execute(update(Comment).values(counted_choice="named", proposes=True))
        session.execute(update(EventCounter).values(last_seq=2))
    wrong = CliRunner().invoke(verify, [], env=env)
    assert (wrong.exit_code, wrong.stderr.splitlines()) == (
        1,
        [f"{one}: something else is kept for counting than a recount gives", f"{CONSULTATION}: its events are not numbered without a gap"],
    )
