"""A clause under consultation: its text with the changes, why it changes, what was said about it."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from consult.core.tally import Tally
from consult.queries.changes import ChangeMap, Kin, LinkSeen, Words, change_maps, change_words, kin
from consult.queries.comments import published_comments, tallies
from consult.queries.consultations import DocumentSeen
from consult.queries.standards import ClauseSeen, clauses
from consult.queries.texts import staff_texts
from consult.web.drawn import VIEWS, Marked, Piece, drawn, layered, own_part, plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.cited import Desk, Library
from consult.web.reading.found import found_clause, found_consultation, found_document, found_round, title_of
from consult.web.reading.room import blueprint
from consult.web.reading.standards import neighbours
from consult.web.rendering import public_page

BOTH = "both"
SHOWN_COMMENTS = 10

ROUND = "/consultations/<consultation>/rounds/<int:number_of_round>"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the version rail: the clauses that hold the matter in that version; none where it has no counterpart there."""

    version: str
    status: str
    here: bool
    clauses: tuple[tuple[str, str], ...]
    """(label, number)"""


@blueprint.get(f"{ROUND}/clauses/<standard>/<number>")
@needs("read")
def clause(consultation: str, number_of_round: int, standard: str, number: str) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    document = found_document(project, round, standard)
    listed = clauses(document.version)
    found = found_clause(document.version, listed, number)
    maps = change_maps(document.version)
    view, since = wanted(document, maps)
    near = Library(Desk(document.version, since if since in maps else document.baseline, project, round), found).with_citing(found)
    now = request_time()
    page = published_comments(round_id=round.id, clause_id=found.id, limit=SHOWN_COMMENTS, now=now)
    return public_page(
        "reading/clause.html",
        consultation=project,
        round=round,
        document=document,
        title=title_of(document.version),
        clause=found,
        top=next((each for each in listed if each.number == found.top and each.number != found.number), None),
        below=[each for each in listed if each.parent == number],
        stops=stops(document, found, kin(found.id, document.version.language, document.version.prevails)),
        view=view,
        since=since,
        bases=list(maps),
        layers=can_layer(maps),
        links=maps[shown_base(since, maps)].of(number) if maps else (),
        pieces=[(link, near.linked(piece)) for link, piece in pieces(found, listed, document, maps, view, since, near.marked(found))],
        near=near,
        reason=staff_texts([("clause", found.id)], page_language()).get(("clause", found.id, "reason")),
        neighbours=neighbours(listed, found),
        comments=page.rows,
        more=page.next_after is not None,
        tally=tallies(round_id=round.id, viewer="public", now=now).get(found.id, Tally()),
        addresses=comment_addresses(consultation, number_of_round, standard, number),
    )


def wanted(document: DocumentSeen, maps: dict[str, ChangeMap]) -> tuple[str, str]:
    """View and baseline as the address asks for them; what it does not know counts as not asked. Two baselines: both layers at once."""
    view = request.args.get("view", "inline")
    since = request.args.get("from", "")
    if view not in VIEWS:
        view = "inline"
    if since in maps or (since == BOTH and can_layer(maps)):
        return view, since
    return view, BOTH if can_layer(maps) else document.baseline or next(iter(maps), "")


def can_layer(maps: dict[str, ChangeMap]) -> bool:
    return len(maps) > 1


def shown_base(since: str, maps: dict[str, ChangeMap]) -> str:
    return since if since in maps else next(iter(maps), "")


def pieces(
    clause: ClauseSeen,
    listed: tuple[ClauseSeen, ...],
    document: DocumentSeen,
    maps: dict[str, ChangeMap],
    view: str,
    since: str,
    marked: Marked,
) -> list[tuple[LinkSeen | None, Piece]]:
    """The clause's text in the wanted view, once per change it stands in (nearly always one), with the places marked where it can be."""
    assert clause.number is not None
    base, *others = [map.of(clause.number) for name, map in maps.items() if since in (BOTH, name)] or [()]
    words = change_words([link.id for links in (base, *others) for link in links], document.version)
    by_number = {each.number: each for each in listed if each.number}
    shown: list[tuple[LinkSeen | None, Piece]] = []
    for link in base:
        if link.id not in words or view == "new":
            continue
        spans = own_part(link, words[link.id], by_number, clause.number)
        previous = next((other for links in others for other in links if other.id in words), None)
        if previous and view == "inline" and _same_language(words, link, previous):
            later = own_part(previous, words[previous.id], by_number, clause.number)
            shown.append((link, layered(words[link.id], spans, later, marked)))
        else:
            shown.append((link, drawn(view, words[link.id], spans, marked)))
    return shown or [(None, plain(clause, marked.places))]


def _same_language(words: dict[int, Words], one: LinkSeen, other: LinkSeen) -> bool:
    return words[one.id].language == words[other.id].language


def stops(document: DocumentSeen, clause: ClauseSeen, related: tuple[Kin, ...]) -> list[Stop]:
    """The version rail: earlier versions, this one, later ones."""
    by_version: dict[str, list[tuple[str, str]]] = {}
    for each in related:
        by_version.setdefault(each.version, []).extend((name.label, name.number) for name in each.clauses)
    earlier = {each.version: each.earlier for each in related}
    drafts = {each.version for each in related if each.draft}

    def stop(version: str) -> Stop:
        return Stop(version, "draft" if version in drafts else "published", False, tuple(dict.fromkeys(by_version[version])))

    here = Stop(document.version.name, "draft" if document.version.is_draft else "published", True, ((clause.label, clause.number or ""),))
    before = [stop(name) for name in by_version if earlier[name]]
    return [*before, here, *(stop(name) for name in by_version if not earlier[name])]


def comment_addresses(consultation: str, number_of_round: int, standard: str, number: str) -> dict[str, str]:
    """Where to comment on this clause, and where to propose one behind it."""
    round: dict[str, Any] = {"consultation": consultation, "number_of_round": number_of_round, "standard": standard}
    return {"clause": url_for("commenting.on_clause", **round, number=number), "new": url_for("commenting.on_new", **round, after=number)}
