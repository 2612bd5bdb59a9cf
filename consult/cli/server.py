"""The server that `serve` and `demo` run: gunicorn with threads, started by its own interface."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from consult import create_app
from consult.config import Settings


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our application and options; `ready` is called once it listens."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def run(settings: Settings, *, host: str, port: int, workers: int, threads: int, ready: Callable[[Any], None] | None = None) -> int:
    """Serves until SIGTERM; the children end with it. Raises ClickException on a database that is not at the newest revision."""
    app = create_app(settings)
    refuse_unmigrated(app)
    options: dict[str, Any] = {
        "bind": f"{host}:{port}", "workers": workers, "threads": threads, "worker_class": "gthread", "accesslog": None, "loglevel": "warning",
        "graceful_timeout": 20, "timeout": 60, "proc_name": "consult", "control_socket_disable": True,
    }  # fmt: skip
    if ready:
        options["when_ready"] = ready
    Server(app, {name: value for name, value in options.items() if name in _known()}).run()
    return 0


def _known() -> set[str]:
    from gunicorn.config import KNOWN_SETTINGS

    return {setting.name for setting in KNOWN_SETTINGS}


def refuse_unmigrated(app: Flask) -> None:
    from consult.extensions import db
    from consult.schema import newest_revision, stored_revision

    with app.app_context():
        found, wanted = stored_revision(db.engine), newest_revision()
        db.engine.dispose()  # connections do not survive the fork into workers
    if found != wanted:
        raise click.ClickException(f"the database is at revision {found}, the program at {wanted}: run consult init first")
