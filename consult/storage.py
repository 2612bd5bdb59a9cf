"""Bytes kept by their SHA-256: files we made, and files that were sent to us. Names never come from outside; nothing kept is ever changed; what nobody holds any more may be removed."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


class Storage:
    """A folder of files, each under the SHA-256 of its content (64 hexadecimal digits). Several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keeps the bytes and gives their SHA-256. When it returns they are on the disk, whole and under their name; the same bytes are kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if self.size(sha256) == len(content):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside)
            raise
        settle(path.parent)
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        """The bytes; FileNotFoundError where they are not kept here."""
        return self._path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        """Destroys the bytes; nothing where there are none. Whoever calls knows that no row holds them any more."""
        self._path(sha256).unlink(missing_ok=True)

    def place(self, sha256: str) -> Path:
        """Where the bytes lie, for a program of the installation that looks at them."""
        return self._path(sha256)

    def size(self, sha256: str) -> int | None:
        """How many bytes; None where they are not kept here."""
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes kept under that name are still those: reads all of them."""
        try:
            with self._path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def kept(self) -> Iterator[str]:
        """The SHA-256 of everything that is kept here, in no order."""
        for path in self.folder.glob("??/*"):
            if len(path.name) == 64 and set(path.name) <= set("0123456789abcdef"):
                yield path.name

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not the SHA-256 of something kept")
        return self.folder / sha256[:2] / sha256


def settle(folder: Path) -> None:
    """The name itself on the disk, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
