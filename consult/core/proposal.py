"""A proposed wording beside the clause it was written for: which part of the clause does it rewrite?"""

import re

from consult.core.change import Spans
from consult.core.diff import diff

KEPT_SHARE = 0.5
"""From this share of common words on, a proposal is read as a rewriting; below it stands on its own."""
FACTOR = 2.5
"""A part more than so many times longer or shorter than the proposal is not tried."""
MOST_PARTS = 120
SENTENCE = re.compile(r"(?<=[.;?!])\s+|(?<=[。；？！])")


def rewriting(clause: str, proposed: str, language: str) -> Spans | None:
    """The spans from the clause, or from the one paragraph, item or sentence of it that is meant, to the proposed wording; None for none of them.

    People who want one item changed send that item, not the whole clause: against the whole it would read as the deletion of everything else.
    """
    if not clause.strip() or not proposed.strip():
        return None
    near = [part for part in _parts(clause) if len(proposed) / FACTOR <= len(part) <= len(proposed) * FACTOR]
    best, share = None, KEPT_SHARE
    for part in (clause, *near):
        spans, _ = diff(part, proposed, language)
        kept = 2 * _words(spans, "=") / (len(_bare(part)) + len(_bare(proposed)))
        if kept > share:
            best, share = spans, kept
    return best


def _parts(clause: str) -> list[str]:
    """Paragraphs and items, then their sentences."""
    lines = [line for line in clause.split("\n") if line.strip()]
    sentences = [sentence for line in lines for sentence in SENTENCE.split(line) if sentence and sentence != line]
    return ([*lines, *sentences] if len(lines) > 1 else sentences)[:MOST_PARTS]


def _words(spans: Spans, mark: str) -> int:
    return sum(len(_bare(text)) for each, text in spans if each == mark)


def _bare(text: str) -> str:
    return "".join(text.split())
