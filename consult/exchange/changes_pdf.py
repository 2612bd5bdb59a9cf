"""What changed between two versions as a PDF: a summary table, then the whole text as a redline that needs no colour."""

from collections.abc import Iterator, Mapping
from typing import Any

from consult.core.change import Change, Link, Spans
from consult.core.clause import Clause
from consult.core.edition import EditionChanges, in_document_order
from consult.core.parts import parts
from consult.exchange.change_rows import change_lines, joined
from consult.exchange.office_text import xml_text
from consult.exchange.printed import Node, clean, marked
from consult.exchange.tracked.ties import group_ties
from consult.exchange.typeset import typeset
from consult.exchange.version_pdf import cover, depths, primary, shaped
from consult.wording.version_file import FileWords

NO_LINK = Link(("modified",), (), (), 1.0, "content")
"""Of headings without a number: they are compared, never linked."""


def changes_pdf(comparison: EditionChanges, words: FileWords) -> bytes:
    """Inserted words have a line below, deleted ones are struck, in Chinese framed; a bar stands beside what changed. Same input, same bytes."""
    data = cover(comparison.new, words, words.heading_of(comparison)) | {
        "name": xml_text(comparison.new.draft.title), "edition": words.changes_title(comparison), "differing": words.differing(comparison),
        "chosen": words.chosen(comparison), "key": words.key(), "heads": [words.heading(key) for key in ("old", "new", "kinds", "title", "reason")],
        "counts": [[kind, words.number(number)] for kind, number in words.counts(comparison.noted)],
        "rows": list(_rows(comparison, words)), "parts": list(_parts(comparison, words)),
    }  # fmt: skip
    return typeset("changes.typ", data)


def _rows(comparison: EditionChanges, words: FileWords) -> Iterator[dict[str, str]]:
    for line in change_lines(comparison, words):
        if line.noted.is_change:
            told = {
                "old": joined(line.old, "label") or "—", "new": joined(line.new, "label") or "—", "kinds": line.kinds, "title": line.title,
                "reason": line.reason, "reason-language": primary(line.reason_language),
            }  # fmt: skip
            yield {key: xml_text(value) for key, value in told.items()}


def _parts(comparison: EditionChanges, words: FileWords) -> Iterator[dict[str, Any]]:
    kinds = {line.noted.change.link: line.kinds for line in change_lines(comparison, words)}
    news = {clause.number: clause for clause in comparison.new.draft.numbered}
    groups = _groups(comparison)
    placed = list(in_document_order(comparison))
    for (depth, clause), (_, noted) in zip(depths(clause for clause, _ in placed), placed, strict=True):
        changed = noted.change if noted and noted.is_change else groups.get(clause.order) if noted is None else None
        told = {"level": depth, "label": xml_text(clause.label), "title": xml_text(clause.title)}
        if changed is None:
            yield told | {"kinds": "", "printed": [], "nodes": [shaped(node) for node in clean(clause.text)]}
            continue
        title, text = (_own(changed, part, clause, news) for part in ("title", "text"))
        yield told | {
            "kinds": kinds[noted.change.link] if noted else "", "printed": [shaped(node) for node in _title(title)],
            "nodes": [shaped(node) for node in marked(text, comparison.new.draft.language)],
        }  # fmt: skip


def _groups(comparison: EditionChanges) -> dict[int, Change]:
    """Place of a heading without a number -> how its title and text changed, a new one all inserted; missing where they did not change."""
    old, new = comparison.old.draft, comparison.new.draft
    found = {each.order: Change(NO_LINK, (("+", each.title),), (("+", each.text),)) for each in new.clauses if each.is_group}
    found |= {new.clauses[tie.new[0]].order: Change(NO_LINK, tie.title, tie.text) for tie in group_ties(old, new)}
    return {order: change for order, change in found.items() if any(mark != "=" for mark, _ in (*change.title, *change.text))}


def _own(change: Change, part: str, clause: Clause, news: Mapping[str, Clause]) -> Spans:
    """What of a change belongs to one clause of its new side: of a split its own part."""
    spans: Spans = getattr(change, part)
    numbers = change.link.new
    if clause.number not in numbers:
        return spans
    return parts(spans, tuple(getattr(news[number], part) for number in numbers))[numbers.index(clause.number)]


def _title(spans: Spans) -> tuple[Node, ...]:
    """The title with its changes; nothing where it is as it was."""
    if all(mark == "=" for mark, _ in spans):
        return ()
    tags = {"=": "span", "-": "del", "+": "ins"}
    return tuple(Node(tags[mark], children=[xml_text(text.replace("\n", " "))]) for mark, text in spans)
