"""What a backup says of itself: the manifest, by which everything in it is checked before anything is brought back.

A backup is a plain tar file: `database.sqlite` or `database.pgdump`, `files/<sha256>` each, `manifest.json`, and `seal` where the secret key was known.
Plain, so that nothing in it can be larger than it is itself; the manifest near its end, so that a backup without its end has none.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NoReturn

from consult.core.problem import Problem, Refused
from consult.core.reference import derived

FORMAT = 1
KIND = "backup of consult"
MANIFEST, SEAL, FILES = "manifest.json", "seal", "files/"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}
"""Engine -> the name of its copy in a backup."""
LONGEST_MANIFEST = 256 * 2**20
"""Bytes: two million files."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, as far as a backup is checked by it. `record`: scope -> number of its newest event; `files`: the SHA-256 of every
    file in the storage that a row names, in order.
    """

    revision: str
    record: Mapping[str, int]
    submissions: int
    comments: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: SHA-256 -> bytes of each file that lies in the backup; `missing`: those that rows name and the storage did not have (whole).
    `key`: fingerprint of the secret key that receipts were made with, None where the command did not know it.
    """

    consult: str
    made_at: datetime
    engine: str
    contents: Contents
    database_size: int
    database_sha256: str
    files: Mapping[str, int]
    missing: tuple[str, ...]
    key: str | None

    @property
    def members(self) -> dict[str, int]:
        """Name -> bytes of everything that lies in the backup beside manifest and seal."""
        return {DATABASES[self.engine]: self.database_size} | {f"{FILES}{each}": size for each, size in self.files.items()}

    def sha256_of(self, member: str) -> str:
        return member.removeprefix(FILES) if member.startswith(FILES) else self.database_sha256

    def to_bytes(self) -> bytes:
        contents = asdict(self.contents)
        contents.pop("files")  # those in the backup and those missing, together
        said = {
            "kind": KIND, "format": FORMAT, "consult": self.consult, "made_at": self.made_at.isoformat(), "engine": self.engine,
            "database": {"name": DATABASES[self.engine], "size": self.database_size, "sha256": self.database_sha256},
            "contents": contents, "files": dict(sorted(self.files.items())), "missing": sorted(self.missing), "secret_key": self.key,
        }  # fmt: skip
        return json.dumps(said, indent=1, ensure_ascii=False).encode()


def manifest_from(data: bytes) -> Manifest:
    """Refused: backup_unreadable (no manifest of ours), backup_format (of a later program)."""
    try:
        said = json.loads(data)
        if said["kind"] != KIND:
            _unreadable("its manifest is of something else")
        if said["format"] != FORMAT:
            raise Refused(Problem("backup_format", params={"format": str(said["format"])[:20]}))
        return _manifest(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        _unreadable("its manifest cannot be read")


def _manifest(said: Any) -> Manifest:
    database, contents, key = said["database"], said["contents"], said["secret_key"]
    files = {_sha256(name): _count(size) for name, size in said["files"].items()}
    missing = tuple(_sha256(each) for each in said["missing"])
    if said["engine"] not in DATABASES or database["name"] != DATABASES[said["engine"]] or set(files) & set(missing):
        raise ValueError
    made_at = datetime.fromisoformat(_text(said["made_at"]))
    if made_at.tzinfo is None or not (key is None or isinstance(key, str)):
        raise ValueError
    found = Contents(
        revision=_text(contents["revision"]), record={_text(scope): _count(last) for scope, last in contents["record"].items()},
        submissions=_count(contents["submissions"]), comments=_count(contents["comments"]), files=tuple(sorted([*files, *missing])),
    )  # fmt: skip
    return Manifest(
        consult=_text(said["consult"]), made_at=made_at, engine=said["engine"], contents=found, database_size=_count(database["size"]),
        database_sha256=_sha256(database["sha256"]), files=files, missing=missing, key=key,
    )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
        raise ValueError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _sha256(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 64 or not set(value) <= set("0123456789abcdef"):
        raise ValueError
    return value


def _unreadable(why: str) -> NoReturn:
    raise Refused(Problem("backup_unreadable", params={"why": why}))


def key_fingerprint(secret_key: str) -> str | None:
    """By which a key is recognised and not found out: 64 of its bits, through the same derivation as every code; None of no key."""
    return derived(secret_key, "backup.key").hex()[:16] if secret_key else None


def seal(secret_key: str, manifest: bytes) -> bytes:
    """What only the holder of the key can make of this very manifest, and so of everything whose sum stands in it."""
    return derived(secret_key, "backup.seal", manifest.hex()).hex().encode()


def refuse_other_key(manifest: Manifest, data: bytes, sealed: bytes | None, secret_key: str) -> None:
    """Refused: backup_key_missing, backup_key_other, or backup_seal where the key is the right one and the backup was not made with it."""
    if manifest.key is None:
        return
    if not secret_key:
        raise Refused(Problem("backup_key_missing"))
    if manifest.key != key_fingerprint(secret_key):
        raise Refused(Problem("backup_key_other"))
    if not hmac.compare_digest(sealed or b"", seal(secret_key, data)):
        raise Refused(Problem("backup_seal"))
