"""`consult backup` and `consult restore` as they are run: beside processes that write, stopped half way, from an older program."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from consult import clock
from consult.cli.application import application
from consult.exchange.backup_file import BackupWriter
from consult.extensions import prepare
from consult.schema import migrate_database, newest_revision
from tests import factories
from tests.cli.conftest import Run
from tests.support.database import BOTH, on_sqlite

KEY = "only for tests, but long"
WRITER = """
import sys
from consult import clock, create_app
from consult.config import Settings
from consult.extensions import db
from consult.operations.attach import Upload, attach_files
from consult.operations.submit import submit
from tests import factories

with create_app(Settings.from_environment()).app_context():
    for number in range(100_000):
        key, now = f"{sys.argv[1]}-{number}", clock.now()
        attach_files(
            consultation=factories.CONSULTATION, round_number=1, key=key, files=[Upload("note.txt", key.encode())], token=None, opened_at=now,
            address="192.0.2.7", now=now,
        )
        print(submit(form=factories.form(factories.new_comment(), key=key), now=now).comments[0], flush=True)
        db.session.remove()
"""
HELD = """
import time
from consult.operations.backup import make
make._sign = lambda *_: (print("at it", flush=True), time.sleep(60))
from consult.cli import main
main()
"""


@pytest.fixture
def env(stored: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of the installation that is backed up, for commands here and in processes of their own."""
    monkeypatch.setenv("CONSULT_FILES", str(tmp_path / "files"))
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def elsewhere(request: pytest.FixtureRequest, database: str, folder: Path, name: str) -> dict[str, str]:
    """Settings of another machine with nothing on it."""
    url = f"sqlite:///{folder / name}.db" if database.startswith("sqlite") else request.getfixturevalue("cluster").create(name)
    return {"CONSULT_DATABASE_URL": url, "CONSULT_FILES": str(folder / f"{name}-files")}


@on_sqlite
def test_what_the_commands_say(run: Run, env: dict[str, str], database: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with application():
        factories.round_of(now=clock.now())
        factories.comment(now=clock.now())
    file = tmp_path / "a.tar"
    made = run("backup", file)
    counts = "1 events, 1 submissions, 1 comments, 0 files"
    expected = f"{file}: {file.stat().st_size} bytes, sqlite at revision {newest_revision()}, {counts}\n"
    assert (made.exit_code, made.stdout, made.stderr) == (0, expected, "")
    again = run("backup", file)
    assert (again.exit_code, again.stderr) == (1, f"Error: {file} is there already: choose another name, or replace it with --force\n")
    place = elsewhere(request, database, tmp_path, "new")
    other = run("restore", file, **place, CONSULT_SECRET_KEY="another key that is long")
    assert (other.exit_code, "CONSULT_SECRET_KEY is not the key that the backup was made with" in other.stderr) == (1, True)
    back = run("restore", file, **place)
    assert back.exit_code == 0, back.output
    first, *rest = back.stdout.splitlines()
    assert re.fullmatch(rf"restored what was there at [-0-9]+ [:0-9]+ UTC: {counts}", first)
    assert rest == [
        f"the database is at revision {newest_revision()}, as before", "2 published versions searched for citations and terms",
        "1 comments recounted, 2 events looked at",
    ]  # fmt: skip
    assert "1 mails wait in the outbox" in back.stderr
    assert "what was erased, withdrawn or withheld after that is as it was before" in back.stderr
    assert run("verify", **place).stdout == "1 comments recounted, 3 events looked at\n"


@pytest.mark.long
@on_sqlite
def test_guards_that_were_missing_in_the_backup_are_named(run: Run, env: dict[str, str], database: str, tmp_path: Path) -> None:
    with create_engine(database).connect() as connection:
        connection.execute(text("drop trigger event_no_delete"))
    assert run("backup", tmp_path / "a.tar").exit_code == 0
    back = run("restore", tmp_path / "a.tar", CONSULT_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}", CONSULT_FILES=str(tmp_path / "new"))
    assert (back.exit_code, back.stderr.splitlines()[-1].rpartition(": ")[2]) == (1, "event_no_delete")


@pytest.mark.long
@pytest.mark.parametrize("database", BOTH, indirect=True)
def test_backups_beside_processes_that_write_hold_all_that_was_acknowledged(
    run: Run, env: dict[str, str], database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Reliability item 13: two backups in a row under load; each restored elsewhere, sound, with every comment acknowledged before it began."""
    with application():
        factories.round_of(now=clock.now())
    outs = [tmp_path / f"acknowledged-{number}" for number in range(2)]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, f"w{number}"], stdout=out.open("wb"), env=env, cwd=tmp_path)
        for number, out in enumerate(outs)
    ]

    def acknowledged() -> set[str]:
        return {
            line.decode()
            for out in outs
            for line in out.read_bytes().splitlines(keepends=True)
            if line.endswith(b"\n")
            for line in [line.strip()]
        }

    before: list[set[str]] = []
    try:
        until = time.monotonic() + 60
        while min(len(out.read_bytes()) for out in outs) == 0:
            assert time.monotonic() < until
            time.sleep(0.1)
        for number in range(2):
            before.append(acknowledged())
            done = subprocess.run(
                [sys.executable, "-m", "consult", "backup", tmp_path / f"{number}.tar"],
                env=env,
                cwd=tmp_path,
                capture_output=True,
                text=True,
            )
            assert (done.returncode, done.stderr) == (0, "")
            assert acknowledged() > before[-1]  # nobody waited
        assert [writer.poll() for writer in writers] == [None] * 2
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    for number, held in enumerate(before):
        place = elsewhere(request, database, tmp_path, f"new_{number}")
        assert held <= restored(run, tmp_path / f"{number}.tar", place)


def restored(run: Run, file: Path, place: dict[str, str]) -> set[str]:
    """References of the comments in a database that was brought back, and found sound, with all of its files."""
    back = run("restore", file, **place)
    assert back.exit_code == 0, back.output
    assert run("verify", **place).exit_code == 0
    found = run("doctor", "--deep", "--format", "json", **place).stdout
    assert "files_there" in found
    assert not re.search("files_(missing|resized|damaged|unnamed)|record_wrong|guards_lost|key_other", found)
    engine = create_engine(place["CONSULT_DATABASE_URL"])
    with engine.connect() as connection:
        references = set(connection.execute(text("select reference from comment")).scalars())
    engine.dispose()
    return references


@pytest.mark.long
@on_sqlite
@pytest.mark.parametrize(("stop", "left"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, 1)])
def test_a_backup_that_is_stopped_is_none(env: dict[str, str], stop: signal.Signals, left: int, tmp_path: Path) -> None:
    """Killed outright it leaves a hidden folder, and nothing that ends like a backup."""
    folder = tmp_path / "backups"
    folder.mkdir()
    running = subprocess.Popen([sys.executable, "-c", HELD, "backup", str(folder / "a.tar")], env=env, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert running.stdout.readline() == "at it\n"
    running.send_signal(stop)
    assert running.wait(30) != 0
    running.stdout.close()
    names = os.listdir(folder)
    assert len(names) == left
    assert [name for name in names if not name.startswith(".consult-")] == []


@pytest.mark.long
@on_sqlite
def test_a_backup_of_an_older_program_is_migrated(run: Run, env: dict[str, str], tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(old)
    prepare(engine)
    migrate_database(engine, "0020")
    engine.dispose()
    made = run("backup", tmp_path / "old.tar", CONSULT_DATABASE_URL=old)
    assert (made.exit_code, "sqlite at revision 0020, 0 events" in made.stdout) == (0, True)
    back = run("restore", tmp_path / "old.tar", CONSULT_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert back.exit_code == 0, back.output
    assert f"the database is at revision {newest_revision()}\n" in back.stdout


@on_sqlite
def test_a_full_disk_is_said_in_a_line(run: Run, env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: BackupWriter) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BackupWriter, "close", full)
    done = run("backup", tmp_path / "a.tar")
    assert (done.exit_code, done.stderr) == (1, "Error: [Errno 28] No space left on device\n")
