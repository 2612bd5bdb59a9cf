"""Revisions of a comment: how the newest differs from what readers get, and the comparison as the page draws it."""

from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from consult.core.diff import diff
from consult.core.receipt import RevisionSeen
from consult.core.redline import redline
from consult.queries.moderation import Waiting
from consult.queries.revisions import RevisionsSeen, revisions_of
from consult.wording.redline import redline_words


@dataclass(frozen=True, slots=True)
class Compared:
    """The revisions of a comment, and field -> redline from the one that is shown (or the one before) to the newest, where they differ."""

    seen: RevisionsSeen
    against: RevisionSeen | None
    differences: tuple[tuple[str, Markup], ...]


def compared_revisions(row: Waiting) -> Compared | None:
    """None for a comment that was never revised, or whose words are erased."""
    seen = revisions_of(row.reference) if row.revision > 1 and not row.erased else None
    if seen is None:
        return None
    shown = seen.shown if seen.shown and seen.shown.number != seen.newest.number else None
    against = shown or seen.revisions[-2]
    return Compared(seen, against, _differences(against, seen.newest, row.language))


def _differences(before: RevisionSeen, after: RevisionSeen, language: str) -> tuple[tuple[str, Markup], ...]:
    pairs = [(name, getattr(before, name) or "", getattr(after, name) or "") for name in ("text", "proposed", "rationale")]
    pairs.append(("evidence", "\n".join(before.evidence), "\n".join(after.evidence)))
    return tuple(
        (name, Markup(redline(diff(old, new, language)[0], language, redline_words(gettext))))  # noqa: S704  (made safe by core.redline)
        for name, old, new in pairs
        if old != new
    )
