"""What comes after closing through a personal link: why it was issued, and whether it still lets somebody in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Reason = Literal["our_fault", "told_late", "no_access", "emergency", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LateState = Literal["asked", "valid", "used", "revoked", "over"]


@dataclass(frozen=True, slots=True)
class LateLinkState:
    """What decides: `confirmed` by whoever had to, `used` for its one submission."""

    ends: datetime
    confirmed: bool
    revoked: bool
    used: bool

    def at(self, now: datetime) -> LateState:
        if self.used:
            return "used"
        if self.revoked:
            return "revoked"
        if now >= self.ends:
            return "over"
        return "valid" if self.confirmed else "asked"
