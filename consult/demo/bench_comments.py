"""Many comments for measuring: every hand-in of the last round of the demonstration again and again, on other clauses and at other times. SQLite only."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, select, text

from consult.core.vocabulary import POSITIONS
from consult.extensions import Base, db, writing
from consult.models import Comment
from consult.operations.counted import keep_counted

COPIED = ("party", "submission", "comment", "comment_revision", "placement", "moderation_step", "comment_likeness")
WINDOW = 22 * 24 * 60
"""Minutes from the opening of the round within which they come in."""


def multiply(most: int) -> int:
    """Fills the round up to about `most` comments, spread over its clauses, positions and days; every third repeats the one it was made of.
    Gives how many it has then.
    """
    with writing() as session:
        connection = session.connection()
        round_id, own = connection.execute(
            text("select round_id, count(*) from comment where round_id = (select max(round_id) from comment) group by round_id")
        ).one()
        given = {"round": round_id, "own": own, "times": max(0, -(-(most - own) // own)), "window": WINDOW}
        strides = {name: _highest(connection, name) for name in COPIED if name != "comment_likeness"}
        for name in COPIED:
            _copy(connection, Base.metadata.tables[name], strides, given)
        connection.execute(
            text("update round set last_comment = (select max(number) from comment where round_id = :round) where id = :round"), given
        )
        keep_counted(session, select(Comment.id).where(Comment.round_id == round_id))
        connection.execute(text("analyze"))
    db.session.remove()
    return int(own * (given["times"] + 1))


_CLAUSE = (
    "case when target = 'clause' then (select other.id from clause other where other.version_id = comment.version_id and other.number is not null "
    "and other.position >= (comment.id * 13 + k.k * 7) % (select max(position) from clause last where last.version_id = comment.version_id) "
    "order by other.position limit 1) else clause_id end"
)
_POSITION = " ".join(f"when {at} then '{code}'" for at, code in enumerate(POSITIONS))
_CHANGED: Mapping[str, Mapping[str, str]] = {
    "submission": {
        "reference": "reference || '-' || k.k",
        "key": "key || '-' || k.k",
        "content_sha256": "content_sha256 || k.k",
        "received_at": "strftime('%Y-%m-%d %H:%M:%S', (select opens_at from round where id = :round), "
        "((k.k * 7919 + submission.id * 31) % :window) || ' minutes') || '.000000'",
    },
    "comment": {
        "number": "number + k.k * :own",
        "reference": "reference || '-' || k.k",
        "clause_id": _CLAUSE,
        "position": f"case (id + k.k) % {len(POSITIONS) + 2} {_POSITION} end",
    },
    "placement": {"clause_id": "(select said.clause_id from comment said where said.id = placement.comment_id + k.k * :comments)"},
    "comment_likeness": {"head_id": "case when k.k % 3 = 0 then comment_id end", "kind": "case when k.k % 3 = 0 then 'identical' end"},
}
_OWN = "comment_id in (select id from comment where round_id = :round and number <= :own)"
_OF_ROUND = {
    "party": "id in (select party_id from submission where round_id = :round)",
    "submission": "round_id = :round",
    "comment": "round_id = :round",
}


def _copy(connection: Connection, table: Table, strides: Mapping[str, int], given: Mapping[str, int]) -> None:
    """Its rows of the round, keys and what points to copied rows moved on by a stride for each copy."""
    told = {}
    for column in table.columns:
        refers = next((key.column.table.name for key in column.foreign_keys), table.name if column.name == "id" else None)
        moved = f"{column.name} + k.k * {strides[refers]}" if refers and refers in strides else f'"{column.name}"'
        told[f'"{column.name}"'] = _CHANGED.get(table.name, {}).get(column.name, moved)
    connection.execute(
        text(
            f"insert into {table.name} ({', '.join(told)}) with recursive k(k) as (select 1 union all select k + 1 from k where k < :times) "  # noqa: S608  (our own names)
            f"select {', '.join(told.values())} from {table.name}, k where k.k <= :times and {_OF_ROUND.get(table.name, _OWN)}"
        ),
        {**given, "comments": strides["comment"]},
    )


def _highest(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"select coalesce(max(id), 0) from {table}")).scalar_one())  # noqa: S608  (one of COPIED)
