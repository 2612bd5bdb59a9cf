"""All comments of a round for an export: counted and read in one snapshot of the database, streamed, never as objects of the ORM."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from consult.core.answer_row import AnswerRow
from consult.core.disposition import Decided
from consult.core.endorsement import Counts, together
from consult.core.endorsement_row import EndorsementRow, by_class_text
from consult.core.export_row import ExportRow, Summary
from consult.core.group_input import FIELDS, GroupTold
from consult.core.organisation_room import MembersTold
from consult.core.reply import ENGLISH, ReplySeen, nearest_reply
from consult.core.visibility import Viewer
from consult.extensions import db
from consult.models import (
    AnswerSheet,
    ClauseRow,
    Comment,
    Consultation,
    Endorsement,
    Round,
    RoundDocument,
    StaffText,
    Standard,
    Submission,
    VersionText,
)
from consult.queries.answer_sheets import answer_rows
from consult.queries.attachments import file_seen, files_of_round
from consult.queries.comments import Chosen, CommentSeen, allowed_of, comment_from, comments_query, is_answered, is_displayed
from consult.queries.counts import counts_of_each_comment
from consult.queries.decisions import decisions_of_round
from consult.queries.endorsements import endorsement_from, endorsement_rows
from consult.queries.questions import answers_by_comment
from consult.queries.replies import replies_of_round

PORTION = 500
"""Rows fetched at a time: bounds the memory of an export of any length."""


@dataclass(frozen=True, slots=True)
class ExportedRound:
    """What an export says of its round: titles of the consultation by language, and of its standards by slug and language."""

    id: int
    consultation: str
    number: int
    opens_at: datetime
    titles: Mapping[str, str]
    standards: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CommentExport:
    """`rows` can be read once, while the export is open."""

    summary: Summary
    rows: Iterator[ExportRow]
    endorsements: Iterator[EndorsementRow]
    """Of the chosen comments; to be read after the rows."""
    answers: Iterator[AnswerRow]
    """For staff: those that came with the chosen comments, and where all comments are chosen also those without one; to be read at last."""


def exported_round(*, consultation: str, number: int) -> ExportedRound | None:
    """The round of that number, or None; three statements."""
    found = db.session.execute(
        select(Round.id, Round.opens_at, Consultation.id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if found is None:
        return None
    round_id, opens_at, consultation_id = found
    titles = db.session.execute(
        select(StaffText.language, StaffText.text).where(
            StaffText.owner_kind == "consultation", StaffText.owner_id == consultation_id, StaffText.field == "title"
        )
    )
    documents = db.session.execute(
        select(Standard.slug, VersionText.language, VersionText.title)
        .join(RoundDocument, RoundDocument.standard_id == Standard.id)
        .join(VersionText, VersionText.version_id == RoundDocument.version_id)
        .where(RoundDocument.round_id == round_id)
    )
    standards: dict[str, dict[str, str]] = {}
    for slug, language, title in documents:
        standards.setdefault(slug, {})[language] = title
    return ExportedRound(round_id, consultation, number, opens_at, dict(titles.all()), standards)


def clause_of_round(*, round_id: int, number: str, standard: str | None = None) -> int | None:
    """The id of a clause by its number in the address form, among the documents of the round (the first that has it, unless `standard` says)."""
    query = (
        select(ClauseRow.id)
        .join(RoundDocument, RoundDocument.version_id == ClauseRow.version_id)
        .where(RoundDocument.round_id == round_id, ClauseRow.number == number)
        .order_by(RoundDocument.position)
        .limit(1)
    )
    if standard is not None:
        query = query.join(Standard, Standard.id == RoundDocument.standard_id).where(Standard.slug == standard)
    return db.session.scalar(query)


@contextmanager
def comment_export(
    *, of: ExportedRound, viewer: Viewer, now: datetime, chosen: Chosen | None = None, filters: Mapping[str, str] | None = None,
    language: str = ENGLISH,
) -> Iterator[CommentExport]:  # fmt: skip
    """The chosen comments of a round in order of receipt, stubs among them; sixteen statements in all, whatever their number.

    `filters` are what `chosen` was made from, as the summary tells it; `language` that of reasons which are there in several.
    """
    shown, answered, chosen = is_displayed(of.id, now), is_answered(of.id, now), chosen or Chosen()
    with _snapshot() as connection:
        counted = connection.execute(
            select(Comment.state, func.count(), func.sum(case((Submission.late, 1), else_=0)))
            .join(Submission, Submission.id == Comment.submission_id)
            .where(Comment.round_id == of.id)
            .group_by(Comment.state)
        ).all()
        states, late = {state: count for state, count, _ in counted}, sum(late for *_, late in counted)
        query = comments_query(of.id, viewer, shown, chosen, answered)
        listed = connection.execute(select(func.count()).select_from(query.with_only_columns(Comment.id).subquery())).scalar_one()
        counts = counts_of_each_comment(of.id, viewer, shown, connection)
        sheets = connection.execute(select(func.count()).where(AnswerSheet.round_id == of.id)).scalar_one()
        summary = Summary(
            of.consultation, of.number, viewer, states, listed, dict(filters or {}), late, together(counts.values()), answers_only=sheets
        )
        files = files_of_round(connection, of.id)
        replies = replies_of_round(connection, of.id)
        answers = answers_by_comment(connection, of.id) if viewer != "public" else {}
        decided = decisions_of_round(connection, of.id) if answered or viewer != "public" else {}
        rows = connection.execution_options(yield_per=PORTION).execute(query.order_by(Comment.number))
        name = f"{of.consultation}/{of.number}"
        exported = (
            export_row(
                _with_files(row, viewer, shown, files, replies), name, answers.get(row.reference), counts.get(row.reference),
                next(iter(decided.get(row.reference, ())), None) if allowed_of(row, viewer, shown, answered).decision else None, language,
            )
            for row in rows
        )  # fmt: skip
        chosen_comments = query.with_only_columns(Comment.id).scalar_subquery()
        of_these = None if chosen == Chosen() else chosen_comments
        given = iter(()) if viewer == "public" else answer_rows(connection, of.id, viewer, of_these)
        yield CommentExport(summary, exported, _endorsements(connection, chosen_comments, viewer, shown), given)


def _endorsements(connection: Connection, comments: Any, viewer: Viewer, shown: bool) -> Iterator[EndorsementRow]:
    query = endorsement_rows().where(Endorsement.comment_id.in_(comments)).order_by(Comment.number, Endorsement.number)
    for row in connection.execution_options(yield_per=PORTION).execute(query):
        seen = endorsement_from(row, viewer, shown)
        yield EndorsementRow(
            reference=seen.reference, endorsed_comment=seen.comment, received_at=seen.received_at or seen.received_on, late=seen.late, late_reason=seen.late_reason,
            counted=seen.counts, stakeholder_class=seen.stakeholder_class, country=seen.country, capacity=seen.capacity,
            name=seen.name or None, organisation=seen.organisation or None, nuance=seen.nuance, language=seen.language,
            moderation_state=seen.state, withheld_reason=seen.reason, nuance_withheld_reason=seen.nuance_reason,
            publication_choice="confidential" if seen.stub == "confidential" else seen.choice, channel=seen.channel, mail=seen.mail or None,
            confirmation=seen.confirmation,
        )  # fmt: skip


def _with_files(
    row: Any, viewer: Viewer, shown: bool, files: Mapping[str, Sequence[Any]], replies: Mapping[str, tuple[ReplySeen, ...]]
) -> CommentSeen:
    allowed = allowed_of(row, viewer, shown)
    told = (file_seen(file, viewer, allowed) for file in files.get(row.reference, ()))
    return replace(
        comment_from(row, viewer, shown),
        files=tuple(each for each in told if each is not None),
        replies=replies.get(row.reference, ()) if allowed.text else (),
    )


def export_row(
    comment: CommentSeen, name: str, answers: str | None = None, counts: Counts | None = None, decided: Decided | None = None,
    language: str = ENGLISH,
) -> ExportRow:  # fmt: skip
    """The row of a comment as its viewer sees it; `name` of the round, as in performance-standard-v3/2; `decided`: the newest on it, its reason
    in `language` or the nearest.
    """
    language_seen, revision = comment.text_seen or (None, None)
    reason = decided.reason(language) if decided else None
    return ExportRow(
        reference=comment.reference, round=name, received_at=comment.received_at or comment.received_on, late=comment.late, late_reason=comment.late_reason,
        standard=comment.standard, version=comment.version, clause_number=comment.number, target=comment.target,
        clause_text_language=language_seen, clause_text_revision=revision, language=comment.language,
        stakeholder_class=comment.stakeholder_class or None, country=comment.country or None, capacity=comment.capacity,
        name=comment.name or None, organisation=comment.organisation or None, position=comment.position, type=comment.type,
        comment=comment.text or None, rationale=comment.rationale or None, proposed_wording=comment.proposed or None,
        further_clauses="; ".join(each.label for each in comment.further) or None, evidence="\n".join(comment.evidence) or None,
        proposed_whole_clause=comment.whole if comment.proposed else None, anchor_text=comment.anchor.words if comment.anchor else None,
        anchor_start=comment.anchor.start if comment.anchor else None, anchor_end=comment.anchor.end if comment.anchor else None,
        moderation_state=comment.state, withheld_reason=comment.reason,
        publication_choice="confidential" if comment.stub == "confidential" else comment.choice, channel=comment.channel,
        **_members(comment.members), **_group(comment.group), cluster=comment.cluster, endorsements=counts.endorsements if counts else 0,
        endorsements_by_class=by_class_text(dict(counts.endorsed_by)) if counts else None,
        attachments="\n".join(f"{each.label} {each.sha256 or each.why}" for each in comment.files) or None, answers=answers if not comment.stub else None, decision=decided.decision if decided else None,
        disposition=decided.disposition if decided else None, reason=reason[1] if reason else None, response=_response(comment), mail=comment.mail or None, confirmation=comment.confirmation,
    )  # fmt: skip


def _members(told: MembersTold | None) -> dict[str, Any]:
    """What a submission of a room says about its members; a view in a line of its own, after the name where one is told."""
    if told is None:
        return {}
    views = (": ".join(part for part in (view.name, view.text) if part) for view in told.minority)
    return {
        "members_statement": told.statement, "members": told.members, "member_names": "; ".join(told.names) or None,
        "said_by_members": told.said_by, "minority_views": "\n".join(views) or None,
    }  # fmt: skip


def _group(told: GroupTold | None) -> dict[str, Any]:
    """Whose spoken input it is."""
    return {name: getattr(told, name.removeprefix("group_")) for name in FIELDS} if told else {}


def _response(comment: CommentSeen) -> str | None:
    """The answer of the secretariat, in the language of the comment or the nearest."""
    reply = nearest_reply(comment.replies, comment.language)
    return reply.text if reply else None


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """One state of the database for several statements: totals and rows agree while comments keep coming in."""
    engine = db.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection
