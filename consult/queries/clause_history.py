"""A clause through all versions of its standard: what it came from and what became of it, version by version, with every branch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import select, tuple_

from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet
from consult.queries.changes import LinkSeen, Words, change_words, links_of
from consult.queries.link_table import confirmed_links
from consult.queries.standards import ClauseName, ClauseSeen, VersionSeen
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class Step:
    """One version on the way: the clauses that hold the matter there (none where it ends), and the changes that led there, with their words
    and, per clause id, the reason given.
    """

    version: VersionSeen
    clauses: tuple[ClauseName, ...]
    links: tuple[LinkSeen, ...]
    words: Mapping[int, Words]
    reasons: Mapping[int, Wording]


@dataclass(slots=True)
class _Map:
    """The links between two versions by id: clause ids of either side."""

    old: dict[int, set[int]]
    new: dict[int, set[int]]

    def touching(self, side: Mapping[int, set[int]], clauses: set[int]) -> list[int]:
        return [change for change, ids in side.items() if ids & clauses]


def clause_history(clause: ClauseSeen, version: VersionSeen, every: Sequence[VersionSeen], language: str) -> tuple[Step, ...]:
    """The steps, oldest version first; `every`: all versions of the standard, newest first. Five statements, however many
    versions, and one for each version in which a branch ends.

    From each version the way leads to the nearest one it was compared with; both a split and a merger open branches.
    """
    chain = _chain(version, every)
    maps = _maps([(new.id, old.id) for old, new in pairwise(chain)])
    at = next(index for index, each in enumerate(chain) if each.id == version.id)
    held: dict[int, set[int]] = {version.id: {clause.id}}
    led: dict[int, list[int]] = defaultdict(list)
    for old, new in reversed(list(pairwise(chain[: at + 1]))):
        map = maps[new.id, old.id]
        led[new.id] = map.touching(map.new, held[new.id])
        held[old.id] = set().union(*(map.old[change] for change in led[new.id]))
    for old, new in pairwise(chain[at:]):
        map = maps[new.id, old.id]
        led[new.id] = map.touching(map.old, held[old.id])
        held[new.id] = set().union(*(map.new[change] for change in led[new.id]))
    changes = [change for listed in led.values() for change in listed]
    links, words = links_of(changes, version), change_words(changes, version)
    reasons = staff_texts([("clause", each) for ids in held.values() for each in ids], language)
    names = _names(clause, links.values())
    found: list[Step] = []
    for each in chain:
        if not held[each.id] and not led[each.id]:
            continue
        here = sorted(held[each.id], key=lambda id: names[id].number)
        told = {id: wording for id in here if (wording := reasons.get(("clause", id, "reason")))}
        shown = _with_confirmed([links[change] for change in led[each.id]], each, found[-1].version if found else None)
        found.append(Step(each, tuple(names[id] for id in here), shown, words, told))
    return tuple(found)


def _with_confirmed(links: Sequence[LinkSeen], version: VersionSeen, before: VersionSeen | None) -> tuple[LinkSeen, ...]:
    """Says of removals whether a person confirmed them; one statement where there is one."""
    if before is None or all(link.new for link in links):
        return tuple(links)
    persons = confirmed_links(version.standard, version.name, [before.name]).get(before.name, frozenset())
    return tuple(
        replace(link, by_person=(tuple(name.number for name in link.old), ()) in persons) if not link.new else link for link in links
    )


def _chain(version: VersionSeen, every: Sequence[VersionSeen]) -> list[VersionSeen]:
    """The versions from the first to the last on the way through this one, oldest first."""
    order = {each.name: place for place, each in enumerate(reversed(every))}
    by_name = {each.name: each for each in every}
    before = {each.name: max(each.baselines, key=order.__getitem__) for each in every if each.baselines}
    after = {earlier: later for later, earlier in sorted(before.items(), key=lambda pair: -order[pair[0]])}
    chain = [version.name]
    while chain[0] in before:
        chain.insert(0, before[chain[0]])
    while chain[-1] in after:
        chain.append(after[chain[-1]])
    return [by_name[name] for name in chain]


def _maps(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], _Map]:
    """(version id, baseline id) -> the newest map between them; one statement."""
    rows = db.session.execute(
        select(ChangeSet.version_id, ChangeSet.baseline_id, ChangeSet.revision, ChangeRow.id, ChangeClause.side, ChangeClause.clause_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .where(tuple_(ChangeSet.version_id, ChangeSet.baseline_id).in_(pairs))
        .order_by(ChangeSet.revision, ChangeRow.position, ChangeClause.position)
    ).all()
    newest = {(new, old): revision for new, old, revision, *_ in rows}
    found = {pair: _Map(defaultdict(set), defaultdict(set)) for pair in pairs}
    for new, old, revision, change, side, clause in rows:
        if newest[new, old] == revision:
            map = found[new, old]
            (map.old if side == "old" else map.new)[change].add(clause)
    return found


def _names(clause: ClauseSeen, links: Iterable[LinkSeen]) -> dict[int, ClauseName]:
    own = ClauseName(clause.id, clause.number or "", clause.label, clause.title, clause.language, "")
    return {clause.id: own} | {name.id: name for link in links for name in (*link.old, *link.new)}
