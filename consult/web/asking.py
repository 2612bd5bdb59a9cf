"""The questions of a round on the forms: shown where they belong, read, kept in the basket."""

from collections.abc import Mapping
from typing import Any

from consult.core.problem import Problem, Refused
from consult.core.question import LONGEST, as_fields, read_answers
from consult.core.submission import CommentTarget
from consult.operations.answers import keep_answers
from consult.operations.basket import token_sha256
from consult.queries.questions import at_place, questions_of, waiting_answers
from consult.web import baskets
from consult.web.locale import page_language
from consult.web.permissions import request_time


def about_questions(round_id: int, target: CommentTarget | None, fields: Mapping[str, str]) -> dict[str, Any]:
    """What a form asks besides a comment on `target` (None: all of the round), with what was typed or else kept in the basket."""
    questions = questions_of(round_id=round_id, language=page_language())
    if target is not None:
        questions = at_place(questions, target.kind, target.standard, target.number)
    if not questions:
        return {"questions": (), "answer_fields": {}, "longest_answer": LONGEST}
    typed = any(name.startswith("asked-") for name in fields)
    mine = None if typed else baskets.token()
    kept = waiting_answers(token_sha256=token_sha256(mine), round_id=round_id) if mine else {}
    return {
        "questions": questions,
        "answer_fields": fields if typed else as_fields(kept, [each.asked for each in questions]),
        "longest_answer": LONGEST,
    }


def answers_sent(round_id: int, fields: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Code -> answer of the questions that the form showed, and what is wrong with them."""
    if not any(name.startswith("asked-") for name in fields):
        return {}, []
    return read_answers(fields, [each.asked for each in questions_of(round_id=round_id, language=page_language())])


def keep_sent(token: str, consultation: str, round_number: int, round_id: int, fields: Mapping[str, str]) -> None:
    """Keeps the answers of a form in the basket. One that cannot be stored stays as it was: the form that submits says why."""
    answers, problems = answers_sent(round_id, fields)
    wrong = {str(each.where["field"]).removeprefix("answer-") for each in problems}
    storable = {code: said for code, said in answers.items() if code not in wrong}
    if not storable:
        return
    try:
        keep_answers(
            token_sha256=token_sha256(token), consultation=consultation, round_number=round_number, answers=storable, now=request_time()
        )
    except Refused:  # the basket went meanwhile; what was typed is on the page
        return
