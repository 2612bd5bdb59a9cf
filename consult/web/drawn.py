"""Changes drawn as HTML, each piece once: the same spans and words give the same page for everyone."""

from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext
from markupsafe import Markup

from consult.core import redline
from consult.core.change import Spans
from consult.core.markup.places import Places
from consult.core.parts import parts
from consult.core.redline import RedlineWords, new_source
from consult.core.render import render
from consult.queries.changes import LinkSeen, Words
from consult.queries.standards import ClauseSeen
from consult.wording.redline import redline_words

VIEWS = ("inline", "side", "new", "old")
KEPT_PIECES = 4096
"""Pieces of HTML kept in memory, some kilobytes each."""


NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Piece:
    """A change as one view shows it: `html`, or `rows` of (old, new) for the side-by-side view. `language` is that of the texts."""

    view: str
    language: str
    html: Markup = NOTHING
    rows: tuple[tuple[Markup, Markup], ...] = ()
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places of it to be marked (see `consult.core.markup.places`)."""

    text: str
    places: Places

    def within(self, spans: Spans) -> Places:
        """The places, where the spans lead to this very text."""
        return self.places if self.places and new_source(spans) == self.text else ()


UNMARKED = Marked("", ())


def drawn(view: str, words: Words, spans: Spans, marked: Marked = UNMARKED) -> Piece:
    """`spans` is the text of `words` or a part of it. Side by side nothing is marked, nor in the old text."""
    said = redline_words(gettext)
    if view == "side":
        return Piece(view, words.language, rows=_rows(spans, words.language, said), bounded=words.bounded)
    if view == "new":
        return Piece(view, words.language, Markup(redline.clean_new(spans, marked.within(spans))))  # noqa: S704
    if view == "old":
        return Piece(view, words.language, Markup(redline.clean_old(spans)))  # noqa: S704
    return Piece("inline", words.language, _inline(spans, words.language, said, marked.within(spans)), bounded=words.bounded)


def layered(words: Words, base: Spans, previous: Spans, marked: Marked = UNMARKED) -> Piece:
    """Both baselines at once: what came with the draft before, and what with this one."""
    said = redline_words(gettext)
    return Piece("inline", words.language, _layered(base, previous, words.language, said, marked.within(base)), bounded=words.bounded)


def plain(clause: ClauseSeen, places: Places = ()) -> Piece:
    return Piece("new", clause.language, rendered(clause.text, places))


def own_part(link: LinkSeen, words: Words, clauses: dict[str, ClauseSeen], number: str) -> Spans:
    """What of a change belongs to one clause of its new side: of a split its own part."""
    numbers = [clause.number for clause in link.new]
    if number not in numbers or any(each not in clauses for each in numbers):
        return words.text
    return parts(words.text, tuple(clauses[each].text for each in numbers))[numbers.index(number)]


@lru_cache(KEPT_PIECES)
def rendered(text: str, places: Places = ()) -> Markup:
    return Markup(render(text, places))  # noqa: S704  (core.render and core.redline pass everything through an allow-list)


@lru_cache(KEPT_PIECES)
def _inline(spans: Spans, language: str, said: RedlineWords, places: Places) -> Markup:
    return Markup(redline.redline(spans, language, said, places))  # noqa: S704


@lru_cache(KEPT_PIECES)
def _layered(base: Spans, previous: Spans, language: str, said: RedlineWords, places: Places) -> Markup:
    return Markup(redline.layered(base, previous, language, said, places))  # noqa: S704


@lru_cache(KEPT_PIECES)
def _rows(spans: Spans, language: str, said: RedlineWords) -> tuple[tuple[Markup, Markup], ...]:
    return tuple((Markup(old), Markup(new)) for old, new in redline.side_by_side(spans, language, said))  # noqa: S704
