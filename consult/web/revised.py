"""What a revision changed, as pages draw it: for its author and for who decides on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from consult.core.receipt import RevisionSeen
from consult.core.redline import redline
from consult.core.revised import Changes, changes
from consult.wording.redline import redline_words


@dataclass(frozen=True, slots=True)
class Drawn:
    """`words`: field -> redline, for the fields that differ; `told`: everything else."""

    words: tuple[tuple[str, Markup], ...]
    told: Changes


def drawn_changes(before: RevisionSeen, after: RevisionSeen, language: str, between: Sequence[RevisionSeen] = ()) -> Drawn:
    """From one revision of a comment to a later one (see `core.revised.changes`)."""
    told = changes(before, after, language, between)
    return Drawn(tuple((name, Markup(redline(spans, language, redline_words(gettext)))) for name, spans in told.words), told)  # noqa: S704  (made safe by core.redline)
