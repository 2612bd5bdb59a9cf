"""The spoken input of a group, brought by a facilitator: frozen with the submission, told as the choice allows, erased with her."""

from dataclasses import asdict

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from consult.core.group_input import GroupInput
from consult.core.submission import VIEWERS, NewComment, SubmittedForm
from consult.extensions import db, writing
from consult.models import Comment, GroupInputRow, Submission
from consult.operations.adding import particulars_of
from consult.operations.my_data import erase_person
from consult.operations.submit import submit
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.comments import comment_seen
from consult.queries.moderation import open_comment
from consult.queries.receipts import receipt_seen
from tests import factories
from tests.factories import CONSULTATION, NOW

GROUP = GroupInput(40, "Forum of Sangarédi", "Susu", "In the school, 12 March.", "By a show of hands.", "Not for advertising.")


@pytest.fixture
def receipt(in_app):
    factories.round_of()
    person = factories.person(capacity="facilitator", organisation=None, group=GROUP)
    form = SubmittedForm("g1", CONSULTATION, 1, "en", person, (NewComment(factories.target("5.2"), "The water came too late.", "en"),))
    done = submit(form=form, now=NOW)
    assert submit(form=form, now=NOW).again
    with writing() as session:
        session.scalars(select(Comment)).one().state = "cleared"
    return done


def test_what_a_facilitator_says_of_a_group_is_told_to_whom_it_may_be(receipt):
    (reference,) = receipt.comments
    seen = {viewer: comment_seen(reference=reference, viewer=viewer, now=NOW) for viewer in VIEWERS}
    assert {viewer: each.capacity for viewer, each in seen.items()} == dict.fromkeys(VIEWERS, "facilitator")
    assert {viewer: [name for name, value in asdict(each.group).items() if value] for viewer, each in seen.items()} == {
        "public": ["people", "name", "language"], "committee": ["people", "name", "language", "given", "conditions"],
        "secretariat": ["people", "name", "language", "given", "consent", "conditions"],
    }  # fmt: skip
    opened = open_comment(consultation=CONSULTATION, reference=reference, language="en")
    assert opened.row.group == seen["secretariat"].group == receipt_seen(language="en", reference=receipt.reference).group
    with comment_export(of=exported_round(consultation=CONSULTATION, number=1), viewer="committee", now=NOW) as export:
        (row,) = export.rows
    assert (row.group_people, row.group_name, row.group_given, row.group_consent) == (40, GROUP.name, GROUP.given, None)


def test_a_group_is_frozen_with_the_submission_and_its_words_go_with_its_facilitator(receipt):
    for change in ("people = 41", "conditions = 'others'"):
        with pytest.raises(DBAPIError), writing() as session:
            session.execute(text(f"update group_input set {change}"))
    submission = db.session.scalars(select(Submission)).one()
    assert particulars_of(submission)["group_people"] == "40"
    erase_person(submission=receipt.reference, typed=receipt.reference, words=False, now=NOW)
    left = db.session.scalars(select(GroupInputRow)).one()
    assert (left.people, left.name, left.language, left.given, left.consent, left.conditions) == (40, None, None, None, None, None)
