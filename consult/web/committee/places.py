"""Rooms of what speaks of no clause of the draft: a whole document, the consultation itself, a clause that the draft removed."""

from flask import abort, request
from werkzeug.wrappers import Response

from consult.queries.comments import Place, tallies
from consult.queries.standards import clauses, version
from consult.web.committee.deciding import Attempt, take
from consult.web.committee.room import ROUND, blueprint, found_document, found_round, room_page, viewer_in
from consult.web.drawn import plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time


@blueprint.get(f"{ROUND}/process")
@needs("read_committee")
def process(consultation: str, number_of_round: int, attempt: Attempt | None = None) -> Response:
    project, round = found_round(consultation, number_of_round)
    counts = tallies(round_id=round.id, viewer=viewer_in(consultation), now=request_time())
    return room_page(
        "committee/place.html", project, round, "process", counts, attempt, kind="process", document=None, clause=None, text=None
    )


@blueprint.get(f"{ROUND}/documents/<standard>")
@needs("read_committee")
def document(consultation: str, number_of_round: int, standard: str, attempt: Attempt | None = None) -> Response:
    project, round = found_round(consultation, number_of_round)
    found = found_document(round, standard)
    counts = tallies(round_id=round.id, viewer=viewer_in(consultation), now=request_time())
    kind = "new" if request.args.get("about") == "new" else "document"
    place: Place = f"{'first' if kind == 'new' else 'document'}:{found.version.id}"
    return room_page("committee/place.html", project, round, place, counts, attempt, kind=kind, document=found, clause=None, text=None)


@blueprint.get(f"{ROUND}/removed/<standard>/<baseline>/<number>")
@needs("read_committee")
def removed(consultation: str, number_of_round: int, standard: str, baseline: str, number: str, attempt: Attempt | None = None) -> Response:
    project, round = found_round(consultation, number_of_round)
    document = found_document(round, standard)
    old = version(standard, baseline, page_language()) or abort(404)
    found = next((each for each in clauses(old) if each.number == number), None) or abort(404)
    counts = tallies(round_id=round.id, viewer=viewer_in(consultation), now=request_time())
    return room_page(
        "committee/place.html",
        project,
        round,
        found.id,
        counts,
        attempt,
        kind="removed",
        document=document,
        clause=found,
        text=plain(found),
        old=old,
    )


@blueprint.post(f"{ROUND}/process")
@needs("decide")
def decide_on_process(consultation: str, number_of_round: int) -> Response:
    return take(consultation, number_of_round, lambda attempt: process(consultation, number_of_round, attempt))


@blueprint.post(f"{ROUND}/documents/<standard>")
@needs("decide")
def decide_on_document(consultation: str, number_of_round: int, standard: str) -> Response:
    return take(consultation, number_of_round, lambda attempt: document(consultation, number_of_round, standard, attempt))


@blueprint.post(f"{ROUND}/removed/<standard>/<baseline>/<number>")
@needs("decide")
def decide_on_removed(consultation: str, number_of_round: int, standard: str, baseline: str, number: str) -> Response:
    return take(consultation, number_of_round, lambda attempt: removed(consultation, number_of_round, standard, baseline, number, attempt))
