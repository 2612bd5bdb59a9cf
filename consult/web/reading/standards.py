"""Standards: the list, a version to read, and a clause of a version for ever under its own address."""

from itertools import groupby

from flask import redirect, url_for
from werkzeug.wrappers import Response

from consult.queries.changes import ChangeMap, LinkSeen, change_maps, kin
from consult.queries.consultations import rounds_of
from consult.queries.editions import files_of
from consult.queries.standards import ClauseSeen, clauses, corrections, versions
from consult.queries.texts import staff_texts
from consult.web.drawn import plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.cited import Desk, Library, reading_list
from consult.web.reading.found import found_clause, found_standard, found_version, title_of
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page


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
    listed = clauses(found)
    maps = change_maps(found, found.baselines[:1])
    main = next(iter(maps.values()), None)
    laid = rounds_of(found)
    library = Library(Desk(found, next(iter(maps), None), in_page=True))
    near = {clause.id: library.around(clause) for clause in listed}
    return public_page(
        "reading/standard.html",
        version=found,
        title=title_of(found),
        clauses=listed,
        tree=tree(listed),
        links=(links := links_by_number(main)),
        changed=sum(link.is_change for link in links.values()),
        corrections=corrections(found),
        open_round=next((each for each in laid if each.window.phase(request_time()) == "open"), None),
        laid=laid,
        files=files_of([found])[found.id],
        texts={clause.id: near[clause.id].linked(plain(clause, near[clause.id].places)) for clause in listed},
        near=near,
        borrowed=reading_list(library, near),
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
        reason=staff_texts([("clause", clause.id)], page_language()).get(("clause", clause.id, "reason")),
        laid=rounds_of(found),
        neighbours=neighbours(listed, clause),
    )


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
