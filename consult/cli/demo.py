"""`consult demo`: the whole walk on this machine, from an empty or earlier demo folder to a server in the foreground."""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from consult.demo.rooms import DemoLink

MARK = "consult-demo.txt"
"""Stands in a folder that a demonstration made: nothing else is ever overwritten. Locked while one runs."""
FILES = "consult-files"
PATIENCE = 3
"""Seconds that requests under way have to end after SIGTERM."""


@click.command(short_help="Show the whole walk with seeded data.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option(
    "--data", default="demo-data", show_default=True, metavar="DIR", type=click.Path(path_type=Path), help="Empty, or of an earlier demo."
)
def demo(port: int, data: Path) -> None:
    """Seed a demonstration in a folder and serve it on 127.0.0.1 until SIGTERM or Ctrl-C.

    Each start begins anew: all dates follow today. Prints the accounts, then one line `ready http://127.0.0.1:PORT/`. Never touches the
    database named by CONSULT_DATABASE_URL.
    """
    from consult.cli.application import settings as environment
    from consult.cli.server import free_port, refuse_taken, run
    from consult.config import Settings
    from consult.demo.seed import ACCOUNTS

    port = port or free_port()
    refuse_taken("127.0.0.1", port)  # before the seeding, which takes seconds
    held = _prepare(data)
    settings = Settings(
        database_url=f"sqlite:///{(data / 'consult.db').resolve()}", secret_key=_key(data / "secret-key.txt"), secure_cookies=False,
        files=str((data / FILES).resolve()), least_seconds=environment().least_seconds,
    )  # fmt: skip
    roles = {account.mail: account.role for account in ACCOUNTS}
    accounts, links = _seeded(settings)
    for mail, password in accounts.items():
        click.echo(f"account {mail} password {password} role {roles[mail]}")
    for link in links:
        click.echo(f"room http://127.0.0.1:{port}/en/my/room/enter?link={link.link} as {link.name} ({link.role})")
    sys.stdout.flush()

    working: list[subprocess.Popen[bytes]] = []

    def ready(_server: Any) -> None:
        print(f"ready http://127.0.0.1:{port}/", flush=True)
        working.append(_worker(settings, held))

    def ended(_server: Any) -> None:
        for worker in working:
            worker.kill()  # what it was at is begun again by the next one
            worker.wait()

    with held:
        sys.exit(run(settings, host="127.0.0.1", port=port, workers=2, threads=8, ready=ready, ended=ended, patience=PATIENCE))


def _worker(settings: Any, held: IO[str]) -> "subprocess.Popen[bytes]":
    """`consult worker` beside the server: makes the files of the versions while people look. Ends when our end of its input is gone."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_") or name.startswith("CONSULT_TEST_")}
    told = {
        "CONSULT_DATABASE_URL": settings.database_url, "CONSULT_SECRET_KEY": settings.secret_key, "CONSULT_FILES": settings.files,
        "CONSULT_SECURE_COOKIES": "0",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "consult", "worker", "--attached"],
        env=given | told, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[held.fileno()],
    )  # fmt: skip


def _seeded(settings: Any) -> "tuple[dict[str, str], list[DemoLink]]":
    """Mail -> password of the accounts, and what opens the room of an association for its members."""
    from consult import clock, create_app
    from consult.cli.server import leave_database
    from consult.demo.rooms import prepare_room
    from consult.demo.seed import CONSULTATION, seed
    from consult.extensions import db
    from consult.schema import migrate_database

    accounts: dict[str, str] = {}
    links: list[DemoLink] = []

    def fill() -> None:
        migrate_database(db.engine)
        now = clock.now()
        accounts.update(seed(now=now))
        links.extend(prepare_room(consultation=CONSULTATION, number=2, now=now).links)

    leave_database(create_app(settings), fill)
    return accounts, links


def _prepare(data: Path) -> IO[str]:
    """Makes or empties the folder. The file it gives holds the lock until the last process of this demonstration ends."""
    mark = data / MARK
    try:
        if data.exists() and not data.is_dir():
            raise click.ClickException(f"{data} is not a folder; name an empty one with --data")
        if data.exists() and any(data.iterdir()) and not mark.exists():
            raise click.ClickException(f"{data} holds something else; name an empty folder with --data")
        data.mkdir(parents=True, exist_ok=True)
        held = mark.open("a", encoding="utf-8")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"a demonstration is running on {data}: stop it first, or name another folder with --data"
            ) from error
        held.truncate(0)
        held.write("Made by consult demo; each start makes it anew.\n")
        held.flush()
        for name in ("consult.db", "consult.db-wal", "consult.db-shm"):
            (data / name).unlink(missing_ok=True)
        shutil.rmtree(data / FILES, ignore_errors=True)
    except OSError as error:
        raise click.ClickException(f"{data}: {error.strerror or error}; name another folder with --data") from error
    return held


def _key(file: Path) -> str:
    """Kept between starts, so that a form left open still counts."""
    if not file.exists() or not file.stat().st_size:
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32), encoding="utf-8")
    return file.read_text(encoding="utf-8")
