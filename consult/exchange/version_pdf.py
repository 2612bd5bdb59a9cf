"""A published version as a PDF (tagged, PDF/UA-1 where its characters allow): set like a printed standard, with contents and bookmarks."""

from collections.abc import Iterable, Iterator
from typing import Any

from consult.core.clause import Clause
from consult.core.edition import Edition
from consult.exchange.office_text import xml_text
from consult.exchange.printed import Node, clean
from consult.exchange.typeset import typeset
from consult.wording.version_file import FileWords

REGIONS = {"zh": "CN", "fr": "FR", "en": "GB"}
LONG = 160
"""With more headings than this the contents name principles only."""


def version_pdf(edition: Edition, words: FileWords) -> bytes:
    """The texts reach the typesetter as data, never as markup. The same edition gives the same bytes."""
    parts = list(_parts(edition.draft.clauses))
    data = cover(edition, words, words.title(edition)) | {
        "name": xml_text(edition.draft.title), "edition": words.version(edition.draft.version), "parts": parts,
        "depth": 3 if len(parts) <= LONG else 2,
    }  # fmt: skip
    return typeset("version.typ", data)


def cover(edition: Edition, words: FileWords, title: str) -> dict[str, Any]:
    """What every page and the first one of a file say."""
    standing = words.standing(edition)
    return {
        "title": xml_text(title), "author": words.body, "language": primary(words.language), "region": REGIONS.get(words.language),
        "running": [xml_text(title), standing], "standing": standing, "facts": [xml_text(each) for each in words.facts(edition)],
        "notice": words.notice, "draft": edition.status == "draft", "words": words.texts(),
    }  # fmt: skip


def _parts(clauses: Iterable[Clause]) -> Iterator[dict[str, Any]]:
    for depth, clause in depths(clauses):
        yield {
            "level": depth, "label": xml_text(clause.label), "title": xml_text(clause.title),
            "nodes": [shaped(node) for node in clean(clause.text)],
        }  # fmt: skip


def depths(clauses: Iterable[Clause]) -> Iterator[tuple[int, Clause]]:
    """Each heading with its depth among those above it, beginning with 1: no level is skipped, whatever the draft does. 0: words before the
    first heading, which have none.
    """
    above: list[int] = []
    for clause in clauses:
        if not clause.label and not clause.title:
            yield 0, clause
            continue
        while above and above[-1] >= clause.level:
            above.pop()
        above.append(clause.level)
        yield min(len(above), 6), clause


def shaped(node: Node) -> dict[str, Any]:
    """A node for the typesetter: cells of tables tell how long they are."""
    data: dict[str, Any] = {
        "tag": node.tag, "classes": node.classes, "href": node.href,
        "children": [child if isinstance(child, str) else shaped(child) for child in node.children],
    }  # fmt: skip
    return data | ({"length": _width(node.text)} if node.tag in ("th", "td") else {})


def _width(text: str) -> int:
    """In narrow characters: a Han one counts two."""
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def primary(tag: str) -> str:
    """The two or three letters that the typesetter takes as a language."""
    return tag.split("-")[0].lower()[:3]
