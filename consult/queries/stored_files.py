"""Which files of the storage rows name, and what else a backup is checked by. Written for databases of any revision: the models speak of the newest alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, String, column, func, inspect, literal, null, select, table

from consult.core.backup import Contents

STORED = {
    ("attachment", "sha256"): "size",
    ("attachment", "stripped_sha256"): "stripped_size",
    ("file_reading", "sha256"): None,
    ("figure", "sha256"): "size",
    ("version_file", "sha256"): "size",
}
"""Table and column that name a file in the storage -> the column that says how many bytes it has."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """`kept_for`: the table that names it; `size` in bytes, None where that is not said."""

    sha256: str
    kept_for: str
    size: int | None


def named_files(connection: Connection) -> Iterator[NamedFile]:
    """Each file once for each column that names it; a statement for each."""
    found = inspect(connection)
    for (name, sha256), size in STORED.items():
        if found.has_table(name) and {sha256, size or sha256} <= {each["name"] for each in found.get_columns(name)}:
            row = table(name)
            said = select(column(sha256, String), column(size, Integer) if size else null())
            rows = connection.execute(said.select_from(row).where(column(sha256).is_not(None)).distinct())
            yield from (NamedFile(each[0], name, each[1]) for each in rows)


def contents(connection: Connection, revision: str) -> Contents:
    """Of a database at that revision, in the snapshot of the connection's transaction."""
    counters = select(column("scope", String), column("last_seq", Integer)).select_from(table("event_counter"))
    many = {
        name: connection.execute(select(func.count(literal(1))).select_from(table(name))).scalar_one() for name in ("submission", "comment")
    }
    return Contents(
        revision=revision, record={row[0]: row[1] for row in connection.execute(counters)}, submissions=many["submission"],
        comments=many["comment"], files=tuple(sorted({each.sha256 for each in named_files(connection)})),
    )  # fmt: skip
