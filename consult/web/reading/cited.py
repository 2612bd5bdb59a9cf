"""What surrounds the text of a clause: the terms it uses, the clauses it cites and that cite it, and which of them changed."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.core.citation import Edition, Editions, cited_edition
from consult.core.markup.places import MARK, Places
from consult.queries.citations import (
    CitationSeen,
    CitedClause,
    TermKey,
    TermSeen,
    citations,
    cited_by,
    cited_clauses,
    editions,
    reworded,
    term_changes,
    terms,
)
from consult.queries.consultations import ConsultationSeen, RoundSeen
from consult.queries.standards import ClauseSeen, VersionSeen
from consult.web.drawn import Marked, Piece


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a version lies open: in a round or by itself. `in_page`: all its clauses stand on one page."""

    version: VersionSeen
    baseline: str | None
    consultation: ConsultationSeen | None = None
    round: RoundSeen | None = None
    in_page: bool = False

    @property
    def beside(self) -> dict[str, str]:
        """Standard -> version of the documents of the round."""
        return {each.version.standard: each.version.name for each in self.round.documents} if self.round else {}

    @property
    def compared(self) -> list[tuple[int, str]]:
        """(version id, name of the baseline) of every document whose changes are told here."""
        pairs = {each.version.id: each.baseline for each in self.round.documents} if self.round else {}
        return [(version, base) for version, base in {**pairs, self.version.id: self.baseline}.items() if base]

    def address(self, standard: str, version: str, number: str) -> str:
        if self.in_page and (standard, version) == (self.version.standard, self.version.name):
            return f"#{number}"
        if self.round and self.consultation and self.beside.get(standard) == version:
            return url_for(
                "reading.clause", consultation=self.consultation.slug, number_of_round=self.round.number, standard=standard, number=number
            )
        return url_for("reading.clause_of_version", standard=standard, version=version, number=number)


@dataclass(frozen=True, slots=True)
class Near:
    """A clause that is cited or cites, with its address; `foreign`: of another standard; `changed`: reworded since the baseline."""

    clause: CitedClause
    address: str
    foreign: bool
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """A term; `change` is "", `new` or `changed`; `address` is that of its definition clause."""

    term: TermSeen
    address: str
    change: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of one clause. `anchors` are the opening and closing tags for the marked places, by index."""

    uses: tuple[Used, ...] = ()
    cites: tuple[Near, ...] = ()
    cited_by: tuple[Near, ...] = ()
    places: Places = ()
    anchors: tuple[tuple[Markup, Markup], ...] = ()

    @property
    def changed_terms(self) -> tuple[Used, ...]:
        return tuple(each for each in self.uses if each.change == "changed")

    @property
    def changed_clauses(self) -> tuple[Near, ...]:
        return tuple(each for each in self.cites if each.changed)

    @property
    def touched(self) -> bool:
        """Whether something that it rests on changed."""
        return bool(self.changed_terms or self.changed_clauses)

    def marked(self, clause: ClauseSeen) -> Marked:
        return Marked(clause.text, self.places)

    def linked(self, piece: Piece) -> Piece:
        """A piece drawn with the places marked, the marks turned into links."""
        return replace(piece, html=linked(piece.html, self.anchors))


NOTHING_NEAR = Surroundings()


def linked(html: Markup, anchors: tuple[tuple[Markup, Markup], ...]) -> Markup:
    if not anchors:
        return html

    def anchor(found: re.Match[str]) -> str:
        index = int(found[1])
        opening, closing = anchors[index] if index < len(anchors) else ("", "")
        return f"{opening}{found[2]}{closing}"

    return Markup(MARK.sub(anchor, str(html)))  # noqa: S704  (what stands between the tags was drawn by core.render)


class Library:
    """All that the surroundings of clauses on one page are made of; a fixed number of statements, however many clauses."""

    def __init__(self, desk: Desk, clause: ClauseSeen | None = None, *, only: Collection[int] | None = None) -> None:
        self.desk = desk
        self.every: Editions = editions()
        self.own = next(each for each in self.every[desk.version.standard] if each.name == desk.version.name)
        self.found = citations(desk.version, clause.id if clause else None)
        listed = [each for id, found in self.found.items() if only is None or id in only for each in found]
        self.clauses = cited_clauses(
            {(e.id, each.number) for each in listed if (e := self._edition(each)) and each.kind == "clause"}, desk.version.language
        )
        owners = {(each.standard, (e.name if (e := self._edition(each)) else each.version)) for each in listed if each.kind == "term"}
        lent = {(each.standard, each.version) for each in listed if each.kind == "term" and each.version}
        self.terms = terms(owners | lent | {(desk.version.standard, desk.version.name)}, desk.version.language)
        self.term_changes = term_changes(desk.version, desk.baseline).kinds
        self.changes = reworded(desk.compared)

    def _edition(self, citation: CitationSeen) -> Edition | None:
        """The version that a citation means here. A borrowed term is looked up in the version beside, not in the one it was found with."""
        named = "" if citation.kind == "term" else citation.version
        return cited_edition(self.every, self.own, citation.standard, named, self.desk.beside)

    def around(self, clause: ClauseSeen) -> Surroundings:
        """What a clause uses and cites, its places in the order of the text."""
        found = self.found.get(clause.id, ())
        here = {key for key, term in self.terms.items() if term.clause_id == clause.id}
        uses, cites, placed = list[Used](), list[Near](), list[tuple[tuple[int, int], tuple[Markup, Markup]]]()
        for citation in found:
            if citation.kind == "term":
                if (term := self._term(citation)) is None:
                    continue
                used = Used(term, self._home(term), self.term_changes.get(term.key, ""))
                if term.key not in here:
                    uses.append(used)
                placed.append((citation.spans[0], _term_tags(self._target(term, here))))
            elif near := self._near(citation):
                if near not in cites:
                    cites.append(near)
                placed += [(span, _clause_tags(near)) for span in citation.spans if span[0] < span[1]]
        placed += [((term.start, term.end), _name_tags(term)) for term in self._named_in(here)]
        placed.sort(key=lambda each: each[0])
        uses.sort(key=lambda each: each.term.name.casefold())
        return Surroundings(tuple(uses), tuple(cites), (), tuple(span for span, _ in placed), tuple(tags for _, tags in placed))

    def with_citing(self, clause: ClauseSeen) -> Surroundings:
        """The same, and who cites the clause; one statement more."""
        version = self.desk.version
        rows = cited_by(version, clause.number or "", self.every, self.desk.beside)
        near = tuple(Near(each, self._address(each), each.standard != version.standard) for each in rows)
        return replace(self.around(clause), cited_by=near)

    def _address(self, clause: CitedClause) -> str:
        return self.desk.address(clause.standard, clause.version, clause.number)

    def _near(self, citation: CitationSeen) -> Near | None:
        meant = self._edition(citation)
        clause = self.clauses.get((meant.id, citation.number)) if meant else None
        if meant is None or clause is None:
            return None
        changed = citation.number in self.changes.get(meant.id, {})
        return Near(clause, self._address(clause), citation.standard != self.desk.version.standard, changed)

    def _term(self, citation: CitationSeen) -> TermSeen | None:
        version = citation.version or self.desk.version.name
        found = self.terms.get((citation.standard, version, citation.number, citation.position))
        meant = self._edition(citation)
        if found is None or not citation.version or meant is None or meant.name == version:
            return found
        return next(
            (each for key, each in self.terms.items() if key[:2] == (meant.standard, meant.name) and each.name == found.name), found
        )

    def _named_in(self, here: Collection[TermKey]) -> Iterator[TermSeen]:
        return (term for key, term in self.terms.items() if key in here and term.start >= 0)

    def _home(self, term: TermSeen) -> str:
        standard, version, number, _ = term.key
        return self.desk.address(standard, version, number)

    def _target(self, term: TermSeen, here: Collection[TermKey]) -> str:
        """Where the definition stands on this page: in the text itself, or in the list at its foot."""
        own = term.key[:2] == (self.desk.version.standard, self.desk.version.name)
        if term.start < 0 and (term.key in here or (self.desk.in_page and own)):
            return f"#{term.key[2]}"
        return f"#{term.anchor}"


def reading_list(around: Mapping[int, Surroundings]) -> list[Used]:
    """On a page of several clauses (by id): the terms that they use and that none of them defines, once."""
    found = {each.term.key: each for near in around.values() for each in near.uses if each.term.clause_id not in around}
    return sorted(found.values(), key=lambda each: each.term.name.casefold())


_END = Markup("</a>")


def _term_tags(target: str) -> tuple[Markup, Markup]:
    return Markup('<a class="term" href="{}">').format(target), _END


def _clause_tags(near: Near) -> tuple[Markup, Markup]:
    title = f"{near.clause.label} {near.clause.title}"
    if near.foreign:
        title = gettext("%(title)s (%(n)s)", title=title, n=near.clause.document)
    return Markup('<a class="see" href="{}" title="{}">').format(near.address, title), _END


def _name_tags(term: TermSeen) -> tuple[Markup, Markup]:
    return Markup('<dfn id="{}">').format(term.anchor), Markup("</dfn>")
