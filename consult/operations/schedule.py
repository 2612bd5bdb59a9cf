"""Scheduling consultations and their rounds."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.plan import ConsultationPlan, QuestionPlan, ResourcePlan, RoundPlan, Texts
from consult.core.problem import Problem, Refused
from consult.core.window import instant
from consult.extensions import writing
from consult.models import ClauseRow, Consultation, ConsultationItem, Question, Resource, Round, RoundDocument, StaffText, Standard
from consult.operations.record import Actor, record
from consult.queries.drafts import version_row


def schedule_consultation(*, plan: ConsultationPlan, by: Actor, now: datetime) -> str:
    """Creates a consultation with its texts, items and rounds; returns its slug.

    Raises Refused: `consultation_exists`, `version_unknown`, `window_reversed`, `round_overlaps`, `round_number`, `question_place`.
    """
    with writing() as session:
        if session.scalar(select(Consultation.id).where((Consultation.slug == plan.slug) | (Consultation.prefix == plan.prefix))):
            raise Refused(Problem("consultation_exists", {}, {"slug": plan.slug, "prefix": plan.prefix}))
        consultation = Consultation(slug=plan.slug, prefix=plan.prefix, position=plan.position, created_at=now)
        session.add(consultation)
        session.flush()
        _texts(session, "consultation", consultation.id, plan.texts)
        for position, item in enumerate(plan.items):
            row = ConsultationItem(consultation_id=consultation.id, kind=item.kind, position=position, on=item.on)
            session.add(row)
            session.flush()
            _texts(session, "consultation_item", row.id, item.texts)
        for position, resource in enumerate(plan.resources):
            _add_resource(session, consultation, resource, position)
        previous: Round | None = None
        for entry in plan.rounds:
            previous = _add_round(session, consultation, entry, previous)
        session.flush()
        record(
            session, scope=plan.slug, kind="consultation_scheduled", subject=plan.slug, by=by, now=now, codes={"rounds": len(plan.rounds)}
        )
        return plan.slug


def _add_resource(session: Session, consultation: Consultation, plan: ResourcePlan, position: int) -> None:
    at = instant(plan.at, plan.zone) if plan.at and plan.zone else None
    row = Resource(
        consultation_id=consultation.id, name=plan.name, kind=plan.kind, position=position,
        at=at, zone=plan.zone if at else None, minutes=plan.minutes,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _texts(session, "resource", row.id, plan.texts)


def _add_round(session: Session, consultation: Consultation, plan: RoundPlan, previous: Round | None) -> Round:
    opens, closes = instant(plan.opens, plan.zone), instant(plan.closes, plan.zone)
    where: dict[str, str | int] = {"row": plan.number}
    if closes - opens < timedelta(hours=1):
        raise Refused(Problem("window_reversed", where))
    if previous is not None and (plan.number != previous.number + 1 or opens < previous.closes_at):
        raise Refused(Problem("round_overlaps", where))
    row = Round(
        consultation_id=consultation.id,
        number=plan.number,
        opens_local=plan.opens.isoformat(timespec="seconds"),
        closes_local=plan.closes.isoformat(timespec="seconds"),
        zone=plan.zone,
        opens_at=opens,
        closes_at=closes,
        grace_minutes=plan.grace_minutes,
        display_rule=plan.display_rule,
    )
    session.add(row)
    session.flush()
    _texts(session, "round", row.id, plan.texts)
    for position, (standard, name, baseline) in enumerate(plan.documents):
        version = version_row(standard, name)
        compared = version_row(standard, baseline) if baseline else None
        if version is None or (baseline and compared is None):
            raise Refused(Problem("version_unknown", where, {"standard": standard, "version": name if version is None else baseline or ""}))
        session.add(
            RoundDocument(
                round_id=row.id, version_id=version.id, standard_id=version.standard_id,
                baseline_id=compared.id if compared else None, position=position,
            )
        )  # fmt: skip
    session.flush()
    for position, question in enumerate(plan.questions):
        _add_question(session, row, question, position)
    return row


def _add_question(session: Session, round_: Round, plan: QuestionPlan, position: int) -> None:
    """Refused: question_place (params: code) where the round has no such document or clause."""
    version = clause = None
    if plan.standard is not None:
        version = session.scalar(
            select(RoundDocument.version_id)
            .join(Standard, Standard.id == RoundDocument.standard_id)
            .where(RoundDocument.round_id == round_.id, Standard.slug == plan.standard)
        )
    if plan.number is not None:
        clause = session.scalar(select(ClauseRow.id).where(ClauseRow.version_id == version, ClauseRow.number == plan.number))
    if (plan.standard and version is None) or (plan.number and clause is None):
        raise Refused(Problem("question_place", {"row": round_.number}, {"code": plan.asked.code}))
    row = Question(
        round_id=round_.id, code=plan.asked.code, position=position, kind=plan.asked.kind, version_id=version, clause_id=clause,
        options=list(plan.asked.options),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _texts(session, "question", row.id, plan.texts)


def _texts(session: Session, owner: str, owner_id: int, texts: Texts) -> None:
    session.add_all(
        StaffText(owner_kind=owner, owner_id=owner_id, field=field, language=language, text=text)
        for field, words in texts.items()
        for language, text in words.items()
    )
