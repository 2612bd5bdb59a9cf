"""`consult worker`: what happens after the answer to a request: mails from the outbox, reminders, files of versions, closing and deleting."""

import json
import os
import signal
import sys
import threading
from dataclasses import asdict

import click

from consult.cli.application import application

PAUSE = 5.0
"""Seconds between looks into the outbox when it was empty."""


@click.command(short_help="Send mails and reminders, make files, delete what is over.")
@click.option("--once", is_flag=True, help="Work off what is due now, then end.")
@click.option("--attached", is_flag=True, help="Give way to everything else, and end when standard input closes.")
@click.option("--status", is_flag=True, help="Tell what waits in the outbox, since when, and what failed; do nothing.")
@click.option("--format", "ending", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of what --status tells.")
def worker(once: bool, attached: bool, status: bool, ending: str) -> None:
    """Send mails from the outbox and reminders at their instants, read files with comments, compare languages and make the files of versions, put closings on the record, delete what is over
    its time. Several workers may run; SIGTERM ends one after what it is at.
    """
    from flask import current_app
    from sqlalchemy.exc import SQLAlchemyError

    from consult.extensions import db
    from consult.jobs.around import House, close
    from consult.jobs.compare_languages import compare
    from consult.jobs.deliver import deliver_mails
    from consult.jobs.make_files import make_files
    from consult.jobs.read_files import read_files
    from consult.jobs.reminders import look_for_reminders
    from consult.jobs.scan import look_at_files
    from consult.jobs.subscriptions import look_for_news

    if status:
        _tell(ending)
        return
    works = (close, look_for_news, look_for_reminders, deliver_mails, read_files, look_at_files, compare, make_files, House().keep)
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
                tried = sum(work() for work in works)
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


def _tell(ending: str) -> None:
    """A line, or an object, for each kind of row."""
    from consult import clock
    from consult.queries.outbox import outbox_states

    now = clock.now()
    with application():
        states = outbox_states(now)
    if ending == "json":
        click.echo(json.dumps([{**asdict(each), "oldest": each.oldest and each.oldest.isoformat()} for each in states], indent=2))
        return
    for each in states:
        since = f", the oldest for {int((now - each.oldest).total_seconds())} s" if each.oldest else ""
        failed = f"; last error: {each.error}" if each.error else ""
        click.echo(
            f"{each.kind}: {each.waiting} waiting ({each.due} due{since}), {each.retried} tried again, {each.done} done, {each.given_up} given up{failed}"
        )
    if not states:
        click.echo("the outbox is empty")


def _attach(stop: threading.Event) -> None:
    """The demonstration's worker: gives way to its server, and does not outlive it, however that ends."""
    os.nice(19)

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
