"""Until closing, authors revise, take back and add; what was cleared stays what readers get until moderation says otherwise."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from consult.core.attachment import PER_COMMENT
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import Attachment, Comment, CommentRevision, Event, SearchEntry
from consult.operations.attach import Upload, attach_files
from consult.operations.moderate import move_comment, move_comments
from consult.operations.record import Actor
from consult.operations.revise import Besides, Words, judge_revision, revise_comment, withdraw_by_author
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.comments import comment_seen
from consult.queries.counted import miscounted
from consult.queries.moderation import REVISED, Filter, facets, queue
from consult.queries.receipts import receipt_seen
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

LI_NA = Actor("account", 1)
CLOSES = NOW + timedelta(days=8)
FIRST, SECOND = "A yearly review is not possible for us.", "Every second year would be possible, with asbestos figures."
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def receipt(in_app):
    factories.round_of()
    return factories.comment(text=FIRST)


def revise(receipt, said=SECOND, seen=1, now=NOW, **more):
    return revise_comment(
        submission=receipt.reference, comment=receipt.comments[0], words=Words(said), seen=seen, opened_at=NOW, now=now, **more
    )


def clear(receipt, **more):
    move_comment(reference=receipt.comments[0], seen_state="pending", to="cleared", by=LI_NA, now=NOW, **more)


def judge(receipt, verdict, revision=2, reason=None):
    judge_revision(
        reference=receipt.comments[0], revision=revision, verdict=verdict, reason=reason, consultation=CONSULTATION, by=LI_NA, now=NOW
    )


def read_by(receipt):
    db.session.rollback()
    return [comment_seen(reference=receipt.comments[0], viewer=viewer, now=NOW).text for viewer in ("public", "committee", "secretariat")]


def words_found():
    db.session.rollback()
    return db.session.scalars(select(SearchEntry.tokens).where(SearchEntry.kind == "comment")).all()


def waiting():
    db.session.rollback()
    found = queue(consultation=CONSULTATION, wanted=Filter(state=REVISED), language="en").rows
    assert facets(consultation=CONSULTATION, wanted=Filter()).revised == len(found)
    return [row.reference for row in found]


def refused(act, *given, **more):
    with pytest.raises(Refused) as found:
        act(*given, **more)
    return found.value.problems[0].code


def test_the_cleared_words_stay_until_the_revision_is_cleared(receipt):
    clear(receipt)
    assert revise(receipt) == 2
    assert read_by(receipt) == [FIRST] * 3
    assert waiting() == [receipt.comments[0]]
    assert "asbestos" not in words_found()[0]
    judge(receipt, "cleared")
    assert read_by(receipt) == [SECOND] * 3
    assert waiting() == []
    assert "asbestos" in words_found()[0]
    rows = db.session.scalars(select(CommentRevision.text).order_by(CommentRevision.number)).all()
    assert rows == [FIRST, SECOND]
    kinds = db.session.execute(select(Event.kind, Event.codes).order_by(Event.seq)).all()[2:]
    assert [tuple(each) for each in kinds] == [
        ("comment_revised", {"round": 1, "revision": 2, "state": "cleared"}),
        ("revision_moderated", {"revision": 2, "verdict": "cleared"}),
    ]


def test_a_refused_revision_is_never_shown_and_its_author_reads_why(receipt):
    clear(receipt)
    revise(receipt)
    judge(receipt, "refused", reason="third_party_data")
    assert read_by(receipt) == [FIRST] * 3
    assert waiting() == []
    (comment,) = receipt_seen(language="en", reference=receipt.reference).comments
    assert (comment.refused, comment.waits, comment.cleared, comment.newest.text) == ("third_party_data", False, 1, SECOND)
    judge(receipt, "cleared")
    assert read_by(receipt) == [SECOND] * 3


def test_nobody_decides_on_words_she_has_not_seen(receipt):
    revise(receipt)
    assert refused(clear, receipt, seen_revision=1) == "revised_meanwhile"
    together = move_comments(
        seen={receipt.comments[0]: "pending"},
        revisions={receipt.comments[0]: 1},
        to="cleared",
        consultation=CONSULTATION,
        by=LI_NA,
        now=NOW,
    )
    assert (together.moved, together.stale) == ((), ((receipt.comments[0], "pending"),))
    clear(receipt, seen_revision=2)
    assert read_by(receipt) == [SECOND] * 3
    revise(receipt, "A third time.", seen=2)
    assert refused(judge, receipt, "cleared", revision=2) == "revised_meanwhile"
    assert refused(judge, receipt, "refused", revision=3) == "verdict_reason_needed"


@on_sqlite
def test_a_withheld_comment_may_be_mended_and_waits_again(receipt):
    move_comment(reference=receipt.comments[0], seen_state="pending", to="withheld", reason="abuse", by=LI_NA, now=NOW)
    revise(receipt)
    assert waiting() == [receipt.comments[0]]
    assert refused(judge, receipt, "cleared") == "move_not_allowed"
    move_comment(reference=receipt.comments[0], seen_state="withheld", to="cleared", seen_revision=2, by=LI_NA, now=NOW)
    assert (waiting(), read_by(receipt)) == ([], [SECOND] * 3)


@on_sqlite
def test_two_windows_do_not_overwrite_each_other(receipt):
    assert revise(receipt) == 2
    assert revise(receipt) == 2  # sent twice
    assert refused(revise, receipt, "Other words.") == "stale_revision"
    assert refused(revise, receipt, SECOND, seen=2) == "nothing_changed"
    assert db.session.scalars(select(Comment.newest_revision)).one() == 2


def test_after_closing_nothing_is_revised_or_taken_back(receipt):
    assert revise(receipt, now=CLOSES - timedelta(seconds=1)) == 2
    assert refused(revise, receipt, "Too late.", seen=2, now=CLOSES) == "window_closed"
    assert refused(withdraw_by_author, submission=receipt.reference, comments=receipt.comments, now=CLOSES) == "window_closed"


def test_one_or_all_are_taken_back_with_a_reason_for_the_secretariat_only(in_app):
    factories.round_of()
    receipt = submit(form=factories.form(factories.new_comment("5.1"), factories.new_comment("5.2"), factories.new_comment("5.3")), now=NOW)
    one, *others = receipt.comments
    assert withdraw_by_author(submission=receipt.reference, comments=[one], reason="Named a colleague.", now=NOW) == (one,)
    assert withdraw_by_author(submission=receipt.reference, comments=receipt.comments, now=NOW) == tuple(others)
    db.session.rollback()
    assert db.session.scalars(select(Comment.state)).all() == ["withdrawn"] * 3
    assert (
        refused(revise_comment, submission=receipt.reference, comment=one, words=Words("Again."), seen=1, opened_at=NOW, now=NOW)
        == "comment_ended"
    )
    assert "colleague" not in str(db.session.execute(select(Event.subject, Event.codes)).all())
    other = factories.comment("5.1")
    assert refused(withdraw_by_author, submission=receipt.reference, comments=other.comments, now=NOW) == "unknown_target"


@pytest.mark.parametrize(
    ("table", "change"),
    [("party", "name = 'Somebody else'"), ("party", "organisation = 'Another'"), ("submission", "publication_choice = 'named'")],
)
def test_the_database_itself_refuses_to_widen(in_app, table, change):
    factories.round_of()
    factories.comment(person=factories.person(choice="class"))
    with pytest.raises(DBAPIError), writing() as session:
        session.execute(text(f"update {table} set {change}"))


def test_a_revision_changes_position_type_further_clauses_and_files_and_readers_get_them_once_it_is_cleared(in_app):
    factories.round_of()
    key = "form-of-the-comment"

    def put(key, name):
        upload = Upload(name, f"word\n{name}".encode())
        attach_files(
            consultation=CONSULTATION, round_number=1, key=key, files=[upload], token=None, opened_at=NOW, address=None, now=NOW
        )  # fmt: skip

    put(key, "plan.txt")
    receipt = submit(form=factories.form(factories.new_comment(text=FIRST, position="oppose", further=("5.1",)), key=key), now=NOW)
    clear(receipt)
    put("form-of-the-revision", "figures.csv")
    besides = Besides("support_with_changes", "technical", ("5.3",), gone=(1,), key="form-of-the-revision")

    def again(seen=1):
        return revise_comment(
            submission=receipt.reference, comment=receipt.comments[0], words=Words(FIRST, besides=besides), seen=seen, opened_at=NOW, now=NOW
        )  # fmt: skip

    def seen(viewer="public"):
        db.session.rollback()
        one = comment_seen(reference=receipt.comments[0], viewer=viewer, now=NOW)
        return one.position, one.type, [each.label for each in one.further], [(each.number, each.label[-3:]) for each in one.files]

    before, after = ("oppose", None, ["5.1"], [(1, "txt")]), ("support_with_changes", "technical", ["5.3"], [(2, "csv")])
    assert (again(), again()) == (2, 2)
    assert refused(again, seen=2) == "nothing_changed"
    assert (seen(), seen("secretariat"), miscounted()) == (before, before, ())
    (waiting,) = queue(consultation=CONSULTATION, wanted=Filter(state=REVISED), language="en").rows
    assert (waiting.position, [each.label for each in waiting.further]) == ("support_with_changes", ["5.3"])
    own = receipt_seen(language="en", reference=receipt.reference).comments[0]
    assert ([each.label for each in own.files], [each.label for each in own.gone_files]) == (["figures.csv"], ["plan.txt"])
    assert (own.revisions[1].files_come, own.revisions[1].files_gone, own.revisions[1].further) == (
        ("figures.csv",),
        ("plan.txt",),
        ("5.3",),
    )
    judge(receipt, "cleared")
    assert (seen(), miscounted()) == (after, ())
    kept = db.session.scalars(select(Attachment).order_by(Attachment.number)).all()
    assert all(in_app.config["STORAGE"].size(each.sha256) for each in kept)
    erase_comment(reference=receipt.comments[0], by=LI_NA, now=NOW)
    assert [each.label for each in db.session.scalars(select(Attachment)).all()] == [None, None]


@on_sqlite
def test_a_revision_never_brings_more_files_than_a_comment_may_have(receipt):
    uploads = [Upload(f"{n}.txt", f"file {n}".encode()) for n in range(PER_COMMENT + 1)]
    for key, some in (("first", uploads[:3]), ("second", uploads[3:])):
        attach_files(consultation=CONSULTATION, round_number=1, key=key, files=some, token=None, opened_at=NOW, address=None, now=NOW)

    def with_files(seen, key):
        words = Words(FIRST, besides=Besides(key=key))
        return revise_comment(submission=receipt.reference, comment=receipt.comments[0], words=words, seen=seen, opened_at=NOW, now=NOW)

    assert with_files(1, "first") == 2
    assert refused(with_files, seen=2, key="second") == "attachment_many"
