"""`consult diff`: aligns and compares two draft files. No database, no server; starts at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.application import say
from consult.cli.word_options import tracked_option

if TYPE_CHECKING:
    from consult.core.clause import Draft
    from consult.core.compare import Comparison
    from consult.exchange.draft_file import Known
    from consult.exchange.word_draft import Tracked

STOPS = ("duplicate_number", "no_clauses")
"""Whatever else is wrong with a draft that can be read, it can be compared."""


@click.command(short_help="Compare two drafts, clause by clause.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "docx"]), default="text", show_default=True,
    help="Words marked [-so-] and {+so+}; the exact record; a page; a Word file with tracked changes.",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write there instead of to standard output.")
@click.option("--language", metavar="LANG", default="", help="Language of Word files; none: as their names or texts say.")
@tracked_option
def diff(old: Path, new: Path, form: str, output: Path | None, language: str, tracked: "Tracked") -> None:
    """Compare the draft OLD with the draft NEW, two files of one language, clause by clause. Markdown or Word (.docx).

    Needs no database. What must be doubted (drafts that hardly belong together, a recorded correspondence that the text speaks against) is
    said on standard error. Ends with 2 where a file cannot be read as a draft or a number occurs twice in it.
    """
    from consult.core.compare import compare_fully, doubts
    from consult.core.draft import correspondence
    from consult.exchange.draft_file import Known

    if form == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word file is not for the screen: name one with -o FILE")
    known = Known(language=language, tracked=tracked, guessing=True)
    before, after = _read(old, known), _read(new, known)
    found = compare_fully(before, after, correspondence=correspondence(after, before.version))
    say(doubts(found.alignment, before, after))
    written = _written(form, before, after, found)
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror or error}") from error


def _written(form: str, before: "Draft", after: "Draft", found: "Comparison") -> bytes:
    changes = found.changes
    if form == "docx":
        from consult import clock
        from consult.exchange.redline_docx import redline_docx

        return redline_docx(before, after, changes, at=clock.now())
    from consult.exchange import change_list

    if form == "json":
        return (change_list.as_json(before, after, found) + "\n").encode()
    if form == "html":
        from consult.wording.redline import redline_words

        return change_list.as_html(before, after, changes, redline_words(str)).encode()
    return (change_list.as_text(before, after, changes) + "\n").encode()


def _read(path: Path, known: "Known") -> "Draft":
    """The draft, or the end of the command. Errors that do not stop a comparison are said and no more, as is what a Word file lost."""
    from consult.exchange.draft_file import read_draft_file

    draft, problems = read_draft_file(path, known)
    errors = [problem for problem in problems if problem.grade == "error"]
    say(problem for problem in problems if problem.grade == "error" or problem.code.startswith("word_"))
    if draft is None or any(problem.code in STOPS for problem in errors):
        sys.exit(2)
    return draft
