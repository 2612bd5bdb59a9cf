"""A proposed wording beside the clause it was written for: which part of the clause does it rewrite?"""

import re

from consult.core.change import Spans
from consult.core.diff import diff
from consult.core.markup.inline import read_glyphs
from consult.core.render import CELL_JOINT, labelled

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


def editable(clause: str) -> str:
    """A clause's text as its readers edit it: the words without markup, paragraphs parted by an empty line, items and table rows one a line.

    Drawn again, it has the clause's paragraphs and items; a clause written without markup is its own source.
    """
    glyphs = read_glyphs(clause)
    text, last = "", None
    for index, leaf in enumerate(glyphs.leaves):
        if leaf.kind == "rule":
            continue
        words, inside = labelled(glyphs, index), "  " * (leaf.depth - 1)
        if leaf.kind == "item" and not leaf.label:
            words = f"- {words}"
        if last is None:
            joint = ""
        elif leaf.kind == last.kind == "cell":
            joint = CELL_JOINT if leaf.row == last.row else "\n"
        else:
            joint = "\n" if leaf.kind == last.kind == "item" else "\n\n"
        text += joint + (words if joint == CELL_JOINT else inside + words)
        last = leaf
    return text


def edited_spans(clause: str, edited: str, language: str) -> Spans:
    """From the clause's text as readers edit it to what they made of it."""
    return diff(editable(clause), edited, language)[0]


def in_lines(spans: Spans) -> Spans:
    """The spans as they are drawn: where readers edit, a line is a line (rows of a table stand one below the other), also where Markdown joins it."""
    return tuple((mark, text.replace("\n", "  \n")) for mark, text in spans)


def _parts(clause: str) -> list[str]:
    """Paragraphs and items, then their sentences."""
    lines = [line for line in clause.split("\n") if line.strip()]
    sentences = [sentence for line in lines for sentence in SENTENCE.split(line) if sentence and sentence != line]
    return ([*lines, *sentences] if len(lines) > 1 else sentences)[:MOST_PARTS]


def _words(spans: Spans, mark: str) -> int:
    return sum(len(_bare(text)) for each, text in spans if each == mark)


def _bare(text: str) -> str:
    return "".join(text.split())
