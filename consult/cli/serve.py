"""`consult serve`: the production server."""

import sys

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the application. Refuses to start without CONSULT_SECRET_KEY or on a database that is not migrated."""
    from consult.cli.server import run
    from consult.config import Settings

    try:
        settings = Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if len(settings.secret_key) < 16:
        raise click.ClickException("CONSULT_SECRET_KEY is missing or shorter than 16 characters: set it to a long random value and keep it")
    sys.exit(run(settings, host=host, port=port, workers=workers, threads=threads))
