"""Endorsing a published comment instead of saying it again: its form, and what is offered while somebody types."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.core.endorsement import LONGEST_NUANCE, EndorsementForm, nuance_problems, typed_nuance
from consult.core.language_guess import guess_language
from consult.core.limits import prefix
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS, CommentTarget, consent_problems, person_of, person_problems
from consult.operations.basket import set_particulars
from consult.operations.endorse import endorse as store
from consult.operations.endorse import withdraw_endorsement as take_back
from consult.queries.alike import Saying, said_already
from consult.queries.commenting import RoundForComments, round_for_comments
from consult.queries.comments import CommentSeen
from consult.queries.counts import counts_of_comments
from consult.queries.endorsements import published_comment
from consult.web import baskets
from consult.web.comment_page import back_address, options
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.commenting.forms import BOTH, ROUND, TRAP
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.tickets import receipt_address
from consult.wording.countries import countries
from consult.wording.endorsements import endorsement_choices
from consult.wording.submission import left_sentence, problem_sentence

STATUS = {"already_endorsed": 409, "not_published": 409, "other_content": 409, "equal_content": 409, "too_many_attempts": 429}
ASKED, WITHIN = 600, timedelta(minutes=1)
"""Looks for equal comments from one network, by this process: what is only read leaves no trace in the database."""
MOST_NETWORKS = 10_000
_asked: dict[str, deque[datetime]] = {}


@blueprint.route(f"{ROUND}/comments/<reference>/endorse", methods=BOTH)
@needs("comment")
def endorse(consultation: str, number_of_round: int, reference: str) -> Response:
    fields = request.form if request.method == "POST" else None  # read to its end before the clock, as every form
    now = request_time()
    round_ = round_for_comments(consultation=consultation, number=number_of_round, language=page_language())
    comment = published_comment(round_id=round_.id, reference=reference.upper(), now=now) if round_ else None
    if round_ is None or comment is None:
        abort(404)
    return _form(round_, comment, _particulars(round_), now) if fields is None else _received(round_, comment, fields, now)


@blueprint.post(f"{ROUND}/alike")
@needs("comment")
def alike(consultation: str, number_of_round: int) -> Response:
    """Published comments that say what is being typed, as a piece of a page; empty where there are none. Stores nothing."""
    field, now = signed("alike"), request_time()
    if field is None or field.get("round") != f"{consultation}/{number_of_round}":
        abort(400)
    if not _may_ask(now):
        abort(429)
    round_ = round_for_comments(consultation=consultation, number=number_of_round, language=page_language())
    if round_ is None:
        abort(404)
    kind, standard, number, baseline = field["target"]
    words = {name: request.form.get(name, "")[: LIMITS[name]] or None for name in ("text", "proposed", "rationale")}
    saying = Saying("typed", CommentTarget(kind, standard, number, baseline), words["text"], words["proposed"], words["rationale"])
    found = said_already(round_id=round_.id, sayings=[saying], now=now).get("typed", ())
    response = make_response(render_template("commenting/_offered.html", offered=found, round=round_, draft_key=field.get("draft")))
    response.headers["Cache-Control"] = "no-store"
    return response


def _received(round_: RoundForComments, comment: CommentSeen, fields: Mapping[str, str], now: datetime) -> Response:
    field = signed("endorse")
    if field is None or field.get("comment") != comment.reference:
        return _form(round_, comment, fields, now, trouble="not_ours", status=400)
    opened = datetime.fromisoformat(field["opened"])
    if round_.cancelled or (round_.window.admits(now, opened) == "refused" and _late_until(round_, now) is None):
        return _form(round_, comment, fields, now, status=403)
    if problems := _problems(fields):
        return _form(round_, comment, fields, now, problems=problems, field=fields["signed"], status=422)
    if baskets.hasty(opened):
        return _form(round_, comment, fields, now, trouble="too_quick", field=fields["signed"], status=409)
    nuance, token = typed_nuance(fields.get("nuance", "")), baskets.token()
    form = EndorsementForm(
        key=field["key"], consultation=round_.consultation, round=round_.number, comment=comment.reference, language=page_language(),
        person=person_of(fields, current_app.config["BODY"].consent_version), nuance=nuance,
        nuance_language=guess_language(nuance, page_language()).tag if nuance else None, opened_at=opened, again=bool(fields.get("again")),
    )  # fmt: skip
    try:
        done = store(form=form, token=token, draft=fields.get("draft") or None, address=request.remote_addr, now=now)
    except Refused as refused:
        return _refused(round_, comment, fields, refused.problems[0], now)
    if token:
        _keep_particulars(token, round_, fields, now)
    return redirect(receipt_address(done.receipt, now), 303)


def _refused(round_: RoundForComments, comment: CommentSeen, fields: Mapping[str, str], problem: Problem, now: datetime) -> Response:
    if problem.code in baskets.OF_THE_WINDOW:
        return _form(round_, comment, fields, now, status=403)
    field = fields["signed"] if problem.code != "other_content" else None
    response = _form(
        round_, comment, fields, now, trouble=problem.code, mine=str(problem.params.get("reference", "")), field=field,
        status=STATUS.get(problem.code, 400),
    )  # fmt: skip
    if problem.code == "too_many_attempts":
        response.headers["Retry-After"] = str(problem.params["seconds"])
    return response


def _problems(fields: Mapping[str, str]) -> list[Problem]:
    classes = [each.code for each in current_app.config["BODY"].classes]
    return [
        *nuance_problems(typed_nuance(fields.get("nuance", ""))),
        *person_problems(fields, classes=classes, countries=[code for code, _ in countries(page_language())]),
        *consent_problems(fields),
        *([Problem("trap_filled", {"field": TRAP})] if fields.get(TRAP) else []),
    ]


def _form(
    round_: RoundForComments, comment: CommentSeen, fields: Mapping[str, str], now: datetime, *, problems: Sequence[Problem] = (),
    trouble: str | None = None, mine: str = "", field: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The form, empty or with all that was typed; without a form where the window or the comment does not admit one. `mine`: what counts instead."""
    sentences = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    opened, late_until = now.isoformat(), _late_until(round_, now)
    phase = "cancelled" if round_.cancelled else "open" if late_until else round_.window.phase(now)
    target = CommentTarget(comment.target, comment.standard, comment.number, comment.version if comment.target == "removed" else None)  # type: ignore[arg-type]
    return private_page(
        "commenting/endorse.html", status,
        round=round_, comment=comment, phase=phase, late_until=late_until, fields=fields, trouble=trouble,
        mine=mine, problems=sentences, errors=dict(reversed(sentences)), limits={**LIMITS, "nuance": LONGEST_NUANCE}, options=options(),
        draft=fields.get("draft") or request.args.get("draft", ""), left=left_sentence(round_.window.left(now), page_language()),
        choices=endorsement_choices(), counts=counts_of_comments(round_id=round_.id, references=[comment.reference], viewer="public", now=now)[comment.reference],
        signed=field or sign("endorse", comment=comment.reference, opened=opened), own=_own_address(round_, target), back=back_address(round_, target),
    )  # fmt: skip


def _late_until(round_: RoundForComments, now: datetime) -> datetime | None:
    """Until when a personal link lets this browser endorse after closing."""
    return baskets.late_until(round_.id) if round_.window.phase(now) == "closed" else None


def _own_address(round_: RoundForComments, target: CommentTarget) -> str:
    """Where one goes on with words of one's own."""
    of: dict[str, Any] = {"consultation": round_.consultation, "number_of_round": round_.number}
    if target.kind == "process":
        return url_for("commenting.on_process", **of)
    of["standard"] = target.standard
    if target.kind == "document":
        return url_for("commenting.on_document", **of)
    if target.kind == "new":
        return url_for("commenting.on_new", **of, after=target.number or "")
    if target.kind == "removed":
        return url_for("commenting.on_removed", **of, baseline=target.baseline, number=target.number)
    return url_for("commenting.on_clause", **of, number=target.number)


def _particulars(round_: RoundForComments) -> Mapping[str, str]:
    """What the basket knows about the person; that of this round first."""
    mine = sorted(baskets.baskets(), key=lambda each: each.round_id != round_.id)
    return next((each.particulars for each in mine if each.particulars), {})


def _keep_particulars(token: str, round_: RoundForComments, fields: Mapping[str, str], now: datetime) -> None:
    if any(each.round_id == round_.id for each in baskets.baskets()):
        set_particulars(token=token, consultation=round_.consultation, round_number=round_.number, fields=fields, now=now)


def _may_ask(now: datetime) -> bool:
    network = prefix(request.remote_addr)
    if len(_asked) > MOST_NETWORKS:
        _asked.clear()
    times = _asked.setdefault(network, deque(maxlen=ASKED))
    if len(times) == ASKED and times[0] > now - WITHIN:
        return False
    times.append(now)
    return True


@blueprint.post("/receipt/<reference>/endorsement/withdraw")
@needs("comment")
@receipt_page.held
def withdraw_endorsement(reference: str) -> Response:
    try:
        take_back(submission=reference, now=request_time())
    except Refused as refused:
        return receipt_page.shown(reference, trouble=refused.problems[0].code, status=409)
    return redirect(receipt_page.back(reference, "endorsement_withdrawn"), 303)
