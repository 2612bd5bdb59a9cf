"""`consult serve`: the production server."""

import sys

import click

from consult.cli.application import settings
from consult.core.health import SHORTEST_KEY


@click.command(short_help="Run the production server.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Requests a process answers at a time.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the application until SIGTERM. Refuses to start without CONSULT_SECRET_KEY or on a database that is not migrated."""
    found = settings()
    if len(found.secret_key) < SHORTEST_KEY:
        raise click.ClickException(
            f"CONSULT_SECRET_KEY is missing or shorter than {SHORTEST_KEY} characters: set it to a long random value and keep it"
        )
    from consult.cli.server import run

    sys.exit(run(found, host=host, port=port, workers=workers, threads=threads))
