"""Moderation: which state may follow which, and who moves it. All pairs that are not in the table are refused."""

from consult.core.vocabulary import ModerationState

MOVES: dict[tuple[ModerationState, ModerationState], str] = {
    ("pending", "cleared"): "moderate",
    ("pending", "held"): "moderate",
    ("pending", "withheld"): "moderate",
    ("held", "cleared"): "moderate",
    ("held", "withheld"): "moderate",
    ("cleared", "held"): "moderate",
    ("cleared", "withheld"): "moderate",
    ("withheld", "cleared"): "moderate",
    ("withheld", "held"): "moderate",
    ("held", "pending"): "moderate",  # back into the queue: how a mistaken act is undone, by a further step on the log
    ("cleared", "pending"): "moderate",
    ("withheld", "pending"): "moderate",
    ("pending", "withdrawn"): "withdraw",
    ("held", "withdrawn"): "withdraw",
    ("cleared", "withdrawn"): "withdraw",
    ("withheld", "withdrawn"): "withdraw",
    ("pending", "erased"): "erase",
    ("held", "erased"): "erase",
    ("cleared", "erased"): "erase",
    ("withheld", "erased"): "erase",
    ("withdrawn", "erased"): "erase",
}
"""(from, to) -> what it takes: `moderate` (secretariat, any reason on record), `withdraw` (the author), `erase` (a request on the law's grounds)."""


def moves_from(state: ModerationState, act: str = "moderate") -> tuple[ModerationState, ...]:
    return tuple(after for (before, after), needed in MOVES.items() if before == state and needed == act)


def may_move(before: ModerationState, after: ModerationState, act: str) -> bool:
    """`disown`: whoever has the mail address says that the hand-in is not hers; whatever could be read of it is withheld."""
    if act == "disown":
        return after == "withheld" and before in ("pending", "cleared", "held")
    return MOVES.get((before, after)) == act


def needs_reason(after: ModerationState) -> bool:
    """A comment is never withheld without a published category of reason."""
    return after == "withheld"


def takes_reason(after: ModerationState) -> bool:
    """Whether a reason says anything there: what is cleared or put back has none."""
    return after in ("held", "withheld")
