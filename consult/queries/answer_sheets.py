"""Answers that were handed in without a comment: counted, moderated, on their receipt; and all answers of a round, row by row, for staff."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select
from sqlalchemy.orm import aliased

from consult.core.answer_row import AnswerRow
from consult.core.question import state_of_answers
from consult.core.receipt import SheetOnReceipt
from consult.core.reference import answers_reference
from consult.core.visibility import Viewer, seen
from consult.core.vocabulary import ModerationState
from consult.extensions import db
from consult.models import Answer, AnswerSheet, AnswerStep, ClauseRow, Comment, Consultation, Party, Question, Round, Submission
from consult.queries.questions import QuestionSeen, newest_answer, questions_of
from consult.queries.texts import Wording

PAGE = 50


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """Answers without a comment as the secretariat reads them: (question, what was answered); nothing where they were erased."""

    key: int
    reference: str
    round: int
    state: str
    reason: str | None
    received_at: datetime
    late: bool
    stakeholder_class: str
    country: str
    choice: str
    name: str | None
    organisation: str | None
    mail: str | None
    confirmation: str
    answers: tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetQueue:
    """A page of them for moderation, oldest first. `after` (a key) continues it; `waiting` counts all whose words nobody has read."""

    rows: tuple[SheetSeen, ...]
    after: int | None
    waiting: int


def answers_only(rounds: Collection[int]) -> Mapping[int, int]:
    """Round id -> submissions that are nothing but answers, all states; one statement."""
    rows = db.session.execute(
        select(AnswerSheet.round_id, func.count()).where(AnswerSheet.round_id.in_(rounds)).group_by(AnswerSheet.round_id)
    )
    return defaultdict(int, {row[0]: row[1] for row in rows})


def waiting(*, consultation: str) -> int:
    """Those of a consultation whose words nobody has read; one statement."""
    return db.session.scalars(
        select(func.count(AnswerSheet.id))
        .join(Round, Round.id == AnswerSheet.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, AnswerSheet.state == "pending")
    ).one()


def sheet_on_receipt(*, submission: int) -> SheetOnReceipt | None:
    """What its own sender reads of it; None where a submission holds something else. One statement."""
    words = select(Answer.id).join(Question, Question.id == Answer.question_id)
    row = db.session.execute(
        _sheets()
        .add_columns(
            words.where(Answer.submission_id == Submission.id, Question.kind == "text").correlate(Submission).exists().label("words")
        )
        .where(Submission.id == submission)
    ).first()
    if row is None:
        return None
    reference = answers_reference(row.prefix, row.round, row.number)
    return SheetOnReceipt(reference, row.state, row.reason if row.state == "withheld" else None, bool(row.words))


def sheet_queue(*, consultation: str, state: str | None, after: int = 0, limit: int = PAGE, language: str) -> SheetQueue:
    """Answers without a comment in a state (None: all); a handful of statements, whatever their number."""
    query = _sheets().where(Consultation.slug == consultation, AnswerSheet.id > after).order_by(AnswerSheet.id).limit(limit + 1)
    if state is not None:
        query = query.where(AnswerSheet.state == state)
    found = db.session.execute(query).all()
    said: dict[int, dict[int, str]] = defaultdict(dict)
    rows = db.session.execute(
        select(Answer.submission_id, Answer.question_id, Answer.said)
        .where(Answer.submission_id.in_([row.submission_id for row in found]), Answer.said.is_not(None), Answer.said != "", newest_answer())
    )  # fmt: skip
    for submission, question, words in rows:
        said[submission][question] = words or ""
    questions = {each: questions_of(round_id=each, language=language) for each in {row.round_id for row in found}}
    listed = tuple(replace(_sheet(row), answers=_worded(questions[row.round_id], said[row.submission_id])) for row in found)
    return SheetQueue(listed[:limit], listed[limit - 1].key if len(listed) > limit else None, waiting(consultation=consultation))


def answer_rows(connection: Connection, round_id: int, viewer: Viewer, comments: Any | None = None) -> Iterator[AnswerRow]:
    """All answers of a round as staff see them, by submission, stubs among them; with `comments` (their ids) those that came with one of them. Two
    statements, in the snapshot of an export.
    """
    first, states = _comments_of(connection, round_id)
    query = (
        select(
            Answer.submission_id, Question.code, Answer.said, ClauseRow.number.label("clause"), Submission.received_at, Submission.late,
            Submission.publication_choice, Submission.declared_class, Submission.country, Submission.capacity, Submission.channel,
            Submission.confirmation, Party.name, Party.organisation, Party.mail, AnswerSheet.number, AnswerSheet.state, AnswerStep.reason,
            Consultation.prefix, Round.number.label("round"),
        )
        .join(Question, Question.id == Answer.question_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .join(Round, Round.id == Submission.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(ClauseRow, ClauseRow.id == Question.clause_id)
        .outerjoin(AnswerSheet, AnswerSheet.submission_id == Submission.id)
        .outerjoin(AnswerStep, _newest_step())
        .where(Submission.round_id == round_id, newest_answer(), (Answer.said != "") | Answer.said.is_(None))
        .order_by(Submission.id, Question.position)
    )  # fmt: skip
    if comments is not None:
        query = query.where(Submission.id.in_(select(Comment.submission_id).where(Comment.id.in_(comments))))
    for row in connection.execute(query):
        state = row.state or state_of_answers(states[row.submission_id])
        reference = answers_reference(row.prefix, row.round, row.number) if row.number else first[row.submission_id]
        yield _answer_row(row, reference, state, viewer)


def _answer_row(row: Any, reference: str, state: ModerationState, viewer: Viewer) -> AnswerRow:
    allowed = seen(viewer, state, row.publication_choice)
    told: dict[str, Any] = {}
    if allowed.text:
        told = {"late": row.late, "answer": row.said, "publication_choice": row.publication_choice, "channel": row.channel}
        told |= {"stakeholder_class": row.declared_class} if allowed.stakeholder_class else {}
        told |= {"country": row.country, "capacity": row.capacity} if allowed.country else {}
        told |= {"name": row.name or None} if allowed.name else {}
        told |= {"organisation": row.organisation or None} if allowed.organisation else {}
        told |= {"mail": row.mail or None, "confirmation": row.confirmation} if allowed.mail else {}
    return AnswerRow(
        reference=reference, without_comment=row.number is not None, question=row.code, clause_number=row.clause, moderation_state=state,
        received_at=row.received_at if viewer == "secretariat" else row.received_at.date(),
        withheld_reason=row.reason if allowed.reason and state == "withheld" else None, **told,
    )  # fmt: skip


def _comments_of(connection: Connection, round_id: int) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Submission -> reference of its first comment, and the states of all."""
    first: dict[int, str] = {}
    states: dict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(Comment.submission_id, Comment.reference, Comment.state).where(Comment.round_id == round_id).order_by(Comment.number)
    )
    for submission, reference, state in rows:
        first.setdefault(submission, reference)
        states[submission].append(state)
    return first, states


def _sheets() -> Select[Any]:
    parts: tuple[Any, ...] = (
        AnswerSheet.id, AnswerSheet.number, AnswerSheet.state, AnswerSheet.round_id, AnswerStep.reason, Consultation.prefix,
        Round.number.label("round"), Submission.id.label("submission_id"), Submission.received_at, Submission.late,
        Submission.declared_class, Submission.country, Submission.publication_choice, Submission.confirmation, Party.name,
        Party.organisation, Party.mail,
    )  # fmt: skip
    return (
        select(*parts)
        .select_from(AnswerSheet)
        .join(Submission, Submission.id == AnswerSheet.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .join(Round, Round.id == AnswerSheet.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(AnswerStep, _newest_step())
    )


def _newest_step() -> Any:
    other = aliased(AnswerStep)
    newest = select(func.max(other.id)).where(other.sheet_id == AnswerSheet.id).correlate(AnswerSheet).scalar_subquery()
    return and_(AnswerStep.sheet_id == AnswerSheet.id, AnswerStep.id == newest)


def _sheet(row: Any) -> SheetSeen:
    return SheetSeen(
        row.id, answers_reference(row.prefix, row.round, row.number), row.round, row.state, row.reason, row.received_at, row.late,
        row.declared_class, row.country, row.publication_choice, row.name, row.organisation, row.mail, row.confirmation,
    )  # fmt: skip


def _worded(questions: Sequence[QuestionSeen], said: Mapping[int, str]) -> tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...]:
    return tuple((each, each.words(said[each.id])) for each in questions if each.id in said)
