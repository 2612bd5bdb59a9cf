"""The storage keeps bytes under their SHA-256, whole or not at all."""

import hashlib
import os
from pathlib import Path

import pytest

from consult.storage import Storage

CONTENT = b"the Entity shall\n" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_was_put_is_given_back_under_its_sha256(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "files")
    assert storage.put(CONTENT) == SHA256
    assert storage.size(SHA256) == len(CONTENT)
    with storage.open(SHA256) as file:
        assert file.read() == CONTENT
    assert kept(tmp_path / "files") == [f"{SHA256[:2]}/{SHA256}"]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(CONTENT)
    written = (tmp_path / SHA256[:2] / SHA256).stat().st_ino
    Storage(tmp_path).put(CONTENT)
    assert (tmp_path / SHA256[:2] / SHA256).stat().st_ino == written
    assert kept(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]


def test_half_a_file_left_by_a_crash_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / SHA256[:2] / SHA256
    path.parent.mkdir()
    path.write_bytes(CONTENT[:100])
    assert Storage(tmp_path).put(CONTENT) == SHA256
    assert path.read_bytes() == CONTENT


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        Storage(tmp_path).put(CONTENT)
    assert kept(tmp_path) == []


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "never-made")
    assert storage.size(SHA256) is None
    with pytest.raises(FileNotFoundError):
        storage.open(SHA256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "report.pdf", SHA256.upper(), SHA256 + "/..", "/" + SHA256])
def test_a_name_from_outside_is_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Storage(tmp_path).open(name)
