"""A backup as one tar file: written part by part, read by its headers alone. Everything that a tar file may hold and ours do not (links, devices,
paths, long names, sparse files, further headers) is refused by its header, before a byte of it is used.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from consult.core.backup import FILES, LONGEST_MANIFEST, MANIFEST, SEAL, Manifest, manifest_from
from consult.core.problem import Problem, Refused

BLOCK = tarfile.BLOCKSIZE
PORTION = 2**20
END = bytes(2 * BLOCK)


class BackupWriter:
    """Adds parts to a file that is open for writing; `close` makes it whole. `at`: seconds since 1970, of every part."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self.file, self.at = file, at

    def add(self, name: str, source: BinaryIO, size: int) -> str:
        """So many bytes of the source under that name; gives their SHA-256. EOFError where there are fewer."""
        self.file.write(_header(name, size, self.at))
        summed, left = hashlib.sha256(), size
        while left:
            portion = source.read(min(PORTION, left))
            if not portion:
                raise EOFError(name)
            summed.update(portion)
            self.file.write(portion)
            left -= len(portion)
        self.file.write(bytes(-size % BLOCK))
        return summed.hexdigest()

    def add_if_whole(self, name: str, source: BinaryIO, size: int, sha256: str) -> bool:
        """The same where the bytes are those expected; otherwise the file is as before."""
        before = self.file.tell()
        try:
            if self.add(name, source, size) == sha256:
                return True
        except EOFError:
            pass
        self.file.seek(before)
        self.file.truncate()
        return False

    def close(self) -> None:
        """The end of the tar file, on the disk."""
        self.file.write(END)
        self.file.flush()
        os.fsync(self.file.fileno())


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is open for reading: what it says of itself, the very bytes that say it, and where its parts lie."""

    file: BinaryIO
    manifest: Manifest
    data: bytes
    sealed: bytes | None
    members: dict[str, Member]

    def copy(self, name: str, target: BinaryIO) -> None:
        """Refused: backup_sum, where the bytes are not those that the manifest speaks of."""
        self._read(name, target.write)

    def check(self) -> None:
        """Reads everything. Refused: backup_sum."""
        for name in self.manifest.members:
            self._read(name, lambda _portion: None)

    def _read(self, name: str, use: Callable[[bytes], object]) -> None:
        summed, member = hashlib.sha256(), self.members[name]
        for portion in _portions(self.file, member):
            summed.update(portion)
            use(portion)
        if summed.hexdigest() != self.manifest.sha256_of(name):
            raise Refused(Problem("backup_sum", params={"name": name}))


def read_backup(file: BinaryIO) -> Backup:
    """By its headers and its manifest; `check` reads the rest. Refused: backup_unreadable, backup_truncated, backup_member (something that is not
    ours), backup_part (something that the manifest names and is not there, or has another size), backup_format.
    """
    members: dict[str, Member] = {}
    for member in _members(file):
        if member.name in members:
            _foreign(member.name)
        members[member.name] = member
    if MANIFEST not in members:
        raise Refused(Problem("backup_unreadable", params={"why": "it has no manifest"}))
    data = _small(file, members[MANIFEST], LONGEST_MANIFEST)
    manifest = manifest_from(data)
    sealed = _small(file, members[SEAL], BLOCK) if SEAL in members else None
    expected = manifest.members
    for name in members:
        if name not in expected and name not in (MANIFEST, SEAL):
            _foreign(name)
    for name, size in expected.items():
        if name not in members or members[name].size != size:
            raise Refused(Problem("backup_part", params={"name": name}))
    return Backup(file, manifest, data, sealed, members)


def _members(file: BinaryIO) -> Iterator[Member]:
    """Each is a plain file of ours whose bytes are all there; the file ends where the tar file does."""
    whole, offset = file.seek(0, os.SEEK_END), 0
    while True:
        file.seek(offset)
        header = file.read(BLOCK)
        if header == END[:BLOCK]:
            if file.read() != END[BLOCK:]:
                raise Refused(Problem("backup_truncated"))
            return
        if offset and len(header) < BLOCK:
            raise Refused(Problem("backup_truncated"))
        try:
            info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise Refused(Problem("backup_unreadable", params={"why": "it is no tar file, or damaged"})) from None
        if not _ours(info.name) or header != _header(info.name, info.size, int(info.mtime)):
            _foreign(info.name)
        offset += BLOCK
        yield Member(info.name, offset, info.size)
        offset += info.size
        file.seek(min(offset, whole))
        if file.read(-offset % BLOCK) != bytes(-offset % BLOCK) or offset > whole:
            raise Refused(Problem("backup_truncated"))
        offset += -offset % BLOCK


def _header(name: str, size: int, at: int) -> bytes:
    """The one header that a part of ours can have: whatever else a tar file knows differs from it."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, at, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)  # its sizes have no limit


def _ours(name: str) -> bool:
    folder, slash, last = name.rpartition("/")
    return (folder + slash) in ("", FILES) and last.replace(".", "", 1).isalnum() and last.isascii() and len(last) <= 64


def _foreign(name: str) -> NoReturn:
    raise Refused(Problem("backup_member", params={"name": ascii(name[:80])}))


def _small(file: BinaryIO, member: Member, limit: int) -> bytes:
    if member.size > limit:
        raise Refused(Problem("backup_part", params={"name": member.name}))
    return b"".join(_portions(file, member))


def _portions(file: BinaryIO, member: Member) -> Iterator[bytes]:
    file.seek(member.offset)
    left = member.size
    while left:
        portion = file.read(min(PORTION, left))
        if not portion:
            raise Refused(Problem("backup_truncated"))
        left -= len(portion)
        yield portion
