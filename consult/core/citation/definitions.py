"""The terms that a definition clause lays down."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.core.citation.passages import Passage, passages

_JOINT = re.compile(r"[ \u00a0\u202f]*(?:[:：]|[–—]|——)[ \u00a0\u202f\n]*")
_BRACKETED = re.compile(r"[ \u00a0\u202f]*[（(](?P<short>[^（）()]+)[)）]$")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term with its definition (Markdown). `position` counts the terms of the clause from 0: the same in every language of a version.

    `forms` are its names: "Free, Prior and Informed Consent (FPIC)" has two. `start` and `end` are the place of the name in the source (both
    -1 where the title of the clause is the name), `until` is where the definition ends.
    """

    position: int
    name: str
    forms: tuple[str, ...]
    definition: str
    start: int
    end: int
    until: int


def defined_terms(title: str, text: str, *, is_leaf: bool = True) -> tuple[DefinedTerm, ...]:
    """The terms of a definition clause: paragraphs or items that begin with a name in bold ("**Entity**: company or …"), else the rows of
    a table of two columns, else the clause itself with its title as the name (unless other clauses stand below it).
    """
    listed = passages(text)
    found = tuple(_bold(text, listed)) or tuple(_rows(text, listed))
    if found or not is_leaf or not title.strip() or not text.strip():
        return found
    return (DefinedTerm(0, title.strip(), _forms(title.strip()), text, -1, -1, len(text)),)


def _bold(text: str, listed: Sequence[Passage]) -> Iterator[DefinedTerm]:
    heads = [(index, head) for index, passage in enumerate(listed) if passage.kind != "cell" and (head := _head(passage))]
    for position, (index, (name, end, behind)) in enumerate(heads):
        passage = listed[index]
        following = listed[heads[position + 1][0]] if position + 1 < len(heads) else None
        until = _line_start(text, following.places[0]) if following else len(text)
        span, body = passage.span(0, end), passage.places[behind - 1] + 1
        if span:
            if passage.strong[behind - 1]:
                body = _after_marks(text, body)
            yield DefinedTerm(position, name, _forms(name), text[body:until].strip(), *span, until)


def _head(passage: Passage) -> tuple[str, int, int] | None:
    """The name in bold that a passage begins with, where it ends, and where the definition begins."""
    end = next((at for at, strong in enumerate(passage.strong) if not strong), len(passage.text))
    name = passage.text[:end].rstrip()
    inside = name.rstrip(":：").rstrip()
    joint = _JOINT.match(passage.text, len(inside))
    if not inside or len(inside) > LONGEST or joint is None or joint.end() >= len(passage.text) or passage.places[0] < 0:
        return None
    return (inside, len(inside), joint.end()) if passage.places[joint.end() - 1] >= 0 else None


def _rows(text: str, listed: Sequence[Passage]) -> Iterator[DefinedTerm]:
    rows: dict[int, list[Passage]] = {}
    for passage in listed:
        if passage.kind == "cell" and not passage.header:
            rows.setdefault(passage.row, []).append(passage)
    pairs = [cells for cells in rows.values() if [cell.column for cell in cells] == [0, 1]]
    for position, (name, body) in enumerate(pairs):
        span, defined = name.span(0, len(name.text)), body.span(0, len(body.text))
        if span and defined and len(name.text) <= LONGEST:
            start, end = _before_marks(text, defined[0]), _after_marks(text, defined[1])
            yield DefinedTerm(position, name.text, _forms(name.text), text[start:end], *span, end)


def _before_marks(text: str, place: int) -> int:
    while place and text[place - 1] in "*_`":
        place -= 1
    return place


def _after_marks(text: str, place: int) -> int:
    while place < len(text) and text[place] in "*_`":
        place += 1
    return place


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _forms(name: str) -> tuple[str, ...]:
    bracketed = _BRACKETED.search(name)
    if not bracketed or bracketed.start() == 0:
        return (name,)
    return (name[: bracketed.start()].strip(), bracketed["short"].strip())
