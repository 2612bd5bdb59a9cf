"""A later copy of what was handed in: received by whoever has shown the receipt, and applied on one confirmation or not at all.

New rows become a submission that is added to it, changed ones revisions; what was ticked is taken back. Nothing is overwritten.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.comment_form import FormRow
from consult.core.comment_form.comment import comment_of
from consult.core.comment_form.handed_in import Match, Standing
from consult.core.comment_form.place import Places
from consult.core.problem import Problem, Refused
from consult.core.received_file import confirm_until, media_of
from consult.core.submission import NewComment, Person, SubmittedForm, words_problems
from consult.core.vocabulary import Capacity, PublicationChoice
from consult.extensions import writing
from consult.models import Comment, FileReading, ReceivedFile, ReceivedRow, Round, Submission
from consult.operations.added import tie
from consult.operations.attempts import pass_door
from consult.operations.basket import basket_for, token_sha256
from consult.operations.confirm import held_submission, scope_of
from consult.operations.moderate import move
from consult.operations.place_rows import Said, known_of_round, placed_row, revised_words
from consult.operations.receive import Received, checked_file, free_reference, keep_file, record_file, settle_copy
from consult.operations.record import Actor, record
from consult.operations.revise import revise_within
from consult.operations.submit import Receipt, admitted, hand_in
from consult.queries.later_copies import CopyRow, LaterCopy, later_copy

MOST_AT_ONCE = 100
"""Rows that one confirmation applies; the others wait on. The round is locked meanwhile."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What one confirmation did: the receipt of what was added, references of what was revised and taken back, rows left out.

    `again`: it had been done before, and nothing was done now.
    """

    added: Receipt | None = None
    revised: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    left_out: int = 0
    again: bool = False


def receive_later_copy(
    *, submission: str, token: str | None, language: str, key: str, data: bytes, name: str, opened_at: datetime | None, address: str | None,
    now: datetime,
) -> Received:  # fmt: skip
    """Takes in a file as a later copy of a submission. It lies in the basket of the token (a new one where there is none) and is deleted with it.

    `key` counts once; the same bytes sent again are the file that is here. Refused, and nothing is stored then: file_missing, file_too_large,
    unknown_receipt, confirmation_disowned, added_elsewhere (params: reference; what was added to another is compared there), round_cancelled,
    window_closed, too_many_attempts.
    """
    shown = checked_file(data, name)
    with writing() as session:
        if earlier := session.scalar(select(ReceivedFile).where(ReceivedFile.key == key)):
            return Received(earlier.reference, earlier.arrived_at, earlier.late, token, again=True)
        of = held_submission(session, submission)
        if of.added_to_id is not None:
            first = session.get_one(Submission, of.added_to_id)
            raise Refused(Problem("added_elsewhere", {"field": "file"}, {"reference": first.reference}))
        late = admitted(of.round, of.round.consultation, opened_at, now)
        pass_door(session, door="upload", address=address, who=token and token_sha256(token), now=now)
        basket, mine, started = basket_for(session, token, of.round, language, address, now)
        digest = hashlib.sha256(data).hexdigest()
        if same := _sent_before(session, of, digest):
            return Received(same.reference, same.arrived_at, same.late, mine, started, again=True)
        file = ReceivedFile(
            reference=free_reference(session, key), key=key, round_id=of.round_id, owner_kind="basket", owner_id=basket.id, digest=digest,
            size=len(data), media=media_of(data, shown), language=language, opened_at=opened_at, arrived_at=now, late=late, entered_at=now,
            actor_kind="party", actor_id=of.party_id,
        )  # fmt: skip
        keep_file(session, file, data, shown, of.id)
        record_file(session, file, of.round.consultation, of.round, Actor("party", of.party_id), now)
        return Received(file.reference, now, late, mine, started)


def apply_later_copy(
    *, submission: str, file: str, shown: str, said: Mapping[int, Said], move_on: Collection[int] = (), gone: Collection[str] = (), key: str,
    address: str | None = None, now: datetime,
) -> Applied:  # fmt: skip
    """Does what the sender confirmed, all of it or nothing. `shown`: the fingerprint of what she read; `said`: about each row (key) that was asked
    about, where a new one belongs or that it is left out; `move_on`: rows at another place that leave the earlier one; `gone`: references of
    comments to take back. A new row without a place waits on. `key` counts once.

    Refused: file_unknown, unknown_receipt, confirmation_disowned, round_cancelled, confirm_over (the time to confirm is over), copy_changed (what
    was shown is so no longer), window_closed (something was to be taken back), nothing_to_apply, and of rows (where: row) place_unknown and
    what is wrong with their words.
    """
    with writing() as session:
        of, received, reading = _locked(session, submission, file)
        _still_open(of.round, received, now)
        copy = later_copy(file=received.id, submission=of.id)
        if copy.fingerprint != shown:
            if _done_before(session, copy, key, said, gone):
                return Applied(again=True)
            raise Refused(Problem("copy_changed"))
        steps = _steps(of.round, copy, said, set(move_on), set(gone), received.language)
        added = _add(session, of, received, steps, key, address, now)
        _revise(session, of.round, received, steps, now)
        withdrawn = _withdraw(session, of, received, steps, now)
        _note(session, received, steps, added)
        settle_copy(session, reading)
        return Applied(added, tuple(one.reference for _, one, _ in steps.revise), withdrawn, len(steps.left_out))


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is to be done, of rows by their keys."""

    add: list[tuple[CopyRow, FormRow, NewComment]]
    revise: list[tuple[CopyRow, Standing, FormRow]]
    withdraw: list[Standing]
    left_out: list[int]


def _sent_before(session: Session, of: Submission, digest: str) -> ReceivedFile | None:
    """The same bytes as a later copy of the same submission."""
    return session.scalar(
        select(ReceivedFile)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(FileReading.submission_id == of.id, ReceivedFile.digest == digest, FileReading.forgotten_at.is_(None))
        .order_by(ReceivedFile.id)
        .limit(1)
    )


def _locked(session: Session, submission: str, file: str) -> tuple[Submission, ReceivedFile, FileReading]:
    """All that is decided on, the round first, as wherever something is handed in."""
    session.execute(
        select(Round.id)
        .join(Submission, Submission.round_id == Round.id)
        .where(Submission.reference == submission)
        .with_for_update(of=Round)
    ).first()
    of = held_submission(session, submission)
    found = session.execute(
        select(ReceivedFile, FileReading)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(ReceivedFile.reference == file, FileReading.submission_id == of.id, FileReading.state == "read")
        .with_for_update(of=FileReading)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise Refused(Problem("file_unknown"))
    added = select(Submission.id).where(Submission.added_to_id == of.id)
    session.scalars(
        select(Comment)
        .where((Comment.submission_id == of.id) | Comment.submission_id.in_(added))
        .order_by(Comment.id)
        .with_for_update(of=Comment)
        .execution_options(populate_existing=True)
    ).all()
    return of, found[0], found[1]


def _still_open(round_: Round, file: ReceivedFile, now: datetime) -> None:
    if round_.state != "planned" or round_.consultation.state != "active":
        raise Refused(Problem("round_cancelled"))
    if now >= confirm_until(file.arrived_at, round_.window):
        raise Refused(Problem("confirm_over"))


def _done_before(session: Session, copy: LaterCopy, key: str, said: Collection[int], gone: Collection[str]) -> bool:
    """Whether this very confirmation, sent twice, has been applied: nothing that it names waits any more."""
    if session.scalar(select(Submission.id).where(Submission.key == key)) is not None:
        return True
    waiting = {each.id for each in copy.rows if each.state == "waiting"}
    standing = {each.reference for each in copy.standing if not each.over}
    return bool(said or gone) and not waiting & set(said) and not standing & set(gone)


def _steps(
    round_: Round, copy: LaterCopy, said: Mapping[int, Said], move_on: set[int], gone: set[str], language: str
) -> _Steps:  # fmt: skip
    """Refused with every row that cannot be applied as it was said, or nothing_to_apply."""
    places, steps, problems = Places(known_of_round(round_)), _Steps([], [], [], []), []
    for row, match in zip(copy.rows, copy.comparison.matches, strict=True):
        if row.id not in said or row.state not in ("waiting", "left_out") or not match.asks:
            continue
        if len(steps.add) + len(steps.revise) >= MOST_AT_ONCE:
            break
        if said[row.id].leave_out:
            steps.left_out.append(row.id)
            continue
        try:
            _step(steps, row, match, copy.standing, said[row.id], row.id in move_on, places, language)
        except Refused as refused:
            problems += [Problem(each.code, {**each.where, "row": row.id}, each.params) for each in refused.problems]
    if problems:
        raise Refused(*problems)
    steps.withdraw.extend(copy.standing[at] for at in copy.comparison.gone if copy.standing[at].reference in gone)
    if not (steps.add or steps.revise or steps.withdraw or steps.left_out):
        raise Refused(Problem("nothing_to_apply"))
    return steps


def _step(
    steps: _Steps, row: CopyRow, match: Match, standing: Sequence[Standing], said: Said, moves: bool, places: Places, language: str
) -> None:  # fmt: skip
    one = standing[match.standing] if match.standing is not None else None
    if one is None or (match.kind == "moved" and moves):
        placed = placed_row(row.row, said if one is None else Said(""), places)
        if placed is None:
            return
        comment = comment_of(placed, language)
        _check(comment)
        steps.add.append((row, placed, comment))
        if one is not None:
            steps.withdraw.append(one)
    elif match.reworded:
        kind, standard, number, baseline = one.place
        placed = replace(row.row, kind=kind, standard=standard, number=number, baseline=baseline)
        _check(comment_of(placed, language))
        steps.revise.append((row, one, placed))
    else:
        steps.left_out.append(row.id)  # it stays where it stands, as it is


def _check(comment: NewComment) -> None:
    fields = {"text": comment.text or "", "proposed": comment.proposed or "", "rationale": comment.rationale or ""}
    if problems := words_problems(fields, comment.target.kind != "process"):
        raise Refused(*problems)


def _add(
    session: Session, of: Submission, file: ReceivedFile, steps: _Steps, key: str, address: str | None, now: datetime
) -> Receipt | None:  # fmt: skip
    """New rows as a submission of the same person, in time with the file."""
    if not steps.add:
        return None
    party, closed = of.party, of.round.window.phase(now) == "closed"
    person = Person(
        cast(Capacity, of.capacity), of.declared_class, of.country, cast(PublicationChoice, of.publication_choice), of.consent_version, party.name,
        party.mail, party.organisation,
    )  # fmt: skip
    form = SubmittedForm(
        key=key, consultation=of.round.consultation.slug, round=of.round.number, language=file.language, person=person,
        comments=tuple(comment for *_, comment in steps.add), channel="form", opened_at=file.opened_at, again=True,
        arrived_at=file.arrived_at if closed else None,
    )  # fmt: skip
    receipt = hand_in(session, form=form, now=now, address=address)
    tie(session, session.scalars(select(Submission).where(Submission.reference == receipt.reference)).one(), of, now)
    return receipt


def _revise(session: Session, round_: Round, file: ReceivedFile, steps: _Steps, now: datetime) -> None:
    at = now if round_.window.phase(now) == "open" else file.arrived_at
    for _, one, placed in steps.revise:
        words = revised_words(session, session.get_one(Comment, one.id), placed)
        revise_within(
            session, submission=one.submission, comment=one.reference, words=words, seen=one.revision, opened_at=file.opened_at, at=at, now=now,
        )  # fmt: skip


def _withdraw(session: Session, of: Submission, file: ReceivedFile, steps: _Steps, now: datetime) -> tuple[str, ...]:
    """To take back is decided on now, and not by the file: only until closing."""
    if not steps.withdraw:
        return ()
    admitted(of.round, of.round.consultation, None, now)
    by, scope = Actor("party", of.party_id), scope_of(session, of)
    for one in steps.withdraw:
        move(session, session.get_one(Comment, one.id), to="withdrawn", act="withdraw", by=by, now=now)
    for one in steps.withdraw:
        record(session, scope=scope, kind="comment_withdrawn", subject=one.reference, by=by, now=now)
    return tuple(one.reference for one in steps.withdraw)


def _note(session: Session, file: ReceivedFile, steps: _Steps, added: Receipt | None) -> None:
    """What became of each row, in the file."""
    rows = {row.id: row for row in session.scalars(select(ReceivedRow).where(ReceivedRow.file_id == file.id))}
    made = session.scalars(
        select(Comment.id).where(Comment.reference.in_(added.comments if added else ())).order_by(Comment.number)
    ).all()  # fmt: skip
    for (row, placed, _), comment in zip(steps.add, made, strict=True):
        kept = rows[row.id]
        kept.state, kept.comment_id, kept.further = "taken", comment, list(placed.further)
        kept.kind, kept.standard, kept.number, kept.baseline = placed.kind, placed.standard, placed.number, placed.baseline
    for row, one, _ in steps.revise:
        rows[row.id].state, rows[row.id].comment_id = "taken", one.id
    for left in steps.left_out:
        rows[left].state = "left_out"
