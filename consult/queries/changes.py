"""Stored changes between versions: which clauses correspond, and the words that changed, in the reader's language."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from consult.core.binding import shift
from consult.core.body import Body
from consult.core.change import Spans
from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet, ChangeText, ClauseRow, ClauseText, Version
from consult.queries.link_table import confirmed_links
from consult.queries.meaning import MeaningSeen, meanings
from consult.queries.standards import ClauseName, VersionSeen

BY_HAND = "hand"
"""The reason of a link that a person set."""


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A stored link (see `consult.core.change.Link`). `swapped`: the two clauses changed places, as 5.2 and 5.3.

    `came` and `went`: activities it begins to bind and no longer binds, which is a change even where the words are equal.
    `meaning`: labels for those it binds, suggested or confirmed; None where nothing was read in it. `by_person`: somebody confirmed it.
    """

    id: int
    kinds: tuple[str, ...]
    old: tuple[ClauseName, ...]
    new: tuple[ClauseName, ...]
    score: float
    reason: str
    unsure: bool
    swapped: bool = False
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    meaning: MeaningSeen | None = None
    by_person: bool = False

    @property
    def is_change(self) -> bool:
        return self.kinds != ("unchanged",) or self.binds_others

    @property
    def binds_others(self) -> bool:
        return bool(self.came or self.went)

    @property
    def confirmed(self) -> bool:
        """Whether a person said that the removed clause has no successor; else none was found."""
        return "removed" in self.kinds and (self.by_person or self.reason == BY_HAND)


@dataclass(frozen=True, slots=True)
class ChangeMap:
    """All links from a baseline to a version, in document order of the new one; removed clauses stand behind their old neighbours.

    `revised_at`: when people corrected the links after publication, oldest first.
    """

    baseline: str
    links: tuple[LinkSeen, ...]
    revised_at: tuple[datetime, ...] = ()

    def of(self, number: str) -> tuple[LinkSeen, ...]:
        """The links a clause of the new version stands in."""
        return tuple(link for link in self.links if any(clause.number == number for clause in link.new))

    def of_old(self, number: str) -> tuple[LinkSeen, ...]:
        return tuple(link for link in self.links if any(clause.number == number for clause in link.old))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a change: spans of the title and of the text, in `language`."""

    title: Spans
    text: Spans
    language: str
    bounded: bool


@dataclass(frozen=True, slots=True)
class Kin:
    """The same matter in another version: `earlier` says on which side of the link that version stands."""

    version: str
    draft: bool
    earlier: bool
    kinds: tuple[str, ...]
    clauses: tuple[ClauseName, ...]


def change_maps(version: VersionSeen, baselines: Collection[str] | None = None) -> dict[str, ChangeMap]:
    """Baseline name -> its map, the main one first; all baselines or the named ones; five statements."""
    sets: dict[str, int] = {}
    revised: dict[str, tuple[datetime, ...]] = {}
    for id, name, revision, made in db.session.execute(
        select(ChangeSet.id, Version.name, ChangeSet.revision, ChangeSet.made_at)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .where(ChangeSet.version_id == version.id)
        .order_by(ChangeSet.position, ChangeSet.revision)
    ):
        if baselines is None or name in baselines:
            sets[name] = id
            revised[name] = (*revised.get(name, ()), made) if revision > 1 else ()
    changes = db.session.execute(
        select(ChangeRow.id, ChangeRow.change_set_id, ChangeRow.kinds, ChangeRow.score, ChangeRow.reason, ChangeRow.unsure)
        .where(ChangeRow.change_set_id.in_(sets.values()))
        .order_by(ChangeRow.change_set_id, ChangeRow.position)
    ).all()
    sides = _sides(select(ChangeRow.id).where(ChangeRow.change_set_id.in_(sets.values())), version.language, version.prevails)
    said = meanings(select(ChangeRow.id).where(ChangeRow.change_set_id.in_(sets.values())))
    names = {id: name for name, id in sets.items()}
    persons = confirmed_links(version.standard, version.name, sets)
    links: dict[int, list[LinkSeen]] = defaultdict(list)
    for row in changes:
        link = _link(row, sides)
        key = tuple(clause.number for clause in link.old), tuple(clause.number for clause in link.new)
        by_person = key in persons.get(names[row.change_set_id], ())
        links[row.change_set_id].append(replace(link, meaning=said.get(row.id), by_person=by_person))
    return {name: ChangeMap(name, _with_swaps(links[id]), revised[name]) for name, id in sets.items()}


def made_at(version: VersionSeen, baseline: str) -> datetime:
    """When the newest links of a version with a baseline were made; one statement."""
    return db.session.execute(
        select(ChangeSet.made_at)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .where(ChangeSet.version_id == version.id, Version.name == baseline)
        .order_by(ChangeSet.revision.desc())
        .limit(1)
    ).scalar_one()


def links_of(changes: Collection[int], version: VersionSeen) -> dict[int, LinkSeen]:
    """Change id -> its link, named in the language of the version shown; two statements. Swaps are not told: they need the whole map."""
    rows = db.session.execute(
        select(ChangeRow.id, ChangeRow.kinds, ChangeRow.score, ChangeRow.reason, ChangeRow.unsure).where(ChangeRow.id.in_(changes))
    ).all()
    sides = _sides(changes, version.language, version.prevails)
    return {row.id: _link(row, sides) for row in rows}


def _link(row: Any, sides: Mapping[tuple[int, str], tuple[ClauseName, ...]]) -> LinkSeen:
    body: Body = current_app.config["BODY"]
    old, new = sides[row.id, "old"], sides[row.id, "new"]
    came, went = shift(old, new, [activity.code for activity in body.activities])
    return LinkSeen(row.id, tuple(row.kinds), old, new, row.score, row.reason, row.unsure, came=came, went=went)


def _sides(changes: Any, language: str, prevails: str) -> Mapping[tuple[int, str], tuple[ClauseName, ...]]:
    """(change id, side) -> the clauses on that side, named in the language or else in the prevailing one; one statement.

    Whether a clause is a leaf is told by the clauses of all these changes: right where they are a whole map.
    """
    rows = db.session.execute(
        select(
            ChangeClause.change_id, ChangeClause.side, ClauseRow.id, ClauseRow.number, ClauseRow.parent_id, ClauseRow.kind, ClauseRow.applies,
            ClauseText.label, ClauseText.title, ClauseText.language, Version.name,
        )
        .join(ClauseRow, ClauseRow.id == ChangeClause.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ChangeClause.change_id.in_(changes), ClauseText.language.in_({language, prevails}))
        .order_by(ChangeClause.change_id, ChangeClause.side, ChangeClause.position, ClauseText.language == language, ClauseText.revision)
    ).all()  # fmt: skip
    above = {row.parent_id for row in rows}
    found: dict[tuple[int, str], dict[int, ClauseName]] = defaultdict(dict)
    for row in rows:
        binding = row.kind, tuple(row.applies), row.id not in above
        name = ClauseName(row.id, row.number or "", row.label, row.title, row.language, row.name, *binding)
        found[row.change_id, row.side][row.id] = name
    return defaultdict(tuple, {key: tuple(names.values()) for key, names in found.items()})


def _with_swaps(links: Iterable[LinkSeen]) -> tuple[LinkSeen, ...]:
    listed = tuple(links)
    moves = {(link.old[0].number, link.new[0].number) for link in listed if len(link.old) == len(link.new) == 1}

    def swapped(link: LinkSeen) -> bool:
        if not len(link.old) == len(link.new) == 1:
            return False
        was, now = link.old[0].number, link.new[0].number
        return was != now and (now, was) in moves

    return tuple(replace(link, swapped=swapped(link)) for link in listed)


def change_words(changes: Collection[int], version: VersionSeen) -> dict[int, Words]:
    """Change id -> its words in the language shown, else in the prevailing one; one statement."""
    if not changes:
        return {}
    rows = db.session.execute(
        select(ChangeText.change_id, ChangeText.language, ChangeText.title, ChangeText.text, ChangeText.bounded)
        .where(ChangeText.change_id.in_(changes), ChangeText.language.in_({version.language, version.prevails}))
        .order_by(ChangeText.change_id, ChangeText.language == version.language, ChangeText.revision)
    )
    return {change: Words(_spans(title), _spans(text), language, bounded) for change, language, title, text, bounded in rows}


def _spans(stored: Iterable[Any]) -> Spans:
    return tuple((mark, text) for mark, text in stored)


def kin(clause_id: int, language: str, prevails: str) -> tuple[Kin, ...]:
    """Where the matter of a clause stands in the versions that are compared with its own, oldest version first; two statements.

    Versions in which it has no counterpart are told with no clauses.
    """
    mine, other = aliased(ChangeClause), aliased(Version)
    baseline = aliased(Version)
    rows = db.session.execute(
        select(mine.change_id, mine.side, ChangeRow.kinds, other, baseline, ChangeSet.revision)
        .join(ChangeRow, ChangeRow.id == mine.change_id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(other, other.id == ChangeSet.version_id)
        .join(baseline, baseline.id == ChangeSet.baseline_id)
        .where(mine.clause_id == clause_id)
        .order_by(mine.change_id)
    ).all()
    sides = _sides([row[0] for row in rows], language, prevails)
    newest = {(row[3].id, row[4].id): row[5] for row in sorted(rows, key=lambda row: row[5])}
    found = []
    for change, side, kinds, new, old, revision in rows:
        if newest[new.id, old.id] == revision:
            earlier = side == "new"
            there, version = sides[change, "old" if earlier else "new"], old if earlier else new
            found.append((version.position, Kin(version.name, version.status == "draft", earlier, tuple(kinds), there)))
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))
