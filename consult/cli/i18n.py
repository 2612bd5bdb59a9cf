"""`consult i18n`: from sentences in the code to catalogues and back. For maintainers and translators, in a checkout."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

from consult.resources import PACKAGE, resource

METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
TEMPLATES = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",  # a template that cannot be read is a fault
}
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
WITH_CONTEXT = ((1, "c"), 2)
KEYWORDS = DEFAULT_KEYWORDS | {
    "N_": None,
    "NP_": WITH_CONTEXT,  # marks without translating, with a context, as N_ does without
    "lazy_gettext": None,
    "lazy_pgettext": WITH_CONTEXT,
    "lazy_ngettext": (1, 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}


def extracted() -> Catalog:
    """Every sentence of the code and the templates, with the files that say it."""
    reading: list[str] = []
    found = extract_from_dir(
        PACKAGE, METHODS, {"templates/**": TEMPLATES}, KEYWORDS,
        comment_tags=("i18n:",), strip_comment_tags=True, callback=lambda file, *_: reading.append(file),
    )  # fmt: skip
    template = Catalog(project="consult", charset="utf-8", fuzzy=False)
    try:
        for file, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
            template.add(message, locations=[(f"consult/{file}", 0)], auto_comments=comments, context=context)
    except (SyntaxError, TemplateSyntaxError) as error:
        error.add_note(f"while reading consult/{reading[-1]}")
        raise
    return template


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    for path in sorted(resource("translations").glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=path.parts[-3])


def begun(locale: str) -> Catalog:
    """A catalogue without a sentence, its header free of placeholders and of anything that changes by itself."""
    header = "# Interface of consult in another language: Apache-2.0, as the rest.\n# Brought up to the code by `consult i18n update`."
    return Catalog(
        locale, project="consult", version="1", msgid_bugs_address="-", last_translator="-", language_team="-", fuzzy=False,
        header_comment=header, creation_date=BEGINNING, revision_date=BEGINNING,
    )  # fmt: skip


def write(path: Path, catalogue: Catalog) -> None:
    """Sorted by sentence and without line numbers, so that two people's changes seldom meet in one place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


@click.group()
def i18n() -> None:
    """Extract, update and compile the catalogues of the interface."""


@i18n.command(short_help="Write all sentences into a template (.pot).")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("messages.pot"), show_default=True)
def extract(output: Path) -> None:
    """Write all sentences into a template (.pot) for a translation tool."""
    template = extracted()
    write(output, template)
    click.echo(f"{len(template)} sentences in {output}")


@i18n.command(short_help="Bring the catalogues (.po) up to the code.")
@click.option("--add", metavar="LANGUAGE", help="Begin a catalogue for one more language, such as es or zh_Hant.")
def update(add: str | None) -> None:
    """Bring the catalogues (.po) up to the code: new sentences empty, sentences no longer said dropped."""
    template = extracted()
    if add:
        write(resource("translations") / add / "LC_MESSAGES" / "messages.po", begun(add))
    for path, catalogue in catalogues():
        before = {(message.context, message.id) for message in catalogue if message.id}
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        after = {(message.context, message.id) for message in catalogue if message.id}
        write(path, catalogue)
        empty = sum(not any(_forms(message)) for message in catalogue if message.id)
        click.echo(f"{path.parts[-3]}: {len(after - before)} new, {len(before - after)} dropped, {empty} to translate")


@i18n.command("compile")
def compile_() -> None:
    """Build the binary catalogues (.mo) the application reads."""
    for path, catalogue in catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string or ""]


if __name__ == "__main__":
    i18n()
