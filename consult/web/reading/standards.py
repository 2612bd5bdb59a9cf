"""Standards: the list, a version to read, and a clause of a version for ever under its own address."""

from itertools import groupby

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.binding import concerns
from consult.queries.changes import ChangeMap, LinkSeen, change_maps, kin
from consult.queries.consultations import rounds_of
from consult.queries.corrections import corrections_of
from consult.queries.editions import files_of
from consult.queries.standards import ClauseSeen, clauses, corrections, versions
from consult.queries.texts import staff_texts
from consult.web.drawn import plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.activities import binding_only, chosen_activities, what_binds
from consult.web.reading.cited import Desk, Library, reading_list
from consult.web.reading.found import found_clause, found_standard, found_version, title_of
from consult.web.reading.paging import pages
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page

LARGEST = 150
"""Clauses on one page of the reader: whole a standard of usual size, in parts a catalogue."""


@blueprint.get("/standards/")
@needs("read")
def standards() -> Response:
    listed = [(slug, list(group)) for slug, group in groupby(versions(page_language()), key=lambda version: version.standard)]
    return public_page("reading/standards.html", standards=listed)


@blueprint.get("/standards/<standard>/")
@needs("read")
def newest(standard: str) -> Response:
    """A standard without a version: its newest one."""
    return redirect(url_for("reading.standard", standard=standard, version=found_standard(standard)[0].name), 302)


@blueprint.get("/standards/<standard>/<version>/")
@needs("read")
def standard(standard: str, version: str) -> Response:
    found = found_version(standard, version)
    chosen = chosen_activities()
    every = clauses(found)
    listed = binding_only(every, chosen)
    maps = change_maps(found, found.baselines[:1])
    main = next(iter(maps.values()), None)
    laid = rounds_of(found)
    parts = pages([each.top or f"part-{each.id}" for each in listed], LARGEST)
    page = min(max(1, request.args.get("page", 1, type=int)), len(parts))
    here = [listed[at] for at in parts[page - 1]]
    library = Library(Desk(found, next(iter(maps), None), in_page=len(here) == len(every)))
    near = {clause.id: library.around(clause) for clause in here}
    return public_page(
        "reading/standard.html",
        version=found,
        title=title_of(found),
        clauses=here,
        left_out=sum(each.leaf for each in every) - sum(each.leaf for each in listed),
        page=page,
        pages=[(named(listed[part[0]]), named(listed[part[-1]])) for part in parts if part],
        page_of={listed[at].id: number for number, part in enumerate(parts, 1) for at in part},
        binds=what_binds(main.links if main else (), chosen),
        tree=tree(listed),
        links=(links := links_by_number(main)),
        changed=[link.is_change for link in links.values() if concerns(link.old, link.new, chosen)],
        corrections=corrections(found),
        open_round=next((each for each in laid if each.window.phase(request_time()) == "open"), None),
        laid=laid,
        files=files_of([found])[found.id],
        texts={clause.id: near[clause.id].linked(plain(clause, near[clause.id].places)) for clause in here},
        near=near,
        borrowed=reading_list(near),
        has_terms=bool(library.terms),
    )


@blueprint.get("/standards/<standard>/<version>/<number>")
@needs("read")
def clause_of_version(standard: str, version: str, number: str) -> Response:
    found = found_version(standard, version)
    listed = clauses(found)
    clause = found_clause(found, listed, number)
    near = Library(Desk(found, next(iter(found.baselines), None)), clause).with_citing(clause)
    return public_page(
        "reading/clause_of_version.html",
        version=found,
        title=title_of(found),
        clause=clause,
        piece=near.linked(plain(clause, near.places)),
        near=near,
        below=[each for each in listed if each.parent == number],
        kin=kin(clause.id, found.language, found.prevails),
        corrected=corrections_of(clause.id, clause.language) if clause.revision > 1 else (),
        reason=staff_texts([("clause", clause.id)], page_language()).get(("clause", clause.id, "reason")),
        laid=rounds_of(found),
        neighbours=neighbours(listed, clause),
    )


def named(clause: ClauseSeen) -> str:
    """A clause or heading where only a few words have room."""
    return clause.label or clause.title


Branch = tuple[ClauseSeen, list[ClauseSeen]]


def tree(listed: tuple[ClauseSeen, ...]) -> list[Branch]:
    """Outermost clauses and headings of their own, each with the clauses below it, in document order."""
    branches: list[Branch] = []
    for clause in listed:
        if clause.number is None or clause.top == clause.number:
            branches.append((clause, []))
        elif branches:
            branches[-1][1].append(clause)
    return branches


def links_by_number(map: ChangeMap | None) -> dict[str, LinkSeen]:
    """Number of the new version -> the first link it stands in."""
    found: dict[str, LinkSeen] = {}
    for link in map.links if map else ():
        for clause in link.new:
            found.setdefault(clause.number, link)
    return found


def neighbours(listed: tuple[ClauseSeen, ...], clause: ClauseSeen) -> tuple[ClauseSeen | None, ClauseSeen | None]:
    """The numbered clauses before and after."""
    numbered = [each for each in listed if each.number]
    at = numbered.index(clause)
    return (numbered[at - 1] if at else None, numbered[at + 1] if at + 1 < len(numbered) else None)
