"""Publishing the response of a round: what is decided, what is missing and where, and the one button."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.disposition import DISPOSITIONS
from consult.core.problem import Refused
from consult.operations.publish_responses import publish_responses
from consult.queries.committee import GridRow, grid
from consult.queries.consultations import ConsultationSeen, RoundSeen, received
from consult.queries.decisions import dispositions_of
from consult.queries.report import Summary
from consult.web import forms
from consult.web.locale import page_language
from consult.web.moderating.room import blueprint, by, found_consultation
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page
from consult.web.reported import classes_of, report_context

ADDRESS = "/moderation/<consultation>/rounds/<int:number_of_round>/responses"
PURPOSE = "staff.responses"
MOST = 30
"""Undecided places that are named; the committee's table has all."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A place with cleared comments on which the committee has not decided; `address` of its room, None where the round knows nothing of it."""

    row: GridRow
    address: str | None


@blueprint.get(ADDRESS)
@needs("read_unmoderated")
def responses(consultation: str, number_of_round: int) -> Response:
    return _page(*_found(consultation, number_of_round))


@blueprint.get(f"{ADDRESS}/preview")
@needs("read_unmoderated")
def preview(consultation: str, number_of_round: int) -> Response:
    """The report as it would be if it came out now."""
    project, round = _found(consultation, number_of_round)
    here: dict[str, Any] = {"consultation": project.slug, "number_of_round": round.number}
    context = report_context(project, round, address=lambda part: url_for("moderating.preview", part=part, **here), ahead=True)
    return private_page("reading/report.html", **context)


@blueprint.post(ADDRESS)
@needs("publish_responses")
def publish(consultation: str, number_of_round: int) -> Response:
    project, round = _found(consultation, number_of_round)
    signed = forms.signed(PURPOSE)
    if signed is None or signed.get("round") != round.id:
        return _page(project, round, 400, trouble="form_not_ours")
    if not request.form.get("final"):
        return _page(project, round, 422, trouble="not_ticked")
    try:
        publish_responses(consultation=consultation, round_number=number_of_round, by=by(), now=request_time())
    except Refused:  # the page says what is missing by now
        return _page(*_found(consultation, number_of_round), 409, trouble="not_ready")
    return redirect(url_for("moderating.responses", consultation=consultation, number_of_round=number_of_round), 303)


def _found(consultation: str, number: int) -> tuple[ConsultationSeen, RoundSeen]:
    project = found_consultation(consultation)
    return project, project.round(number) or abort(404)


def _page(project: ConsultationSeen, round: RoundSeen, status: int = 200, *, trouble: str = "") -> Response:
    tally = received([round.id])[round.id]
    counts = dict(dispositions_of(round_id=round.id))
    undecided = sum(counts.pop("", Counter[str]()).values())
    summary = Summary(tally, counts, 0)
    waiting = sum(tally.states.get(state, 0) for state in ("pending", "held"))
    closed = round.window.phase(request_time()) == "closed"
    ready = closed and not undecided and not waiting
    may = allowed("publish_responses", project.slug)
    return private_page(
        "moderating/responses.html",
        status,
        consultation=project,
        round=round,
        tally=tally,
        summary=summary,
        dispositions=[code for code in DISPOSITIONS if summary.given(code)],
        classes=classes_of(summary),
        undecided=undecided,
        places=_places(project, round) if undecided else [],
        most=MOST,
        closed=closed,
        ready=ready,
        may=may,
        trouble=trouble,
        signed=forms.sign(PURPOSE, round=round.id) if may and ready and round.report_at is None else None,
    )


def _places(project: ConsultationSeen, round: RoundSeen) -> Sequence[Undecided]:
    rows = grid(round=round, viewer="secretariat", language=page_language(), now=request_time()).rows
    return [Undecided(row, _room(project, round, row)) for row in rows if row.undecided]


def _room(project: ConsultationSeen, round: RoundSeen, row: GridRow) -> str | None:
    """The committee's room of a place, with the comments there that nobody has decided on."""
    where: dict[str, Any] = {"consultation": project.slug, "number_of_round": round.number, "became": "none"}
    if row.kind == "process":
        return url_for("committee.process", **where)
    if row.standard is None:
        return None
    about = "new" if row.kind == "new" else None
    if row.clause is None:
        return url_for("committee.document", standard=row.standard, about=about, **where)
    if row.kind == "removed":
        return url_for("committee.removed", standard=row.standard, baseline=row.clause.version, number=row.clause.number, **where)
    return url_for("committee.clause", standard=row.standard, number=row.clause.number, about=about, **where)
