"""What a revision changed: words as spans to be drawn, everything else by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.core.change import Spans
from consult.core.diff import diff
from consult.core.receipt import RevisionSeen

WORDS = ("text", "proposed", "rationale")


@dataclass(frozen=True, slots=True)
class Both:
    """What was there before and what is there now; None: nothing stated."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What came to a list and what went from it, each in its own order."""

    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.come or self.gone)


@dataclass(frozen=True, slots=True)
class Changes:
    """`words`: field -> spans, for the fields that differ. `position` and `type` are codes, None where they stayed."""

    words: tuple[tuple[str, Spans], ...]
    position: Both | None
    type: Both | None
    evidence: Listed
    further: Listed
    files: Listed


def changes(before: RevisionSeen, after: RevisionSeen, language: str, between: Sequence[RevisionSeen] = ()) -> Changes:
    """From one revision of a comment to a later one, in the language of its text. `between`: the revisions after the first up to the later one,
    where there are several: their files come and go.
    """
    pairs = [(name, getattr(before, name) or "", getattr(after, name) or "") for name in WORDS]
    steps = between or (after,)
    come = [label for each in steps for label in each.files_come]
    gone = [label for each in steps for label in each.files_gone]
    return Changes(
        tuple((name, diff(old, new, language)[0]) for name, old, new in pairs if old != new),
        Both(before.position, after.position) if before.position != after.position else None,
        Both(before.type, after.type) if before.type != after.type else None,
        _listed(before.evidence, after.evidence),
        _listed(before.further, after.further),
        Listed(tuple(each for each in come if each not in gone), tuple(each for each in gone if each not in come)),
    )


def _listed(before: Sequence[str], after: Sequence[str]) -> Listed:
    return Listed(tuple(each for each in after if each not in before), tuple(each for each in before if each not in after))
