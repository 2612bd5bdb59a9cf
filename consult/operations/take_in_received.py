"""What the secretariat does with files that came in: takes rows in that their sender did not confirm, and notes what it typed in by hand."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consult.core.comment_form.comment import comment_of
from consult.core.comment_form.place import Places
from consult.core.problem import Problem, Refused
from consult.core.received_file import confirm_until
from consult.core.submission import NewComment, Person, SubmittedForm
from consult.extensions import writing
from consult.models import BasketComment, Comment, Consultation, FileReading, ReceivedFile, ReceivedRow, Round, Submission
from consult.operations.basket import receipt_again
from consult.operations.place_rows import Said, known_of_round, placed_row
from consult.operations.receive import handed_in_of
from consult.operations.record import Actor, record
from consult.operations.submit import Receipt, hand_in, hand_over
from consult.queries.received_files import form_row

MOST_REFERENCES = 500


def take_in_received(*, reference: str, key: str, said: Mapping[int, Said], person: Person, by: Actor, now: datetime) -> Receipt:
    """One submission with the rows of a file, as they arrived: the window is judged by that. `key` counts once; rows that are comments
    already, that their sender left out or whose place is not known stay behind.

    Refused: file_unknown, still_with_sender (she decides about it until then), file_handed_in (params: reference), place_unknown (where: row),
    nothing_to_submit, and what `submit` refuses.
    """
    with writing() as session:
        file, round_, of = _file(session, reference)
        if earlier := session.scalar(select(Submission).where(Submission.key == key, Submission.round_id == round_.id)):
            return receipt_again(session, earlier)
        if file.owner_kind == "basket" and now < confirm_until(file.arrived_at, round_.window):
            raise Refused(Problem("still_with_sender"))
        twins = session.scalars(select(ReceivedFile.id).where(_same_bytes(file))).all()
        if twins and (other := handed_in_of(session, twins)):
            raise Refused(Problem("file_handed_in", {}, {"reference": other}))
        rows = session.execute(
            select(ReceivedRow, BasketComment)
            .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
            .where(ReceivedRow.file_id == file.id, ReceivedRow.comment_id.is_(None), ReceivedRow.state.in_(["waiting", "taken"]))
            .where(or_(BasketComment.id.is_(None), BasketComment.comment_id.is_(None)))
            .where(or_(BasketComment.id.is_(None), BasketComment.removed_at.is_(None)))
            .order_by(ReceivedRow.place)
        ).all()  # fmt: skip
        chosen = _placed(rows, said, round_, file.language)
        if not chosen:
            raise Refused(Problem("nothing_to_submit"))
        form = SubmittedForm(
            key=key, consultation=of.slug, round=round_.number, language=file.language, person=person,
            comments=tuple(comment for *_, comment in chosen), channel="form", opened_at=file.opened_at, again=True, arrived_at=file.arrived_at,
        )  # fmt: skip
        receipt = hand_in(session, form=form, now=now, by=by)
        made = session.scalars(select(Comment.id).where(Comment.reference.in_(receipt.comments)).order_by(Comment.number)).all()
        for (row, draft, _), comment in zip(chosen, made, strict=True):
            row.comment_id, row.state = comment, "taken"
            if draft is not None:
                hand_over(draft, comment)
        return receipt


def settle_file(*, reference: str, typed_in_as: Sequence[str], by: Actor, now: datetime) -> None:
    """Notes that a file was typed in by hand, and as which comments. Refused: file_unknown, file_not_unreadable, references_missing,
    comment_unknown (params: reference).
    """
    wanted = list(dict.fromkeys(typed_in_as))[:MOST_REFERENCES]
    with writing() as session:
        file, round_, of = _file(session, reference)
        reading = session.scalars(select(FileReading).where(FileReading.file_id == file.id).with_for_update()).one()
        if reading.state not in ("unreadable", "typed_in"):
            raise Refused(Problem("file_not_unreadable"))
        if not wanted:
            raise Refused(Problem("references_missing", {"field": "references"}))
        known = session.scalars(select(Comment.reference).where(Comment.round_id == round_.id, Comment.reference.in_(wanted))).all()
        if missing := [each for each in wanted if each not in known]:
            raise Refused(Problem("comment_unknown", {"field": "references"}, {"reference": missing[0][:80]}))
        if reading.state == "typed_in" and reading.typed_in_as == wanted:
            return
        reading.state, reading.typed_in_as, reading.settled_at, reading.settled_by = "typed_in", wanted, now, by.id
        record(session, scope=of.slug, kind="file_typed_in", subject=file.reference, by=by, now=now, codes={"comments": wanted})


def references_in(words: str) -> list[str]:
    """References of comments in what somebody typed, parted by anything."""
    return [each.upper() for each in re.split(r"[\s,;，；、]+", words) if each]


def _file(session: Session, reference: str) -> tuple[ReceivedFile, Round, Consultation]:
    found = session.execute(
        select(ReceivedFile, Round, Consultation)
        .join(Round, Round.id == ReceivedFile.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(ReceivedFile.reference == reference)
    ).first()
    if found is None:
        raise Refused(Problem("file_unknown"))
    return found[0], found[1], found[2]


def _same_bytes(file: ReceivedFile) -> ColumnElement[bool]:
    return (ReceivedFile.round_id == file.round_id) & (ReceivedFile.digest == file.digest) & (ReceivedFile.id != file.id)


def _placed(
    rows: Sequence[tuple[ReceivedRow, BasketComment | None]], said: Mapping[int, Said], round_: Round, language: str
) -> list[tuple[ReceivedRow, BasketComment | None, NewComment]]:
    """The rows that are taken in, each as a comment at its place. Refused with place_unknown, each with its row."""
    places, chosen, problems = Places(known_of_round(round_)), [], []
    for row, draft in rows:
        typed = said.get(row.id, Said(""))
        if typed.leave_out:
            row.state = "left_out"
            continue
        try:
            placed = placed_row(form_row(row), typed, places)
        except Refused as refused:
            problems += [Problem(each.code, {"row": row.id}, each.params) for each in refused.problems]
            continue
        if placed is not None:
            row.kind, row.standard, row.number, row.baseline = placed.kind, placed.standard, placed.number, placed.baseline
            row.further = list(placed.further)
            chosen.append((row, draft, comment_of(placed, language)))
    if problems:
        raise Refused(*problems)
    return chosen
