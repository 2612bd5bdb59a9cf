"""`consult diff`: aligns and compares two draft files. No database, no server; starts at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.application import say

if TYPE_CHECKING:
    from consult.core.change import Change
    from consult.core.clause import Draft


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "docx"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="write there instead of to standard output")
def diff(old: Path, new: Path, form: str, output: Path | None) -> None:
    """Compare the draft OLD with the draft NEW, clause by clause."""
    from consult.core.compare import compare
    from consult.core.draft import correspondence

    before, after = _read(old), _read(new)
    changes = compare(before, after, correspondence=correspondence(after, before.version))
    written = _written(form, before, after, changes)
    if output:
        output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)


def _written(form: str, before: "Draft", after: "Draft", changes: "tuple[Change, ...]") -> bytes:
    from consult.core.compare import ENGINE

    if form == "docx":
        from consult import clock
        from consult.exchange.redline_docx import redline_docx

        return redline_docx(before, after, changes, at=clock.now())
    from consult.exchange import change_list

    if form == "json":
        return (change_list.as_json(before, after, changes, ENGINE) + "\n").encode()
    if form == "html":
        from consult.wording.redline import redline_words

        return change_list.as_html(before, after, changes, redline_words(str)).encode()
    return (change_list.as_text(before, after, changes) + "\n").encode()


def _read(path: Path) -> "Draft":
    """The draft, or the end of the command: only when the file cannot be read or a number occurs twice."""
    from consult.core.draft import read_draft
    from consult.core.problem import Problem

    try:
        source = path.read_bytes()
    except OSError as error:
        say([Problem("file_unreadable", {"file": str(path)}, {"why": error.strerror or type(error).__name__})])
        sys.exit(2)
    draft, problems = read_draft(source, file=str(path))
    fatal = [problem for problem in problems if problem.code == "duplicate_number" or (draft is None and problem.grade == "error")]
    if draft is None or fatal:
        say(fatal or problems)
        sys.exit(2)
    return draft
