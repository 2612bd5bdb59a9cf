"""A backup file is read by its headers: what is not ours in every byte is refused, and says why."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from consult.core.backup import Contents, Manifest, key_fingerprint, manifest_from, refuse_other_key, seal
from consult.core.problem import Refused
from consult.exchange.backup_file import BackupWriter, read_backup
from consult.wording.operating import operating_sentence

FILE, DATABASE = b"we measured it\n" * 100, b"SQLite format 3\0" + bytes(5000)
SUM = hashlib.sha256(FILE).hexdigest()
KEY = "a key that is long enough"
MADE = Manifest(
    consult="0.1.0", made_at=datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC), engine="sqlite",
    contents=Contents("0025", {"installation": 3, "performance-standard-v3": 170}, 49, 74, (SUM,)), database_size=len(DATABASE),
    database_sha256=hashlib.sha256(DATABASE).hexdigest(), files={SUM: len(FILE)}, missing=(), key=key_fingerprint(KEY),
)  # fmt: skip


def written(manifest: bytes | None = None, **other: bytes) -> bytes:
    """A whole backup; `other`: what stands under a name instead (`database`, `file`), or besides."""
    data = MADE.to_bytes() if manifest is None else manifest
    parts = {"database.sqlite": other.get("database", DATABASE), f"files/{SUM}": other.get("file", FILE), "manifest.json": data}
    target = io.BytesIO()
    writer = BackupWriter(target, 1774359067)
    for name, content in (parts | {"seal": seal(KEY, data)}).items():
        writer.add(name, io.BytesIO(content), len(content))
    target.fileno = lambda: 0  # type: ignore[method-assign]
    target.write(bytes(1024))
    return target.getvalue()


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read_backup(io.BytesIO(data)).check()
    (problem,) = refused.value.problems
    return problem.code, operating_sentence(problem)


def all_checked(data: bytes) -> Manifest:
    backup = read_backup(io.BytesIO(data))
    backup.check()
    refuse_other_key(backup.manifest, backup.data, backup.sealed, KEY)
    return backup.manifest


def test_what_was_written_is_read_and_is_a_plain_tar_file() -> None:
    read_backup(io.BytesIO(written())).copy(f"files/{SUM}", target := io.BytesIO())
    assert (all_checked(written()), target.getvalue()) == (MADE, FILE)
    with tarfile.open(fileobj=io.BytesIO(written())) as plain:
        assert plain.getnames() == ["database.sqlite", f"files/{SUM}", "manifest.json", "seal"]
        assert {each.mode for each in plain} == {0o600}


def test_a_backup_cut_anywhere_is_refused() -> None:
    whole = written()
    for length in [0, 1, 511, *range(512, len(whole), 512), len(whole) - 1]:
        assert refusal(whole[:length])[0] in ("backup_truncated", "backup_unreadable"), length
    assert refusal(whole + b"x")[0] == "backup_truncated"


def test_a_byte_changed_anywhere_is_refused() -> None:
    whole = written()
    for place in range(0, len(whole), 31):
        other = bytearray(whole)
        other[place] ^= 0x55
        with pytest.raises(Refused):
            all_checked(bytes(other))


def _with(name: str, kind: bytes = tarfile.REGTYPE, content: bytes = b"", **more: object) -> bytes:
    """A whole backup with one more member in front."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content)
    for key, value in more.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512) + written()


FOREIGN: dict[str, Callable[[], bytes]] = {
    "a path upwards": lambda: _with("../../etc/cron.d/x"),
    "a path from the root": lambda: _with("/etc/passwd"),
    "a path that looks like a file of ours": lambda: _with("files/../consult.db"),
    "a symbolic link": lambda: _with(f"files/{'a' * 64}", tarfile.SYMTYPE, linkname="/etc/passwd"),
    "a hard link": lambda: _with("database.sqlite", tarfile.LNKTYPE, linkname="manifest.json"),
    "a device": lambda: _with("database.sqlite", tarfile.CHRTYPE, devmajor=1, devminor=5),
    "a pipe": lambda: _with("seal", tarfile.FIFOTYPE),
    "a folder": lambda: _with("files/", tarfile.DIRTYPE),
    "a sparse file, small here and huge there": lambda: _with("database.sqlite", tarfile.GNUTYPE_SPARSE, FILE),
    "a name that follows": lambda: _with("././@LongLink", tarfile.GNUTYPE_LONGNAME, b"database.sqlite\0"),
    "a further header": lambda: _with("pax", tarfile.XHDTYPE, b"20 size=99999999999\n"),
    "something of somebody else's": lambda: _with("readme.txt", content=b"hello"),
    "the same name twice": lambda: _with("database.sqlite", content=DATABASE),
    "another file of the right form": lambda: _with(f"files/{'b' * 64}", content=b"b"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_whatever_is_not_ours_is_refused_by_its_header(what: str) -> None:
    code, said = refusal(FOREIGN[what]())
    assert code == "backup_member"
    assert said.endswith("nothing was changed")


def test_sizes_that_are_not_there_reach_nothing() -> None:
    info = tarfile.TarInfo("database.sqlite")
    info.mode, info.size = 0o600, 2**62
    assert refusal(info.tobuf(tarfile.GNU_FORMAT) + b"few")[0] == "backup_truncated"
    info.size = -1
    assert refusal(info.tobuf(tarfile.GNU_FORMAT) + written())[0] == "backup_member"


def _said(**other: object) -> bytes:
    return json.dumps(json.loads(MADE.to_bytes()) | other).encode()


MANIFESTS = {
    "empty": (b"", "backup_unreadable"),
    "no JSON": (b"\xff{", "backup_unreadable"),
    "another thing": (b'{"kind": "recipe"}', "backup_unreadable"),
    "no object": (b"[1]", "backup_unreadable"),
    "deeply nested": (b"[" * 100_000, "backup_unreadable"),
    "a later form": (_said(format=2), "backup_format"),
    "another engine": (_said(engine="oracle"), "backup_unreadable"),
    "a file that is a path": (_said(files={"../../x": 4}), "backup_unreadable"),
    "a size below nothing": (_said(files={SUM: -4}), "backup_unreadable"),
    "an instant without a zone": (_said(made_at="2026-03-24T13:31:07"), "backup_unreadable"),
    "a file more": (_said(files={SUM: len(FILE), "c" * 64: 4}), "backup_part"),
    "a file less": (_said(files={}), "backup_member"),
    "another size": (_said(files={SUM: len(FILE) - 1}), "backup_part"),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_that_does_not_fit_is_refused(what: str) -> None:
    data, code = MANIFESTS[what]
    assert refusal(written(data))[0] == code


def test_bytes_that_the_manifest_does_not_speak_of_are_refused() -> None:
    assert refusal(written(database=DATABASE[:-1] + b"x"))[0] == "backup_sum"
    code, said = refusal(written(file=FILE[:-1] + b"x"))
    assert (code, SUM in said) == ("backup_sum", True)


def test_another_key_is_recognised_and_a_manifest_that_was_changed_too() -> None:
    data, other = MADE.to_bytes(), _said(consult="0.1.1")
    for given, key, sealed, code in (
        (data, "", seal(KEY, data), "backup_key_missing"), (data, "another one", seal(KEY, data), "backup_key_other"),
        (other, KEY, seal(KEY, data), "backup_seal"), (data, KEY, None, "backup_seal"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            refuse_other_key(manifest_from(given), given, sealed, key)
    assert KEY not in written().decode("latin-1")
