"""What a person may always ask for: less of her published from now on, and her data erased. Both only ever take away."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.core.reference import reference_as_typed
from consult.core.revision import narrower_than
from consult.core.vocabulary import CHOICES
from consult.extensions import writing
from consult.models import Basket, BasketComment, ChoiceNarrowing, Comment, Confirmation, GroupInputRow, Submission
from consult.operations.answer_sheets import end_answers
from consult.operations.attachments import forget_of_drafts, forget_owner
from consult.operations.confirm import held_submission, scope_of
from consult.operations.counted import keep_counted
from consult.operations.endorsements import forget_endorser
from consult.operations.forget_received import forget_files_of_person
from consult.operations.organisation_room.erase import forget_members
from consult.operations.record import Actor, record
from consult.operations.withdraw import erase_within

WORDS_OF_DRAFT = ("text", "rationale", "proposed", "quote", "edited", "evidence")


def narrow_publication(*, submission: str, to: str, now: datetime) -> None:
    """From now on less of a submission is published: pages and exports follow at once. Refused: unknown_receipt, confirmation_disowned, choice_wider."""
    with writing() as session:
        of = held_submission(session, submission)
        if to not in narrower_than(of.publication_choice, CHOICES):
            raise Refused(Problem("choice_wider", {"field": "choice"}))
        _narrow(session, of, to, now)
        record(
            session, scope=scope_of(session, of), kind="publication_narrowed", subject=of.reference, by=Actor("party", of.party_id), now=now,
            codes={"after": to},
        )  # fmt: skip


def erase_person(*, submission: str, typed: str, words: bool, now: datetime) -> None:
    """Erases who handed a submission in: name, mail address, organisation, what its basket remembers; with `words` also everything that was
    written. What stays: references, dates, clauses, states, and without `words` the texts with class and country.

    `typed` must be the reference. Refused: unknown_receipt, erase_not_typed. A disowned submission can be erased too.
    """
    if reference_as_typed(typed) != submission:
        raise Refused(Problem("erase_not_typed", {"field": "typed"}))
    with writing() as session:
        of = session.scalar(
            select(Submission)
            .where(Submission.reference == submission)
            .with_for_update(of=Submission)
            .execution_options(populate_existing=True)
        )
        if of is None:
            raise Refused(Problem("unknown_receipt"))
        scope, by = scope_of(session, of), Actor("party", of.party_id)
        _forget_baskets(session, of, words)
        forget_files_of_person(session, submission=of.id, words=words, now=now)
        forget_owner(session, submission=of.id)
        forget_members(session, of.id, now)
        if (group := session.get(GroupInputRow, of.id)) is not None:
            group.name = group.language = group.given = group.consent = group.conditions = None
        of.party.name = of.party.mail = of.party.organisation = None
        for confirmation in session.scalars(select(Confirmation).where(Confirmation.submission_id == of.id)):
            confirmation.replaced_at = confirmation.replaced_at or now
        if of.publication_choice in ("named", "organisation"):
            _narrow(session, of, "class", now)
        erased = []
        for comment in session.scalars(
            select(Comment).where(Comment.submission_id == of.id).order_by(Comment.id).with_for_update(of=Comment)
        ):
            if words and comment.state != "erased":
                erase_within(session, comment, by=by, now=now)
                erased.append(comment.reference)
        endorsement = forget_endorser(session, of, words=words, by=by, now=now)
        answers = end_answers(session, of, "erased", "erase", by=by, now=now) if words else None
        for reference in erased:
            record(session, scope=scope, kind="comment_erased", subject=reference, by=by, now=now)
        if endorsement is not None:
            record(session, scope=scope, kind="endorsement_erased", subject=endorsement, by=by, now=now)
        if answers is not None:
            record(session, scope=scope, kind="answers_erased", subject=answers, by=by, now=now)
        record(session, scope=scope, kind="person_erased", subject=of.reference, by=by, now=now, codes={"words": words})


def _narrow(session: Session, of: Submission, to: str, now: datetime) -> None:
    session.add(ChoiceNarrowing(submission_id=of.id, before=of.publication_choice, after=to, at=now))
    of.publication_choice = to
    keep_counted(session, session.scalars(select(Comment.id).where(Comment.submission_id == of.id)))


def _forget_baskets(session: Session, of: Submission, words: bool) -> None:
    """The baskets that a submission was made in, or that add to it: what they remember of the person, and with `words` what still waits there."""
    made = select(BasketComment.basket_id).join(Comment, Comment.id == BasketComment.comment_id).where(Comment.submission_id == of.id)
    baskets = session.scalars(
        select(Basket).where(or_(Basket.submission_id == of.id, Basket.adds_to_id == of.id, Basket.id.in_(made))).with_for_update(of=Basket)
    ).all()
    for basket in baskets:
        basket.particulars = {}
    if not words:
        return
    forget_of_drafts(session, baskets=[each.id for each in baskets])
    for draft in session.scalars(select(BasketComment).where(BasketComment.basket_id.in_([each.id for each in baskets]))):
        for name in WORDS_OF_DRAFT:
            setattr(draft, name, None)
