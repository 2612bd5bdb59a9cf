"""`consult demo`: the whole walk on this machine, from an empty or earlier demo folder to a server in the foreground."""

import secrets
import sqlite3
import sys
from pathlib import Path
from typing import Any

import click

MARK = "consult-demo.txt"
"""Stands in a folder that a demonstration made: nothing else is ever overwritten."""


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one")
@click.option("--data", default="demo-data", show_default=True, type=click.Path(path_type=Path, file_okay=False))
def demo(port: int, data: Path) -> None:
    """Seed a demonstration in a folder and serve it. Never touches the database named by CONSULT_DATABASE_URL."""
    from consult import clock, create_app
    from consult.cli.server import run
    from consult.config import Settings
    from consult.demo.seed import seed
    from consult.extensions import db
    from consult.schema import migrate_database

    _prepare(data)
    key = data / "secret-key.txt"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        key.chmod(0o600)
    settings = Settings(
        database_url=f"sqlite:///{(data / 'consult.db').resolve()}", secret_key=key.read_text(encoding="utf-8"), secure_cookies=False
    )
    app = create_app(settings)
    with app.app_context():
        migrate_database(db.engine)
        for mail, password in seed(now=clock.now()).items():
            click.echo(f"account {mail} password {password}")
        db.engine.dispose()
    port = port or _free_port()
    sys.stdout.flush()

    def ready(_server: Any) -> None:
        print(f"ready http://127.0.0.1:{port}/", flush=True)

    sys.exit(run(settings, host="127.0.0.1", port=port, workers=2, threads=8, ready=ready))


def _prepare(data: Path) -> None:
    """An empty folder, or one of an earlier demonstration, which begins anew: its dates follow today."""
    mark = data / MARK
    if data.exists() and any(data.iterdir()) and not mark.exists():
        raise click.ClickException(f"{data} holds something else; name an empty folder with --data")
    data.mkdir(parents=True, exist_ok=True)
    mark.write_text("Made by consult demo; each start makes it anew.\n", encoding="utf-8")
    database = data / "consult.db"
    if database.exists():
        try:
            with sqlite3.connect(database, timeout=1) as held:
                held.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.OperationalError as error:
            raise click.ClickException(
                f"a demonstration is running on {data}: stop it first, or name another folder with --data"
            ) from error
    for name in ("consult.db", "consult.db-wal", "consult.db-shm"):
        (data / name).unlink(missing_ok=True)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
