"""References to clauses: a leading word with a number ("criterion 5.2"), lists and ranges of them, identifiers such as AC-2(1).

A number counts only where it exists in the version it points to. Nothing is said of what belongs to norms and laws of others, nor of figures
with their unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consult.core.citation.lexicon import DESIGNATION, GAP, IDENTIFIER, NUMBER, ORDINAL, SPACE, UNIT, Words, words_of
from consult.core.citation.passages import Passage, passages
from consult.core.citation.shelf import Book, Shelf

BEFORE = 60
"""Characters before a reference that are asked whose it is."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A clause that a text refers to. `start` and `end` are places in the source; equal for a clause that a range means without naming it.

    `version` is the one that the text names, "" where it names none.
    """

    start: int
    end: int
    standard: str
    number: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A number as written at start..end of a passage; `ranged`: the range from the number before it ends here."""

    start: int
    end: int
    token: str
    ranged: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Numbers that one leading word leads to, from the first character of that word."""

    start: int
    end: int
    named: tuple[_Named, ...]


def find_references(text: str, language: str, shelf: Shelf) -> tuple[Reference, ...]:
    """What a Markdown text refers to, in order, without overlap. Never fails."""
    found: list[Reference] = []
    listed: Book | None = None
    for passage in passages(text):
        if passage.kind != "item":
            listed = _announced(passage.text, shelf)
        if any(char.isdigit() for char in passage.text) or "nnex" in passage.text or "附录" in passage.text:
            for words in words_of(language):
                found += _of_passage(passage, words, shelf, listed if passage.kind == "item" else None)
    kept: list[Reference] = []
    for each in sorted(set(found), key=lambda reference: (reference.start, -reference.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _announced(text: str, shelf: Shelf) -> Book | None:
    """The other standard whose title ends the line before a list ("the following topics of the Performance Standard:")."""
    if not text.endswith((":", "：")):
        return None
    return next((book for title, book in shelf.by_title if book is not shelf.own and _announcing(title).search(text)), None)


@lru_cache(maxsize=512)
def _announcing(title: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_written(title)}{GAP}[:：]$" if not _is_han(title) else rf"{_written(title)}》?[^。，：]{{0,8}}：$")


def _of_passage(passage: Passage, words: Words, shelf: Shelf, listed: Book | None) -> Iterator[Reference]:
    taken = 0
    for run in sorted((*_runs(passage.text, words), *_identifiers(passage.text)), key=lambda run: (run.start, -run.end)):
        if run.start < taken:
            continue
        taken = run.end
        whose = _whose(passage.text, run, words, shelf, (listed,) if listed else shelf.unnamed)
        if whose is not None:
            yield from _references(passage, run, *whose)


def _runs(text: str, words: Words) -> Iterator[_Run]:
    for lead in _leads(words).finditer(text):
        pointing, is_annex = lead["pointing"] is not None, lead["annex"] is not None
        many = lead["many"] is not None or pointing or (is_annex and lead["annex"].lower().endswith(("es", "s")))
        named = tuple(_numbers(text, lead.end(), words, is_annex, many))
        if named and not (pointing and not all("." in each.token for each in named)):
            start = named[0].start if pointing else lead.start()
            yield _Run(start, named[-1].end, named)
    for ordinal in ORDINAL.finditer(text):
        if ordinal["unit"] not in "条款" or "." in ordinal["token"]:
            yield _Run(ordinal.start(), ordinal.end(), (_Named(ordinal.start(), ordinal.end(), ordinal["token"], False),))


@lru_cache(maxsize=8)
def _leads(words: Words) -> re.Pattern[str]:
    before = r"(?<![^\W\d_\u3400-\u9fff])"
    return re.compile(
        rf"{before}(?:(?P<annex>{words.annex})|(?P<many>{words.many})|(?P<one>{words.one})|(?P<pointing>{words.pointing}))"
        rf"(?={GAP}[A-Za-z\d])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _steps(words: Words, is_annex: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The first number, a further one of a list, the end of a range."""
    token = rf"(?P<token>{_ANNEX_LETTER if is_annex else NUMBER})"
    joint, until = (rf"(?P<gap>{gap})" for gap in (words.joint, words.until))
    return re.compile(GAP + token), re.compile(joint + token), re.compile(until + token)


_ANNEX_LETTER = r"(?:[A-Z]|\d{1,2})(?![^\W_\u3400-\u9fff])"


def _numbers(text: str, at: int, words: Words, is_annex: bool, many: bool) -> Iterator[_Named]:
    first, further, until = _steps(words, is_annex)
    found, ranged = first.match(text, at), False
    while found:
        token = found["token"].rstrip(".-‑")
        start, end = found.start("token"), found.start("token") + len(token)
        if UNIT.match(text, end) or not token:
            return
        yield _Named(start, end, f"annex {token}" if is_annex else token, ranged)
        if not many or end < found.end("token"):
            return
        to = until.match(text, end)
        found, ranged = (to, True) if to else (further.match(text, end), False)


def _identifiers(text: str) -> Iterator[_Run]:
    for found in IDENTIFIER.finditer(text):
        if not UNIT.match(text, found.end()):
            token = found[0].rstrip(".-‑")
            end = found.start() + len(token)
            yield _Run(found.start(), end, (_Named(found.start(), end, token, False),))


def _whose(text: str, run: _Run, words: Words, shelf: Shelf, unnamed: tuple[Book, ...]) -> tuple[tuple[Book, ...], str] | None:
    """The standards that may have the numbers of a run and the version named with it; None where they belong to something unknown.

    `unnamed`: where no title is near.
    """
    for title, book in shelf.by_title:
        if behind := _behind(words, title).match(text, run.end):
            return (book,), _version(text, behind.end(), book)
    before = text[max(0, run.start - BEFORE) : run.start]
    for title, book in shelf.by_title:
        if ahead := _ahead(title).search(before):
            return (book,), _version(before, ahead.end("title"), book)
    if words.ours.match(text, run.end):
        return (shelf.own,), ""
    foreign = words.theirs.match(text, run.end) or _QUOTED.search(before) or _designated(before, shelf.own)
    return None if foreign else (unnamed, "")


def _designated(before: str, own: Book) -> bool:
    """Whether a norm or a law of others stands right before; AC-2 in a list is not one where it is a number of our own."""
    found = DESIGNATION.search(before)
    return found is not None and own.number(found["name"].rstrip(", \u00a0")) is None


_QUOTED = re.compile(r"》(?:（[^（）]*）)?(?:第\S{1,3}版)?[的中]{0,2}$")
"""A title of something unknown right before."""


@lru_cache(maxsize=512)
def _behind(words: Words, title: str) -> re.Pattern[str]:
    return re.compile(words.of + _written(title) + r"(?!\w)(?![ \u00a0]\d)" if not _is_han(title) else words.of + _written(title) + "》")


@lru_cache(maxsize=512)
def _ahead(title: str) -> re.Pattern[str]:
    if _is_han(title):
        return re.compile(
            rf"(?:《(?:[A-Z]+)?(?P<title>{_written(title)})》|(?<!《)(?P<bare>{_written(title)}))(?:（[^（）]*）)?(?:第?\S{{1,3}}版)?[的中]{{0,2}}$"
        )
    return re.compile(
        rf"(?<!\w)(?P<title>{_written(title)})(?:{SPACE}\([^()]*\))?,?{SPACE}(?:in{SPACE}|under{SPACE}|dans{SPACE})?(?:the{SPACE}|le{SPACE}|l[’'])?$"
    )


def _written(title: str) -> str:
    """A title as running text may write it: any white space, the first letter small or large."""
    words = [re.escape(word) for word in title.split()]
    first = words[0][0]
    if first.isalpha():
        words[0] = f"[{first.lower()}{first.upper()}]{words[0][1:]}"
    return r"[ \u00a0\u202f\n]+".join(words)


def _is_han(title: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in title)


_VERSION = re.compile(r"[》]?[ \u00a0]?[（(]?(?:(?:version|v)[ \u00a0]?(?P<latin>\d+)|第?(?P<han>\d+)版)", re.IGNORECASE)


def _version(text: str, at: int, book: Book) -> str:
    """The version that stands right behind a title: "(version 3)", "V3", 第3版; only one that exists."""
    named = _VERSION.match(text, at)
    name = f"v{named['latin'] or named['han']}" if named else ""
    return name if name in book.versions else ""


def _references(passage: Passage, run: _Run, books: tuple[Book, ...], version: str) -> Iterator[Reference]:
    book = next((each for each in books if each.number(run.named[0].token) or _hyphened(run.named[0], each)), books[0])
    last, edge = "", 0
    for index, named in enumerate(run.named):
        number = book.number(named.token)
        parts = () if number else _hyphened(named, book)
        start = run.start if index == 0 else named.start
        if number and (span := passage.span(start, named.end)):
            if named.ranged and last and book.places[last] < book.places[number]:
                yield from (Reference(edge, edge, book.standard, each, version) for each in book.between(last, number))
            yield Reference(*span, book.standard, number, version)
            edge = span[1]
        elif parts and (span := passage.span(start, named.end)):
            yield Reference(*span, book.standard, parts[0], version)
            yield from (Reference(span[1], span[1], book.standard, each, version) for each in (*book.between(*parts), parts[1]))
        last = number or ""


def _hyphened(named: _Named, book: Book) -> tuple[str, str] | tuple[()]:
    """A range written with a hyphen ("5.2-5.4")."""
    first, _, second = named.token.replace("‑", "-").partition("-")
    start, end = book.number(first), book.number(second) if second else None
    return (start, end) if start and end and book.places[start] < book.places[end] else ()
