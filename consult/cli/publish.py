"""`consult publish`: drafts become published versions with their changes."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from consult.cli.application import application, refusals_said, say
from consult.cli.word_options import word_options
from consult.core.problem import Refused

if TYPE_CHECKING:
    from consult.exchange.word_draft import Tracked


@click.command(short_help="Publish versions and their changes.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--correct", metavar="LANG", help="Store the files of this language as a correction of a published translation.")
@click.option("--reason", metavar="TEXT", help="Why the translation is corrected; readers see it.")
@word_options
@refusals_said
def publish(
    paths: tuple[Path, ...], correct: str | None, reason: str | None, standard: str, version: str, language: str, tracked: "Tracked"
) -> None:
    """Publish the versions in files or folders: all of them or, where one has an error, none. Markdown or Word (.docx).

    The languages of one version go together, versions after their baselines. The same files again change nothing; another text for a
    published version is refused with the lines that differ.
    """
    from consult import clock
    from consult.exchange.draft_file import Known
    from consult.exchange.draft_folder import read_versions
    from consult.operations.publish import publish_versions
    from consult.operations.published import correct_translation
    from consult.operations.record import OPERATOR

    if (correct is None) != (reason is None):
        raise click.UsageError("--correct and --reason go together")
    versions, problems = read_versions(paths, Known(standard, version, language, tracked))
    say(problems)
    if any(problem.grade == "error" for problem in problems):
        _nothing()
    if correct and (without := [f"{each.standard}/{each.version}" for each in versions if correct not in each.drafts]):
        raise click.ClickException(f"there is no file in {correct} here for {', '.join(without)}")
    with application() as app:
        if correct:
            for each in versions:
                count = correct_translation(source=each, language=correct, reason=reason or "", by=OPERATOR, now=clock.now())
                click.echo(f"{each.standard}/{each.version}: {count} clauses of {correct} corrected")
            return
        languages = app.config["SETTINGS"].languages
        try:
            published = publish_versions(sources=versions, languages=languages, by=OPERATOR, now=clock.now())
        except Refused as refused:
            say(refused.problems)
            _nothing()
        for done in published:
            click.echo(f"{done.standard}/{done.version}: {done.outcome}, {done.clauses} clauses in {', '.join(done.languages)}")


def _nothing() -> NoReturn:
    click.echo("nothing was published", err=True)
    sys.exit(1)
