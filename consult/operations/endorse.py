"""Endorsing: one party adds its name, and one nuance at most, to a published comment. A hand-in of its own, with receipt and confirmation."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.endorsement import STANDS_IN, EndorsementForm, endorsement_reference, nuance_problems
from consult.core.problem import Problem, Refused
from consult.core.reference import derived
from consult.core.visibility import displayed, narrower, seen
from consult.extensions import writing
from consult.models import (
    Basket,
    BasketComment,
    Comment,
    CommentRevision,
    Consultation,
    Endorsement,
    ReceivedFile,
    ReceivedRow,
    Round,
    Submission,
)
from consult.operations.attempts import pass_door
from consult.operations.basket import token_sha256
from consult.operations.confirm import held_submission
from consult.operations.endorsements import move, tell
from consult.operations.late import late_link_of
from consult.operations.receipt_mail import ask_confirmation
from consult.operations.record import Actor, record
from consult.operations.submit import admitted, new_submission, refuse_equal, secret_of


@dataclass(frozen=True, slots=True)
class Endorsed:
    """What the sender gets at once: receipt and the endorsement's own reference. `again`: it had been handed in before and nothing was added."""

    receipt: str
    secret: str
    received_at: datetime
    late: bool
    endorsement: str
    again: bool = False


def endorse(
    *, form: EndorsementForm, token: str | None = None, draft: str | None = None, address: str | None = None, by: Actor | None = None,
    now: datetime,
) -> Endorsed:  # fmt: skip
    """Stores an endorsement and gives its receipt. `token` of the basket it is sent beside, which may hold a late link; `draft` (its key) is the comment of that basket which the
    endorsement stands for, or the row of a file: it is taken out and can be put back. `address` it comes from; `by`: the account that types it in, else the party itself.

    A mail address endorses a comment once: a second time is received and not counted, and nobody is told whose address it is.
    Refused with: unknown_round, round_cancelled, window_coming, window_closed, comment_unknown, not_published, already_endorsed (params: reference;
    from this basket), control_character, too_long, other_content (params: reference), equal_content, too_many_attempts (params: seconds).
    """
    if problems := nuance_problems(form.nuance):
        raise Refused(*problems)
    with writing() as session:
        round_, consultation = _round(session, form)
        earlier = session.scalar(select(Submission).where(Submission.key == form.key))
        if earlier is not None:
            return _earlier(session, earlier, form)
        link = late_link_of(session, token and token_sha256(token), round_, now)
        late = admitted(round_, consultation, form.opened_at, now, link=link)
        comment = _comment(session, round_, form.comment, now)
        basket = _basket(session, token, round_)
        if basket is not None:
            _refuse_second(session, comment, _hash("basket", basket.seed))
        if form.channel == "web" and not form.again:
            refuse_equal(session, round_, form, now)
        pass_door(session, door="endorse", address=address, who=basket.token_sha256 if basket else None, now=now)
        submission = new_submission(session, round_, form, late, now)
        if link is not None and late:
            link.submission_id = submission.id
        made = _new(session, form, comment, submission, basket)
        if basket is not None and draft is not None:
            _set_aside(session, basket, draft, now)
        if form.person.mail:
            ask_confirmation(session, submission, now)
        record(
            session, scope=consultation.slug, kind="endorsement_received", subject=submission.reference,
            by=by or Actor("party", submission.party_id), now=now,
            codes={"round": round_.number, "channel": form.channel, "late": late, "comment": comment.reference, "number": made.number,
                   **({"late_reason": link.reason} if link else {})},
        )  # fmt: skip
        return Endorsed(
            submission.reference, secret_of(submission.key, submission.reference), now, late,
            endorsement_reference(comment.reference, made.number),
        )  # fmt: skip


def person_sha256(mail: str | None) -> str | None:
    """By which one mail address is told from another without keeping it a second time."""
    return _hash("person", mail.casefold()) if mail else None


def _round(session: Session, form: EndorsementForm) -> tuple[Round, Consultation]:
    found = session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == form.consultation, Round.number == form.round)
        .with_for_update(of=Round),
        execution_options={"populate_existing": True},
    ).first()
    if found is None:
        raise Refused(Problem("unknown_round"))
    return found[0], found[1]


def _comment(session: Session, round_: Round, reference: str, now: datetime) -> Comment:
    """The comment, as long as the public reads it."""
    comment = session.scalar(
        select(Comment).where(Comment.reference == reference, Comment.round_id == round_.id).execution_options(populate_existing=True)
    )
    if comment is None:
        raise Refused(Problem("comment_unknown", params={"reference": reference}))
    choice = narrower(comment.submission.publication_choice, comment.publication_choice)  # type: ignore[arg-type]
    shown = displayed(round_.display_rule, round_.window, now, round_.report_at)  # type: ignore[arg-type]
    if seen("public", comment.state, choice, shown).stub is not None:  # type: ignore[arg-type]
        raise Refused(Problem("not_published", params={"reference": reference}))
    return comment


def _earlier(session: Session, earlier: Submission, form: EndorsementForm) -> Endorsed:
    if earlier.content_sha256 != form.content_sha256:
        raise Refused(Problem("other_content", params={"reference": earlier.reference}))
    number = session.scalars(select(Endorsement.number).where(Endorsement.submission_id == earlier.id)).one()
    return Endorsed(
        earlier.reference, secret_of(earlier.key, earlier.reference), earlier.received_at, earlier.late,
        endorsement_reference(form.comment, number), again=True,
    )  # fmt: skip


def _basket(session: Session, token: str | None, round_: Round) -> Basket | None:
    if token is None:
        return None
    return session.scalar(select(Basket).where(Basket.token_sha256 == token_sha256(token), Basket.round_id == round_.id).with_for_update())


def _refuse_second(session: Session, comment: Comment, basket: str) -> None:
    number = session.scalar(
        select(Endorsement.number)
        .where(Endorsement.comment_id == comment.id, Endorsement.basket_sha256 == basket, Endorsement.state.in_(STANDS_IN))
        .limit(1)
    )
    if number is not None:
        raise Refused(Problem("already_endorsed", params={"reference": endorsement_reference(comment.reference, number)}))


def _new(session: Session, form: EndorsementForm, comment: Comment, submission: Submission, basket: Basket | None) -> Endorsement:
    """The words endorsed are those the public reads: the newest revision that was cleared."""
    shown = select(CommentRevision.id).where(CommentRevision.comment_id == comment.id)
    if comment.cleared_revision is not None:
        shown = shown.where(CommentRevision.number == comment.cleared_revision)
    number = 1 + (session.scalar(select(func.max(Endorsement.number)).where(Endorsement.comment_id == comment.id)) or 0)
    made = Endorsement(
        submission_id=submission.id, comment_id=comment.id,
        revision_id=session.scalars(shown.order_by(CommentRevision.number.desc()).limit(1)).one(), number=number, nuance=form.nuance,
        language=form.nuance_language if form.nuance else None, state="pending", person_sha256=person_sha256(form.person.mail),
        basket_sha256=_hash("basket", basket.seed) if basket else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _set_aside(session: Session, basket: Basket, key: str, now: datetime) -> None:
    """A draft is taken out; a row of a file (its reference, a point, the row's place) that is no draft yet is left out. Both can be put back."""
    reference, _, place = key.partition(".")
    row = session.scalar(
        select(ReceivedRow)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .where(ReceivedFile.reference == reference, ReceivedFile.owner_kind == "basket", ReceivedFile.owner_id == basket.id)
        .where(
            ReceivedRow.place == (int(place) if place.isascii() and place.isdigit() and len(place) < 7 else 0),
            ReceivedRow.state == "waiting",
        )
    )
    if row is not None:
        row.state = "left_out"
    draft = session.scalar(
        select(BasketComment).where(
            BasketComment.key == key,
            BasketComment.basket_id == basket.id,
            BasketComment.comment_id.is_(None),
            BasketComment.removed_at.is_(None),
        )
    )
    if draft is not None:
        draft.removed_at, draft.revision = now, draft.revision + 1
        basket.revision, basket.touched_at = basket.revision + 1, now


def _hash(kind: str, value: str) -> str:
    return derived(str(current_app.config["SETTINGS"].secret_key), f"endorsement.{kind}", value).hex()


def withdraw_endorsement(*, submission: str, now: datetime) -> None:
    """Its author takes an endorsement back, until closing: it counts no longer. Whoever asks must have shown the right to it.

    Refused: unknown_receipt, confirmation_disowned, unknown_target, endorsement_not_movable, round_cancelled, window_closed.
    """
    with writing() as session:
        of = held_submission(session, submission)
        admitted(of.round, of.round.consultation, None, now)
        found = session.execute(
            select(Endorsement, Comment.reference)
            .join(Comment, Comment.id == Endorsement.comment_id)
            .where(Endorsement.submission_id == of.id)
            .with_for_update(of=Endorsement)
        ).first()
        if found is None:
            raise Refused(Problem("unknown_target"))
        by = Actor("party", of.party_id)
        move(session, found[0], "withdrawn", "withdraw", None, by, now)
        tell(
            session,
            of.round.consultation.slug,
            "endorsement_withdrawn",
            endorsement_reference(found[1], found[0].number),
            "withdrawn",
            None,
            by,
            now,
        )
