"""`consult export`: all comments of a round as the public, the committee or the secretariat sees them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from consult.cli.application import application

if TYPE_CHECKING:
    from consult.core.export_row import Summary
    from consult.core.visibility import Viewer
    from consult.exchange.comment_formats import Format


@click.command(short_help="Write all comments of a round to a file.")
@click.argument("round_", metavar="ROUND")
@click.option("--as", "viewer", type=click.Choice(["public", "committee", "secretariat"]), required=True, help="Whose eyes.")
@click.option("--format", "ending", type=click.Choice(["csv", "json", "xlsx", "docx", "pdf"]), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option("--language", default="en", show_default=True, help="Of headings and words in xlsx, docx and pdf; csv and json hold codes.")
def export(round_: str, viewer: "Viewer", ending: "Format", output: Path, language: str) -> None:
    """Write all comments of ROUND, such as performance-standard-v3/2, to a file. Totals go to standard error.

    What may not be read stands as a row without text. Exports for the committee and the secretariat are on record.
    """
    from consult import clock
    from consult.exchange.comment_formats import write_comments
    from consult.mail.message import in_language
    from consult.operations.export import record_export
    from consult.operations.record import OPERATOR
    from consult.queries.comment_export import comment_export, exported_round
    from consult.wording.comment_sheet import sheet_words

    with application() as app:
        if language not in app.config["SETTINGS"].languages:
            raise click.BadParameter(f"one of {', '.join(app.config['SETTINGS'].languages)}", param_hint="--language")
        consultation, number = _named(round_)
        found = exported_round(consultation=consultation, number=number)
        if found is None:
            raise click.ClickException(f"there is no round {round_}")
        now = clock.now()
        words = sheet_words(language=language, body=app.config["BODY"], titles=found.titles, standards=found.standards)
        with _whole(output) as file, in_language(language), comment_export(of=found, viewer=viewer, now=now, language=language) as made:
            write_comments(
                file, ending, made.rows, made.summary, words, dated=found.opens_at, endorsements=made.endorsements, answers=made.answers
            )
        if viewer != "public":
            record_export(
                consultation=consultation, round=number, viewer=viewer, ending=ending, rows=made.summary.listed, filters={},
                by=OPERATOR, now=now,
            )  # fmt: skip
    _tell(made.summary)


def _named(round_: str) -> tuple[str, int]:
    consultation, _, number = round_.rpartition("/")
    if not consultation or not number.isascii() or not number.isdigit():
        raise click.BadParameter("a consultation and the number of a round, such as performance-standard-v3/2", param_hint="ROUND")
    return consultation, int(number)


@contextmanager
def _whole(output: Path) -> Iterator[BinaryIO]:
    """The file under its name only when it is complete: what goes wrong leaves an earlier one as it was."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            yield file
        beside.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def _tell(summary: "Summary") -> None:
    states = ", ".join(
        f"{state} {summary.by_state.get(state, 0)}" for state in ("pending", "cleared", "held", "withheld", "withdrawn", "erased")
    )
    click.echo(
        f"{summary.consultation}/{summary.round} as {summary.viewer}: received {summary.received} ({states}); rows {summary.listed}"
        + (f"; submissions with answers only {summary.answers_only}" if summary.answers_only else ""),
        err=True,
    )
