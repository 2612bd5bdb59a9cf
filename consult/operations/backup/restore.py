"""Bringing a backup back into an empty database and an empty folder of files. Everything is checked before anything is changed."""

import io
import os
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from flask import current_app
from sqlalchemy import Connection

from consult.core.backup import DATABASES, FILES, Manifest, refuse_other_key
from consult.core.problem import Problem, Refused
from consult.exchange.backup_file import Backup, read_backup
from consult.extensions import db, writing
from consult.operations.backup.copy import (
    load_postgresql,
    opened,
    refuse_damaged,
    refuse_filled_postgresql,
    refuse_filled_sqlite,
    revision_of,
)
from consult.operations.record import INSTALLATION, Actor, record
from consult.queries.stored_files import contents
from consult.schema import knows_revision
from consult.storage import Storage, settle


@dataclass(slots=True)
class _Brought:
    """Files that were not there before: gone again, if the database does not follow."""

    storage: Storage
    files: list[str] = field(default_factory=list)

    def put(self, content: bytes, sha256: str) -> None:
        if self.storage.size(sha256) is None:
            self.files.append(sha256)
        self.storage.put(content)

    def take_back(self) -> None:
        for each in self.files:
            self.storage.remove(each)


def restore_backup(*, source: BinaryIO, other_key: bool) -> Manifest:
    """Brings back database and files; what the backup says of itself. The database is at the revision of the backup afterwards.
    `other_key`: although our secret key is not the one that receipts were made with.

    Refused, with nothing changed: whatever is wrong with the file (`consult.exchange.backup_file`, database_damaged, restored_differs), with its key
    (`consult.core.backup.refuse_other_key`), with where it is to go (target_…, files_filled), or with both together (backup_engine, backup_newer).
    """
    backup = read_backup(source)
    manifest, engine = backup.manifest, db.engine.dialect.name
    if not other_key:
        refuse_other_key(manifest, backup.data, backup.sealed, str(current_app.config["SETTINGS"].secret_key))
    if manifest.engine != engine:
        raise Refused(Problem("backup_engine", params={"of": manifest.engine, "to": engine}))
    if not knows_revision(manifest.contents.revision):
        raise Refused(Problem("backup_newer", params={"revision": manifest.contents.revision, "consult": manifest.consult}))
    storage = cast(Storage, current_app.config["STORAGE"])
    _refuse_filled(manifest, storage)
    backup.check()
    brought = _Brought(storage)
    try:
        if engine == "sqlite":
            _bring_sqlite(backup, brought)
        else:
            _bring_postgresql(backup, brought)
    except BaseException:
        brought.take_back()
        raise
    with db.engine.connect() as connection:
        _refuse_different(connection, manifest)
    return manifest


def tell_restored(*, manifest: Manifest, by: Actor, now: datetime) -> None:
    """Puts on the record that the database is one brought back: what happened between backup and now is not in it. It has to be migrated by then."""
    with writing() as session:
        codes = {"made_at": manifest.made_at.isoformat(), "consult": manifest.consult}
        record(session, scope=INSTALLATION, kind="backup_restored", subject="installation", by=by, now=now, codes=codes)


def _bring_sqlite(backup: Backup, brought: _Brought) -> None:
    """The database gets its name last, in one step."""
    path = _sqlite_path()
    with tempfile.TemporaryDirectory(prefix=".consult-", dir=path.parent) as folder:
        copy = _database(backup, Path(folder))
        refuse_damaged(copy)
        with opened(copy) as connection:
            _refuse_different(connection, backup.manifest)
        _bring_files(backup, brought)
        with copy.open("rb") as file:
            os.fsync(file.fileno())
        refuse_filled_sqlite(path)
        os.replace(copy, path)
        settle(path.parent)


def _bring_postgresql(backup: Backup, brought: _Brought) -> None:
    """The database is filled in one transaction, after the files."""
    with tempfile.TemporaryDirectory(prefix=".consult-") as folder:
        dump = _database(backup, Path(folder))
        _bring_files(backup, brought)
        load_postgresql(db.engine.url, dump)


def _database(backup: Backup, folder: Path) -> Path:
    copy = folder / "database"
    with copy.open("xb") as file:
        backup.copy(DATABASES[backup.manifest.engine], file)
    return copy


def _bring_files(backup: Backup, brought: _Brought) -> None:
    for sha256 in backup.manifest.files:
        backup.copy(f"{FILES}{sha256}", content := io.BytesIO())  # a file of ours has a few megabytes
        brought.put(content.getvalue(), sha256)


def _refuse_filled(manifest: Manifest, storage: Storage) -> None:
    """A folder that a broken-off restore left is taken: what lies there belongs to this very backup."""
    if manifest.engine == "sqlite":
        refuse_filled_sqlite(_sqlite_path())
    else:
        refuse_filled_postgresql(db.engine)
    if any(each not in manifest.files or not storage.is_whole(each) for each in storage.kept()):
        raise Refused(Problem("files_filled", params={"folder": str(storage.folder)}))


def _refuse_different(connection: Connection, manifest: Manifest) -> None:
    if contents(connection, revision_of(connection)) != manifest.contents:
        raise Refused(Problem("restored_differs"))


def _sqlite_path() -> Path:
    database = db.engine.url.database
    if not database or ":memory:" in database:
        raise Refused(Problem("database_in_memory"))
    path = Path(database)
    if not path.parent.is_dir():
        raise Refused(Problem("target_nowhere", params={"folder": str(path.parent)}))
    return path
