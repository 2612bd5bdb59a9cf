"""What became of comments: the decisions on some, and how they are spread over a round. Whoever asks may see them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, cast

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import aliased

from consult.core.disposition import Decided, Disposition
from consult.core.reference import decision_reference
from consult.extensions import db
from consult.models import Account, Comment, Consultation, Decision, DecisionReason, DispositionRow, Round


def decisions_on(references: Collection[str], *, actors: bool = False) -> dict[str, tuple[Decided, ...]]:
    """Reference -> what was decided on it, the newest first; two statements, none for none. `actors`: with the name of who recorded it."""
    return _gathered(db.session.connection(), _columns().where(Comment.reference.in_(references)), actors) if references else {}


def decisions_of_round(connection: Connection, round_id: int) -> dict[str, tuple[Decided, ...]]:
    """The same for a whole round, in the snapshot of an export."""
    return _gathered(connection, _columns().where(Comment.round_id == round_id), False)


def dispositions_of(*, round_id: int) -> dict[str, Counter[str]]:
    """Disposition ("" for none yet) -> class -> cleared comments of a round; one statement."""
    rows = db.session.execute(
        select(Comment.disposition, Comment.declared_class, func.count())
        .where(Comment.round_id == round_id, Comment.state == "cleared")
        .group_by(Comment.disposition, Comment.declared_class)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for disposition, stakeholder_class, count in rows:
        found[disposition or ""][stakeholder_class or ""] += count
    return found


def _columns() -> Select[*tuple[Any, ...]]:
    original = aliased(Comment)
    return (
        select(
            Comment.reference, DispositionRow.number, DispositionRow.disposition, original.reference.label("duplicate_of"),
            Decision.id.label("decision"), Decision.number.label("decision_number"), Decision.at, Round.number.label("round"),
            Consultation.prefix, Account.name,
        )
        .join(DispositionRow, DispositionRow.comment_id == Comment.id)
        .join(Decision, Decision.id == DispositionRow.decision_id)
        .join(Round, Round.id == Decision.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(original, original.id == DispositionRow.duplicate_of_id)
        .outerjoin(Account, (Decision.actor_kind == "account") & (Account.id == Decision.actor_id))
        .order_by(Comment.id, DispositionRow.number.desc())
    )  # fmt: skip


def _gathered(connection: Connection, query: Select[*tuple[Any, ...]], actors: bool) -> dict[str, tuple[Decided, ...]]:
    rows = connection.execute(query).all()
    reasons = _reasons(connection, {row.decision for row in rows})
    found: dict[str, tuple[Decided, ...]] = {}
    for row in rows:
        decided = Decided(
            decision_reference(row.prefix, row.round, row.decision_number), cast(Disposition, row.disposition), reasons.get(row.decision, {}),
            row.duplicate_of, row.number, row.at, row.name if actors else None,
        )  # fmt: skip
        found[row.reference] = (*found.get(row.reference, ()), decided)
    return found


def _reasons(connection: Connection, decisions: Iterable[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = connection.execute(
        select(DecisionReason.decision_id, DecisionReason.language, DecisionReason.text).where(DecisionReason.decision_id.in_(decisions))
    )
    for decision, language, text in rows:
        found[decision][language] = text
    return found
