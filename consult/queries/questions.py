"""What a round asks besides comments, what a basket holds of answers, and what was answered, for those who may know."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.question import STANDS, Asked, Counted, QuestionKind, count_answers
from consult.core.visibility import Viewer
from consult.extensions import db
from consult.models import Answer, AnswerSheet, Basket, BasketAnswer, ClauseRow, Comment, Question, Standard, Submission, Version
from consult.queries.texts import Wording, fields_of, staff_texts


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """A question in the reader's language; `options`: (code, words) of a choice or the points of a scale between `low` and `high`.

    `standard` and `number`: the document and clause it is tied to, None where to none.
    """

    id: int
    code: str
    kind: QuestionKind
    text: Wording
    note: Wording | None
    options: tuple[tuple[str, Wording], ...]
    low: Wording | None
    high: Wording | None
    standard: str | None
    number: str | None

    @property
    def asked(self) -> Asked:
        return Asked(self.code, self.kind, tuple(code for code, _ in self.options))

    def words(self, said: str) -> tuple[Wording, ...]:
        """A stored answer in words: the options chosen, the point of a scale out of all (4 / 5), or the text itself (with no language)."""
        if self.kind == "text":
            return (Wording(said, ""),) if said else ()
        if self.kind == "scale":
            return (Wording(f"{said} / {self.options[-1][0]}", ""),) if said else ()
        return tuple(words for code, words in self.options if code in said.split())


@dataclass(frozen=True, slots=True)
class Answered:
    """How a question was answered; `texts`: (class, words) of answers in words that the viewer may read."""

    question: QuestionSeen
    counted: Counted
    texts: tuple[tuple[str, str], ...]


def questions_of(*, round_id: int, language: str) -> tuple[QuestionSeen, ...]:
    """All questions of a round in their order; two statements, one where there are none."""
    rows = db.session.execute(
        select(Question, Standard.slug, ClauseRow.number)
        .outerjoin(Version, Version.id == Question.version_id)
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .outerjoin(ClauseRow, ClauseRow.id == Question.clause_id)
        .where(Question.round_id == round_id)
        .order_by(Question.position)
    ).all()
    texts = staff_texts([("question", row.id) for row, _, _ in rows], language)
    found = []
    for row, standard, number in rows:
        words = fields_of(texts, "question", row.id)
        options = tuple((code, words[f"option_{code}"] or Wording(code, "")) for code in row.options)
        found.append(
            QuestionSeen(
                row.id, row.code, cast(QuestionKind, row.kind), words["text"] or Wording(row.code, ""), words["note"], options, words["low"], words["high"],
                standard, number,
            )
        )  # fmt: skip
    return tuple(found)


def at_place(questions: Collection[QuestionSeen], kind: str, standard: str | None, number: str | None) -> tuple[QuestionSeen, ...]:
    """The questions that belong on the form of a target: those of its clause, of its document, or of the round."""
    if kind == "process":
        return tuple(each for each in questions if each.standard is None)
    if kind == "document":
        return tuple(each for each in questions if each.standard == standard and each.number is None)
    return tuple(
        each for each in questions if kind == "clause" and each.number is not None and (each.standard, each.number) == (standard, number)
    )


def waiting_answers(*, token_sha256: str, round_id: int) -> dict[str, str]:
    """Code -> stored answer of the basket of a token; one statement."""
    rows = db.session.execute(
        select(Question.code, BasketAnswer.said)
        .join(Question, Question.id == BasketAnswer.question_id)
        .join(Basket, Basket.id == BasketAnswer.basket_id)
        .where(Basket.token_sha256 == token_sha256, Basket.round_id == round_id)
    )
    return {row.code: row.said for row in rows}


def answers_in_words(*, token_sha256: str, round_id: int, language: str) -> tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...]:
    """What waits in the basket of a token, in words, in the order of the questions; three statements."""
    said = waiting_answers(token_sha256=token_sha256, round_id=round_id)
    return tuple(
        (each, words) for each in questions_of(round_id=round_id, language=language) if (words := each.words(said.get(each.code, "")))
    )


def answers_of(submission: int) -> dict[str, str | None]:
    """Code -> the newest answer of a submission; None: erased. One statement."""
    rows = db.session.execute(
        select(Question.code, Answer.said)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.submission_id == submission, newest_answer())
    )
    return {row.code: row.said for row in rows if row.said != ""}


def answered(*, round_id: int, viewer: Viewer, language: str) -> tuple[Answered, ...]:
    """Every question of a round with its answers; three statements. Counted is every submission of which a comment stands, or which stands without
    one; words are read by the committee once a comment of their submission is cleared, or they themselves where there is none; by the public never.
    """
    questions = questions_of(round_id=round_id, language=language)
    if not questions:
        return ()
    cleared = _stands(["cleared"])
    rows = db.session.execute(
        select(Answer.question_id, Submission.declared_class, Answer.said, cleared.label("cleared"))
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Submission.round_id == round_id, Answer.said.is_not(None), Answer.said != "", newest_answer())
        .where(_stands(STANDS))
        .order_by(Submission.id)
    ).all()
    said: dict[int, list[tuple[str, str]]] = defaultdict(list)
    texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for question, stakeholder_class, text, readable in rows:
        said[question].append((stakeholder_class, text or ""))
        if viewer == "secretariat" or (viewer == "committee" and readable):
            texts[question].append((stakeholder_class, text or ""))
    return tuple(
        Answered(each, count_answers(each.asked, said[each.id]), tuple(texts[each.id]) if each.kind == "text" else ()) for each in questions
    )


def answers_by_comment(connection: Connection, round_id: int) -> Mapping[str, str]:
    """Reference of the first comment of a submission -> its answers, a line each, as an export tells them to staff; one statement."""
    other = aliased(Comment)
    first = select(func.min(other.number)).where(other.submission_id == Comment.submission_id).correlate(Comment).scalar_subquery()
    rows = connection.execute(
        select(Comment.reference, Question.code, Answer.said)
        .join(Answer, Answer.submission_id == Comment.submission_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Comment.round_id == round_id, Comment.number == first, Answer.said.is_not(None), Answer.said != "", newest_answer())
        .order_by(Comment.number, Question.position)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for reference, code, said in rows:
        found[reference].append(f"{code}: {said}")
    return {reference: "\n".join(lines) for reference, lines in found.items()}


def newest_answer() -> ColumnElement[bool]:
    """Of the revisions of an answer the one that counts."""
    other = aliased(Answer)
    newest = (
        select(func.max(other.number))
        .where(other.submission_id == Answer.submission_id, other.question_id == Answer.question_id)
        .correlate(Answer)
        .scalar_subquery()
    )
    return Answer.number == newest


def _stands(states: Collection[str]) -> ColumnElement[bool]:
    """Whether a comment of a submission, or what it is without one, is in one of these states."""
    comment = select(Comment.id).where(Comment.submission_id == Submission.id, Comment.state.in_(states)).correlate(Submission)
    sheet = select(AnswerSheet.id).where(AnswerSheet.submission_id == Submission.id, AnswerSheet.state.in_(states)).correlate(Submission)
    return or_(comment.exists(), sheet.exists())
