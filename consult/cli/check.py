"""`consult check`: structure and parity of drafts; no database."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.word_options import word_options
from consult.core.problem import Problem

if TYPE_CHECKING:
    from consult.core.version_files import VersionFiles
    from consult.exchange.draft_file import Known
    from consult.exchange.word_draft import Tracked


@click.command(short_help="Check structure and parity of drafts.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Lines for people or one JSON value."
)
@click.option(
    "--write", "folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
    help="Write there, for each Word file, the text file it was read as, with its figures.",
)  # fmt: skip
@word_options
def check(
    paths: tuple[Path, ...], strict: bool, form: str, folder: Path | None, standard: str, version: str, language: str, tracked: "Tracked"
) -> None:
    """Check drafts: a file, the folder of a version or of a standard, or a whole content folder. Markdown or Word (.docx).

    Ends with 1 on errors, with --strict on warnings too.
    """
    from consult.exchange.draft_file import Known
    from consult.exchange.draft_folder import read_versions

    known = Known(standard, version, language, tracked)
    versions, reading = read_versions(paths, known)
    problems = [*reading, *(problem for version in versions for problem in _between(version, versions))]
    if not any(path.is_dir() for path in paths):  # a single translation may speak of a prevailing text that was not given
        problems = [problem for problem in problems if problem.code != "prevailing_missing"]
    errors = sum(problem.grade == "error" for problem in problems)
    _say_json(versions, problems) if form == "json" else _say_text(versions, problems)
    if folder:
        _write(versions, known, folder)
    sys.exit(1 if errors or (strict and problems) else 0)


def _write(versions: "Sequence[VersionFiles]", known: "Known", folder: Path) -> None:
    """Each Word file as `<its name>.md`, figures under assets/."""
    from consult.exchange.draft_file import is_office, read_word_file

    for path in [Path(file) for version in versions for file in version.files.values() if is_office(Path(file))]:
        found = read_word_file(path, known)
        written = {f"{path.stem}.md": found.source_markdown.encode(), **(found.assets or {})}
        try:
            for name, content in written.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
        click.echo(f"{folder / path.stem}.md", err=True)


def _between(version: "VersionFiles", versions: "Sequence[VersionFiles]") -> Iterator[Problem]:
    """What shows only when files lie side by side. A single file is not missed its other languages."""
    from consult.core.draft import check_version
    from consult.core.parity import parity

    of_standard = [each for each in versions if each.standard == version.standard]
    known = {each.version for each in of_standard} | _beside(version)
    languages = sorted({language for each in of_standard for language in each.drafts})
    yield from check_version(version.drafts, version.annotations, known, languages=languages)
    for language, draft in sorted(version.drafts.items()):
        if language != version.prevails:
            yield from parity(version.main, draft)
    yield from _followed(version, of_standard)


def _followed(version: "VersionFiles", others: "Sequence[VersionFiles]") -> Iterator[Problem]:
    """Whether translations kept step since the main baseline, where that lies among what was given."""
    from consult.core.align import align
    from consult.core.draft import correspondence
    from consult.core.lag import Editions, lag

    before = next((each for name in version.baselines[:1] for each in others if each.version == name), None)
    if before is None or version.prevails not in before.drafts:
        return
    prevailing = Editions(before.drafts[version.prevails], version.main)
    links = align(prevailing.old, prevailing.new, correspondence=correspondence(version.main, before.version))
    for language, draft in sorted(version.drafts.items()):
        if language != version.prevails and language in before.drafts:
            yield from lag(prevailing, Editions(before.drafts[language], draft), links)


def _beside(version: "VersionFiles") -> set[str]:
    """Versions whose folders lie beside this one's, so that a version can be checked by itself."""
    folders = {Path(file).resolve().parent.parent for file in version.files.values()}
    return {each.name for folder in folders for each in folder.iterdir() if each.is_dir() and any(each.glob("*.md"))}


def _say_text(versions: "Sequence[VersionFiles]", problems: Sequence[Problem]) -> None:
    from consult.wording.problems import problem_sentence

    for problem in problems:
        click.echo(f"{problem.grade}: {problem_sentence(problem, str)}")
    for version in versions:
        if not (version.standard and version.version):
            continue  # its front matter could not be read, which was said
        languages = ", ".join(sorted(version.drafts))
        click.echo(f"{version.standard}/{version.version}: {len(version.main.numbered)} clauses in {languages}")
    errors = sum(problem.grade == "error" for problem in problems)
    click.echo(f"errors: {errors}, warnings: {len(problems) - errors}")


def _say_json(versions: "Sequence[VersionFiles]", problems: Sequence[Problem]) -> None:
    from consult.wording.problems import bare_sentence

    errors = sum(problem.grade == "error" for problem in problems)
    found = {
        "versions": [
            {
                "standard": version.standard,
                "version": version.version,
                "languages": sorted(version.drafts),
                "clauses": len(version.main.numbered),
            }
            for version in versions
        ],
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [
            {
                "code": problem.code,
                "grade": problem.grade,
                "where": problem.where,
                "params": problem.params,
                "sentence": bare_sentence(problem, str),
            }
            for problem in problems
        ],
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
