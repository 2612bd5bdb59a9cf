"""Revisions of a comment: how the newest differs from what readers get, and the comparison as the page draws it."""

from dataclasses import dataclass

from consult.core.receipt import RevisionSeen
from consult.queries.moderation import Waiting
from consult.queries.revisions import RevisionsSeen, revisions_of
from consult.web.revised import Drawn, drawn_changes


@dataclass(frozen=True, slots=True)
class Compared:
    """The revisions of a comment, and what changed from the one that is shown (or the one before) to the newest."""

    seen: RevisionsSeen
    against: RevisionSeen
    drawn: Drawn


def compared_revisions(row: Waiting) -> Compared | None:
    """None for a comment that was never revised, or whose words are erased."""
    seen = revisions_of(row.reference) if row.revision > 1 and not row.erased else None
    if seen is None:
        return None
    shown = seen.shown if seen.shown and seen.shown.number != seen.newest.number else None
    against = shown or seen.revisions[-2]
    between = tuple(each for each in seen.revisions if each.number > against.number)
    return Compared(seen, against, drawn_changes(against, seen.newest, row.language, between))
