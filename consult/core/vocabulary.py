"""The closed lists of codes that records, forms and exports share (design, section 2). Titles in the reader's language: `consult.wording.terms`."""

from typing import Literal

ModerationState = Literal["pending", "cleared", "held", "withheld", "withdrawn", "erased"]
STATES: tuple[ModerationState, ...] = ("pending", "cleared", "held", "withheld", "withdrawn", "erased")

PublicationChoice = Literal["named", "organisation", "class", "confidential"]
CHOICES: tuple[PublicationChoice, ...] = ("named", "organisation", "class", "confidential")
"""From the widest to the narrowest; a single comment may narrow its submission's choice, never widen it."""

Position = Literal["support", "support_with_changes", "neutral", "oppose", "question"]
POSITIONS: tuple[Position, ...] = ("support", "support_with_changes", "neutral", "oppose", "question")

CommentType = Literal["general", "technical", "editorial", "translation"]
TYPES: tuple[CommentType, ...] = ("general", "technical", "editorial", "translation")

Target = Literal["process", "document", "clause", "new", "removed"]
TARGETS: tuple[Target, ...] = ("process", "document", "clause", "new", "removed")
"""What a comment speaks of: the consultation itself, a document, a clause, a clause to insert, a clause the draft removed."""

Channel = Literal["web", "form", "staff"]
CHANNELS: tuple[Channel, ...] = ("web", "form", "staff")

Confirmation = Literal["none", "unconfirmed", "confirmed", "disowned"]
CONFIRMATIONS: tuple[Confirmation, ...] = ("none", "unconfirmed", "confirmed", "disowned")

Capacity = Literal["individual", "organisation", "facilitator"]
CAPACITIES: tuple[Capacity, ...] = ("individual", "organisation", "facilitator")
"""A facilitator brings the spoken input of a group."""

DisplayRule = Literal["after_moderation", "after_closing", "with_report"]
DISPLAY_RULES: tuple[DisplayRule, ...] = ("after_moderation", "after_closing", "with_report")

VersionStatus = Literal["draft", "adopted", "superseded"]
STATUSES: tuple[VersionStatus, ...] = ("draft", "adopted", "superseded")

WithholdReason = Literal[
    "abuse", "off_topic", "spam", "illegal", "own_duplicate", "third_party_data", "confidential_information", "disowned"
]
WITHHOLD_REASONS: tuple[WithholdReason, ...] = (
    "abuse", "off_topic", "spam", "illegal", "own_duplicate", "third_party_data", "confidential_information", "disowned",
)  # fmt: skip
"""Closed list of grounds on which a comment may be withheld (the usual rules of public feedback portals); shown in public as its category."""
