"""Which files of the storage rows name, and what else a backup is checked by. Written for databases of any revision: the models speak of the newest alone."""

import hashlib
import time
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, String, column, func, inspect, literal, null, select, table

from consult.core.backup import Contents
from consult.core.health import FilesFound
from consult.extensions import db
from consult.storage import Storage

STORED = {
    ("attachment", "sha256"): "size",
    ("attachment", "stripped_sha256"): "stripped_size",
    ("file_reading", "sha256"): None,
    ("figure", "sha256"): "size",
    ("version_file", "sha256"): "size",
}
"""Table and column that name a file in the storage -> the column that says how many bytes it has."""


REMADE = "version_file"
"""The table whose files the worker makes again where they are missing."""
SAMPLE = 100
"""Files whose bytes are read where not all are."""
_A_DAY = 86400.0


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


def files_found(storage: Storage, *, deep: bool, now: datetime) -> FilesFound:
    """Every file that a row names, looked for in the storage; the bytes of all of them (`deep`) or of a sample, another one each time, read."""
    with db.engine.connect() as connection:
        named = list(named_files(connection))
    sizes = {each.sha256: storage.size(each.sha256) for each in named}
    needed = {each.sha256 for each in named if each.kept_for != REMADE}
    missing = sorted(each for each, size in sizes.items() if size is None)
    resized = sorted({each.sha256 for each in named if each.size is not None and sizes[each.sha256] not in (None, each.size)})
    there = sorted(sizes.keys() - set(missing) - set(resized))
    start = 0 if deep else bisect(there, hashlib.sha256(now.isoformat().encode()).hexdigest())
    read = (there[start:] + there[:start])[: None if deep else SAMPLE]
    return FilesFound(
        named=len(sizes), missing=[each for each in missing if each in needed], remade=[each for each in missing if each not in needed],
        resized=resized, read=len(read), damaged=[each for each in read if not storage.is_whole(each)],
        unnamed=sum(1 for each in storage.kept() if each not in sizes and _old(storage, each)),
    )  # fmt: skip


def _old(storage: Storage, sha256: str) -> bool:
    """Not one that was put there a moment ago, for a row that is about to be written."""
    try:
        return time.time() - storage.place(sha256).stat().st_mtime > _A_DAY
    except FileNotFoundError:
        return False
