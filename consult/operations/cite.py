"""Finding what published texts refer to, once, and storing it beside them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from consult.core.citation import (
    ENGINE,
    Book,
    DefinedTerm,
    Edition,
    Shelf,
    cited_edition,
    defined_terms,
    edition,
    find_references,
    find_terms,
)
from consult.extensions import writing
from consult.models import CitationIndex, CitationRow, ClauseRow, ClauseText, Standard, TermRow, Version, VersionText
from consult.operations.record import INSTALLATION, Actor, record
from consult.queries.citations import editions


@dataclass(frozen=True, slots=True)
class _Text:
    """The newest revision of a clause's text."""

    id: int
    number: str
    kind: str
    is_leaf: bool
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A term as texts may use it; `version` is "" where the text's own version defines it."""

    standard: str
    number: str
    version: str
    position: int
    forms: tuple[str, ...]


def index_citations(*, by: Actor, now: datetime) -> int:
    """Searches every published version that was not yet searched with these rules; returns how many. Again, it changes nothing."""
    with writing() as session:
        count = store_citations(session)
        if count:
            record(
                session,
                scope=INSTALLATION,
                kind="citations_indexed",
                subject="",
                by=by,
                now=now,
                codes={"versions": count, "engine": ENGINE},
            )
        return count


def store_citations(session: Session) -> int:
    """Inside the transaction of an operation: searches the versions whose texts are new, or in which a new title stands."""
    session.flush()
    stale = _stale(session)
    titles = _titles(session)
    for version, standard in stale:
        _search(session, version, standard, titles)
    session.flush()
    return len(stale)


def _stale(session: Session) -> list[tuple[Version, str]]:
    """Versions to search, in the order of their publication: definitions come before the documents that use them."""
    last = dict(
        session.execute(
            select(ClauseRow.version_id, func.max(ClauseText.id)).join(ClauseText, ClauseText.clause_id == ClauseRow.id).group_by(ClauseRow.version_id)
        ).all()
    )  # fmt: skip
    done = {row.version_id: row for row in session.scalars(select(CitationIndex))}
    every = {title for titles in _titles(session).values() for found in titles.values() for title in found}
    stale = []
    for version, standard in session.execute(
        select(Version, Standard.slug).join(Standard, Standard.id == Version.standard_id).order_by(Version.id)
    ):
        row = done.get(version.id)
        fresh = row is not None and row.engine == ENGINE and row.last_text == last.get(version.id, 0)
        if row is None or not fresh or _stands_in(session, version, every - set(row.titles)):
            stale.append((version, standard))
    return stale


def _stands_in(session: Session, version: Version, titles: Iterable[str]) -> bool:
    """Whether a text of the version, or its own title, has one of the titles (the first letter may be small in running text)."""
    wanted = [title[1:] for title in titles if len(title) > 1]
    if not wanted:
        return False
    texts = (
        select(ClauseText.id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id == version.id, or_(*(ClauseText.text.contains(title, autoescape=True) for title in wanted)))
        .limit(1)
    )
    return session.scalar(texts) is not None


def _titles(session: Session) -> dict[str, dict[str, tuple[str, ...]]]:
    """Standard -> language -> its titles in all versions."""
    found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for slug, language, title in session.execute(
        select(Standard.slug, VersionText.language, VersionText.title)
        .join(Version, Version.id == VersionText.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .order_by(Standard.slug, Version.position)
    ):
        found[slug][language][title] = None
    return {slug: {language: tuple(titles) for language, titles in by_language.items()} for slug, by_language in found.items()}


def _search(session: Session, version: Version, standard: str, titles: dict[str, dict[str, tuple[str, ...]]]) -> None:
    _forget(session, version)
    texts = _texts(session, version)
    numbers = _numbers(session, version, standard)
    versions = editions()
    for language in sorted({text.language for text in texts}):
        books = {
            slug: Book(slug, by_language.get(language, ()), numbers.get(slug, ()), tuple(each.name for each in versions.get(slug, ())))
            for slug, by_language in titles.items()
        }
        shelf = Shelf(books[standard], tuple(book for slug, book in books.items() if slug != standard))
        written = [text for text in texts if text.language == language]
        defined = {text.id: defined_terms(text.title, text.text, is_leaf=text.is_leaf) for text in written if text.kind == "definition"}
        _store_terms(session, defined)
        known = [_Known(standard, text.number, "", term.position, term.forms) for text in written for term in defined.get(text.id, ())]
        citing = edition(versions, standard, version.name)
        if not known and shelf.parent and citing and (lender := cited_edition(versions, citing, shelf.parent.standard)):
            known = _borrowed(session, lender, language)
        rows = [row for text in written for row in _rows(text, standard, shelf, known, defined.get(text.id, ()))]
        if rows:
            session.execute(insert(CitationRow), rows)
    every = sorted({title for by_language in titles.values() for found in by_language.values() for title in found})
    last = max((text.id for text in texts), default=0)
    session.add(CitationIndex(version_id=version.id, engine=ENGINE, last_text=last, titles=every))
    session.flush()


def _forget(session: Session, version: Version) -> None:
    """The rows of an earlier search."""
    texts = select(ClauseText.id).join(ClauseRow, ClauseRow.id == ClauseText.clause_id).where(ClauseRow.version_id == version.id)
    for table in (CitationRow, TermRow):
        session.execute(delete(table).where(table.clause_text_id.in_(texts)), execution_options={"synchronize_session": False})
    session.execute(delete(CitationIndex).where(CitationIndex.version_id == version.id))


def _texts(session: Session, version: Version) -> list[_Text]:
    rows = session.execute(
        select(ClauseRow.id, ClauseRow.number, ClauseRow.kind, ClauseRow.parent_id, ClauseText)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.version_id == version.id)
        .order_by(ClauseText.language, ClauseRow.position, ClauseText.revision)
    ).all()
    parents = {row.parent_id for row in rows}
    newest = {(row.id, row.ClauseText.language): row for row in rows}
    return [
        _Text(row.ClauseText.id, row.number or "", row.kind, row.id not in parents, language, row.ClauseText.title, row.ClauseText.text)
        for (_, language), row in newest.items()
    ]


def _numbers(session: Session, version: Version, standard: str) -> dict[str, tuple[str, ...]]:
    """Standard -> numbers: those of this version, and of every version of the others."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for slug, owner, number in session.execute(
        select(Standard.slug, ClauseRow.version_id, ClauseRow.number)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(ClauseRow.number.is_not(None))
        .order_by(Standard.slug, Version.position, ClauseRow.position)
    ):
        if slug != standard or owner == version.id:
            found[slug][number or ""] = None
    return {slug: tuple(numbers) for slug, numbers in found.items()}


def _store_terms(session: Session, defined: dict[int, tuple[DefinedTerm, ...]]) -> None:
    rows: list[dict[str, Any]] = [
        {"clause_text_id": text, "position": term.position, "name": term.name, "forms": list(term.forms), "definition": term.definition,
         "start": term.start, "end": term.end}
        for text, terms in defined.items() for term in terms
    ]  # fmt: skip
    if rows:
        session.execute(insert(TermRow), rows)


def _borrowed(session: Session, lender: Edition, language: str) -> list[_Known]:
    """The terms of the standard that a document without definitions of its own belongs to."""
    rows = session.execute(
        select(ClauseRow.number, TermRow.position, TermRow.forms)
        .join(ClauseText, ClauseText.id == TermRow.clause_text_id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id == lender.id, ClauseText.language == language, ClauseRow.number.is_not(None))
        .order_by(ClauseRow.position, TermRow.position)
    )
    return [_Known(lender.standard, number or "", lender.name, position, tuple(forms)) for number, position, forms in rows]


def _rows(text: _Text, standard: str, shelf: Shelf, known: Sequence[_Known], own: tuple[DefinedTerm, ...]) -> list[dict[str, Any]]:
    """What one text refers to: a row for each target with all its places."""
    spans: dict[tuple[str, str, str, str, int], list[list[int]]] = defaultdict(list)
    taken: list[tuple[int, int]] = []
    for reference in find_references(text.text, text.language, shelf):
        if (reference.standard, reference.number) != (standard, text.number):
            spans["clause", reference.standard, reference.number, reference.version, -1].append([reference.start, reference.end])
            taken.append((reference.start, reference.end))
    places = {(each.number, each.position): key for key, each in enumerate(known)}
    here = [_placed(term, places[text.number, term.position]) for term in own]
    for use in find_terms(text.text, text.language, [(key, each.forms) for key, each in enumerate(known)], defined_here=here):
        if not any(start < use.end and use.start < end for start, end in taken):
            term = known[use.position]
            spans["term", term.standard, term.number, term.version, term.position].append([use.start, use.end])
    return [
        {"clause_text_id": text.id, "kind": kind, "standard": target, "number": number, "version": version, "position": position, "spans": found}
        for (kind, target, number, version, position), found in spans.items()
    ]  # fmt: skip


def _placed(term: DefinedTerm, key: int) -> DefinedTerm:
    """A term of this clause under the key that it is searched by."""
    return DefinedTerm(key, term.name, term.forms, term.definition, term.start, term.end, term.until)
