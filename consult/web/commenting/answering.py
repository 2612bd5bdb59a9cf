"""Answering the questions of a round without a comment, on a page of their own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS, SubmittedForm, consent_problems, person_of, person_problems
from consult.operations.revise import withdraw_answers
from consult.operations.submit import submit
from consult.queries.commenting import RoundForComments, round_for_comments
from consult.queries.questions import questions_of
from consult.queries.receipts import receipt_seen
from consult.web import baskets
from consult.web.asking import about_questions, answers_sent
from consult.web.comment_page import options
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.commenting.forms import BOTH, ROUND, TRAP
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.tickets import receipt_address
from consult.wording.answers import answer_choices
from consult.wording.countries import countries
from consult.wording.submission import left_sentence, problem_sentence


@blueprint.route(f"{ROUND}/questions", methods=BOTH)
@needs("comment")
def on_questions(consultation: str, number_of_round: int) -> Response:
    fields = request.form if request.method == "POST" else None  # read to its end before the clock, as every form
    now = request_time()
    round_ = round_for_comments(consultation=consultation, number=number_of_round, language=page_language())
    if round_ is None or not questions_of(round_id=round_.id, language=page_language()):
        abort(404)
    return _page(round_, _particulars(round_), now) if fields is None else _received(round_, fields, now)


@blueprint.post("/receipt/<reference>/answers/withdraw")
@needs("comment")
@receipt_page.held
def withdraw_all_answers(reference: str) -> Response:
    try:
        withdraw_answers(submission=reference, now=request_time())
    except Refused as refused:
        return receipt_page.shown(reference, trouble=refused.problems[0].code, status=409)
    return redirect(receipt_page.back(reference, "answers_withdrawn"), 303)


def _received(round_: RoundForComments, fields: Mapping[str, str], now: datetime) -> Response:
    field = signed("answers")
    if field is None or field.get("round") != _named(round_):
        return _page(round_, fields, now, trouble="not_ours", status=400)
    opened = datetime.fromisoformat(field["opened"])
    if _phase(round_, now, opened) != "open":
        return _page(round_, fields, now, status=403)
    answers, unsound = answers_sent(round_.id, fields)
    problems = [*unsound, *_problems(fields)]
    if problems:
        return _page(round_, fields, now, problems=problems, field=fields["signed"], status=422)
    if baskets.hasty(opened):
        return _page(round_, fields, now, trouble="too_quick", field=fields["signed"], status=409)
    form = SubmittedForm(
        key=field["key"], consultation=round_.consultation, round=round_.number, language=page_language(),
        person=person_of(fields, current_app.config["BODY"].consent_version), comments=(), opened_at=opened, again=bool(fields.get("again")),
        answers=tuple((code, said) for code, said in answers.items() if said),
    )  # fmt: skip
    try:
        receipt = submit(form=form, now=now, address=request.remote_addr, basket=baskets.own_sha256())
    except Refused as refused:
        return _refused(round_, fields, refused.problems[0], now)
    return redirect(receipt_address(receipt.reference, now), 303)


def _refused(round_: RoundForComments, fields: Mapping[str, str], problem: Problem, now: datetime) -> Response:
    """`field`: the same again, but where its key counts for something else."""
    if problem.code in baskets.OF_THE_WINDOW:
        return _page(round_, fields, now, status=403)
    if problem.code == "nothing_to_submit":
        return _page(round_, fields, now, trouble=problem.code, field=fields["signed"], status=422)
    earlier = receipt_seen(language=page_language(), reference=str(problem.params.get("reference", "")))
    wait = minutes_to_wait(problem) if problem.code == "too_many_attempts" else None
    response = _page(
        round_, fields, now, trouble=problem.code, field=fields["signed"] if problem.code != "other_content" else None,
        earlier=earlier.reference if earlier else "", minutes=wait, status=429 if wait else 409,
    )  # fmt: skip
    if wait:
        response.headers["Retry-After"] = str(problem.params["seconds"])
    return response


def _problems(fields: Mapping[str, str]) -> list[Problem]:
    classes = [each.code for each in current_app.config["BODY"].classes]
    return [
        *person_problems(fields, classes=classes, countries=[code for code, _ in countries(page_language())]),
        *consent_problems(fields),
        *([Problem("trap_filled", {"field": TRAP})] if fields.get(TRAP) else []),
    ]


def _page(
    round_: RoundForComments, fields: Mapping[str, str], now: datetime, *, problems: Sequence[Problem] = (), trouble: str | None = None,
    earlier: str = "", field: str | None = None, minutes: int | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The form, empty or with all that was typed; without a form where the window does not admit one. `earlier`: the receipt of what counts."""
    sentences = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    asked: dict[str, Any] = about_questions(round_.id, None, fields)
    late = baskets.late_until(round_.id) if round_.window.phase(now) == "closed" else None
    return private_page(
        "commenting/answer.html", status,
        round=round_, fields=fields, phase=_phase(round_, now), trouble=trouble, earlier=earlier, minutes=minutes, problems=sentences,
        errors=dict(reversed(sentences)), limits=LIMITS, options=options(), choices=answer_choices(), **asked, late_until=late,
        left=left_sentence(late - now if late else round_.window.left(now), page_language()),
        signed=field or sign("answers", round=_named(round_), opened=now.isoformat()), drafts=_drafts(round_),
        review=url_for("mine.review", round=_named(round_)),
    )  # fmt: skip


def _phase(round_: RoundForComments, now: datetime, opened: datetime | None = None) -> str:
    """cancelled, coming, open or closed; open too where a form opened in time has the grace, or a late link lets this browser in."""
    if round_.cancelled:
        return "cancelled"
    if round_.window.admits(now, opened) != "refused":
        return "open"
    phase = round_.window.phase(now)
    return "open" if phase == "closed" and baskets.late_until(round_.id) else phase


def _named(round_: RoundForComments) -> str:
    return f"{round_.consultation}/{round_.number}"


def _drafts(round_: RoundForComments) -> int:
    """Comments of this browser's basket that were not submitted: its review page submits them together with the answers."""
    return sum(len(each.unsent) for each in baskets.baskets() if each.round_id == round_.id)


def _particulars(round_: RoundForComments) -> Mapping[str, str]:
    """What the basket knows about the person; that of this round first."""
    mine = sorted(baskets.baskets(), key=lambda each: each.round_id != round_.id)
    return next((each.particulars for each in mine if each.particulars), {})
