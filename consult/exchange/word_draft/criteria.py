"""Tables that hold clauses: number | text, number | title | text, with or without a head, in any language, repeated or not."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from consult.exchange.word_draft.clause_number import Found, follows, read_number
from consult.exchange.word_draft.passage import Cell, Paragraph, Row, Table

LEAP = 6
SHARE = 0.6
_NUMBER = re.compile(
    r"(?:no|n°|nº|nr|num|number|ref|reference|#|id|criterion|criteria|clause|principle|numéro|numero|référence|critère|principe|"
    r"编号|序号|条款|条款号|准则|原则|号)\.?(?: ?(?:no|n°|number|号))?\.?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|heading|name|subject|topic|titre|intitulé|nom|sujet|thème|标题|名称|题目|主题", re.IGNORECASE)
_TEXT = re.compile(
    r"text|wording|criterion|criteria|requirements?|description|content|texte|libellé|critères?|exigences?|contenu|"
    r"要求|内容|条文|文本|正文|准则|准则内容|描述|说明",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Band:
    """A row of a table of clauses: `number` None continues the clause before, or is a heading over the whole width where `wide`."""

    number: Found | None
    first: Paragraph | None
    title: Cell | None
    texts: list[tuple[str, Cell]] = field(default_factory=list)
    wide: bool = False
    rest_of_number: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Criteria:
    """`heads` are the rows of column heads, which say nothing of the clauses; `further` the heads of columns beyond number, title, text."""

    bands: list[Band]
    heads: list[Row]
    further: tuple[str, ...]


def read_criteria(table: Table, decided: Callable[[Paragraph], Found | None]) -> Criteria | None:
    """The clauses of a table, or None for a table of data. `decided`: the number somebody has given to a paragraph."""
    rows = [row for row in table.rows if any(cell.shown for cell in row.cells)]
    heads = _heads(rows)
    body = [row for row in rows if not any(row is head for head in heads)]
    numbers = [_number(row, decided) for row in body]
    forced = any(decided(paragraph) for row in body for cell in row.cells for paragraph in cell.paragraphs)
    if not body or not (forced or _are_clauses(body, numbers, heads)):
        return None
    width = max(sum(cell.span for cell in row.cells) for row in rows)
    title, text = _columns(body, numbers, heads, width)
    names = {}
    for head in reversed(heads):
        at = 0
        for cell in head.cells:
            names[at] = cell.shown
            at += cell.span
    bands = [_band(row, number, width, title, text, names) for row, number in zip(body, numbers, strict=True)]
    further = tuple(names.get(at, "") for at in range(width) if at not in (0, title, text) and any(_at(row, at) for row in body))
    return Criteria(bands, heads, further)


def _heads(rows: list[Row]) -> list[Row]:
    """Rows of column heads: the first ones marked so or worded so, and each later repetition."""
    found: list[Row] = []
    for at, row in enumerate(rows):
        words = [cell.shown.strip() for cell in row.cells if cell.shown.strip()]
        titles = any(_TITLE.fullmatch(word) or _TEXT.fullmatch(word) for word in words[1:])
        worded = titles and bool(_NUMBER.fullmatch(words[0]))
        marked = row.head and len(words) > 1 and read_number(words[0]) is None
        again = any(words == [cell.shown.strip() for cell in head.cells if cell.shown.strip()] for head in found)
        if worded or again or (marked and at == len(found)):
            found.append(row)
    return found


def _number(row: Row, decided: Callable[[Paragraph], Found | None]) -> Found | None:
    """The number a row begins with: as decided for any of its paragraphs, else as its first cell says."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            if chosen := decided(paragraph):
                return chosen
    if not row.cells or row.cells[0].continues:
        return None
    shown = next((paragraph.shown for paragraph in row.cells[0].paragraphs if not paragraph.is_empty or paragraph.label), "")
    found = read_number(shown)
    return found if found and len(found.rest) <= 120 else None


def _are_clauses(body: list[Row], numbers: list[Found | None], heads: list[Row]) -> bool:
    begun = [number for row, number in zip(body, numbers, strict=True) if len(row.cells) > 1 and row.cells[0].shown]
    known = [number for number in begun if number]
    if not known or len(known) < SHARE * len(begun) or len({number.address for number in known}) < len(known):
        return False
    if max(len(row.cells) for row in body) < 2 or not _has_sentences(body):
        return False
    in_order = sum(follows(a.parts, b.parts, LEAP) for a, b in pairwise(known))
    if in_order < SHARE * (len(known) - 1):
        return False
    return any(number.is_deep for number in known) or any(_says_clauses(head) for head in heads)


def _has_sentences(body: list[Row]) -> bool:
    """Data are short; clauses say something."""
    longest = [max(_width(cell.shown) for cell in row.cells[1:]) for row in body if len(row.cells) > 1]
    return bool(longest) and median(longest) >= 16


def _says_clauses(head: Row) -> bool:
    words = [cell.shown.strip() for cell in head.cells]
    return bool(_NUMBER.fullmatch(words[0])) and any(_TEXT.fullmatch(word) for word in words[1:])


def _width(text: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in text)


def _at(row: Row, column: int) -> Cell | None:
    at = 0
    for cell in row.cells:
        if at == column:
            return cell
        at += cell.span
    return None


def _columns(body: list[Row], numbers: list[Found | None], heads: list[Row], width: int) -> tuple[int, int]:
    """Columns of title and text; -1 for none."""
    if width == 2:
        return -1, 1
    named: dict[str, int] = {}
    for head in heads:
        for column in range(1, width):
            cell = _at(head, column)
            words = cell.shown.strip() if cell else ""
            if _TITLE.fullmatch(words):
                named.setdefault("title", column)
            elif _TEXT.fullmatch(words):
                named.setdefault("text", column)
    if "text" in named:
        return named.get("title", -1), named["text"]
    lengths = []
    for column in range(1, width):
        cells = [_at(row, column) for row, number in zip(body, numbers, strict=True) if number]
        lengths.append(median([_width(cell.shown) if cell else 0 for cell in cells] or [0]))
    if "title" in named:
        return named["title"], next((c for c in range(1, width) if c != named["title"]), -1)
    return (1, 2) if lengths[0] <= 90 and lengths[1] > lengths[0] else (-1, 1)


def _band(row: Row, number: Found | None, width: int, title: int, text: int, names: dict[int, str]) -> Band:
    first = row.cells[0]
    paragraph = next((each for each in first.paragraphs if not each.is_empty or each.label), None)
    seen = [cell for cell in row.cells if cell.shown]
    if len(seen) == 1 and seen[0].span >= width and len(row.cells) == 1:
        return Band(number, paragraph, None, wide=True, rest_of_number=[each for each in first.paragraphs if each is not paragraph])
    band = Band(number, paragraph, None, rest_of_number=[each for each in first.paragraphs if each is not paragraph])
    at = first.span
    for cell in row.cells[1:]:
        if at == title and number:
            band.title = cell
        else:
            band.texts.append(("" if at in (text, title) else names.get(at, ""), cell))
        at += cell.span
    return band
