"""Making a backup: first the database as of one instant, then the files that this copy names. Nothing waits for it."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import cast

from flask import current_app

from consult.core.backup import DATABASES, FILES, MANIFEST, SEAL, Contents, Manifest, key_fingerprint, seal
from consult.core.problem import Problem, Refused
from consult.exchange.backup_file import BackupWriter
from consult.extensions import db
from consult.operations.backup.copy import copy_sqlite, dump_postgresql, opened, revision_of, snapshot
from consult.queries.stored_files import contents, named_files
from consult.storage import Storage, settle


@dataclass(frozen=True, slots=True)
class Made:
    """`lost`: files that rows name, now too, and that the storage does not have as they were; what was erased while the backup was made is none."""

    manifest: Manifest
    size: int
    lost: tuple[str, ...]


def make_backup(*, to: Path, replace: bool, now: datetime) -> Made:
    """One file with the database, the stored files and a manifest; under its name when it is whole and on the disk, and for nobody else to read.
    Anything that stops it, a signal that raises too, leaves nothing.

    Refused: backup_exists (without `replace`), backup_nowhere, database_in_memory, database_missing, database_unmigrated, database_damaged,
    program_missing, program_failed. OSError where the disk is full.
    """
    if to.is_dir() or not to.parent.is_dir():
        raise Refused(Problem("backup_nowhere", params={"file": str(to)}))
    _refuse_existing(to, replace)
    with tempfile.TemporaryDirectory(prefix=".consult-", dir=to.parent) as folder:  # beside it: renaming is one step
        made = _written(Path(folder), now)
        _refuse_existing(to, replace)
        os.replace(Path(folder) / "whole", to)
        settle(to.parent)
    return made


def _written(folder: Path, now: datetime) -> Made:
    database = folder / "database"
    engine, held = _copied(database)
    storage = cast(Storage, current_app.config["STORAGE"])
    with os.fdopen(os.open(folder / "whole", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        writer, size = BackupWriter(file, int(now.timestamp())), database.stat().st_size
        with database.open("rb") as source:
            sha256 = writer.add(DATABASES[engine], source, size)
        database.unlink()  # its room is wanted
        files = {each: found for each in held.files if (found := _add(writer, storage, each)) is not None}
        missing = tuple(each for each in held.files if each not in files)
        secret_key = str(current_app.config["SETTINGS"].secret_key)
        manifest = Manifest(version("consult"), now, engine, held, size, sha256, files, missing, key_fingerprint(secret_key))
        _sign(writer, folder, manifest, secret_key)
        writer.close()
        return Made(manifest, file.tell(), _still_named(missing))


def _copied(to: Path) -> tuple[str, Contents]:
    """The engine's name, and what the copy holds: asked of the very state that was copied."""
    url = db.engine.url
    if db.engine.dialect.name == "postgresql":
        with snapshot(db.engine) as (connection, name):
            held = contents(connection, revision_of(connection))
            dump_postgresql(url, to, name)
        return "postgresql", held
    if not url.database or ":memory:" in url.database:
        raise Refused(Problem("database_in_memory"))
    copy_sqlite(Path(url.database), to)
    with opened(to) as connection:
        return "sqlite", contents(connection, revision_of(connection))


def _add(writer: BackupWriter, storage: Storage, sha256: str) -> int | None:
    """Bytes of the file; None where the storage does not have it as it was put there."""
    with suppress(FileNotFoundError), storage.open(sha256) as source:
        size = os.fstat(source.fileno()).st_size
        return size if writer.add_if_whole(f"{FILES}{sha256}", source, size, sha256) else None
    return None


def _sign(writer: BackupWriter, folder: Path, manifest: Manifest, secret_key: str) -> None:
    data = manifest.to_bytes()
    parts = {MANIFEST: data} | ({SEAL: seal(secret_key, data)} if secret_key else {})
    for name, content in parts.items():
        beside = folder / "part"
        beside.write_bytes(content)
        with beside.open("rb") as source:
            writer.add(name, source, len(content))


def _still_named(sums: tuple[str, ...]) -> tuple[str, ...]:
    if not sums:
        return ()
    with db.engine.connect() as connection:
        named = {each.sha256 for each in named_files(connection)}
    return tuple(each for each in sums if each in named)


def _refuse_existing(to: Path, replace: bool) -> None:
    if to.exists() and not replace:
        raise Refused(Problem("backup_exists", params={"file": str(to)}))
