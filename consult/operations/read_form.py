"""Reading a filled form against its round; nothing is stored."""

from collections.abc import Sequence
from dataclasses import replace

from consult.core.body import Body
from consult.core.comment_form import FormReading, read_form_tables
from consult.core.comment_form.headings import first_rows, header_roles
from consult.core.comment_form.particulars import MadeFor, made_for
from consult.core.comment_form.read import FormRow
from consult.core.problem import Problem, Refused
from consult.exchange.form_tables import read_form_tables_of
from consult.mail.message import in_language
from consult.queries.comment_form import form_source, known_of
from consult.queries.consultations import RoundSeen, consultation
from consult.wording.comment_form import blank_form, prefilled_words


def read_filled_form(data: bytes, name: str, *, consultation_slug: str, number: int, languages: Sequence[str], body: Body) -> FormReading:
    """The rows of a form in any of the readable formats. Raises Refused: what cannot be read (see `read_form_tables_of`), `unknown_round`,
    `no_comment_table` for words without any table of comments, such as a letter: a person reads that.

    A form of another consultation is read as what it is, and none of its rows is placed here.
    """
    tables = read_form_tables_of(data, name)
    round_ = _round(consultation_slug, number, languages)
    if round_ is None:
        raise Refused(Problem("unknown_round"))
    prefilled = _prefilled(consultation_slug, number, languages, body)
    made = made_for(tables)
    made_at = _round(made.consultation, made.round, languages) if made else None
    if made is None and any(table.rows for table in tables) and not any(header_roles(row) for table in tables for row in first_rows(table)):
        raise Refused(Problem("no_comment_table"))
    if made is None or made_at is None or (made.consultation, made.round) == (consultation_slug, number):
        return read_form_tables(tables, known_of(round_), prefilled=prefilled)
    prefilled |= _prefilled(made.consultation, made.round, languages, body, texts=True)
    if made.consultation != consultation_slug:
        found = read_form_tables(tables, known_of(made_at), prefilled=prefilled)
        return replace(found, rows=tuple(_unplaced(row) for row in found.rows))
    found = read_form_tables(tables, known_of(round_), prefilled=prefilled)
    now = {each.version.standard: each.version.name for each in round_.documents}
    return replace(found, rows=tuple(_older(row, made, now) for row in found.rows))


def _round(slug: str, number: int, languages: Sequence[str]) -> RoundSeen | None:
    found = consultation(slug, languages[0])
    return found.round(number) if found else None


def _unplaced(row: FormRow) -> FormRow:
    return replace(row, kind=None, standard=None, number=None, baseline=None, further=(), doubts=("other_consultation", *row.doubts))


def _older(row: FormRow, made: MadeFor, now: dict[str, str]) -> FormRow:
    """A row about a text that has changed since the form was made says so."""
    if row.standard not in made.versions or made.versions[row.standard] == now.get(row.standard):
        return row
    return replace(row, doubts=("older_form", *row.doubts))


def _prefilled(slug: str, number: int, languages: Sequence[str], body: Body, *, texts: bool = False) -> set[str]:
    """What stands in the blank forms of a round; with `texts` those of its clauses too."""
    words: set[str] = set()
    for language in languages:
        source = form_source(consultation_slug=slug, number=number, language=language)
        if source is not None:
            with in_language(language):
                words.update(prefilled_words(blank_form(source, language=language, body=body)))
            if texts:
                words.update(clause.plain for document in source.documents for clause in document.clauses if clause.plain.strip())
    return words
