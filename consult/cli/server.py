"""The server that `serve` and `demo` run: gunicorn with threads, started by its own interface."""

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import KNOWN_SETTINGS

from consult import create_app
from consult.cli.application import database_said, refuse_unmigrated
from consult.config import Settings

LONGEST_ADDRESS = 8190
"""Bytes of the first line of a request: selected words travel in it, and a Chinese character takes nine."""
PATIENCE = 20
"""Seconds that requests under way have to end after SIGTERM."""


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our application and options, and nothing from files or its own variables."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def run(
    settings: Settings, *, host: str, port: int, workers: int, threads: int, ready: Callable[[Any], None] | None = None,
    ended: Callable[[Any], None] | None = None, patience: int = PATIENCE,
) -> int:  # fmt: skip
    """Serves until SIGTERM; the children end with it. `ready` is called once it listens, `ended` when it no longer does.

    Raises ClickException on a database that is not at the newest revision, and where the port cannot be had.
    """
    with database_said():
        app = create_app(settings)
        leave_database(app, refuse_unmigrated)
    refuse_taken(host, port)
    options: dict[str, Any] = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}", "workers": workers, "threads": threads, "worker_class": "gthread",
        "accesslog": None, "loglevel": "warning", "graceful_timeout": patience, "timeout": 60, "proc_name": "consult",
        "control_socket_disable": True, "limit_request_line": LONGEST_ADDRESS,
    }  # fmt: skip
    if ready:
        options["when_ready"] = ready
    if ended:
        options["on_exit"] = ended
    known = {setting.name for setting in KNOWN_SETTINGS}
    sys.stdout.flush()  # a pipe's buffer would be copied into every worker
    Server(app, {name: value for name, value in options.items() if name in known}).run()
    return 0


def leave_database(app: Flask, use: Callable[[], None]) -> None:
    """Uses the database, then closes every connection: none may be open when workers are forked, SQLite's least of all."""
    from consult.extensions import db

    with app.app_context():
        try:
            use()
        finally:
            db.session.remove()
            db.engine.dispose()


def refuse_taken(host: str, port: int) -> None:
    """Tries the port as the server will, so that a taken one is said in a line and at once."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}, port {port}: {error.strerror or error}; choose another with --port"
        ) from error


def free_port() -> int:
    with suppress(OSError), socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
    raise click.ClickException("no port is free")
