"""The clause room: the clause with its changes beside everything that was said on it."""

from flask import abort, request
from werkzeug.wrappers import Response

from consult.queries.changes import ChangeMap, LinkSeen, change_maps, change_words
from consult.queries.comments import Place, tallies
from consult.queries.consultations import DocumentSeen
from consult.queries.standards import ClauseSeen, clauses
from consult.web.committee.deciding import Attempt, take
from consult.web.committee.room import ROUND, blueprint, found_document, found_round, room_page, viewer_in
from consult.web.drawn import VIEWS, Piece, drawn, own_part, plain
from consult.web.permissions import needs, request_time


@blueprint.get(f"{ROUND}/<standard>/<number>")
@needs("read_committee")
def clause(consultation: str, number_of_round: int, standard: str, number: str, attempt: Attempt | None = None) -> Response:
    project, round = found_round(consultation, number_of_round)
    document = found_document(round, standard)
    listed = [each for each in clauses(document.version) if each.number is not None]
    found = next((each for each in listed if each.number == number), None) or abort(404)
    maps = change_maps(document.version)
    view, since = _wanted(document, maps)
    counts = tallies(round_id=round.id, viewer=viewer_in(consultation), now=request_time())
    about = "new" if request.args.get("about") == "new" else "clause"
    place: Place = f"new:{found.id}" if about == "new" else found.id
    at = listed.index(found)
    return room_page(
        "committee/clause.html",
        project,
        round,
        place,
        counts,
        attempt,
        document=document,
        clause=found,
        top=next((each for each in listed if each.number == found.top and each.number != found.number), None),
        about=about,
        here=counts[found.id].received if found.id in counts else 0,
        behind=counts[f"new:{found.id}"].received if f"new:{found.id}" in counts else 0,
        view=view,
        views=VIEWS,
        since=since,
        bases=list(maps),
        links=maps[since].of(number) if since in maps else (),
        pieces=_pieces(found, listed, document, maps, view, since),
        before=listed[at - 1] if at else None,
        after=listed[at + 1] if at + 1 < len(listed) else None,
        position_in=(at + 1, len(listed)),
    )


@blueprint.post(f"{ROUND}/<standard>/<number>")
@needs("decide")
def decide_on_clause(consultation: str, number_of_round: int, standard: str, number: str) -> Response:
    return take(consultation, number_of_round, lambda attempt: clause(consultation, number_of_round, standard, number, attempt))


def _wanted(document: DocumentSeen, maps: dict[str, ChangeMap]) -> tuple[str, str]:
    view, since = request.args.get("view", VIEWS[0]), request.args.get("from", "")
    main = document.baseline or ""
    return view if view in VIEWS else VIEWS[0], since if since in maps else main if main in maps else next(iter(maps), "")


def _pieces(
    clause: ClauseSeen, listed: list[ClauseSeen], document: DocumentSeen, maps: dict[str, ChangeMap], view: str, since: str
) -> list[tuple[LinkSeen | None, Piece]]:
    """The clause's text in the wanted view, once per change it stands in."""
    links = maps[since].of(clause.number or "") if since in maps and view != "new" else ()
    words = change_words([link.id for link in links], document.version)
    by_number = {each.number: each for each in listed if each.number}
    shown: list[tuple[LinkSeen | None, Piece]] = [
        (link, drawn(view, words[link.id], own_part(link, words[link.id], by_number, clause.number or "")))
        for link in links
        if link.id in words
    ]
    return shown or [(None, plain(clause))]
