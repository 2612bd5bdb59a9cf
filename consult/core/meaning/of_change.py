"""What a compared change means, where nothing but its two drafts is known: no activities."""

from consult.core.change import Change, Mark, Spans
from consult.core.citation import defined_terms
from consult.core.clause import Draft
from consult.core.meaning.labels import Meaning
from consult.core.meaning.suggest import Matter, suggest

DEFINITIONS = 3
"""Terms in bold from which a clause counts as one of definitions."""


def meaning_of(change: Change, language: str, terms: tuple[str, ...] = ()) -> Meaning | None:
    """Suggested labels and their signs; None for a change in which nothing was read."""
    link = change.link
    old, new = (_side(change.text, mark) for mark in ("-", "+"))
    found = suggest(
        Matter(
            language, old if link.old else None, new if link.new else None, _side(change.title, "-"), _side(change.title, "+"), terms=terms
        )
    )
    return found if found.signs else None


def terms_of(*drafts: Draft) -> tuple[str, ...]:
    """Names of the terms that drafts define in bold."""
    names: dict[str, None] = {}
    for draft in drafts:
        for clause in draft.numbered:
            if clause.text.count("**") < 2 * DEFINITIONS:
                continue
            found = [
                term for term in defined_terms(clause.title, clause.text, is_leaf=False) if clause.text.startswith("**", term.start - 2)
            ]
            names.update(dict.fromkeys(term.name for term in found) if len(found) >= DEFINITIONS else {})
    return tuple(names)


def _side(spans: Spans, mark: Mark) -> str:
    return "".join(text for each, text in spans if each in ("=", mark))
