"""Comments as a viewer may read them: lists, one comment by its reference, counts. What is hidden is taken out here, by `core.visibility.seen`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, false, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.anchor import Anchor, AnchorState
from consult.core.attachment import FileSeen
from consult.core.comment_details import FurtherClause
from consult.core.disposition import Decided
from consult.core.group_input import GroupTold, told_of_group
from consult.core.organisation_room import MembersTold
from consult.core.reply import ReplySeen
from consult.core.tally import Tally, total
from consult.core.visibility import Seen, Viewer, displayed, narrower, responded, seen
from consult.core.vocabulary import CHOICES, STATES
from consult.extensions import db
from consult.models import (
    ClauseRow,
    ClauseText,
    Comment,
    CommentLikeness,
    CommentRevision,
    GroupInputRow,
    ModerationStep,
    Party,
    Round,
    Standard,
    Submission,
    Version,
)
from consult.queries.attachments import files_by_comment
from consult.queries.counted import shown_number
from consult.queries.decisions import decisions_on
from consult.queries.details import ANCHOR, also_on, anchor_from, anchors_now, further_column, further_from
from consult.queries.group_inputs import group_columns, group_from
from consult.queries.late_links import late_reason
from consult.queries.members_told import members_parts, members_told
from consult.queries.replies import replies_to

COUNTED = ("target", "version_id", "placed_clause_id", "state", "counted_choice", "declared_class", "position", "language", "proposes")
"""In the order of `ix_comment_counted`, behind the round: grouped by these, comments are counted as the index is read."""
Place = int | str
"""Where a comment counts: the id of a clause, `new:<clause id>` (a clause to insert after it), `first:<version id>` (a clause to insert before
all), `document:<version id>` or `process`."""


@dataclass(frozen=True, slots=True)
class CommentSeen:
    """A comment as one viewer reads it. What the viewer may not see is None; with a `stub` only the first ten fields are told (and `reason`, where shown).

    `sequence` is its number within the round (keyset of lists). `number`, `clause_id` and `version` are those of the clause it stands on now:
    the newest placement counts; for a removed clause `version` is the baseline. `received_at` is the secretariat's; others see the day (UTC),
    since two comments of one second would tell that one hand wrote both. `capacity` is told where the country is.
    """

    reference: str
    sequence: int
    received_on: date
    target: str
    standard: str | None
    version: str | None
    number: str | None
    clause_id: int | None
    language: str
    state: str
    stub: str | None = None
    reason: str | None = None
    text: str | None = None
    rationale: str | None = None
    proposed: str | None = None
    type: str | None = None
    position: str | None = None
    choice: str | None = None
    late: bool | None = None
    late_reason: str | None = None
    """Why a personal link let it in after closing; not for the public."""
    channel: str | None = None
    text_seen: tuple[str, int] | None = None
    """Language and revision of the clause text its author saw."""
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    name: str | None = None
    organisation: str | None = None
    received_at: datetime | None = None
    mail: str | None = None
    confirmation: str | None = None
    anchor: Anchor | None = None
    anchor_state: AnchorState | None = None
    """Whether its words still stand in the newest text; told on pages, not in exports."""
    further: tuple[FurtherClause, ...] = ()
    group: GroupTold | None = None
    """Whose spoken input it is; where it is told, the capacity is."""
    members: MembersTold | None = None
    """Of an organisation's room, as far as its submission states them."""
    evidence: tuple[str, ...] = ()
    whole: bool = False
    """The proposed wording is the whole clause text, edited."""
    clause_seen: str | None = None
    """The clause text its author saw, where the proposed wording is an edit of it."""
    files: tuple[FileSeen, ...] = ()
    replies: tuple[ReplySeen, ...] = ()
    """What the secretariat answered to a question, the newest in each language."""
    decided: tuple[Decided, ...] = ()
    """What became of it, the newest decision first: for the public once the response of the round is published. Staff pages ask for more themselves."""
    cluster: str | None = None
    """Reference of the first of those that say the same: of an earlier comment which this one repeats, or its own where others repeat it."""

    @property
    def repeats(self) -> str | None:
        """The earlier comment that says the same."""
        return self.cluster if self.cluster != self.reference else None


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`next_after` goes into `after=` for the comments that follow; None at the end."""

    rows: tuple[CommentSeen, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters of a list; None takes all. A clause finds also what applies to it besides its own clause. Class and position find only comments whose class and position the viewer may see."""

    clause_id: int | None = None
    target: str | None = None
    language: str | None = None
    stakeholder_class: str | None = None
    position: str | None = None
    state: str | None = None
    standard: str | None = None
    """Slug of the document; comments on the consultation itself have none (target `process`)."""
    disposition: str | None = None
    """What became of it, where the viewer may see that; "none" for cleared comments that nobody has decided on."""


def published_comments(
    *, round_id: int, viewer: Viewer = "public", clause_id: int | None = None, target: str | None = None, language: str | None = None,
    stakeholder_class: str | None = None, position: str | None = None, state: str | None = None, standard: str | None = None,
    disposition: str | None = None, after: int | None = None, limit: int = 25, now: datetime,
) -> CommentPage:  # fmt: skip
    """Comments and stubs of a round in order of receipt, `limit` at a time; three statements, for the public two more once its response is published."""
    chosen = Chosen(clause_id, target, language, stakeholder_class, position, state, standard, disposition)
    shown, answered = is_displayed(round_id, now), is_answered(round_id, now)
    query = comments_query(round_id, viewer, shown, chosen, answered).order_by(Comment.number).limit(limit + 1)
    if after is not None:
        query = query.where(Comment.number > after)
    rows = with_files(db.session.execute(query).all(), viewer, shown, answered)
    return CommentPage(rows[:limit], rows[limit - 1].sequence if len(rows) > limit else None)


def comment_seen(*, reference: str, viewer: Viewer, now: datetime) -> CommentSeen | None:
    """One comment or its stub, or None where no comment has that reference; three statements, for the public two more once the response is published."""
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.reference == reference))
    if round_id is None:
        return None
    shown = is_displayed(round_id, now)
    row = db.session.execute(_columns().where(Comment.reference == reference)).one()
    return with_files([row], viewer, shown, is_answered(round_id, now))[0]


def tallies(*, round_id: int, viewer: Viewer, now: datetime) -> dict[Place, Tally]:
    """Counts per place of a round, places without comments left out; two statements. States count all received, the rest what `viewer` may read."""
    shown = is_displayed(round_id, now)
    columns = [getattr(Comment, name) for name in COUNTED]
    kept = select(*columns, func.count().label("n")).where(Comment.round_id == round_id).group_by(*columns).subquery().c
    readable, classed = may_see("text", viewer, shown, kept), may_see("stakeholder_class", viewer, shown, kept)
    each = (
        select(
            kept.target, kept.version_id, kept.placed_clause_id.label("clause_id"), kept.state,
            case((readable, kept.position)).label("position"),
            case((classed, kept.declared_class)).label("stakeholder_class"),
            case((readable, kept.language)).label("language"),
            case((readable & kept.proposes, 1), else_=0).label("proposes"), kept.n,
        )
        .subquery()
    )  # fmt: skip
    told = [column for column in each.c if column.name != "n"]
    return _tallied(db.session.execute(select(*told, func.sum(cast(each.c.n, Integer)).label("n")).group_by(*told)))


def round_tally(*, round_id: int, viewer: Viewer, now: datetime) -> Tally:
    """Counts over all comments of a round; two statements."""
    return total(tallies(round_id=round_id, viewer=viewer, now=now).values())


def place(target: str, version_id: int | None, clause_id: int | None) -> Place:
    """The key of `tallies` for a comment."""
    if clause_id is not None:
        return f"new:{clause_id}" if target == "new" else clause_id
    if version_id is None:
        return "process"
    return f"first:{version_id}" if target == "new" else f"document:{version_id}"


def _tallied(rows: Iterable[Any]) -> dict[Place, Tally]:
    counts: dict[Place, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        at = counts[place(row.target, row.version_id, row.clause_id)]
        at["states"][row.state] += row.n
        for part in ("position", "stakeholder_class", "language"):
            if (code := getattr(row, part)) is not None:
                at[part][code] += row.n
        at["proposes"]["n"] += row.n * row.proposes
    return {
        key: Tally(dict(at["states"]), dict(at["position"]), dict(at["stakeholder_class"]), dict(at["language"]), at["proposes"]["n"])
        for key, at in counts.items()
    }


# What a query is made of: also for exports (queries/comment_export.py).


def is_displayed(round_id: int, now: datetime) -> bool:
    """Whether the display rule of the round lets cleared comments out to the public."""
    row = _held_round(round_id)
    return displayed(row.display_rule, row.window, now, row.report_at)  # type: ignore[arg-type]


def is_answered(round_id: int, now: datetime) -> bool:
    """Whether the response of the round is published."""
    return responded(now, _held_round(round_id).report_at)


def _held_round(round_id: int) -> Round:
    """Held while the session lasts: a page asks this of one round many times."""
    row = db.session.get_one(Round, round_id)
    db.session().info[Round, round_id] = row
    return row


def may_see(part: str, viewer: Viewer, shown: bool, of: Any = Comment, *, answered: bool = False) -> ColumnElement[bool]:
    """`core.visibility.seen` as a condition: true for the comments (or rows `of` such columns) of which `viewer` may see `part` (a field of Seen)."""
    allowed = {state: [choice for choice in CHOICES if getattr(seen(viewer, state, choice, shown, answered), part)] for state in STATES}
    return or_(false(), *(and_(of.state == state, of.counted_choice.in_(choices)) for state, choices in allowed.items() if choices))


def comments_query(round_id: int, viewer: Viewer, shown: bool, chosen: Chosen, answered: bool = False) -> Select[Any]:
    """The chosen comments of a round with all that a CommentSeen is made of. A filter on what the viewer may not see finds nothing."""
    query = _columns().where(Comment.round_id == round_id)
    if chosen.clause_id is not None:
        query = query.where(or_(Comment.placed_clause_id == chosen.clause_id, also_on(chosen.clause_id)))
    equal = (
        (Comment.target, chosen.target),
        (Comment.language, chosen.language),
        (Comment.state, chosen.state),
        (Standard.slug, chosen.standard),
    )
    for column, code in equal:
        if code is not None:
            query = query.where(column == code)
    if chosen.position is not None:
        query = query.where(Comment.position == chosen.position, may_see("text", viewer, shown))
    if chosen.stakeholder_class is not None:
        query = query.where(Submission.declared_class == chosen.stakeholder_class, may_see("stakeholder_class", viewer, shown))
    if chosen.disposition is not None:
        wanted = Comment.disposition.is_(None) if chosen.disposition == "none" else Comment.disposition == chosen.disposition
        query = query.where(wanted, Comment.state == "cleared", may_see("decision", viewer, shown, answered=answered))
    return query


def with_files(rows: Sequence[Any], viewer: Viewer, shown: bool, answered: bool = False) -> tuple[CommentSeen, ...]:
    """Rows of `comments_query` as their viewer reads them, with what they are told of the files, and what became of the words they are about;
    one statement, or two; with what became of the comments for the public (`answered`) two more.
    """
    files = files_by_comment(viewer=viewer, allowed={row.reference: allowed_of(row, viewer, shown) for row in rows})
    comments = [comment_from(row, viewer, shown) for row in rows]
    replies = replies_to([each.reference for each in comments if each.position == "question"])
    anchors = anchors_now(each.reference for each in comments if each.anchor is not None)
    told = [row.reference for row in rows if viewer == "public" and allowed_of(row, viewer, shown, answered).decision]
    decided = decisions_on(told)
    return tuple(
        replace(
            each,
            replies=replies.get(each.reference, ()),
            decided=decided.get(each.reference, ()),
            files=files.get(each.reference, ()),
            anchor_state=anchors[each.reference].state if each.reference in anchors else None,
        )
        for each in comments
    )


def allowed_of(row: Any, viewer: Viewer, shown: bool, answered: bool = False) -> Seen:
    """What the viewer may see of the comment of a row."""
    return seen(viewer, row.state, narrower(row.submission_choice, row.comment_choice), shown, answered)


def comment_from(row: Any, viewer: Viewer, shown: bool) -> CommentSeen:
    """A row of `comments_query` with everything taken out that the viewer may not see."""
    choice = narrower(row.submission_choice, row.comment_choice)
    allowed = allowed_of(row, viewer, shown)
    told: dict[str, Any] = {"reason": row.reason} if allowed.reason else {}
    if allowed.text:
        told |= {name: getattr(row, name) for name in ("text", "rationale", "proposed", "type", "position", "late", "channel")}
        told |= {"anchor": anchor_from(row), "further": further_from(row.further), "whole": bool(row.whole)}
        told |= {"evidence": tuple(row.evidence.split("\n")) if row.evidence else (), "clause_seen": row.clause_seen}
        told |= {"choice": choice, "text_seen": (row.seen_language, row.seen_revision) if row.seen_language else None}
        told["cluster"] = row.cluster
        told["members"] = members_told(row, names=allowed.organisation)
        told["late_reason"] = row.late_reason if viewer != "public" else None
    if allowed.stakeholder_class:
        told["stakeholder_class"] = row.declared_class
    if allowed.country:
        told |= {"country": row.country, "capacity": row.capacity}
    if (group := told_of_group(group_from(row), viewer, allowed)) is not None:
        told |= {"group": group, "capacity": row.capacity}
    if allowed.name:
        told["name"] = row.name
    if allowed.organisation:
        told["organisation"] = row.organisation
    if allowed.mail:
        told |= {"mail": row.mail, "confirmation": row.confirmation}
    if viewer == "secretariat":
        told["received_at"] = row.received_at
    return CommentSeen(
        row.reference, row.sequence, row.received_at.date(), row.target, row.standard, row.version, row.number, row.clause_id, row.language,
        row.state, allowed.stub, **told,
    )  # fmt: skip


def _columns() -> Select[Any]:
    parts: tuple[Any, ...] = (
        Comment.reference, Comment.number.label("sequence"), Comment.target, Comment.type, Comment.position, Comment.language, Comment.state,
        Comment.publication_choice.label("comment_choice"), Submission.publication_choice.label("submission_choice"),
        Submission.received_at, Submission.late, late_reason(), Submission.channel, Submission.confirmation, Submission.capacity,
        Submission.declared_class, Submission.country, Party.name, Party.mail, Party.organisation,
        CommentRevision.text, CommentRevision.rationale, CommentRevision.proposed, CommentRevision.evidence, CommentRevision.whole,
        case((CommentRevision.whole, ClauseText.text)).label("clause_seen"), *ANCHOR, further_column().label("further"),
        Standard.slug.label("standard"), Version.name.label("version"), Comment.placed_clause_id.label("clause_id"), ClauseRow.number.label("number"),
        ClauseText.language.label("seen_language"), ClauseText.revision.label("seen_revision"), ModerationStep.reason,
        _cluster().label("cluster"), *members_parts(), *group_columns(),
    )  # fmt: skip
    return (
        select(*parts)
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .outerjoin(GroupInputRow, GroupInputRow.submission_id == Submission.id)
        .outerjoin(CommentRevision, shown_revision())
        .outerjoin(ClauseRow, ClauseRow.id == Comment.placed_clause_id)
        .outerjoin(Version, Version.id == func.coalesce(ClauseRow.version_id, Comment.version_id))
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .outerjoin(ClauseText, ClauseText.id == Comment.clause_text_id)
        .outerjoin(ModerationStep, ModerationStep.id == _newest(ModerationStep, ModerationStep.id))
    )


def _cluster() -> ColumnElement[str | None]:
    """The first of the comments that say the same, where there are several."""
    other, own, head = aliased(CommentLikeness), aliased(CommentLikeness), aliased(Comment)
    earlier = (
        select(head.reference).join(own, own.head_id == head.id).where(own.comment_id == Comment.id).correlate(Comment).scalar_subquery()
    )
    repeated = select(other.comment_id).where(other.head_id == Comment.id).correlate(Comment).exists()
    return func.coalesce(earlier, case((repeated, Comment.reference)))


def _newest(table: Any, column: Any) -> Any:
    """The highest `column` of a comment's rows in `table`."""
    other = aliased(table)
    return select(func.max(getattr(other, column.key))).where(other.comment_id == Comment.id).correlate(Comment).scalar_subquery()


def shown_revision() -> ColumnElement[bool]:
    """Joins the revision that readers get."""
    return and_(CommentRevision.comment_id == Comment.id, CommentRevision.number == shown_number())
