"""Comments with the words they are about, further clauses, links and an edited clause text: stored once, seen where they apply, erased."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from consult.core.anchor import anchor_at
from consult.core.basket import Draft
from consult.core.comment_details import FurtherClause
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import BasketComment, ClauseRow, ClauseText, Comment, CommentClause, CommentRevision
from consult.operations.basket import keep_comment, submit_basket, token_sha256
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.baskets import baskets_of
from consult.queries.comments import comment_seen, published_comments, tallies
from consult.queries.committee import grid, said
from consult.queries.consultations import consultation
from consult.queries.moderation import open_comment
from consult.queries.receipts import receipt_seen
from tests import factories
from tests.factories import CONSULTATION, NOW

EDITED = "The Entity shall:\n\na) set a target; and\nb) review it every two years."
PLAIN = "The Entity shall:\na) set a target; and\nb) review it every year."
ANCHOR = anchor_at(PLAIN, PLAIN.index("every year"), PLAIN.index("every year") + 10)


@pytest.fixture
def round_id(in_app):
    return factories.round_of()


def clause(number):
    with writing() as session:
        return session.scalar(select(ClauseRow.id).where(ClauseRow.number == number).order_by(ClauseRow.id.desc()).limit(1))


def detailed(**more):
    said = {
        "anchor": ANCHOR,
        "further": ("5.1", "5.3"),
        "evidence": ("https://a.example/1", "https://b.example"),
        "proposed": EDITED,
        "whole": True,
    }
    return factories.comment(**said | more).comments[0]


def test_a_draft_with_all_its_details_becomes_a_comment_with_them(round_id):
    draft = Draft("Too often.", quote="every  YEAR", further="5.3; 5.1", evidence="https://a.example\n", edited=EDITED)
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="k1", target=factories.target(), draft=draft, seen=0,
        opened_at=None, address=None, now=NOW,
    )  # fmt: skip
    of = baskets_of(token_sha256=token_sha256(kept.token), language="en")[0]
    assert (of.drafts[0].draft, of.drafts[0].lacks, of.drafts[0].details.anchor) == (draft, [], ANCHOR)
    done = submit_basket(
        token=kept.token,
        consultation=CONSULTATION,
        round_number=1,
        key="s1",
        seen=of.revision,
        person=factories.person(),
        language="en",
        now=NOW,
    )
    row = comment_seen(reference=done.receipt.comments[0], viewer="secretariat", now=NOW)
    assert (row.anchor, row.anchor_state, row.evidence, row.proposed, row.whole, row.further) == (
        ANCHOR, "found", ("https://a.example",), EDITED, True, (FurtherClause("5.1", "5.1"), FurtherClause("5.3", "5.3")),
    )  # fmt: skip
    left = db.session.scalars(select(BasketComment)).one()
    assert (left.quote, left.evidence, left.edited) == (None, None, None)


def test_an_edit_that_changes_nothing_is_not_kept(round_id):
    keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="k1", target=factories.target(),
        draft=Draft("One thing.", edited=EDITED.replace("two years", "year")), seen=0, opened_at=None, address=None, now=NOW,
    )  # fmt: skip
    assert db.session.scalars(select(BasketComment.edited)).one() is None


def test_a_comment_shows_on_further_clauses_and_counts_once(round_id):
    reference, own = detailed(), factories.comment("5.1").comments[0]
    listed = {
        number: [
            row.reference for row in published_comments(round_id=round_id, viewer="secretariat", clause_id=clause(number), now=NOW).rows
        ]
        for number in ("5.1", "5.2", "5.3")
    }
    assert listed == {"5.1": [reference, own], "5.2": [reference], "5.3": [reference]}
    counted = tallies(round_id=round_id, viewer="secretariat", now=NOW)
    assert {place: tally.received for place, tally in counted.items()} == {clause("5.2"): 1, clause("5.1"): 1}
    page = said(round_id=round_id, place=clause("5.1"), viewer="secretariat", now=NOW)
    assert [(each.comment.reference, each.also) for each in page.rows] == [(reference, True), (own, False)]
    project = consultation(CONSULTATION, "en")
    rows = {
        row.clause.number: (row.tally.received, row.also)
        for row in grid(round=project.rounds[0], viewer="secretariat", language="en", now=NOW).rows
        if row.clause
    }
    assert (rows["5.1"], rows["5.2"], rows["5.3"]) == ((1, 1), (1, 0), (0, 1))


def test_details_of_a_comment_in_moderation_are_told_to_nobody_else(round_id):
    reference = detailed()
    for viewer in ("public", "committee"):
        row = comment_seen(reference=reference, viewer=viewer, now=NOW)
        assert (row.anchor, row.further, row.evidence, row.whole, row.clause_seen) == (None, (), (), False, None)


def test_words_that_a_correction_changed_are_lost_and_quoted_and_others_moved(round_id):
    changed, moved = detailed(), detailed(anchor=anchor_at(PLAIN, PLAIN.index("target"), PLAIN.index("target") + 6))
    key = clause("5.2")
    with writing() as session:
        text = "The Entity, wherever it works, shall:\n\na) set a target; and\nb) review it each year."
        session.add(
            ClauseText(
                clause_id=key, language="en", revision=2, label="5.2", title="Reduction plan", text=text, plain=text, sha256="0" * 64
            )
        )
    states = {each: comment_seen(reference=each, viewer="secretariat", now=NOW).anchor_state for each in (changed, moved)}
    assert states == {changed: "lost", moved: "moved"}
    seen = open_comment(consultation=CONSULTATION, reference=changed, language="en")
    assert (seen.row.anchor, seen.anchor.state, seen.row.evidence) == (ANCHOR, "lost", ("https://a.example/1", "https://b.example"))
    submission = db.session.scalars(select(Comment).where(Comment.reference == changed)).one().submission.reference
    on_receipt = receipt_seen(language="en", reference=submission).comments[0]
    assert (on_receipt.anchor_words, on_receipt.anchor_state) == ("every year", "lost")


def test_a_further_clause_that_is_not_there_is_refused(round_id):
    with pytest.raises(Refused) as caught:
        submit(form=factories.form(factories.new_comment(further=("5.1", "9.9"))), now=NOW)
    assert [(each.code, each.where) for each in caught.value.problems] == [("unknown_target", {"number": "9.9"})]


def test_links_are_erased_with_the_words_and_nothing_of_it_is_changed(round_id):
    reference, other = detailed(), clause("5.1")
    for change in (
        update(CommentRevision).values(evidence="https://other.example"), update(CommentRevision).values(whole=False),
        update(CommentClause).values(clause_id=other),
    ):  # fmt: skip
        with pytest.raises(DBAPIError), writing() as session:
            session.execute(change)
    erase_comment(reference=reference, by=OPERATOR, now=NOW + timedelta(hours=1))
    revision = db.session.scalars(select(CommentRevision)).one()
    assert (revision.evidence, revision.proposed) == (None, None)
