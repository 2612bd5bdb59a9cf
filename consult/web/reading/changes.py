"""What changed between a version and a baseline: counts, filters, redlines, and the old and new numbers side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.change import KINDS
from consult.queries.changes import ChangeMap, LinkSeen, change_maps, change_words
from consult.queries.consultations import rounds_of
from consult.queries.standards import ClauseName, ClauseSeen, VersionSeen, clauses, versions
from consult.queries.texts import Wording, staff_texts
from consult.web.drawn import Piece, drawn, own_part
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.flow_map import flow_map, shares
from consult.web.reading.found import found_version, missing_baseline, title_of
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page

SWAPPED = "swapped"
FILTERED_KINDS = ("modified", "renumbered", SWAPPED, "moved", "split", "merged", "added", "removed", "unchanged")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. `kind` "" shows all that changed, "all" the unchanged ones too."""

    since: str
    kind: str
    principle: str
    view: str
    activities: tuple[str, ...]

    def address(self, version: VersionSeen, **other: str) -> str:
        """The address of this page with some filters changed; "" takes one away."""
        asked = {
            "from": self.since, "kind": self.kind, "principle": self.principle, "view": "" if self.view == "inline" else self.view,
            "activities": ",".join(self.activities),
        } | other  # fmt: skip
        kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
        return url_for("reading.changes", standard=version.standard, version=version.name, **kept)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry: a clause of the new version with its part of a change, or a removed one in its old place (`clause` None)."""

    anchor: str
    link: LinkSeen
    name: ClauseName
    clause: ClauseSeen | None
    top: str
    piece: Piece | None
    reason: Wording | None


@blueprint.get("/standards/<standard>/<version>/changes")
@needs("read")
def changes(standard: str, version: str) -> Response:
    found = found_version(standard, version)
    maps = change_maps(found)
    since = request.args.get("from", "").lower() or next(iter(maps), "")
    if since not in maps:
        missing_baseline(found, since)
    listed = clauses(found)
    filters = _filters(since, listed)
    map = maps[since]
    laid = rounds_of(found)
    shown = _shown(map, listed, found, filters)
    base = next(each for each in versions(page_language(), standard=standard) if each.name == since)
    share = shares(map, change_words([link.id for link in map.links if link.is_change], found))
    return public_page(
        "reading/changes.html",
        version=found,
        title=title_of(found),
        base=base,
        bases=list(maps),
        map=map,
        counts=_counts(map.links),
        changed=sum(len(link.new or link.old) for link in map.links if link.is_change),
        filters=filters,
        filtered=bool(filters.kind or filters.principle or filters.activities),
        flow_groups=flow_map(base, found, map, share),
        shares=share,
        kinds_shown=FILTERED_KINDS,
        principles=(principles := [each for each in listed if each.number and each.top == each.number]),
        tops={each.number: each for each in principles},
        numbers=_by_principle(map, listed),
        shown=shown,
        total=sum(len(link.new or link.old) for link in map.links),
        open_round=next((each for each in laid if each.window.phase(request_time()) == "open"), None),
        round=next(iter(laid), None),
    )


def _filters(since: str, listed: tuple[ClauseSeen, ...]) -> Filters:
    asked = request.args
    body: Body = current_app.config["BODY"]
    known = [term.code for term in body.activities]
    activities = [code for value in asked.getlist("activities") for code in value.split(",") if code in known]
    kind, principle = asked.get("kind", ""), asked.get("principle", "").lower()
    return Filters(
        since=since,
        kind=kind if kind in FILTERED_KINDS or kind == "all" else "",
        principle=principle if any(each.number == principle and each.top == principle for each in listed) else "",
        view=asked.get("view", "") if asked.get("view") == "side" else "inline",
        activities=tuple(dict.fromkeys(activities)),
    )


def _counts(links: Iterable[LinkSeen]) -> Counter[str]:
    """Links per kind; one that is renumbered and reworded counts under both."""
    counts: Counter[str] = Counter(dict.fromkeys((*KINDS, SWAPPED), 0))
    for link in links:
        counts.update(link.kinds)
        counts[SWAPPED] += link.swapped
    return counts


def _shown(map: ChangeMap, listed: tuple[ClauseSeen, ...], version: VersionSeen, filters: Filters) -> list[Shown]:
    by_number = {each.number: each for each in listed if each.number}
    tops = _tops(map, by_number)
    chosen = [
        (link, name)
        for link in map.links
        if _of_kind(link, filters.kind)
        for name in (link.new or link.old)
        if filters.principle in ("", tops[link.id, name.number])
        and _binds(by_number[name.number] if link.new and name.number in by_number else None, filters.activities)
    ]
    words = change_words([link.id for link, _ in chosen if link.is_change], version)
    texts = staff_texts([("clause", name.id) for _, name in chosen], page_language())
    shown = []
    anchors: Counter[str] = Counter()
    for link, name in chosen:
        clause = by_number.get(name.number) if link.new else None
        piece = None
        if link.id in words:
            spans = own_part(link, words[link.id], by_number, name.number) if clause else words[link.id].text
            piece = drawn(filters.view, words[link.id], spans)
        anchor = f"{'' if link.new else 'removed-'}{name.number}"
        anchors[anchor] += 1
        if anchors[anchor] > 1:
            anchor = f"{anchor}--{anchors[anchor]}"
        shown.append(Shown(anchor, link, name, clause, tops[link.id, name.number], piece, texts.get(("clause", name.id, "reason"))))
    return shown


def _of_kind(link: LinkSeen, kind: str) -> bool:
    if kind == "all":
        return True
    if kind == SWAPPED:
        return link.swapped
    return kind in link.kinds if kind else link.is_change


def _binds(clause: ClauseSeen | None, activities: tuple[str, ...]) -> bool:
    return not activities or clause is None or not clause.applies or bool(set(activities) & set(clause.applies))


def _tops(map: ChangeMap, by_number: dict[str, ClauseSeen]) -> dict[tuple[int, str], str]:
    """(link, number) -> the principle it stands in; a removed clause stands where its old neighbours went."""
    found: dict[tuple[int, str], str] = {}
    last = ""
    for link in map.links:
        for name in link.new or link.old:
            if link.new:
                last = by_number[name.number].top or ""
            found[link.id, name.number] = last
    return found


def _by_principle(map: ChangeMap, listed: tuple[ClauseSeen, ...]) -> list[tuple[ClauseSeen | None, list[LinkSeen]]]:
    """Old and new numbers, a group per principle."""
    by_number = {each.number: each for each in listed if each.number}
    tops = _tops(map, by_number)
    groups: list[tuple[ClauseSeen | None, list[LinkSeen]]] = []
    for link in map.links:
        top = by_number.get(tops[link.id, (link.new or link.old)[0].number])
        if not groups or groups[-1][0] != top:
            groups.append((top, []))
        groups[-1][1].append(link)
    return groups
