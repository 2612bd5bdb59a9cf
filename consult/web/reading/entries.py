"""The entries of a list of changes: which ones, in what order, under which anchor, and how each is drawn."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext
from markupsafe import Markup, escape

from consult.core.binding import concerns
from consult.core.change import Change, Link, Spans
from consult.core.diff.quiet import Numbers, only_renumbered, renumbered, renumberings, typographic
from consult.queries.changes import ChangeMap, LinkSeen, Words
from consult.queries.standards import ClauseName, ClauseSeen
from consult.queries.texts import Wording
from consult.web.drawn import UNMARKED, Marked, Piece, drawn, layered, own_part, plain
from consult.web.drawn import VIEWS as TEXT_VIEWS
from consult.web.locale import html_language, page_language
from consult.wording.change_list import Told, headline, sentences

SWAPPED, BINDING = "swapped", "binding"
VIEWS = (*TEXT_VIEWS, "list")
"""How changes are shown: marked in the text, in two columns, clean, or told in sentences."""
BOTH = "both"
"""Stands for a baseline in the address: the main one with what came since the last one, as two layers."""


def compared(maps: Mapping[str, ChangeMap], since: str) -> dict[str, ChangeMap]:
    """The maps an address names: one, or the main and the last one for both layers; none for what was not compared."""
    if since == BOTH and len(maps) > 1:
        names = list(maps)
        return {name: maps[name] for name in (names[0], names[-1])}
    return {since: maps[since]} if since in maps else {}


@dataclass(frozen=True, slots=True)
class Row:
    """A clause of the new version with its part in a change, or an old one without a successor. One link per version compared with."""

    anchor: str
    name: ClauseName
    clause: ClauseSeen | None
    top: str
    links: tuple[tuple[str, LinkSeen], ...]

    @property
    def link(self) -> LinkSeen:
        return self.links[0][1]

    @property
    def is_change(self) -> bool:
        return any(link.is_change for _, link in self.links)

    def is_of(self, kind: str) -> bool:
        """Whether a filter shows it: a kind, "" for all that changed, "all" for every clause."""
        if kind in ("", "all"):
            return kind == "all" or self.is_change
        return any(_is_of(link, kind) for _, link in self.links)

    def means(self, label: str) -> bool:
        """Whether one of its changes carries a label, suggested or confirmed."""
        return any(link.meaning and label in link.meaning.labels for _, link in self.links)

    def concerns(self, chosen: Collection[str]) -> bool:
        return any(concerns(link.old, link.new, chosen) for _, link in self.links)


def _is_of(link: LinkSeen, kind: str) -> bool:
    if kind == SWAPPED:
        return link.swapped
    if kind == BINDING:
        return link.binds_others
    return kind in link.kinds and (kind != "unchanged" or not link.is_change)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a view shows it: its text, or for the list its sentences. `quiet`: its words changed in typography or references alone.

    `absent`: the version of a clean view has no such clause.
    """

    row: Row
    piece: Piece | None
    headline: str
    told: tuple[Markup, ...]
    reason: Wording | None
    quiet: bool
    absent: bool
    bounded: bool


def rows(maps: Mapping[str, ChangeMap], listed: Sequence[ClauseSeen]) -> list[Row]:
    """Every clause of the maps, in the order of the first one; what only a further map tells as without a successor stands behind its
    neighbours there.
    """
    by_number = {each.number: each for each in listed if each.number}
    (base, first), *others = maps.items()
    found = _rows(base, first, by_number)
    for name, map in others:
        further = {row.anchor: row for row in _rows(name, map, by_number)}
        at = {row.anchor: index for index, row in enumerate(found)}
        last = len(found)
        for anchor, row in reversed(further.items()):
            if anchor in at:
                last = at[anchor]
                found[last] = replace(found[last], links=(*found[last].links, *row.links))
            elif row.clause is None:
                found.insert(last, row)
                at = {each.anchor: index for index, each in enumerate(found)}
    return found


def _rows(base: str, map: ChangeMap, by_number: Mapping[str, ClauseSeen]) -> list[Row]:
    found: list[Row] = []
    anchors: Counter[str] = Counter()
    top = ""
    for link in map.links:
        for name in link.new or link.old:
            clause = by_number.get(name.number) if link.new else None
            top = (clause.top or "") if clause else top
            anchor = name.number if link.new else f"removed-{name.number}"
            anchors[anchor] += 1
            anchor = anchor if anchors[anchor] == 1 else f"{anchor}--{anchors[anchor]}"
            found.append(Row(anchor, name, clause, top, ((base, link),)))
    return found


@dataclass(frozen=True, slots=True)
class Drawing:
    """What entries are drawn with. `numbers`: renumbered clauses, where typography and references are to be hidden, else None; `marked`:
    places of the one clause that is drawn.
    """

    view: str
    words: Mapping[int, Words]
    by_number: Mapping[str, ClauseSeen]
    numbers: Numbers | None = None
    marked: Marked = UNMARKED

    def entry(self, row: Row, reason: Wording | None) -> Entry:
        link = row.link
        words, quiet = self._words(link)
        piece, told = None, list[Markup]()
        absent = not (link.old if self.view == "old" else row.clause) and self.view in ("old", "new")
        if self.view == "list":
            told = [_quoted(each, words.language) for each in sentences(words.title, self._own(row, words), gettext)] if words else []
        elif not absent:
            piece = self._piece(row, words, quiet)
        return Entry(row, piece, self._headline(link, quiet), tuple(told), reason, quiet, absent, bool(words and words.bounded))

    def _piece(self, row: Row, words: Words | None, quiet: bool) -> Piece | None:
        if words is None:
            return plain(row.clause, self.marked.places) if row.clause else None
        if quiet and self.view in ("inline", "side"):
            return None
        spans = self._own(row, words)
        if self.view == "inline" and len(row.links) > 1:
            later, _ = self._words(row.links[1][1])
            if later and later.language == words.language:
                return layered(words, spans, self._own(replace(row, links=row.links[1:]), later), self.marked)
        return drawn(self.view, words, spans, self.marked)

    def _own(self, row: Row, words: Words) -> Spans:
        return own_part(row.link, words, dict(self.by_number), row.name.number) if row.clause else words.text

    def _words(self, link: LinkSeen) -> tuple[Words | None, bool]:
        """Words to be shown, and whether all that changed in them is to be hidden."""
        words = self.words.get(link.id)
        if words is None or self.numbers is None or not link.old or not link.new:
            return words, False
        quiet = only_renumbered(Change(_core(link), words.title, words.text), self.numbers)
        return replace(words, title=self._quieted(words.title), text=self._quieted(words.text)), quiet

    def _quieted(self, spans: Spans) -> Spans:
        return typographic(renumbered(spans, self.numbers or {}))

    def _headline(self, link: LinkSeen, quiet: bool) -> str:
        old, new = ([clause.label for clause in side] for side in (link.old, link.new))
        told = {"swapped": link.swapped, "confirmed": link.confirmed, "binds_others": link.binds_others, "quiet": quiet}
        return headline(link.kinds, old, new, page_language(), gettext, **told)


def quiet_numbers(map: ChangeMap) -> Numbers:
    """Where clauses went, for `Drawing.numbers`."""
    return renumberings(_core(link) for link in map.links)


def _core(link: LinkSeen) -> Link:
    old, new = (tuple(clause.number for clause in side) for side in (link.old, link.new))
    return Link(link.kinds, old, new, link.score, link.reason, link.unsure)  # type: ignore[arg-type]


def _quoted(told: Told, language: str) -> Markup:
    """A sentence whose quotations say in which language they are, where that is not the page's."""
    if language == page_language():
        return escape(told.sentence) % told.quoted
    marked = {name: Markup('<span lang="{}">{}</span>').format(html_language(language), text) for name, text in told.quoted.items()}
    return escape(told.sentence) % marked
