"""Reading a filled form against its round; nothing is stored."""

from collections.abc import Sequence

from consult.core.body import Body
from consult.core.comment_form import FormReading, read_form_tables
from consult.core.problem import Problem, Refused
from consult.exchange.form_tables import read_form_tables_of
from consult.mail.message import in_language
from consult.queries.comment_form import form_source, known_of
from consult.queries.consultations import consultation
from consult.wording.comment_form import blank_form, prefilled_words


def read_filled_form(data: bytes, name: str, *, consultation_slug: str, number: int, languages: Sequence[str], body: Body) -> FormReading:
    """The rows of a form in any of the readable formats. Raises Refused: what cannot be read (see `read_form_tables_of`), `unknown_round`."""
    tables = read_form_tables_of(data, name)
    found = consultation(consultation_slug, languages[0])
    round_ = found.round(number) if found else None
    if round_ is None:
        raise Refused(Problem("unknown_round"))
    return read_form_tables(tables, known_of(round_), prefilled=_prefilled(consultation_slug, number, languages, body))


def _prefilled(slug: str, number: int, languages: Sequence[str], body: Body) -> set[str]:
    words: set[str] = set()
    for language in languages:
        source = form_source(consultation_slug=slug, number=number, language=language)
        if source is not None:
            with in_language(language):
                words.update(prefilled_words(blank_form(source, language=language, body=body)))
    return words
