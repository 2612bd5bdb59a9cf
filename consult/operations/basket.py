"""Baskets: drafts kept on the server until they are submitted together.

Drafts are private and no part of the record: no event tells of them. What they become is recorded by the submission.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core import limits
from consult.core.basket import MOST, RESUME, START, Draft, as_comment, lacks, settled, typed_particulars, unstorable
from consult.core.comment_details import DETAILS
from consult.core.problem import Problem, Refused
from consult.core.received_file import Arrival
from consult.core.reference import code_sha256, derived, secret_code
from consult.core.submission import CommentTarget, Person, SubmittedForm
from consult.extensions import writing
from consult.models import Basket, BasketComment, ClauseText, Comment, Consultation, Round, Submission
from consult.operations.added import tie_added
from consult.operations.answers import has_answers, take_answers
from consult.operations.attachments import double_attachments
from consult.operations.attempts import count_attempt, pass_door, take_back
from consult.operations.late import late_link_of
from consult.operations.submit import Receipt, admitted, hand_in, hand_over
from consult.queries.baskets import draft_of, draft_rows, grounds, target_of
from consult.queries.commenting import place_of, shown_text
from consult.queries.received_files import came_in_time, from_files


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is stored now. `token` is that of the cookie, new where a basket was started for it."""

    token: str
    key: str
    revision: int
    saved_at: datetime
    started: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a basket: the receipt of its complete drafts, and the keys of those that stay behind."""

    receipt: Receipt
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A basket that was opened: its token, and where its round is."""

    token: str
    consultation: str
    number: int


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def resume_code(seed: str) -> str:
    """What is typed on another device to go on there; 78 bits."""
    return secret_code(_secret_key(), seed, "basket")


def keep_comment(
    *, token: str | None, consultation: str, round_number: int, language: str, key: str, target: CommentTarget, draft: Draft, seen: int,
    opened_at: datetime | None, address: str | None, now: datetime,
) -> Kept:  # fmt: skip
    """Stores a draft, new or changed; starts a basket where the token has none for this round. `key` is that of its form, `seen` the revision
    the form showed (0: a new draft), `address` where it comes from.

    Refused with: unknown_round, round_cancelled, window_coming, window_closed, unknown_target, control_character (where: its place),
    stale_draft (params: revision; nothing was overwritten), other_content (params: reference; it was submitted already), basket_full,
    too_many_attempts.
    """
    if problems := unstorable(draft):
        raise Refused(*problems)
    with writing() as session:
        round_ = open_round(session, consultation, round_number, opened_at, token, now)
        basket, token, started = basket_for(session, token, round_, language, address, now)
        row = session.scalar(select(BasketComment).where(BasketComment.key == key).with_for_update())
        if row is not None and row.basket_id != basket.id:  # begun in a basket whose cookie is gone: here it is a draft of its own
            begun, key = key, derived(_secret_key(), "basket.copy", str(basket.id), key).hex()[:48]
            row = session.scalar(select(BasketComment).where(BasketComment.key == key))
            if row is None:
                double_attachments(session, key=begun, to=key)
            seen = row.revision if row else 0
        _refuse_handed_in(session, key, row)
        new = row is None
        if row is None:
            pass_door(session, door="keep", address=address, who=basket.token_sha256, now=now)
            row = new_row(session, basket, round_, key, target, language, now)
        text = session.get(ClauseText, row.clause_text_id) if row.clause_text_id else None
        draft = settled(draft, text.text if text else None)
        if new:
            pass
        elif row.removed_at is None and draft_of(row) == draft:
            return Kept(token, key, row.revision, row.saved_at)
        elif row.revision != seen:
            raise Refused(Problem("stale_draft", params={"revision": row.revision}))
        else:
            row.revision += 1
        write_draft(row, draft)
        row.removed_at, row.saved_at = None, now
        touch(basket, now)
        return Kept(token, key, row.revision, now, started)


def remove_comment(*, token: str, key: str, now: datetime) -> None:
    """Takes a draft out; nothing is lost: `restore_comment` brings it back. Refused with draft_unknown."""
    _set_removed(token, key, now, removed=True)


def restore_comment(*, token: str, key: str, now: datetime) -> None:
    """Undoes a removal. Refused with draft_unknown."""
    _set_removed(token, key, now, removed=False)


def set_particulars(*, token: str, consultation: str, round_number: int, fields: Mapping[str, str], now: datetime) -> None:
    """Keeps what was said about the person, complete or not, for the next visit. Refused with basket_unknown."""
    with writing() as session:
        basket, _ = basket_with(session, token, consultation, round_number)
        basket.particulars, basket.touched_at = typed_particulars(fields), now


def submit_basket(
    *, token: str, consultation: str, round_number: int, key: str, seen: int, person: Person, language: str, now: datetime,
    address: str | None = None,
) -> Submitted:  # fmt: skip
    """Makes one submission of all complete drafts and what was answered; the others stay in the basket. `key` counts once, `seen` is the revision
    that was reviewed.

    The same key again gives the same receipt, whatever changed since. Refused with: basket_unknown, basket_changed, nothing_to_submit, and what
    `submit` refuses.
    """
    with writing() as session:
        basket, round_ = basket_with(session, token, consultation, round_number)
        rows = session.execute(draft_rows([basket.id]).where(BasketComment.removed_at.is_(None), BasketComment.comment_id.is_(None))).all()
        drafts = [(row, target_of(row, number, holder, standard)) for row, number, _, _, holder, standard, *_ in rows]
        on = grounds(drafts)
        left = tuple(row.key for row, target in drafts if lacks(draft_of(row), target.kind, on[row.key]))
        if (earlier := earlier_receipt(session, basket, round_, key)) is not None:
            return Submitted(earlier, left)
        if basket.revision != seen:
            raise Refused(Problem("basket_changed"))
        complete = [(row, target) for row, target in drafts if row.key not in left]
        if not complete and not has_answers(session, basket=basket.id):
            raise Refused(Problem("nothing_to_submit"))
        arrival = None
        if round_.window.admits(now, basket.created_at) == "refused":  # what came with a file in time may be confirmed afterwards
            chosen, arrival = came_in_time({row.id: row.saved_at for row, _ in complete}, round_.window, now)
            complete = [each for each in complete if each[0].id in chosen] if arrival else complete
        receipt = hand_in_drafts(
            session, basket, round_, complete, consultation, key=key, person=person, language=language, now=now, address=address,
            arrival=arrival,
        )  # fmt: skip
        gone = {row.key for row, _ in complete}
        return Submitted(receipt, tuple(row.key for row, _ in drafts if row.key not in gone))


def hand_in_drafts(
    session: Session, basket: Basket, round_: Round, drafts: Sequence[tuple[BasketComment, CommentTarget]], consultation: str, *, key: str,
    person: Person, language: str, now: datetime, address: str | None = None, arrival: Arrival | None = None,
) -> Receipt:  # fmt: skip
    """One submission of complete drafts, in their order: each becomes its comment; with none, of the answers that wait. It records its event: take
    it last.

    `arrival`: of the file they all came with, where the window is judged by that.
    """
    on, ids = grounds(drafts), {row.id for row, _ in drafts}
    of_files = bool(ids) and ids == from_files(ids)  # with one comment typed here it is a submission of the pages
    form = SubmittedForm(
        key=key, consultation=consultation, round=round_.number, language=language, person=person,
        comments=tuple(as_comment(draft_of(row), target, language, on[row.key]) for row, target in drafts), channel="form" if of_files else "web",
        opened_at=arrival.opened_at if arrival else basket.created_at, again=True, arrived_at=arrival.arrived_at if arrival else None,
        answers=tuple(take_answers(session, basket=basket.id).items()),
    )  # fmt: skip
    receipt = hand_in(session, form=form, now=now, address=address, basket=basket.token_sha256)
    made = session.scalars(select(Comment.id).where(Comment.reference.in_(receipt.comments)).order_by(Comment.number))
    for (row, _), comment in zip(drafts, made, strict=True):
        hand_over(row, comment)
    basket.submission_id = session.scalars(select(Submission.id).where(Submission.reference == receipt.reference)).one()
    basket.language = language
    tie_added(session, basket, now)
    touch(basket, now)
    return receipt


def resume(*, code: str, address: str | None, now: datetime) -> str:
    """The token of the baskets with this resume code. Refused with too_many_attempts (params: seconds) or no_such_basket; wrong codes are counted."""
    with writing() as session:
        counted = count_attempt(session, kind="basket_resume", whom=[(limits.prefix(address), RESUME)], now=now)
        if token := reopened(session, code_sha256(code)):
            take_back(session, counted)
            return token
    raise Refused(Problem("no_such_basket"))


def reopened(session: Session, code: str) -> str | None:
    """The token of the baskets with the hash of a resume code; None where there is none."""
    found = session.scalars(select(Basket).where(Basket.code_sha256 == code)).all()
    if not found:
        return None
    token = _token(found[0].seed)
    for basket in found:  # made with another key of the installation: the new token counts from now on
        basket.token_sha256 = token_sha256(token)
    return token


def open_round(session: Session, consultation: str, number: int, opened_at: datetime | None, token: str | None, now: datetime) -> Round:
    found = session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if found is None:
        raise Refused(Problem("unknown_round"))
    round_, of = found
    admitted(round_, of, opened_at, now, link=late_link_of(session, token and token_sha256(token), round_, now))
    return round_


def basket_for(
    session: Session, token: str | None, round_: Round, language: str, address: str | None, now: datetime
) -> tuple[Basket, str, bool]:
    """The basket of the token for the round, locked; a new one where there is none, with a new token where that is unknown."""
    known = session.scalars(select(Basket).where(Basket.token_sha256 == token_sha256(token)).with_for_update()).all() if token else []
    for basket in known:
        if basket.round_id == round_.id:
            basket.language = language
            return basket, token or "", False
    if limits.from_outside(address):
        count_attempt(session, kind="basket_start", whom=[(limits.prefix(address), START)], now=now)
    seed = known[0].seed if known else secrets.token_urlsafe(24)
    mine = token if known and token else _token(seed)
    basket = Basket(
        seed=seed, token_sha256=token_sha256(mine), code_sha256=code_sha256(resume_code(seed)), round_id=round_.id, language=language,
        particulars=known[0].particulars if known else {}, revision=0, created_at=now, touched_at=now,
    )  # fmt: skip
    session.add(basket)
    session.flush()
    return basket, mine, True


def new_row(
    session: Session, basket: Basket, round_: Round, key: str, target: CommentTarget, language: str, now: datetime
) -> BasketComment:
    """An empty draft at its place. Refused with basket_full, unknown_target."""
    if session.scalars(select(func.count()).select_from(BasketComment).where(BasketComment.basket_id == basket.id)).one() >= MOST:
        raise Refused(Problem("basket_full", params={"most": MOST}))
    place = place_of(round_id=round_.id, target=target)
    shown = shown_text(clause=place.clause, language=language, text=target.clause_text) if place and place.clause else None
    if place is None or (place.clause is not None and shown is None):
        raise Refused(Problem("unknown_target", {"number": target.number or ""}))
    row = BasketComment(
        basket_id=basket.id, key=key, target=target.kind, version_id=place.version, clause_id=place.clause,
        clause_text_id=shown.id if shown else None, revision=1, created_at=now, saved_at=now,
    )  # fmt: skip
    session.add(row)
    return row


def write_draft(row: BasketComment, draft: Draft) -> None:
    """The words and choices of a draft into its row."""
    row.text, row.rationale, row.proposed = draft.text, draft.rationale, draft.proposed
    for name in DETAILS:
        setattr(row, name, getattr(draft, name))
    row.type, row.position, row.language, row.publication_choice = draft.type, draft.position, draft.language, draft.choice


def _refuse_handed_in(session: Session, key: str, row: BasketComment | None) -> None:
    """A form that was submitted, by itself or with its basket, is no draft any more."""
    became = Comment.id == row.comment_id if row is not None and row.comment_id is not None else Submission.key == key
    reference = session.scalar(select(Submission.reference).join(Comment, Comment.submission_id == Submission.id).where(became).limit(1))
    if reference is not None:
        raise Refused(Problem("other_content", params={"reference": reference}))


def touch(basket: Basket, now: datetime) -> None:
    """Counts a change of its drafts."""
    basket.revision += 1
    basket.touched_at = now


def _set_removed(token: str, key: str, now: datetime, *, removed: bool) -> None:
    with writing() as session:
        found = session.execute(
            select(BasketComment, Basket)
            .join(Basket, Basket.id == BasketComment.basket_id)
            .where(BasketComment.key == key, BasketComment.comment_id.is_(None), Basket.token_sha256 == token_sha256(token))
            .with_for_update(of=Basket)
        ).first()
        if found is None:
            raise Refused(Problem("draft_unknown"))
        row, basket = found
        if (row.removed_at is not None) == removed:
            return
        row.removed_at = now if removed else None
        row.revision += 1
        touch(basket, now)


def basket_with(session: Session, token: str, consultation: str, number: int) -> tuple[Basket, Round]:
    """The basket of a token for a round, locked. Refused: basket_unknown."""
    found = session.execute(
        select(Basket, Round)
        .join(Round, Round.id == Basket.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Basket.token_sha256 == token_sha256(token), Consultation.slug == consultation, Round.number == number)
        .with_for_update(of=Basket)
    ).first()
    if found is None:
        raise Refused(Problem("basket_unknown"))
    return found[0], found[1]


def earlier_receipt(session: Session, basket: Basket, round_: Round, key: str) -> Receipt | None:
    """What was handed in from this basket under the same key."""
    earlier = session.scalar(select(Submission).where(Submission.key == key, Submission.round_id == round_.id))
    return receipt_again(session, earlier) if earlier is not None and _is_of(session, basket, earlier) else None


def _is_of(session: Session, basket: Basket, submission: Submission) -> bool:
    if basket.submission_id == submission.id:
        return True
    made = select(BasketComment.id).join(Comment, Comment.id == BasketComment.comment_id)
    return session.scalar(made.where(BasketComment.basket_id == basket.id, Comment.submission_id == submission.id).limit(1)) is not None


def receipt_again(session: Session, earlier: Submission) -> Receipt:
    """The receipt of what was handed in before, with its secret code."""
    comments = session.scalars(select(Comment.reference).where(Comment.submission_id == earlier.id).order_by(Comment.number))
    secret = secret_code(_secret_key(), earlier.key, earlier.reference)
    return Receipt(earlier.reference, secret, earlier.received_at, earlier.late, tuple(comments), again=True)


def _token(seed: str) -> str:
    return derived(_secret_key(), "basket.token", seed).hex()


def _secret_key() -> str:
    return str(current_app.config["SETTINGS"].secret_key)
