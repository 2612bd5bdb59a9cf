"""What was handed in, as its own sender reads it: a submission with every comment beside the text it speaks of."""

from dataclasses import dataclass
from datetime import datetime

from consult.core.anchor import AnchorState
from consult.core.attachment import OwnFile
from consult.core.confirmation import MailState
from consult.core.disposition import Decided
from consult.core.group_input import GroupTold
from consult.core.organisation_room import MembersTold
from consult.core.reply import ReplySeen
from consult.core.revision import may_be_revised, waits
from consult.core.window import Window


@dataclass(frozen=True, slots=True)
class RevisionSeen:
    number: int
    at: datetime
    text: str | None
    proposed: str | None
    rationale: str | None
    evidence: tuple[str, ...] = ()
    whole: bool = False
    """The proposed wording is the whole clause text, edited."""
    position: str | None = None
    type: str | None = None
    further: tuple[str, ...] = ()
    """Numbers, as printed, of the further clauses it applies to."""
    files_come: tuple[str, ...] = ()
    """Labels of the files that came with it; an erased one has none and is left out."""
    files_gone: tuple[str, ...] = ()
    """Labels of the files that it takes away."""


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One move of moderation, or of the author: to a state since `at`; `reason`: the published category. `revision`: a verdict on that one."""

    after: str
    reason: str | None
    at: datetime
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class CommentOnReceipt:
    """One comment with the clause text its author saw (`clause_text` Markdown in `clause_language`); `reason`: of withholding.

    `cleared`: number of the revision that readers get while it is cleared; `refused`: why the newest revision does not stand in its place.
    """

    reference: str
    target: str
    standard_slug: str | None
    standard: str | None
    standard_language: str | None
    version: str | None
    number: str | None
    label: str | None
    clause_title: str | None
    clause_text: str | None
    clause_language: str | None
    type: str | None
    position: str | None
    language: str
    choice: str | None
    state: str
    reason: str | None
    revisions: tuple[RevisionSeen, ...]
    cleared: int | None = None
    judged: int = 0
    refused: str | None = None
    steps: tuple[StepSeen, ...] = ()
    anchor_words: str | None = None
    anchor_state: AnchorState | None = None
    """Whether these words still stand in the newest text."""
    further: tuple[str, ...] = ()
    files: tuple[OwnFile, ...] = ()
    """Those of the newest revision; what was taken away before stays on the record (`core.attachment.OwnFile.gone`)."""
    gone_files: tuple[OwnFile, ...] = ()
    replies: tuple[ReplySeen, ...] = ()
    decided: tuple[Decided, ...] = ()
    """What became of it, the newest decision first, once the response of the round is published: its author reads it of a confidential one too."""
    members: MembersTold | None = None
    """What its submission says of the members of the organisation, where it came out of a room."""

    @property
    def newest(self) -> RevisionSeen:
        return self.revisions[-1]

    @property
    def waits(self) -> bool:
        """Its newest revision waits for moderation beside what was decided."""
        return waits(self.state, self.newest.number, self.judged)

    @property
    def ended(self) -> bool:
        return not may_be_revised(self.state)


@dataclass(frozen=True, slots=True)
class NarrowingSeen:
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EndorsementOnReceipt:
    """An endorsement as its own sender reads it, with the words it endorses where they may still be read."""

    reference: str
    comment: str
    consultation: str
    round: int
    state: str
    reason: str | None
    nuance: str | None
    language: str | None
    nuance_reason: str | None
    words: str | None
    proposed: str | None
    comment_language: str
    comment_stub: str | None
    earlier_words: bool
    submission: str
    mail: str | None
    pages: str
    """Language of its sender's pages."""


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """A question of the round in the reader's language (`language` of its words), and what was answered: options in words, or the text."""

    question: str
    language: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetOnReceipt:
    """Answers that were handed in without a comment; `reason`: of withholding. `words`: among them are some to be read."""

    reference: str
    state: str
    reason: str | None
    words: bool

    @property
    def ended(self) -> bool:
        return not may_be_revised(self.state)


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A whole submission as its own sender reads it. `key` is that of its form, from which with `turn` its secret code can be made again.

    `expires`: until when link and code of the newest mail hold; None where there is none. `added`: references of what was added to it later;
    `added_to`: of what it was added to.
    """

    id: int
    reference: str
    key: str
    secret_sha256: str
    received_at: datetime
    late: bool
    language: str
    confirmation: str
    capacity: str
    stakeholder_class: str
    country: str
    choice: str
    name: str | None
    mail: str | None
    organisation: str | None
    consultation: str
    consultation_title: str
    title_language: str
    round: int
    window: Window
    comments: tuple[CommentOnReceipt, ...]
    turn: int = 0
    expires: datetime | None = None
    mails: tuple[MailState, ...] = ()
    narrowings: tuple[NarrowingSeen, ...] = ()
    added: tuple[str, ...] = ()
    added_to: str | None = None
    cancelled: bool = False
    endorsement: EndorsementOnReceipt | None = None
    """What this hand-in is where it is no comment."""
    answers: tuple[AnswerSeen, ...] = ()
    sheet: SheetOnReceipt | None = None
    """Of a hand-in that is nothing but answers."""
    group: GroupTold | None = None
    """Whose input a facilitator brought."""
    views: int | None = None
    """Minority views that went along; None where it came out of no organisation's room."""

    @property
    def standing(self) -> tuple[CommentOnReceipt, ...]:
        """What its author has not taken back and nobody erased."""
        return tuple(comment for comment in self.comments if not comment.ended)

    @property
    def stands(self) -> bool:
        """Whether something of it still counts for its author."""
        return bool(self.standing or self.endorsement or (self.sheet and not self.sheet.ended))

    @property
    def mail_state(self) -> MailState | None:
        """Of the newest mail with this receipt."""
        return next((each for each in reversed(self.mails) if each.template == "receipt"), None)

    @property
    def disowned(self) -> bool:
        return self.confirmation == "disowned"
