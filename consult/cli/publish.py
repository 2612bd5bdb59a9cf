"""`consult publish`: drafts become published versions with their changes."""

import sys
from pathlib import Path

import click

from consult.cli.application import application, refusals_said, say


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--correct", metavar="LANG", help="store these files as a correction of this translation")
@click.option("--reason", default="", help="why the translation is corrected; readers see it")
@refusals_said
def publish(paths: tuple[Path, ...], correct: str | None, reason: str) -> None:
    """Publish the versions in files or folders; the same files again change nothing."""
    from consult import clock
    from consult.exchange.draft_folder import read_versions
    from consult.operations.publish import publish_versions
    from consult.operations.published import correct_translation
    from consult.operations.record import OPERATOR

    versions, problems = read_versions(paths)
    say(problems)
    if any(problem.grade == "error" for problem in problems):
        click.echo("nothing was published", err=True)
        sys.exit(1)
    with application() as app:
        if correct:
            for version in versions:
                count = correct_translation(source=version, language=correct, reason=reason, by=OPERATOR, now=clock.now())
                click.echo(f"{version.standard}/{version.version}: {count} clauses of {correct} corrected")
            return
        languages = app.config["SETTINGS"].languages
        for done in publish_versions(sources=versions, languages=languages, by=OPERATOR, now=clock.now()):
            click.echo(f"{done.standard}/{done.version}: {done.outcome}, {done.clauses} clauses in {', '.join(done.languages)}")
