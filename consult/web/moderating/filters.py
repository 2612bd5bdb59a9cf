"""The filters beside the queue: every choice is a link with its count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext

from consult.core.body import Body
from consult.queries.clause_names import NamedClause
from consult.queries.moderation import Facets, Filter
from consult.queries.standards import VersionSeen
from consult.web.locale import page_language
from consult.web.moderating.room import queue_address
from consult.wording.dates import language_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One value; `language` is that of its text."""

    text: str
    language: str
    address: str
    count: int
    here: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter. `all` is the address without it; `open` shows its entries at once."""

    title: str
    all: str
    chosen: bool
    entries: tuple[Entry, ...]
    open: bool


def choices(
    slug: str, wanted: Filter, facets: Facets, clauses: Mapping[int, NamedClause], documents: Mapping[str, VersionSeen]
) -> tuple[Choice, ...]:
    """The filters with their counts; `documents` of the rounds by standard, told only where there are several."""
    body: Body = current_app.config["BODY"]
    here = page_language()

    def choice(
        title: str, name: str, chosen: str | int | None, found: Iterable[tuple[str | int, str, str, int]], open: bool = False
    ) -> Choice:
        entries = tuple(
            Entry(text, language, queue_address(slug, wanted, **{name: code}), count, chosen == code)
            for code, text, language, count in found
        )
        return Choice(title, queue_address(slug, wanted, **{name: None}), chosen is not None, entries, open or chosen is not None)

    languages = sorted(facets.languages.items(), key=lambda each: (-each[1], each[0]))
    titles = ((slug, each.title, each.language, facets.documents.get(slug, 0)) for slug, each in documents.items())
    return (
        *((choice(gettext("Document"), "document", wanted.standard, titles, open=True),) if len(documents) > 1 else ()),
        choice(
            gettext("Language"), "written", wanted.language,
            ((code, language_text(code, here), here, count) for code, count in languages), open=True,
        ),
        choice(
            gettext("Stakeholder class"), "class", wanted.stakeholder_class,
            ((each.code, body.class_name(each.code, here), here, n) for each in body.classes if (n := facets.classes.get(each.code))),
        ),
        choice(
            gettext("Clause"), "clause", wanted.clause,
            (
                (key, f"{each.label} {each.title}", each.language, facets.clauses[key])
                for key, each in clauses.items() if wanted.standard in (None, each.standard)
            ),
        ),
    )  # fmt: skip
