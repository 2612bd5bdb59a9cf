"""The mail address of a hand-in: confirmed as a mark that gates nothing, disowned by its owner, replaced, its mail sent again.

A mail carries a link and a code. The link alone confirms, which harms nobody: a scanner that opens it and presses its button confirms what the
owner of the mailbox may still disown. To disown takes the code, which no scanner types.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.core.confirmation import CODE_TRIES, SEND_AGAIN, SEND_FROM, VALID_FOR, is_typed_code, key_of
from consult.core.limits import prefix
from consult.core.problem import Problem, Refused
from consult.core.reference import code_sha256
from consult.core.submission import LIMITS, character_problems, is_mail
from consult.extensions import writing
from consult.models import Comment, Confirmation, Consultation, Round, Submission
from consult.operations.answer_sheets import end_answers
from consult.operations.attempts import count_attempt
from consult.operations.moderate import move
from consult.operations.receipt_mail import ask_confirmation, send_receipt
from consult.operations.record import Actor, enqueue, record
from consult.operations.submit import secret_of


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a confirmation: `before` where it had been done already and nothing changed."""

    reference: str
    before: bool


def confirm_by_link(*, token: str, now: datetime) -> Marked:
    """Confirms with the link's token alone. Refused: confirmation_old (forged, over, another address since), confirmation_disowned."""
    with writing() as session:
        found = _with_key(session, key_of(_secret_key(), token))
        return _confirm(session, *_alive(found, now), now)


def confirm_by_code(*, reference: str, code: str, now: datetime) -> Marked:
    """Confirms with the code of the mail. Refused: confirmation_old, code_wrong (left: tries), confirmation_disowned."""
    return _by_code(reference, None, code, now, disowns=False)


def disown(*, code: str, token: str | None = None, reference: str = "", now: datetime) -> Marked:
    """The owner of the address says that the hand-in is not hers: what could be read of it is withheld, and she and the secretariat are told.

    Also after it was confirmed. With the link's `token` wrong codes are not counted: whoever has the link has the mail. Refused:
    confirmation_old, code_not_mail, without the token code_wrong (left: tries).
    """
    return _by_code(reference, token, code, now, disowns=True)


def send_again(*, reference: str, address: str | None, now: datetime) -> None:
    """The receipt leaves once more, with a link and a code that hold for as long as new ones; wrong tries are forgotten with the old code.

    Refused: unknown_receipt, no_address, confirmation_disowned, too_many_attempts (seconds).
    """
    with writing() as session:
        submission, newest = _held(session, reference)
        if submission.party.mail is None or newest is None:
            raise Refused(Problem("no_address"))
        _count(session, submission, address, now)
        if newest.tries >= CODE_TRIES:
            newest.replaced_at = now
            ask_confirmation(session, submission, now)
        else:
            newest.expires_at = now + VALID_FOR
            send_receipt(session, submission, now)


def change_address(*, reference: str, mail: str, address: str | None, now: datetime) -> None:
    """Another mail address, or the first one: it gets the receipt and its own confirmation. The earlier one is written to no more, its link and
    the secret code it got open nothing any more; a new code takes its place.

    Refused: unknown_receipt, mail_missing, mail_form, same_address, confirmation_disowned, too_many_attempts (seconds).
    """
    written = mail.strip()
    if not written:
        raise Refused(Problem("mail_missing", {"field": "mail"}))
    if len(written) > LIMITS["mail"] or character_problems("mail", written, lines=False) or not is_mail(written):
        raise Refused(Problem("mail_form", {"field": "mail"}))
    with writing() as session:
        submission, newest = _held(session, reference)
        if submission.party.mail == written:
            raise Refused(Problem("same_address", {"field": "mail"}))
        _count(session, submission, address, now)
        submission.party.mail = written
        if newest is not None:
            newest.replaced_at = now
            submission.secret_turn += 1
            submission.secret_sha256 = code_sha256(secret_of(submission.key, submission.reference, submission.secret_turn))
        submission.confirmation = "unconfirmed"
        ask_confirmation(session, submission, now)
        _tell(session, submission, "mail_address_changed", now)


def held_submission(session: Session, reference: str) -> Submission:
    """A submission whose sender acts on it, locked. Refused: unknown_receipt, confirmation_disowned (nobody acts on what its owner disowned)."""
    submission = session.scalar(
        select(Submission).where(Submission.reference == reference).with_for_update(of=Submission).execution_options(populate_existing=True)
    )
    if submission is None:
        raise Refused(Problem("unknown_receipt"))
    if submission.confirmation == "disowned":
        raise Refused(Problem("confirmation_disowned"))
    return submission


def scope_of(session: Session, submission: Submission) -> str:
    """The slug of its consultation, under which its events stand."""
    slug = session.scalar(
        select(Consultation.slug).join(Round, Round.consultation_id == Consultation.id).where(Round.id == submission.round_id)
    )
    assert slug
    return slug


def _held(session: Session, reference: str) -> tuple[Submission, Confirmation | None]:
    submission = held_submission(session, reference)
    newest = session.scalars(
        select(Confirmation).where(Confirmation.submission_id == submission.id).order_by(Confirmation.id.desc()).limit(1).with_for_update()
    ).first()
    return submission, newest


def _by_code(reference: str, token: str | None, code: str, now: datetime, *, disowns: bool) -> Marked:
    wrong = Problem("code_not_mail", {"field": "code"})
    with writing() as session:
        found = _with_reference(session, reference) if token is None else _with_key(session, key_of(_secret_key(), token))
        submission, confirmation = _alive(found, now)
        if token is None and confirmation.tries >= CODE_TRIES:
            raise Refused(Problem("confirmation_old"))
        if is_typed_code(_secret_key(), confirmation.key, code):
            return (_disown if disowns else _confirm)(session, submission, confirmation, now)
        if token is None:
            confirmation.tries += 1
            wrong = Problem("code_wrong", {"field": "code"}, {"left": CODE_TRIES - confirmation.tries})
    raise Refused(wrong)


def _confirm(session: Session, submission: Submission, confirmation: Confirmation, now: datetime) -> Marked:
    if submission.confirmation == "disowned":
        raise Refused(Problem("confirmation_disowned"))
    if submission.confirmation == "confirmed":
        return Marked(submission.reference, True)
    confirmation.confirmed_at, submission.confirmation = now, "confirmed"
    _tell(session, submission, "submission_confirmed", now)
    return Marked(submission.reference, False)


def _disown(session: Session, submission: Submission, confirmation: Confirmation, now: datetime) -> Marked:
    if submission.confirmation == "disowned":
        return Marked(submission.reference, True)
    confirmation.disowned_at, submission.confirmation = now, "disowned"
    by = Actor("party", submission.party_id)
    comments = session.scalars(
        select(Comment).where(Comment.submission_id == submission.id).order_by(Comment.id).with_for_update(of=Comment)
    )
    withheld = [comment for comment in comments if comment.state in ("pending", "cleared", "held")]
    for comment in withheld:
        move(session, comment, to="withheld", act="disown", reason="disowned", by=by, now=now)
    answers = end_answers(session, submission, "withheld", "disown", reason="disowned", by=by, now=now)
    enqueue(session, kind="mail", payload={"template": "disowned", "submission": submission.id}, submission=submission.id, now=now)
    references = [*(comment.reference for comment in withheld), *([answers] if answers else [])]
    _tell(session, submission, "submission_disowned", now, withheld=references)
    return Marked(submission.reference, False)


def _alive(found: tuple[Submission, Confirmation] | None, now: datetime) -> tuple[Submission, Confirmation]:
    if found is None or found[1].expires_at <= now or found[1].replaced_at is not None:
        raise Refused(Problem("confirmation_old"))
    return found


def _with_key(session: Session, key: str | None) -> tuple[Submission, Confirmation] | None:
    return _pair(session, Confirmation.key == key) if key else None


def _with_reference(session: Session, reference: str) -> tuple[Submission, Confirmation] | None:
    return _pair(session, Submission.reference == reference)


def _pair(session: Session, which: ColumnElement[bool]) -> tuple[Submission, Confirmation] | None:
    query = select(Submission, Confirmation).join(Confirmation, Confirmation.submission_id == Submission.id).where(which)
    row = session.execute(
        query.order_by(Confirmation.id.desc()).limit(1).with_for_update(of=(Submission, Confirmation)),
        execution_options={"populate_existing": True},
    ).first()
    return (row[0], row[1]) if row else None


def _count(session: Session, submission: Submission, address: str | None, now: datetime) -> None:
    whom = [(f"submission:{submission.id}", SEND_AGAIN), (prefix(address), SEND_FROM)]
    count_attempt(session, kind="receipt_mail", whom=whom, now=now)


def _tell(session: Session, submission: Submission, kind: str, now: datetime, **codes: object) -> None:
    by = Actor("party", submission.party_id)
    record(session, scope=scope_of(session, submission), kind=kind, subject=submission.reference, by=by, now=now, codes=codes)


def _secret_key() -> str:
    return str(current_app.config["SETTINGS"].secret_key)
