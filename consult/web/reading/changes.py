"""What changed between a version and a baseline: counts, filters, redlines or sentences, and the old and new numbers side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from consult.core.binding import concerns
from consult.core.change import KINDS
from consult.core.meaning import LABELS
from consult.queries.changes import ChangeMap, LinkSeen, change_maps, change_words
from consult.queries.consultations import rounds_of
from consult.queries.editions import files_of
from consult.queries.standards import ClauseSeen, VersionSeen, clauses, versions
from consult.queries.texts import staff_texts
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.activities import chosen_activities, what_binds
from consult.web.reading.cited import Desk, Library
from consult.web.reading.entries import BINDING, BOTH, SWAPPED, VIEWS, Drawing, Entry, Row, compared, quiet_numbers, rows
from consult.web.reading.flow_map import flow_map, shares
from consult.web.reading.found import found_version, missing_baseline, title_of
from consult.web.reading.paging import pages
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page

FILTERED_KINDS = ("modified", "renumbered", SWAPPED, "moved", "split", "merged", "added", "removed", BINDING, "unchanged")
MAP, LONG = "map", 400
"""The view of picture and table alone; above so many clauses they are left out of the others, to keep these light."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. `kind` "" shows all that changed, "all" the unchanged ones too; `quiet` hides what is typography alone."""

    since: str
    kind: str
    principle: str
    view: str
    quiet: bool
    activities: tuple[str, ...]
    page: int = 1
    meaning: str = ""

    def address(self, version: VersionSeen, **other: str) -> str:
        """The address of this page with some filters changed and from its first part on; "" takes one away."""
        asked = {
            "from": self.since, "kind": self.kind, "principle": self.principle, "view": "" if self.view == "inline" else self.view,
            "quiet": "1" if self.quiet else "", "activities": ",".join(self.activities), "meaning": self.meaning,
        } | other  # fmt: skip
        kept: dict[str, Any] = {name: value or None for name, value in asked.items()}
        return url_for("reading.changes", standard=version.standard, version=version.name, **kept)

    @property
    def narrow(self) -> bool:
        return bool(self.kind or self.principle or self.activities or self.meaning)

    def shows(self, row: Row) -> bool:
        means = not self.meaning or row.means(self.meaning)
        return row.is_of(self.kind) and self.principle in ("", row.top) and means


@blueprint.get("/standards/<standard>/<version>/changes")
@needs("read")
def changes(standard: str, version: str) -> Response:
    found = found_version(standard, version)
    every = change_maps(found)
    since = request.args.get("from", "").lower() or next(iter(every), "")
    maps = compared(every, since) or missing_baseline(found, since)
    main, map = next(iter(maps.items()))
    listed = clauses(found)
    filters = _filters(since, listed)
    all_rows = rows(maps, listed)
    binding = [row for row in all_rows if row.concerns(filters.activities)]
    chosen = [row for row in binding if filters.shows(row)]
    parts = pages([row.top for row in chosen])
    page = min(filters.page, len(parts))
    here = [chosen[at] for at in parts[page - 1]]
    base = next(each for each in versions(page_language(), standard=standard) if each.name == main)
    laid = rounds_of(found)
    long = len(all_rows) > LONG
    scoped = replace(map, links=tuple(link for link in map.links if concerns(link.old, link.new, filters.activities)))
    pictured = filters.view == MAP or (filters.view != "list" and page == 1 and not long)
    library = Library(Desk(found, main))
    return public_page(
        "reading/changes.html",
        version=found,
        title=title_of(found),
        files=files_of([found])[found.id],
        base=base,
        map=map,
        previous=list(maps)[-1] if since == BOTH else "",
        revised_at=map.revised_at,
        bases=list(every),
        long=long,
        filters=filters,
        counts=_counts(scoped.links) if len(maps) == 1 else _counted(binding),
        changed=sum(row.is_change for row in binding),
        total=len(binding),
        kinds_shown=FILTERED_KINDS,
        labels=_labels(binding),
        principles=[each for each in listed if each.number and each.top == each.number],
        binds=what_binds(map.links, filters.activities),
        shown=_entries(here, maps, found, listed, filters) if filters.view != MAP else [],
        amount=len(chosen),
        near={row.clause.id: library.around(row.clause) for row in here if row.clause},
        first=parts[page - 1].start + 1,
        pages=_names(parts, chosen),
        page=page,
        open_round=next((each for each in laid if each.window.phase(request_time()) == "open"), None),
        round=next(iter(laid), None),
        **(_picture(base, found, scoped, listed) if pictured else {"flow_groups": (), "shares": {}, "numbers": []}),
    )


def _filters(since: str, listed: Sequence[ClauseSeen]) -> Filters:
    asked = request.args
    kind, principle, view, meaning = (asked.get(name, "").lower() for name in ("kind", "principle", "view", "meaning"))
    return Filters(
        since=since,
        kind=kind if kind in FILTERED_KINDS or kind == "all" else "",
        principle=principle if any(each.number == principle and each.top == principle for each in listed) else "",
        view=view if view in (*VIEWS, MAP) else "inline",
        quiet=asked.get("quiet") == "1",
        activities=chosen_activities(),
        page=max(1, asked.get("page", 1, type=int)),
        meaning=meaning if meaning in LABELS else "",
    )


def _counts(links: Iterable[LinkSeen]) -> Counter[str]:
    """Links per kind; one that is renumbered and reworded counts under both."""
    counts: Counter[str] = Counter(dict.fromkeys((*KINDS, SWAPPED, BINDING), 0))
    for link in links:
        counts.update(kind for kind in link.kinds if kind != "unchanged" or not link.is_change)
        counts[SWAPPED] += link.swapped
        counts[BINDING] += link.binds_others
    return counts


def _labels(every: Iterable[Row]) -> dict[str, int]:
    """Label -> clauses that carry it."""
    listed = tuple(every)
    return {label: count for label in LABELS if (count := sum(row.means(label) for row in listed))}


def _counted(every: Iterable[Row]) -> Counter[str]:
    """Clauses per kind, where two maps are shown at once."""
    counts: Counter[str] = Counter(dict.fromkeys(FILTERED_KINDS, 0))
    for row in every:
        counts.update(kind for kind in FILTERED_KINDS if row.is_of(kind) and (kind != "unchanged" or not row.is_change))
    return counts


def _entries(
    here: Sequence[Row], maps: Mapping[str, ChangeMap], version: VersionSeen, listed: Sequence[ClauseSeen], filters: Filters
) -> list[Entry]:
    words = change_words([link.id for row in here if row.is_change for _, link in row.links], version)
    texts = staff_texts([("clause", row.name.id) for row in here], page_language())
    by_number = {each.number: each for each in listed if each.number}
    numbers = quiet_numbers(next(iter(maps.values()))) if filters.quiet else None
    drawing = Drawing(filters.view, words, by_number, numbers)
    return [drawing.entry(row, texts.get(("clause", row.name.id, "reason"))) for row in here]


def _names(parts: Sequence[range], chosen: Sequence[Row]) -> list[tuple[str, str]]:
    """The first and last clause of every page, as printed."""
    return [(chosen[part[0]].name.label, chosen[part[-1]].name.label) for part in parts if part]


def _picture(base: VersionSeen, version: VersionSeen, map: ChangeMap, listed: Sequence[ClauseSeen]) -> dict[str, Any]:
    share = shares(map, change_words([link.id for link in map.links if link.is_change], version))
    return {"flow_groups": flow_map(base, version, map, share), "shares": share, "numbers": _by_principle(map, listed)}


def _by_principle(map: ChangeMap, listed: Sequence[ClauseSeen]) -> list[tuple[ClauseSeen | None, list[LinkSeen]]]:
    """Old and new numbers, a group per principle."""
    by_number = {each.number: each for each in listed if each.number}
    groups: list[tuple[ClauseSeen | None, list[LinkSeen]]] = []
    last = None
    for link in map.links:
        last = by_number.get(by_number[link.new[0].number].top or "") if link.new else last
        if not groups or groups[-1][0] != last:
            groups.append((last, []))
        groups[-1][1].append(link)
    return groups
