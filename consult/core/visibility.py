"""Who sees what of a comment: one function, used by every page, query, feed and export (design, section 8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from consult.core.vocabulary import CHOICES, DisplayRule, ModerationState, PublicationChoice
from consult.core.window import Window

Viewer = Literal["public", "committee", "secretariat"]
Stub = Literal["in_moderation", "confidential", "not_yet", "withheld", "withdrawn", "erased"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a viewer may read of a comment. With a `stub`, only reference, date, clause, language and state (and `reason` where it says so)."""

    text: bool = False
    name: bool = False
    organisation: bool = False
    stakeholder_class: bool = False
    country: bool = False
    reason: bool = False
    mail: bool = False
    decision: bool = False
    """What became of it."""
    stub: Stub | None = None


_ALL = Seen(text=True, name=True, organisation=True, stakeholder_class=True, country=True, reason=True, mail=True, decision=True)
_STUBS: dict[ModerationState, Stub] = {
    "pending": "in_moderation",
    "held": "in_moderation",
    "withheld": "withheld",
    "withdrawn": "withdrawn",
    "erased": "erased",
}


def narrower(submission: PublicationChoice, comment: PublicationChoice | None) -> PublicationChoice:
    """The choice that counts: a comment may narrow what its submission allows, never widen it."""
    return submission if comment is None else max(submission, comment, key=CHOICES.index)


def displayed(rule: DisplayRule, window: Window, now: datetime, report_at: datetime | None = None) -> bool:
    """Whether the round's display rule lets cleared comments out to the public at `now`."""
    if rule == "after_moderation":
        return True
    if rule == "after_closing":
        return window.phase(now) == "closed"
    return responded(now, report_at)


def responded(now: datetime, report_at: datetime | None) -> bool:
    """Whether the response of a round is published at `now`: from then on everybody sees what became of each comment that they may read."""
    return report_at is not None and report_at <= now


def seen(viewer: Viewer, state: ModerationState, choice: PublicationChoice, shown: bool = True, answered: bool = False) -> Seen:
    """The table of design section 8. `shown`: the round's display rule lets cleared comments out; `answered`: the response of the round is published
    (both bind the public only).
    """
    if viewer == "secretariat":
        return _ALL if state != "erased" else Seen(stub="erased", reason=True)
    if state != "cleared":
        return Seen(stub=_STUBS[state], reason=state == "withheld")
    if viewer == "committee":
        return Seen(
            text=True, stakeholder_class=True, country=choice != "confidential",
            name=choice == "named", organisation=choice in ("named", "organisation"), decision=True,
        )  # fmt: skip
    if choice == "confidential":
        return Seen(stub="confidential")
    if not shown:
        return Seen(stub="not_yet")
    named = choice in ("named", "organisation")
    return Seen(text=True, stakeholder_class=True, name=choice == "named", organisation=named, country=named, decision=answered)
