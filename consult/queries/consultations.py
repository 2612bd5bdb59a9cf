"""Consultations with their rounds, documents and texts, in the reader's language."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Integer, case, cast, exists, func, select

from consult.core.tally import Tally
from consult.core.window import Window
from consult.extensions import db
from consult.models import Comment, Consultation, ConsultationItem, Round, RoundDocument, Submission, Version
from consult.queries.answer_sheets import answers_only
from consult.queries.standards import VersionSeen, versions
from consult.queries.texts import Fields, Wording, fields_of, staff_texts


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A version under consultation; `baseline` is the name of the version it is mainly compared with."""

    version: VersionSeen
    baseline: str | None


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """One round. `documents` stand in their order; `texts`: title."""

    id: int
    number: int
    state: str
    window: Window
    display_rule: str
    report_at: datetime | None
    documents: tuple[DocumentSeen, ...]
    texts: Fields

    def document(self, standard: str) -> DocumentSeen | None:
        return next((each for each in self.documents if each.version.standard == standard), None)


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """A milestone (with its day), a step after closing, a highlight, a question; `texts`: title, body."""

    kind: str
    on: date | None
    texts: Fields


@dataclass(frozen=True, slots=True)
class ConsultationSeen:
    """`texts`: title, summary, why, how_decided, campaign_policy, display_rule."""

    id: int
    slug: str
    prefix: str
    state: str
    rounds: tuple[RoundSeen, ...]
    texts: Fields

    @property
    def title(self) -> Wording:
        """Its title; the slug while nobody has written one."""
        return self.texts["title"] or Wording(self.slug, "und")

    def round(self, number: int) -> RoundSeen | None:
        return next((each for each in self.rounds if each.number == number), None)

    def current(self, now: datetime) -> RoundSeen | None:
        """The round to speak of: the open one, else the next to open, else the last one closed; cancelled and voided ones do not count."""
        held = [each for each in self.rounds if each.state == "planned"]
        for phase in ("open", "coming"):
            if found := [each for each in held if each.window.phase(now) == phase]:
                return min(found, key=lambda each: each.window.opens)
        return max(held, key=lambda each: each.window.closes, default=None)


def consultations(language: str) -> tuple[ConsultationSeen, ...]:
    """All consultations in their order, with rounds and documents; seven statements."""
    return _consultations(language)


def consultation(slug: str, language: str) -> ConsultationSeen | None:
    """One consultation, or None; seven statements."""
    return next(iter(_consultations(language, slug)), None)


def _consultations(language: str, slug: str | None = None) -> tuple[ConsultationSeen, ...]:
    query = select(Consultation).order_by(Consultation.position, Consultation.slug)
    rows = db.session.scalars(query if slug is None else query.where(Consultation.slug == slug)).all()
    rounds = db.session.scalars(
        select(Round).where(Round.consultation_id.in_([row.id for row in rows])).order_by(Round.consultation_id, Round.number)
    ).all()
    texts = staff_texts([("consultation", row.id) for row in rows] + [("round", each.id) for each in rounds], language)
    documents = _documents([each.id for each in rounds], language)
    by_consultation: dict[int, list[RoundSeen]] = defaultdict(list)
    for each in rounds:
        by_consultation[each.consultation_id].append(
            RoundSeen(
                each.id, each.number, each.state, each.window, each.display_rule, each.report_at, documents[each.id],
                fields_of(texts, "round", each.id),
            )
        )  # fmt: skip
    return tuple(
        ConsultationSeen(row.id, row.slug, row.prefix, row.state, tuple(by_consultation[row.id]), fields_of(texts, "consultation", row.id))
        for row in rows
    )


def _documents(rounds: Collection[int], language: str) -> Mapping[int, tuple[DocumentSeen, ...]]:
    """Round id -> its documents; four statements."""
    rows = db.session.execute(
        select(RoundDocument.round_id, RoundDocument.version_id, Version.name)
        .outerjoin(Version, Version.id == RoundDocument.baseline_id)
        .where(RoundDocument.round_id.in_(rounds))
        .order_by(RoundDocument.round_id, RoundDocument.position)
    ).all()
    seen = {each.id: each for each in versions(language, ids={version for _, version, _ in rows})}
    found: dict[int, tuple[DocumentSeen, ...]] = defaultdict(tuple)
    for owner, version, baseline in rows:
        found[owner] += (DocumentSeen(seen[version], baseline),)
    return found


def items(consultation: ConsultationSeen, language: str) -> dict[str, tuple[ItemSeen, ...]]:
    """Kind (milestone, step, highlight, question) -> the entries in their order; two statements."""
    rows = db.session.scalars(
        select(ConsultationItem)
        .where(ConsultationItem.consultation_id == consultation.id)
        .order_by(ConsultationItem.kind, ConsultationItem.position)
    ).all()
    texts = staff_texts([("consultation_item", row.id) for row in rows], language)
    found: dict[str, tuple[ItemSeen, ...]] = {"milestone": (), "step": (), "highlight": (), "question": ()}
    for row in rows:
        found[row.kind] += (ItemSeen(row.kind, row.on, fields_of(texts, "consultation_item", row.id)),)
    return found


def received(rounds: Collection[int]) -> Mapping[int, Tally]:
    """Round id -> comments received, by state; one statement."""
    rows = db.session.execute(
        select(Comment.round_id, Comment.state, func.count()).where(Comment.round_id.in_(rounds)).group_by(Comment.round_id, Comment.state)
    )
    states: dict[int, dict[str, int]] = defaultdict(dict)
    for owner, state, count in rows:
        states[owner][state] = count
    return defaultdict(Tally, {owner: Tally(states=counted) for owner, counted in states.items()})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Hand-ins of comments; those of nothing but answers; comments among those received that came after closing. Endorsements are counted apart
    (`queries.counts`).
    """

    submissions: int = 0
    answers_only: int = 0
    late: int = 0


def handed_in(rounds: Collection[int]) -> Mapping[int, HandedIn]:
    """Round id -> what was handed in to it, all states; two statements."""
    comments = select(func.count()).where(Comment.submission_id == Submission.id).correlate(Submission).scalar_subquery()
    rows = db.session.execute(
        select(Submission.round_id, func.count(), func.sum(case((Submission.late, cast(comments, Integer)), else_=0)))
        .where(Submission.round_id.in_(rounds), exists().where(Comment.submission_id == Submission.id))
        .group_by(Submission.round_id)
    )
    found = {row[0]: HandedIn(row[1], late=row[2]) for row in rows}
    alone = answers_only(rounds)
    return {each: replace(found.get(each, HandedIn()), answers_only=alone[each]) for each in rounds}


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a version is laid open for comments."""

    consultation: str
    round: int
    round_id: int
    window: Window


def rounds_of(version: VersionSeen) -> tuple[Laid, ...]:
    """The rounds in which a version is under consultation, newest first; one statement."""
    rows = db.session.execute(
        select(Consultation.slug, Round)
        .join(Round, Round.consultation_id == Consultation.id)
        .join(RoundDocument, RoundDocument.round_id == Round.id)
        .where(RoundDocument.version_id == version.id, Round.state == "planned", Consultation.state == "active")
        .order_by(Round.opens_at.desc())
    )
    return tuple(Laid(slug, each.number, each.id, each.window) for slug, each in rows)
