"""What the sender of a file says about its rows: where each belongs, which are left out, what a later copy changes. Confirmed rows are drafts."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.basket import Draft
from consult.core.comment_form import Cell, FormRow, Known
from consult.core.comment_form.comment import comment_of, draft_of_row
from consult.core.comment_form.place import Places
from consult.core.problem import Problem, Refused
from consult.core.received_file import confirm_until
from consult.core.revision import may_be_revised
from consult.core.submission import CommentTarget
from consult.core.vocabulary import CommentType, Position
from consult.extensions import writing
from consult.models import Basket, BasketComment, ClauseRow, Comment, CommentClause, FileReading, ReceivedFile, ReceivedRow, Round
from consult.operations.basket import new_row, token_sha256, touch, write_draft
from consult.operations.receive import handed_in_of
from consult.operations.revise import Besides, Words, revise_within
from consult.queries.comment_form import known_of
from consult.queries.commenting import place_of
from consult.queries.consultations import consultation
from consult.queries.received_files import form_row


@dataclass(frozen=True, slots=True)
class Said:
    """About one row: the place as typed (a number in any spelling, "whole document", "new after 5.4"), in which document, or left out."""

    place: str
    standard: str | None = None
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What was done: rows that are drafts now, left out, changed and taken out; and of rows that still wait why (key of the row -> problem)."""

    taken: int
    left_out: int
    changed: int
    revised: int
    removed: int
    problems: Mapping[int, Problem]


def decide_rows(
    *, token: str, reference: str, said: Mapping[int, Said], gone: Collection[int] = (), language: str, now: datetime
) -> Decided:
    """Makes drafts of the rows of a file in the basket of the token, as its sender says; rows it does not name, or whose place is not
    understood, wait on. A row that stands changed in a later copy takes the place of its draft, or becomes a revision of its comment. `gone`:
    rows of the earlier copy whose drafts are taken out (they can be put back). What is a draft already is left alone: sent twice, nothing is
    doubled.

    Refused: file_unknown, round_cancelled, confirm_over (the window and the time after it are over), file_handed_in (params: reference).
    """
    with writing() as session:
        file, basket, round_ = _mine(session, token, reference)
        if round_.state != "planned" or round_.consultation.state != "active":
            raise Refused(Problem("round_cancelled"))
        if now >= confirm_until(file.arrived_at, round_.window):
            raise Refused(Problem("confirm_over"))
        _refuse_twin(session, file)
        rows = session.scalars(
            select(ReceivedRow).where(ReceivedRow.file_id == file.id, ReceivedRow.id.in_(said), ReceivedRow.state.in_(["waiting", "left_out"]))
            .order_by(ReceivedRow.place)
        ).all()  # fmt: skip
        known = known_of_round(round_)
        places, counts, problems = Places(known), {"taken": 0, "left_out": 0, "changed": 0, "revised": 0}, {}
        revisions: list[tuple[ReceivedRow, FormRow]] = []
        for row in rows:
            if said[row.id].leave_out:
                counts["left_out"] += row.state != "left_out"
                row.state = "left_out"
                continue
            try:
                placed = placed_row(form_row(row), said[row.id], places)
                if placed is None:
                    continue
                if _handed_in_here(session, row, placed, round_):
                    revisions.append((row, placed))
                else:
                    counts[_take(session, basket, round_, file, row, placed, language, now)] += 1
            except Refused as refused:
                problems[row.id] = refused.problems[0]
        removed = _take_out(session, file, gone, now)
        if counts["taken"] or counts["changed"] or removed:
            touch(basket, now)
        for row, placed in revisions:
            try:
                _revise(session, file, round_, row, placed, now)
                counts["revised"] += 1
            except Refused as refused:
                problems[row.id] = refused.problems[0]
        return Decided(**counts, removed=removed, problems=problems)


def placed_row(row: FormRow, said: Said, places: Places) -> FormRow | None:
    """The row at the place that was said; None where nothing is said and it was not placed by itself. Refused: place_unknown."""
    typed = said.place.strip()
    if not typed:
        return row if row.placed else None
    if typed == shown_place(row) and said.standard in (None, row.standard):
        return row
    found = places.place(Cell(typed), standard=said.standard)
    if found.kind is None:
        raise Refused(Problem("place_unknown", {}, {"place": typed[:80]}))
    return replace(row, kind=found.kind, standard=found.standard, number=found.number, baseline=found.baseline, further=found.further)


def shown_place(row: FormRow) -> str:
    """How the place of a row stands in the field of its form, and is understood when it comes back."""
    if row.kind == "document":
        return "whole document"
    if row.kind == "process":
        return "process"
    return f"new after {row.number}" if row.kind == "new" else row.number or ""


def known_of_round(round_: Round) -> Known:
    seen = consultation(round_.consultation.slug, "en")
    here = seen.round(round_.number) if seen else None
    return known_of(here) if here else Known([])


def _mine(session: Session, token: str, reference: str) -> tuple[ReceivedFile, Basket, Round]:
    found = session.execute(
        select(ReceivedFile, Basket, Round)
        .join(Basket, Basket.id == ReceivedFile.owner_id)
        .join(Round, Round.id == ReceivedFile.round_id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(ReceivedFile.reference == reference, ReceivedFile.owner_kind == "basket", Basket.token_sha256 == token_sha256(token))
        .where(FileReading.submission_id.is_(None))  # a later copy of what was handed in is confirmed at its receipt
        .with_for_update(of=Basket)
    ).first()
    if found is None:
        raise Refused(Problem("file_unknown"))
    return found[0], found[1], found[2]


def _refuse_twin(session: Session, file: ReceivedFile) -> None:
    """The very same bytes came from somebody else, whose comments are handed in: once is enough."""
    twins = session.scalars(
        select(ReceivedFile.id).where(
            ReceivedFile.round_id == file.round_id, ReceivedFile.digest == file.digest, ReceivedFile.id != file.id
        )
    ).all()
    if twins and (reference := handed_in_of(session, twins)):
        raise Refused(Problem("file_handed_in", {}, {"reference": reference}))


def _take(
    session: Session, basket: Basket, round_: Round, file: ReceivedFile, row: ReceivedRow, placed: FormRow, language: str, now: datetime
) -> str:
    """Makes a draft of a row, or rewords the draft it has in an earlier copy. Gives what was done. Refused: unknown_target, basket_full."""
    target, draft = draft_of_row(placed)
    earlier = session.get(BasketComment, row.draft_id) if row.draft_id else None
    changed = earlier is not None and earlier.comment_id is None
    if earlier is not None and changed:
        made = _moved(session, earlier, basket, round_, target, draft, file, row, language, now)
    else:
        made = new_row(session, basket, round_, _key(file, row), target, language, now)
        write_draft(made, draft)
        session.flush()
    row.draft_id, row.state = made.id, "taken"
    row.kind, row.standard, row.number, row.baseline = placed.kind, placed.standard, placed.number, placed.baseline
    row.further = list(placed.further)
    return "changed" if changed else "taken"


def _comment(session: Session, row: ReceivedRow) -> Comment | None:
    """What the row became in the earlier copy, where that is handed in."""
    draft = session.get(BasketComment, row.draft_id) if row.draft_id else None
    comment = row.comment_id or (draft.comment_id if draft else None)
    return session.get(Comment, comment) if comment else None


def _handed_in_here(session: Session, row: ReceivedRow, placed: FormRow, round_: Round) -> bool:
    """Whether its earlier copy is a comment at the very same place, which can still be revised."""
    comment = _comment(session, row)
    if comment is None or not may_be_revised(comment.state):
        return False
    place = place_of(round_id=round_.id, target=draft_of_row(placed)[0])
    return place is not None and (comment.target, comment.version_id, comment.clause_id) == (placed.kind, place.version, place.clause)


def _revise(session: Session, file: ReceivedFile, round_: Round, row: ReceivedRow, placed: FormRow, now: datetime) -> None:
    """The later words as a revision by the author. Refused as `revise_comment` is."""
    comment = _comment(session, row)
    assert comment is not None
    words = revised_words(session, comment, placed)
    at = now if round_.window.phase(now) == "open" else file.arrived_at
    revise_within(
        session, submission=comment.submission.reference, comment=comment.reference, words=words, seen=None, opened_at=file.opened_at, at=at,
        now=now,
    )  # fmt: skip
    row.state, row.comment_id = "taken", comment.id


def revised_words(session: Session, comment: Comment, placed: FormRow) -> Words:
    """What a comment says as a row of a later copy has it. A position or type that the row does not name stays, and so do the further clauses."""
    said, newest = comment_of(placed, comment.language), comment.revisions[-1]
    words = Words(said.text, said.rationale, said.proposed, said.evidence, whole=newest.whole and said.proposed == newest.proposed)
    position, kind = said.position or newest.position, said.type or newest.type
    if (position, kind) == (newest.position, newest.type):
        return words
    further = session.scalars(
        select(ClauseRow.number)
        .join(CommentClause, CommentClause.clause_id == ClauseRow.id)
        .where(CommentClause.comment_id == comment.id, CommentClause.revision == newest.number, ClauseRow.number.is_not(None))
        .order_by(CommentClause.id)
    ).all()
    besides = Besides(cast("Position | None", position), cast("CommentType | None", kind), tuple(each or "" for each in further))
    return replace(words, besides=besides)


def _moved(
    session: Session, earlier: BasketComment, basket: Basket, round_: Round, target: CommentTarget, draft: Draft, file: ReceivedFile,
    row: ReceivedRow, language: str, now: datetime,
) -> BasketComment:  # fmt: skip
    """The draft of the earlier copy with the words of the later one; at another place it is a draft of its own and takes the other's place."""
    there = new_row(session, basket, round_, _key(file, row), target, language, now)
    session.flush()
    if (there.target, there.version_id, there.clause_id) != (earlier.target, earlier.version_id, earlier.clause_id):
        write_draft(there, replace(draft, choice=earlier.publication_choice))  # type: ignore[arg-type]
        earlier.removed_at, earlier.revision = now, earlier.revision + 1
        return there
    session.delete(there)
    write_draft(earlier, replace(draft, choice=earlier.publication_choice))  # type: ignore[arg-type]
    earlier.removed_at, earlier.saved_at, earlier.revision = None, now, earlier.revision + 1
    return earlier


def _key(file: ReceivedFile, row: ReceivedRow) -> str:
    """Of the draft of a row: the same whenever it is made."""
    return hashlib.sha256(f"{file.key}/{row.place}".encode()).hexdigest()[:40]


def _take_out(session: Session, file: ReceivedFile, gone: Collection[int], now: datetime) -> int:
    """Drafts of rows that the earlier copy had and this one has not."""
    drafts = session.scalars(
        select(BasketComment)
        .join(ReceivedRow, ReceivedRow.draft_id == BasketComment.id)
        .join(FileReading, FileReading.earlier_id == ReceivedRow.file_id)
        .where(FileReading.file_id == file.id, ReceivedRow.id.in_(gone))
        .where(BasketComment.comment_id.is_(None), BasketComment.removed_at.is_(None))
    ).all()
    for draft in drafts:
        draft.removed_at, draft.revision = now, draft.revision + 1
    return len(drafts)
