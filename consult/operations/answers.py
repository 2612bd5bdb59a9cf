"""Answers to the questions of a round: kept in the basket, handed in with a submission, erased with it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.core.question import LONGEST, Asked, QuestionKind
from consult.core.submission import character_problems
from consult.extensions import writing
from consult.models import Answer, Basket, BasketAnswer, Comment, Consultation, Question, Round


def keep_answers(*, token_sha256: str, consultation: str, round_number: int, answers: Mapping[str, str], now: datetime) -> None:
    """Keeps what was answered in the basket of a token, complete or not; "" takes an answer out. Refused: basket_unknown, and characters
    that cannot be stored (where: field). Nothing where nothing changes.
    """
    wrong = [problem for code, said in answers.items() for problem in character_problems(f"answer-{code}", said)]
    if wrong:
        raise Refused(*wrong)
    with writing() as session:
        basket = session.scalar(
            select(Basket)
            .join(Round, Round.id == Basket.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Basket.token_sha256 == token_sha256, Consultation.slug == consultation, Round.number == round_number)
            .with_for_update(of=Basket)
        )
        if basket is None:
            raise Refused(Problem("basket_unknown"))
        known = {row.question_id: row for row in session.scalars(select(BasketAnswer).where(BasketAnswer.basket_id == basket.id))}
        for question in session.scalars(select(Question).where(Question.round_id == basket.round_id, Question.code.in_(answers))):
            said, row = answers[question.code][:LONGEST], known.get(question.id)
            if row is not None:
                row.said = said
            elif said:
                session.add(BasketAnswer(basket_id=basket.id, question_id=question.id, said=said))
        basket.touched_at = now


def answer(session: Session, *, submission: int, round_id: int, answers: Mapping[str, str], now: datetime) -> tuple[Asked, ...]:
    """Within a hand-in: one row for each question that was answered; which these were."""
    answered = []
    for question in session.scalars(select(Question).where(Question.round_id == round_id, Question.code.in_(answers))):
        if said := answers[question.code]:
            session.add(Answer(submission_id=submission, question_id=question.id, said=said, at=now))
            answered.append(Asked(question.code, cast(QuestionKind, question.kind), tuple(question.options)))
    return tuple(answered)


def has_answers(session: Session, *, basket: int) -> bool:
    """Whether any wait in a basket."""
    waiting = select(BasketAnswer.id).where(BasketAnswer.basket_id == basket, BasketAnswer.said != "")
    return session.scalar(waiting.limit(1)) is not None


def take_answers(session: Session, *, basket: int) -> dict[str, str]:
    """Within the submission of a basket: what waits there, which is there no more."""
    rows = session.execute(
        select(Question.code, BasketAnswer.said)
        .join(Question, Question.id == BasketAnswer.question_id)
        .where(BasketAnswer.basket_id == basket)
    ).all()
    session.execute(delete(BasketAnswer).where(BasketAnswer.basket_id == basket))
    return {code: said for code, said in rows if said}


def forget_waiting(session: Session, *, token_sha256: str, round_id: int, codes: Collection[str]) -> None:
    """Within a hand-in: what was answered with it does not wait in the basket beside it any more, and is not handed in twice."""
    baskets = select(Basket.id).where(Basket.token_sha256 == token_sha256, Basket.round_id == round_id)
    questions = select(Question.id).where(Question.round_id == round_id, Question.code.in_(codes))
    session.execute(delete(BasketAnswer).where(BasketAnswer.basket_id.in_(baskets), BasketAnswer.question_id.in_(questions)))


def erase_answers(session: Session, *, submission: int) -> None:
    """Within an erasing: once no comment of a submission is left, what was answered with it goes as well."""
    left = select(Comment.id).where(Comment.submission_id == submission, Comment.state != "erased").limit(1)
    if session.scalar(left) is None:
        for row in session.scalars(select(Answer).where(Answer.submission_id == submission)):
            row.said = None
