"""`consult worker`: what happens after the answer to a request: mails from the outbox, and files of versions."""

import os
import signal
import sys
import threading

import click

from consult.cli.application import application

PAUSE = 5.0
"""Seconds between looks into the outbox when it was empty."""


@click.command()
@click.option("--once", is_flag=True, help="Work off what is due now, then end.")
@click.option("--attached", is_flag=True, help="Give way to everything else, and end when standard input closes.")
def worker(once: bool, attached: bool) -> None:
    """Send mails from the outbox and make the files of versions. Several workers may run; SIGTERM ends one after what it is at."""
    from flask import current_app
    from sqlalchemy.exc import SQLAlchemyError

    from consult.extensions import db
    from consult.jobs.deliver import deliver_mails
    from consult.jobs.make_files import make_files
    from consult.jobs.subscriptions import look_for_news

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if attached:
        _attach(stop)
    with application():
        if not current_app.config["SETTINGS"].smtp_url and not attached:
            click.echo("CONSULT_SMTP_URL is not set: mails stay in the outbox", err=True)
        while not stop.is_set():
            try:
                tried = look_for_news() + deliver_mails() + make_files()
            except SQLAlchemyError as error:
                if once:
                    raise
                click.echo(f"the database does not answer ({type(error).__name__}); trying again", err=True)
                tried = 0
            finally:
                db.session.remove()
            if once and not tried:
                return
            if not tried:
                stop.wait(PAUSE)


def _attach(stop: threading.Event) -> None:
    """The demonstration's worker: gives way to its server, and does not outlive it, however that ends."""
    os.nice(19)

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
