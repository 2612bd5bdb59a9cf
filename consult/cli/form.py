"""`consult form` and `consult import-form`: the blank comment form of a round, and a filled one taken in."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from consult.cli.application import application

if TYPE_CHECKING:
    from consult.core.comment_form import FormReading
    from consult.core.problem import Refused

ROUND = "a consultation and the number of a round, such as performance-standard-v3/2"


@click.command(short_help="Write the blank comment form of a round.")
@click.argument("round_", metavar="ROUND")
@click.option("--language", default="en", show_default=True, help="Of the form.")
@click.option("--activities", default="", metavar="a,b", help="Only clauses that bind these activities.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE(.xlsx|.docx)")
def form(round_: str, language: str, activities: str, output: Path) -> None:
    """Write the blank comment form of ROUND, such as performance-standard-v3/2, as a workbook or a Word document."""
    from consult.exchange.form_docx import form_docx
    from consult.exchange.form_xlsx import form_xlsx
    from consult.mail.message import in_language
    from consult.queries.comment_form import form_source
    from consult.wording.comment_form import blank_form

    writers = {".xlsx": form_xlsx, ".docx": form_docx}
    if output.suffix.lower() not in writers:
        raise click.BadParameter("the name ends in .xlsx or .docx", param_hint="-o")
    consultation, number = named(round_)
    with application() as app:
        if language not in app.config["SETTINGS"].languages:
            raise click.BadParameter(f"one of {', '.join(app.config['SETTINGS'].languages)}", param_hint="--language")
        known = [each.code for each in app.config["BODY"].activities]
        chosen = [each for each in activities.split(",") if each]
        if unknown := [each for each in chosen if each not in known]:
            raise click.BadParameter(f"there is no activity {unknown[0]}; there are {', '.join(known)}", param_hint="--activities")
        found = form_source(consultation_slug=consultation, number=number, language=language)
        if found is None:
            raise click.ClickException(f"there is no round {round_}")
        with in_language(language):
            blank = blank_form(found, language=language, body=app.config["BODY"], activities=chosen)
        try:
            output.write_bytes(writers[output.suffix.lower()](blank, dated=found.window.opens))
        except OSError as error:
            raise click.ClickException(f"{output}: {error.strerror}") from error


@click.command("import-form", short_help="Take in a filled comment form.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--round", "round_", required=True, metavar="ROUND", help="Such as performance-standard-v3/2.")
@click.option("--dry-run", is_flag=True, help="Read and tell; store nothing.")
@click.option("--format", "ending", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of what was understood.")
def import_form(file: Path, round_: str, dry_run: bool, ending: Literal["text", "json"]) -> None:
    """Read a filled comment form for ROUND: XLSX, ODS, DOCX or CSV, our own or any table with a clause and a comment column.

    What is placed is handed in as one submission; rows without a clause are told and left out. The same file again adds nothing.
    """
    from consult import clock
    from consult.core.problem import Refused
    from consult.operations.read_form import read_filled_form
    from consult.operations.record import OPERATOR
    from consult.operations.take_in import take_in_form

    consultation, number = named(round_)
    data = file.read_bytes()
    with application() as app:
        languages, body = app.config["SETTINGS"].languages, app.config["BODY"]
        try:
            reading = read_filled_form(data, file.name, consultation_slug=consultation, number=number, languages=languages, body=body)
            receipt = None
            if not dry_run:
                receipt = take_in_form(
                    reading, data=data, consultation=consultation, number=number, languages=languages, body=body, by=OPERATOR,
                    now=clock.now(),
                )  # fmt: skip
        except Refused as refused:
            raise click.ClickException(_worded(refused, file.name)) from refused
    click.echo(json.dumps(told(reading), ensure_ascii=False, indent=1) if ending == "json" else _text(reading))
    if receipt is not None:
        click.echo(f"{'already taken in' if receipt.again else 'taken in'} as {receipt.reference}: {', '.join(receipt.comments)}", err=True)
    elif not dry_run:
        click.echo("nothing was taken in: no row is placed", err=True)


def _worded(refused: "Refused", file: str) -> str:
    from consult.wording.problems import problem_sentence

    return "; ".join(f"{file}: {problem_sentence(problem, str)}" for problem in refused.problems)


def told(reading: "FormReading") -> dict[str, Any]:
    """What was understood, in the fixed shape: see the README."""
    placed = sum(row.placed for row in reading.rows)
    return {
        "rows": len(reading.rows),
        "placed": placed,
        "unplaced": len(reading.rows) - placed,
        "lost": reading.lost,
        "comments": [
            {
                "sheet": row.sheet, "row": row.row, "target": row.kind, "standard": row.standard, "number": row.number, "written": row.number_said,
                "further": list(row.further), "comment": row.comment, "proposed": row.proposed, "rationale": row.rationale,
                "evidence": row.evidence, "position": row.position, "type": row.type, "element": row.element, "doubts": list(row.doubts),
                "extra": [list(each) for each in row.extra],
            }
            for row in reading.rows
        ],
        "particulars": dict(reading.particulars),
        "left": [{"sheet": name, "cells": cells} for name, cells in reading.left],
    }  # fmt: skip


def _text(reading: "FormReading") -> str:
    from consult.wording.terms import term

    placed = sum(row.placed for row in reading.rows)
    lines = [f"{placed} of {len(reading.rows)} rows placed"]
    for row in reading.rows:
        where = f"{row.standard or ''} {row.number or row.kind or 'not placed'}".strip()
        words = " ".join((row.comment or row.proposed).split())
        lines.append(f"{row.sheet} row {row.row}: {where}: {words[:100]}{'…' if len(words) > 100 else ''}")
        lines += [f"    {term('doubt', doubt, str)}" for doubt in row.doubts]
    return "\n".join(lines)


def named(round_: str) -> tuple[str, int]:
    consultation, _, number = round_.rpartition("/")
    if not consultation or not number.isascii() or not number.isdigit():
        raise click.BadParameter(ROUND, param_hint="ROUND")
    return consultation, int(number)
