"""The clauses of a version by the groups they stand in: for the picture of how one version flows into another."""

from sqlalchemy import select

from consult.core.flow import Side, Spot
from consult.extensions import db
from consult.models import ClauseRow, ClauseText
from consult.queries.standards import VersionSeen


def flow_side(version: VersionSeen) -> Side:
    """All numbered clauses, named in the language shown; one statement.

    A clause stands in the group of the topmost clause above it; one with nothing above and nothing below it, as in a flat catalogue, under
    the unnumbered heading before it.
    """
    rows = db.session.execute(
        select(ClauseRow.id, ClauseRow.number, ClauseRow.level, ClauseRow.parent_id, ClauseText.label, ClauseText.title)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.version_id == version.id, ClauseText.language == version.language)
        .order_by(ClauseRow.position, ClauseText.revision)
    )
    newest = {row.id: row for row in rows}
    parents = {row.parent_id for row in newest.values()}
    heads: dict[str, Spot] = {}
    clauses: list[Spot] = []
    heading, above, top_of = "", 0, dict[int, str]()
    for row in newest.values():
        if row.number is None:
            heading, above = f"heading-{row.id}", row.level
            heads[heading] = Spot("", "", row.title, heading, version.language)
            continue
        if row.parent_id in top_of:
            key = top_of[row.parent_id]
        elif row.id in parents or not heading or row.level <= above:
            key = row.number
            heads[key] = Spot(row.number, row.label, row.title, key, version.language)
        else:
            key = heading
        top_of[row.id] = key
        clauses.append(Spot(row.number, row.label, row.title, key, version.language))
    return Side(tuple(clauses), heads)
