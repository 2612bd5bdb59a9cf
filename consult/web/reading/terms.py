"""All defined terms of a version: what they mean, where they are used, which of them are new or changed."""

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from consult.core.diff import diff
from consult.queries.changes import Words
from consult.queries.citations import TermChanges, TermKey, TermSeen, citations, term_changes, terms
from consult.queries.standards import ClauseSeen, VersionSeen, clauses
from consult.web.drawn import Piece, drawn
from consult.web.permissions import needs
from consult.web.reading.found import found_version, title_of
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page

SHOWN = ("", "changed", "new", "gone")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with the clauses that use it and how often. `change`: "", new, changed, gone; `piece` its definition as a redline, if changed."""

    term: TermSeen
    change: str
    piece: Piece | None
    uses: tuple[ClauseSeen, ...]
    times: int


@blueprint.get("/standards/<standard>/<version>/terms")
@needs("read")
def terms_of_version(standard: str, version: str) -> Response:
    found = found_version(standard, version)
    base = next(iter(found.baselines), None)
    asked = request.args.get("show", "")
    entries = _entries(found, base)
    return public_page(
        "reading/terms.html",
        version=found,
        title=title_of(found),
        base=base,
        entries=[each for each in entries if _is_shown(each, asked)],
        show=asked if asked in SHOWN else "",
        counts={change: sum(_is_shown(each, change) for each in entries) for change in SHOWN},
    )


def _is_shown(entry: Entry, asked: str) -> bool:
    """What is no longer defined stands only in its own list."""
    return entry.change == asked if asked in SHOWN[1:] else entry.change != "gone"


def _entries(version: VersionSeen, base: str | None) -> list[Entry]:
    changes = term_changes(version, base)
    own = (version.standard, version.name)
    defined = terms([own, (version.standard, base)] if base else [own], version.language)
    uses, times = _uses(version)
    current = [
        Entry(term, changes.kinds.get(key, ""), _redline(term, defined, changes), uses.get(key, ()), times.get(key, 0))
        for key, term in defined.items()
        if key[:2] == own
    ]
    gone = [Entry(defined[key], "gone", None, (), 0) for key in changes.gone if key in defined]
    return sorted([*current, *gone], key=lambda each: (each.term.language == "zh" and each.term.key[3], each.term.name.casefold()))


def _redline(term: TermSeen, defined: dict[TermKey, TermSeen], changes: TermChanges) -> Piece | None:
    was = defined.get(changes.before.get(term.key, term.key))
    if changes.kinds.get(term.key) != "changed" or was is None or was.language != term.language:
        return None
    spans, bounded = diff(was.definition, term.definition, term.language)
    return drawn("inline", Words((), spans, term.language, bounded), spans)


def _uses(version: VersionSeen) -> tuple[dict[TermKey, tuple[ClauseSeen, ...]], dict[TermKey, int]]:
    """Term -> the clauses that use it, in order, and how often they do."""
    found = citations(version)
    uses: dict[TermKey, tuple[ClauseSeen, ...]] = {}
    times: dict[TermKey, int] = {}
    for clause in clauses(version):
        for each in found.get(clause.id, ()):
            key = (each.standard, each.version or version.name, each.number, each.position)
            if each.kind == "term" and clause.number:
                uses[key] = (*uses.get(key, ()), clause)
                times[key] = times.get(key, 0) + len(each.spans)
    return uses, times
