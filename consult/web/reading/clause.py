"""A clause under consultation: its text with the changes, why it changes, what was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from consult.core.tally import Tally
from consult.queries.changes import ChangeMap, Kin, change_maps, change_words, kin
from consult.queries.comments import published_comments, tallies
from consult.queries.consultations import DocumentSeen
from consult.queries.corrections import corrections_of
from consult.queries.counts import counts_of_comments, counts_on_clause
from consult.queries.standards import ClauseName, ClauseSeen, clauses
from consult.queries.texts import staff_texts
from consult.web.drawn import Marked, plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.cited import Desk, Library, Surroundings
from consult.web.reading.entries import BOTH, VIEWS, Drawing, Entry, compared, quiet_numbers, rows
from consult.web.reading.found import found_clause, found_consultation, found_document, found_round, title_of
from consult.web.reading.room import blueprint
from consult.web.reading.standards import neighbours
from consult.web.rendering import public_page

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
    quiet = request.args.get("quiet") == "1"
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
        quiet=quiet,
        changed=changed_neighbours(maps.get(shown_base(since, maps)), number),
        links=maps[shown_base(since, maps)].of(number) if maps else (),
        entries=[
            near_linked(near, entry) for entry in entries(found, listed, document, maps, view, since, near.marked(found), quiet=quiet)
        ],
        plain=near.linked(plain(found, near.marked(found).places)),
        near=near,
        corrected=corrections_of(found.id, found.language) if found.revision > 1 else (),
        reason=staff_texts([("clause", found.id)], page_language()).get(("clause", found.id, "reason")),
        neighbours=neighbours(listed, found),
        comments=page.rows,
        endorsed=counts_of_comments(round_id=round.id, references=[each.reference for each in page.rows], viewer="public", now=now),
        counts=counts_on_clause(round_id=round.id, clause_id=found.id, viewer="public", now=now),
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


def shown_base(since: str, maps: Mapping[str, ChangeMap]) -> str:
    return since if since in maps else next(iter(maps), "")


def entries(
    clause: ClauseSeen, listed: Sequence[ClauseSeen], document: DocumentSeen, maps: dict[str, ChangeMap], view: str, since: str,
    marked: Marked, *, quiet: bool,
) -> list[Entry]:  # fmt: skip
    """The clause in the wanted view, once per change it stands in (nearly always one); clean new once, since it is the same for all."""
    asked = compared(maps, since)
    if not asked:
        return []
    own = [row for row in rows(asked, listed) if row.clause is not None and row.name.number == clause.number]
    words = change_words([link.id for row in own for _, link in row.links], document.version)
    numbers = quiet_numbers(next(iter(asked.values()))) if quiet else None
    drawing = Drawing(view, words, {each.number: each for each in listed if each.number}, numbers, marked)
    return [drawing.entry(row, None) for row in (own[:1] if view == "new" else own)]


def near_linked(near: Surroundings, entry: Entry) -> Entry:
    return replace(entry, piece=near.linked(entry.piece)) if entry.piece else entry


def changed_neighbours(map: ChangeMap | None, number: str) -> tuple[ClauseName | None, ClauseName | None]:
    """The clauses before and after this one that changed as well."""
    names = [name for link in (map.links if map else ()) for name in link.new if link.is_change or name.number == number]
    at = next((index for index, name in enumerate(names) if name.number == number), None)
    if at is None:
        return None, None
    after = next((name for name in names[at + 1 :] if name.number != number), None)
    return (names[at - 1] if at else None), after


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
