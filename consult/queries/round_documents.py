"""The documents of rounds side by side: what was received on each, and how much of each changed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Integer, cast, func, select, tuple_

from consult.core.tally import Tally
from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet, ClauseRow, Comment, Standard, Version

PROCESS = ""
"""Stands for the consultation itself among the standards."""


def received_by_document(rounds: Collection[int]) -> Mapping[int, Mapping[str, Tally]]:
    """Round id -> standard (PROCESS for the consultation itself) -> comments received, by state; one statement.

    A comment counts where it stands now: under the standard of the clause it was placed on. The sum over all is all received.
    """
    columns = (Comment.round_id, Comment.target, Comment.version_id, Comment.placed_clause_id, Comment.state)
    counted = select(*columns, func.count().label("n")).where(Comment.round_id.in_(rounds)).group_by(*columns).subquery().c
    rows = db.session.execute(
        select(counted.round_id, Standard.slug, counted.state, func.sum(cast(counted.n, Integer)))
        .outerjoin(ClauseRow, ClauseRow.id == counted.placed_clause_id)
        .outerjoin(Version, Version.id == func.coalesce(ClauseRow.version_id, counted.version_id))
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .group_by(counted.round_id, Standard.slug, counted.state)
    )
    states: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for round_id, standard, state, count in rows:
        states[round_id][standard or PROCESS][state] = count
    return defaultdict(
        dict, {round_id: {slug: Tally(states=counts) for slug, counts in found.items()} for round_id, found in states.items()}
    )


def changed_counts(pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
    """(version id, name of a baseline) -> how many clauses differ, removed ones among them, and of how many; one statement."""
    if not pairs:
        return {}
    rows = db.session.execute(
        select(ChangeSet.version_id, Version.name, ChangeSet.id, ChangeRow.id, ChangeRow.kinds, ChangeClause.side)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .where(tuple_(ChangeSet.version_id, Version.name).in_(list(pairs)))
        .order_by(ChangeSet.revision)
    ).all()
    newest = {(version, baseline): change_set for version, baseline, change_set, *_ in rows}
    sides: dict[tuple[int, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    kinds: dict[int, bool] = {}
    for version, baseline, change_set, change, of_change, side in rows:
        if newest[version, baseline] == change_set:
            sides[version, baseline][change][side] += 1
            kinds[change] = list(of_change) != ["unchanged"]
    counted = {}
    for pair, changes in sides.items():
        clauses = {change: count["new"] or count["old"] for change, count in changes.items()}
        counted[pair] = (sum(many for change, many in clauses.items() if kinds[change]), sum(clauses.values()))
    return counted
