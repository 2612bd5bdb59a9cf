"""Tables: fields, relationships, constraints and slim properties (records: design, section 4)."""

from consult.models.accounts import Account, Attempt, Seat, SignIn
from consult.models.afterwards import ChoiceNarrowing, Confirmation, RevisionStep
from consult.models.around import LateBasket, LateLink, Reminder, ReminderMail
from consult.models.attachments import Attachment
from consult.models.baskets import Basket, BasketComment
from consult.models.change_review import ChangeCandidate, ChangeSetTrust, ContradictedLink, PossibleLink
from consult.models.citations import CitationIndex, CitationRow, TermRow
from consult.models.comments import Comment, CommentClause, CommentRevision, ModerationStep, Party, Placement, Submission
from consult.models.consultations import Consultation, ConsultationItem, Round, RoundDocument
from consult.models.decisions import Decision, DecisionReason, DispositionRow
from consult.models.drafts import (
    ChangeSetMaking,
    DraftFile,
    DraftImport,
    LinkConfirmation,
    LinkEdit,
    OfficeDraft,
    PassageDecision,
    PublicationRequest,
)
from consult.models.endorsements import CommentLikeness, Endorsement, EndorsementStep
from consult.models.figures import FigureRow
from consult.models.files import VersionFileRow
from consult.models.group_inputs import GroupInputRow
from consult.models.meaning import ChangeMeaning
from consult.models.organisation_rooms import (
    CommentMembers,
    MinorityView,
    Room,
    RoomAnswer,
    RoomComment,
    RoomFile,
    RoomMember,
    RoomRow,
    RoomWayBack,
    SubmissionMembers,
)
from consult.models.parity import CorrectionRequest, ParityAcknowledgement, ParityComparison
from consult.models.questions import Answer, AnswerSheet, AnswerStep, BasketAnswer, Question, Reply
from consult.models.received_files import FileReading, ReceivedFile, ReceivedRow
from consult.models.record import Event, EventCounter, Outbox, StaffText
from consult.models.resources import Resource
from consult.models.search import SearchEntry
from consult.models.standards import (
    ChangeClause,
    ChangeRow,
    ChangeSet,
    ChangeText,
    ClauseRow,
    ClauseText,
    Correction,
    Standard,
    Version,
    VersionText,
)
from consult.models.subscriptions import (
    Subscriber,
    Subscription,
    SubscriptionLook,
    SubscriptionMail,
    SubscriptionNotice,
    SubscriptionRequest,
)

__all__ = [
    "Account",
    "Answer",
    "AnswerSheet",
    "AnswerStep",
    "Attachment",
    "Attempt",
    "Basket",
    "BasketAnswer",
    "BasketComment",
    "ChangeCandidate",
    "ChangeClause",
    "ChangeMeaning",
    "ChangeRow",
    "ChangeSet",
    "ChangeSetMaking",
    "ChangeSetTrust",
    "ChangeText",
    "ChoiceNarrowing",
    "CitationIndex",
    "CitationRow",
    "ClauseRow",
    "ClauseText",
    "Comment",
    "CommentClause",
    "CommentLikeness",
    "CommentMembers",
    "CommentRevision",
    "Confirmation",
    "Consultation",
    "ConsultationItem",
    "ContradictedLink",
    "Correction",
    "CorrectionRequest",
    "Decision",
    "DecisionReason",
    "DispositionRow",
    "DraftFile",
    "DraftImport",
    "Endorsement",
    "EndorsementStep",
    "Event",
    "EventCounter",
    "FigureRow",
    "FileReading",
    "GroupInputRow",
    "LateBasket",
    "LateLink",
    "LinkConfirmation",
    "LinkEdit",
    "MinorityView",
    "ModerationStep",
    "OfficeDraft",
    "Outbox",
    "ParityAcknowledgement",
    "ParityComparison",
    "Party",
    "PassageDecision",
    "Placement",
    "PossibleLink",
    "PublicationRequest",
    "Question",
    "ReceivedFile",
    "ReceivedRow",
    "Reminder",
    "ReminderMail",
    "Reply",
    "Resource",
    "RevisionStep",
    "Room",
    "RoomAnswer",
    "RoomComment",
    "RoomFile",
    "RoomMember",
    "RoomRow",
    "RoomWayBack",
    "Round",
    "RoundDocument",
    "SearchEntry",
    "Seat",
    "SignIn",
    "StaffText",
    "Standard",
    "Submission",
    "SubmissionMembers",
    "Subscriber",
    "Subscription",
    "SubscriptionLook",
    "SubscriptionMail",
    "SubscriptionNotice",
    "SubscriptionRequest",
    "TermRow",
    "Version",
    "VersionFileRow",
    "VersionText",
]
