"""Filled forms of members taken into a room: each placed row becomes a comment that keeps its member, every other row waits with its text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.basket import MOST, Draft
from consult.core.comment_form import FormReading, FormRow
from consult.core.comment_form.comment import draft_of_row
from consult.core.problem import Problem, Refused
from consult.core.submission import CommentTarget
from consult.core.vocabulary import CommentType, Position
from consult.extensions import writing
from consult.models import BasketComment, RoomComment, RoomFile, RoomRow
from consult.operations.basket import touch, write_draft
from consult.operations.organisation_room.found import Found, find_coordinated
from consult.queries.baskets import draft_of
from consult.queries.commenting import place_of, shown_text


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`again`: the very same file was taken in before, and nothing was added."""

    rows: int
    placed: int
    again: bool = False


def take_in(
    *, tokens: Sequence[str], address: str, data: bytes, reading: FormReading, of_member: str, nameable: bool, language: str, now: datetime
) -> TakenIn:
    """A member's filled form; `of_member`: whose it is. Refused with coordinator_only, nothing_in_form, basket_full."""
    if not reading.rows:
        raise Refused(Problem("nothing_in_form"))
    digest = hashlib.sha256(data).hexdigest()
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        before = session.scalar(select(RoomFile).where(RoomFile.room_id == found.room.id, RoomFile.sha256 == digest))
        if before is not None:
            return TakenIn(before.rows, 0, again=True)
        _refuse_full(session, found, len(reading.rows))
        file = RoomFile(
            room_id=found.room.id, member_id=found.member.id, of_member=of_member, nameable=nameable, sha256=digest, rows=len(reading.rows),
            read_at=now,
        )  # fmt: skip
        session.add(file)
        session.flush()
        placed = sum(_take(session, found, file, index, row, language, now) for index, row in enumerate(reading.rows))
        touch(found.basket, now)
        return TakenIn(len(reading.rows), placed)


def place_row(*, tokens: Sequence[str], address: str, row: int, target: CommentTarget, language: str, now: datetime) -> None:
    """A row that found no place by itself becomes a comment on `target`. Refused with coordinator_only, row_unknown, unknown_target."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        line = session.scalar(
            select(RoomRow)
            .join(RoomFile, RoomFile.id == RoomRow.file_id)
            .where(RoomRow.id == row, RoomFile.room_id == found.room.id, RoomRow.room_comment_id.is_(None))
        )
        if line is None:
            raise Refused(Problem("row_unknown"))
        file = session.get_one(RoomFile, line.file_id)
        draft = Draft(
            line.text, line.rationale, line.proposed, cast("CommentType | None", line.type), cast("Position | None", line.position)
        )
        made = _add(session, found, file, f"{file.sha256[:32]}-row-{line.id}", line.row, target, draft, language, now)
        if made is None:
            raise Refused(Problem("unknown_target", {"number": target.number or ""}))
        line.room_comment_id = made.id
        touch(found.basket, now)


def _take(session: Session, found: Found, file: RoomFile, index: int, row: FormRow, language: str, now: datetime) -> bool:
    """Whether a row found its place."""
    if row.placed:
        target, draft = draft_of_row(row)
        key = f"{file.sha256[:32]}-{file.id}-{index}"
        made = _add(session, found, file, key, row.row, target, draft, language, now)
        if made is not None:
            if (
                row.extra
            ):  # what stood in further columns and notes is for the room alone: among the words of its member, not of the comment
                made.said = replace(draft, rationale=_rationale(row.rationale, row.extra)).fields
            return True
    session.add(
        RoomRow(
            file_id=file.id, sheet=row.sheet, row=row.row, number_said=row.number_said, text=row.comment or None,
            rationale=_rationale("\n".join(part for part in (row.rationale, row.evidence) if part), row.extra),
            proposed=row.proposed or None, position=row.position, type=row.type,
        )
    )  # fmt: skip
    return False


def _rationale(said: str, extra: Sequence[tuple[str, str]]) -> str | None:
    return "\n".join(part for part in (said, *(words for _, words in extra)) if part) or None


def _add(
    session: Session, found: Found, file: RoomFile, key: str, line: int, target: CommentTarget, draft: Draft, language: str, now: datetime
) -> RoomComment | None:
    """A comment of the room; None where the round has no such place."""
    place = place_of(round_id=found.room.round_id, target=target)
    shown = shown_text(clause=place.clause, language=language) if place and place.clause else None
    if place is None or (place.clause is not None and shown is None):
        return None
    row = BasketComment(
        basket_id=found.basket.id, key=key, target=target.kind, version_id=place.version, clause_id=place.clause,
        clause_text_id=shown.id if shown else None, revision=1, created_at=now, saved_at=now,
    )  # fmt: skip
    write_draft(row, draft)
    session.add(row)
    session.flush()
    made = RoomComment(
        room_id=found.room.id, basket_comment_id=row.id, member_id=found.member.id, file_id=file.id, row=line, given_at=now, included=True,
        said=draft_of(row).fields,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _refuse_full(session: Session, found: Found, more: int) -> None:
    there = session.scalars(select(func.count()).select_from(RoomComment).where(RoomComment.room_id == found.room.id)).one()
    if there + more > MOST * 10:
        raise Refused(Problem("basket_full", params={"most": MOST * 10}))
