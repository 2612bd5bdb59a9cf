"""`consult worker`: what happens after the answer to a request. Now: mails from the outbox."""

import signal
import threading

import click

from consult.cli.application import application

PAUSE = 5.0
"""Seconds between looks into the outbox when it was empty."""


@click.command()
@click.option("--once", is_flag=True, help="Work off what is due now, then end.")
def worker(once: bool) -> None:
    """Send mails from the outbox. Several workers may run; SIGTERM ends one after the mail it is at."""
    from flask import current_app
    from sqlalchemy.exc import SQLAlchemyError

    from consult.extensions import db
    from consult.jobs.deliver import deliver_mails

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with application():
        if not current_app.config["SETTINGS"].smtp_url:
            click.echo("CONSULT_SMTP_URL is not set: mails stay in the outbox", err=True)
        while not stop.is_set():
            try:
                tried = deliver_mails()
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
