"""Comments, copies, signatories and endorsements as every page and export counts them: rows are grouped here, what counts says `core.endorsement`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.endorsement import STANDS_IN, Counts, Group, counted, together
from consult.core.visibility import Viewer, seen
from consult.core.vocabulary import CHOICES, STATES
from consult.extensions import db
from consult.models import Comment, CommentMembers, Endorsement, Submission, SubmissionMembers
from consult.queries.comments import Place, is_displayed, may_see, place


def counts_by_place(*, round_id: int, viewer: Viewer, now: datetime) -> Mapping[Place, Counts]:
    """Counts per place of a round, those without comments left out; five statements."""
    at = (Comment.target, Comment.version_id, Comment.placed_clause_id)
    return _counts(at, Comment.round_id == round_id, viewer, is_displayed(round_id, now), lambda row: place(*row[:3]))


def counts_on_clause(*, round_id: int, clause_id: int, viewer: Viewer, now: datetime) -> Counts:
    """Counts of what stands on a clause; a clause proposed behind it is another place. Five statements."""
    chosen = and_(Comment.round_id == round_id, Comment.placed_clause_id == clause_id, Comment.target != "new")
    return _counts((Comment.round_id,), chosen, viewer, is_displayed(round_id, now), lambda row: row[0]).get(round_id, Counts())


def counts_of_round(*, round_id: int, viewer: Viewer, now: datetime) -> Counts:
    """Counts of a whole round; five statements."""
    return together(counts_by_place(round_id=round_id, viewer=viewer, now=now).values())


def counts_of_comments(*, round_id: int, references: Collection[str], viewer: Viewer, now: datetime) -> Mapping[str, Counts]:
    """Counts of single comments by reference, all of one round; five statements, none for no references."""
    if not references:
        return {}
    chosen = and_(Comment.round_id == round_id, Comment.reference.in_(references))
    return _counts((Comment.reference,), chosen, viewer, is_displayed(round_id, now), lambda row: row[0])


def counts_of_each_comment(round_id: int, viewer: Viewer, shown: bool, connection: Any) -> Mapping[str, Counts]:
    """Counts of all comments of a round by reference, within the snapshot of an export; four statements."""
    return _counts((Comment.reference,), Comment.round_id == round_id, viewer, shown, lambda row: row[0], connection)


def repeats() -> ColumnElement[bool]:
    """Whether an endorsement is the second of one mail address for its comment."""
    other, sent = aliased(Endorsement), aliased(Submission)
    return exists(
        select(other.id)
        .join(sent, sent.id == other.submission_id)
        .where(other.comment_id == Endorsement.comment_id, other.person_sha256 == Endorsement.person_sha256, other.id < Endorsement.id)
        .where(other.state.in_(STANDS_IN), sent.confirmation != "disowned")
        .correlate(Endorsement)
    )


def may_see_endorsement(part: str, viewer: Viewer, shown: bool) -> ColumnElement[bool]:
    """`core.visibility.seen` as a condition on an endorsement and its submission."""
    allowed = {state: [choice for choice in CHOICES if getattr(seen(viewer, state, choice, shown), part)] for state in STATES}
    conditions = [and_(Endorsement.state == state, Submission.publication_choice.in_(codes)) for state, codes in allowed.items() if codes]
    return or_(false(), *conditions)


def _counts(
    at: tuple[Any, ...], chosen: ColumnElement[bool], viewer: Viewer, shown: bool, key: Any, connection: Any = None
) -> Mapping[Any, Counts]:
    run = (connection or db.session).execute
    received = Counter[Hashable]()
    copies = Counter[Hashable]()
    for *row, n, repeated in run(_grouped(at, chosen)):
        received[key(row)] += n
        copies[key(row)] += repeated
    members: dict[Hashable, dict[int, int]] = defaultdict(dict)
    for *row, submission, many in run(_members(at, chosen, viewer, shown)):
        of = members[key(row)]
        of[submission] = max(of.get(submission, 0), many)
    groups: dict[Hashable, list[Group]] = defaultdict(list)
    for *row, state, disowned, again, stakeholder_class, n in run(_endorsed(at, chosen, viewer, shown)):
        groups[key(row)].append(Group(state, n, bool(disowned), bool(again), stakeholder_class))
    return {
        each: counted(comments=received[each], copies=copies[each], members=members.get(each), endorsements=groups.get(each, ()))
        for each in received
    }


def _grouped(at: tuple[Any, ...], chosen: ColumnElement[bool]) -> Select[Any]:
    return select(*at, func.count(), func.sum(case((Comment.repeats, 1), else_=0))).select_from(Comment).where(chosen).group_by(*at)


def _members(at: tuple[Any, ...], chosen: ColumnElement[bool], viewer: Viewer, shown: bool) -> Select[Any]:
    """Members that submissions state, of the comments the viewer may read: how many said this one, else all the submission names or counts."""
    said = func.coalesce(CommentMembers.said_by, SubmissionMembers.members)
    return (
        select(*at, Comment.submission_id, said)
        .select_from(Comment)
        .join(SubmissionMembers, SubmissionMembers.submission_id == Comment.submission_id)
        .outerjoin(CommentMembers, CommentMembers.comment_id == Comment.id)
    ).where(chosen, SubmissionMembers.statement != "not_stated", may_see("text", viewer, shown))


def _endorsed(at: tuple[Any, ...], chosen: ColumnElement[bool], viewer: Viewer, shown: bool) -> Select[Any]:
    classed = case((may_see_endorsement("stakeholder_class", viewer, shown), Submission.declared_class))
    each = (
        select(
            *at, Endorsement.state, case((Submission.confirmation == "disowned", 1), else_=0).label("disowned"),
            case((repeats(), 1), else_=0).label("again"), classed.label("stakeholder_class"),
        )
        .select_from(Endorsement)
        .join(Comment, Comment.id == Endorsement.comment_id)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(chosen)
        .subquery()
    )  # fmt: skip
    return select(*each.c, func.count()).group_by(*each.c)
