"""Sending a filled form, or any file with comments in a table: it is received at once, and after closing given back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.basket import Draft
from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.core.received_file import LARGEST
from consult.core.submission import CommentTarget
from consult.jobs.read_files import read_at_once
from consult.operations.receive import receive_file
from consult.operations.unsent_form import unsent_form
from consult.queries.commenting import RoundForComments, round_for_comments
from consult.web import baskets
from consult.web.file_rows import said
from consult.web.forms import content_of, own_origin, sign, signed
from consult.web.locale import page_language
from consult.web.mine.blueprint import blueprint
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.too_late import too_late_page
from consult.wording.comment_form import UnsentDraft

HERE = "/consultations/<consultation>/rounds/<int:number_of_round>/upload"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS = {"file_too_large": 413, "too_many_attempts": 429, "file_handed_in": 409}


@blueprint.get(HERE)
@needs("comment")
def upload(consultation: str, number_of_round: int) -> Response:
    return _page(_round(consultation, number_of_round))


@blueprint.post(HERE)
@needs("comment")
def send_file(consultation: str, number_of_round: int) -> Response:
    """Stores the file first and reads it then; what comes too late is read only to be given back."""
    round_ = _round(consultation, number_of_round)
    field = signed("my.upload")
    if field is None and (given := _given_back_file(round_)):
        return given
    if field is None or field["round"] != [round_.consultation, round_.number]:
        return _page(round_, status=400, trouble="not_ours")
    sent = request.files.get("file")
    data, name = (sent.read(LARGEST + 1), sent.filename or "") if sent else (b"", "")
    try:
        received = receive_file(
            token=baskets.token(), consultation=round_.consultation, round_number=round_.number, language=page_language(), key=field["key"],
            data=data, name=name, mail=request.form.get("mail", "").strip(), opened_at=datetime.fromisoformat(field["opened"]),
            address=request.remote_addr, now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        return too_late_page(round_, data, name, problem.code) if problem.code in baskets.OF_THE_WINDOW else _page(round_, refused.problems)
    if not received.again:
        read_at_once(received.reference, len(data))
    answer = redirect(url_for("mine.received", reference=received.reference, again=1 if received.again else None), 303)
    return baskets.give(answer, received.token) if received.token and received.started else answer


def _round(consultation: str, number: int) -> RoundForComments:
    return round_for_comments(consultation=consultation, number=number, language=page_language()) or abort(404)


def _page(round_: RoundForComments, problems: Sequence[Problem] = (), *, status: int | None = None, trouble: str | None = None) -> Response:
    minutes = minutes_to_wait(problems[0]) if problems and problems[0].code == "too_many_attempts" else None
    errors = [(str(each.where.get("field", "")), said(each)) for each in problems]
    return private_page(
        "mine/upload.html", status or (STATUS.get(problems[0].code, 422) if problems else 200),
        round=round_, phase=_phase(round_), problems=errors, errors=dict(errors),
        trouble=trouble, minutes=minutes, mail=request.form.get("mail", ""), limit=LARGEST,
        signed=sign("my.upload", round=[round_.consultation, round_.number], opened=request_time().isoformat()),
    )  # fmt: skip


def _phase(round_: RoundForComments) -> str:
    """cancelled, coming, closed, open; open too where a late link lets this browser in."""
    phase = "cancelled" if round_.cancelled else round_.window.phase(request_time())
    return "open" if phase == "closed" and baskets.late_until(round_.id) else phase


def _given_back_file(round_: RoundForComments) -> Response | None:
    """The form file of what came too late: its words came back with the request, in our own signed field."""
    field = content_of("my.upload.back", request.form.get("signed", "")) if own_origin() else None
    if field is None or field["round"] != [round_.consultation, round_.number]:
        return None
    drafts = [_unsent(*row) for row in field["rows"]]
    made = unsent_form(round_.consultation, round_.number, drafts, language=page_language(), body=current_app.config["BODY"])
    if made is None:
        return None
    response = make_response(made[1])
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{made[0]}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _unsent(
    kind: Any, standard: Any, number: Any, baseline: Any, number_said: str, comment: str, proposed: str, rationale: str, evidence: str,
    position: Any, type_: Any,
) -> UnsentDraft:  # fmt: skip
    draft = Draft(comment or None, rationale or None, proposed or None, type_, position, evidence=evidence or None)
    return UnsentDraft(CommentTarget(kind, standard, number, baseline), draft, number or number_said)
