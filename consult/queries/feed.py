"""What happened around consultations and their documents, from stored rows: for feeds, calendars and mails. A constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from consult.core.happening import SOON, Happening
from consult.core.window import Window
from consult.extensions import db
from consult.models import (
    ChangeClause,
    ClauseRow,
    ClauseText,
    Consultation,
    ConsultationItem,
    Correction,
    Event,
    Round,
    RoundDocument,
    Version,
)
from consult.queries.standards import VersionSeen, versions
from consult.queries.texts import Wording, fields_of, staff_texts


def happenings(language: str, *, since: datetime, until: datetime, consultation: str | None = None) -> tuple[Happening, ...]:
    """What happened with `since < at <= until`, newest first; of one consultation (its slug), or all. At most fourteen statements.

    Consultations and rounds that were cancelled or voided are passed over. A closing counts as soon while it is ahead of `until`.
    """
    rounds = _rounds(language, consultation)
    laid = _laid([each.row.id for each in rounds])
    found = [*_of_windows(rounds, laid, until), *_extensions(rounds, laid)]
    followed = {version for entries in laid.values() for version, _ in entries} if consultation else None
    found += [*_versions(language, since, until, followed), *_corrections(language, since, until, followed)]
    return tuple(sorted((each for each in found if since < each.at <= until), key=lambda each: (each.at, each.key), reverse=True))


@dataclass(frozen=True, slots=True)
class _Held:
    row: Round
    slug: str
    title: Wording


def _rounds(language: str, consultation: str | None) -> list[_Held]:
    query = select(Round, Consultation.id, Consultation.slug).join(Consultation, Consultation.id == Round.consultation_id)
    query = query.where(Consultation.state == "active", Round.state == "planned")
    rows = db.session.execute(query if consultation is None else query.where(Consultation.slug == consultation)).all()
    texts = staff_texts([("consultation", owner) for owner in {row[1] for row in rows}], language, ["title"])
    return [_Held(row, slug, fields_of(texts, "consultation", owner)["title"] or Wording(slug, "und")) for row, owner, slug in rows]


def _laid(rounds: Collection[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Round id -> (version, standard) of its documents."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for owner, version, standard in db.session.execute(
        select(RoundDocument.round_id, RoundDocument.version_id, RoundDocument.standard_id).where(RoundDocument.round_id.in_(rounds))
    ):
        found[owner].append((version, standard))
    return found


def _of_round(held: _Held, laid: Mapping[int, list[tuple[int, int]]], **more: Any) -> Happening:
    row = held.row
    return Happening(
        title=held.title.text, language=held.title.language, consultation=held.slug, round=row.number, window=row.window,
        consultations=frozenset({row.consultation_id}), standards=frozenset(standard for _, standard in laid.get(row.id, ())), **more,
    )  # fmt: skip


def _of_windows(rounds: Sequence[_Held], laid: Mapping[int, list[tuple[int, int]]], until: datetime) -> Iterator[Happening]:
    for held in rounds:
        row, place = held.row, f"{held.slug}/{held.row.number}"
        yield _of_round(held, laid, key=f"{place}/opening/{_stamp(row.opens_at)}", kind="opening", at=row.opens_at)
        yield _of_round(held, laid, key=f"{place}/closing/{_stamp(row.closes_at)}", kind="closing", at=row.closes_at)
        if row.report_at is not None:
            yield _of_round(held, laid, key=f"{place}/responses", kind="responses", at=row.report_at)
        if until < row.closes_at:
            for before in SOON:
                key = f"{place}/closing-soon/{int(before.total_seconds()) // 3600}/{_stamp(row.closes_at)}"
                yield _of_round(held, laid, key=key, kind="closing_soon", at=row.closes_at - before)


def _extensions(rounds: Sequence[_Held], laid: Mapping[int, list[tuple[int, int]]]) -> Iterator[Happening]:
    """From the record: the event names the round and both closings."""
    by_place = {f"{held.slug}/{held.row.number}": held for held in rounds}
    for event in db.session.scalars(select(Event).where(Event.kind == "round_extended", Event.scope.in_({held.slug for held in rounds}))):
        if held := by_place.get(event.subject):
            before = datetime.fromisoformat(event.codes["closed"])
            key = f"{event.subject}/extension/{event.codes['closes']}"
            yield _of_round(held, laid, key=key, kind="extension", at=event.at, before=before)


def _versions(language: str, since: datetime, until: datetime, only: Collection[int] | None) -> Iterator[Happening]:
    query = select(Version.id, Version.published_at, Version.standard_id).where(Version.published_at > since, Version.published_at <= until)
    rows = {row.id: row for row in db.session.execute(query if only is None else query.where(Version.id.in_(only)))}
    concerned = _consultations({row.standard_id for row in rows.values()})
    for seen in versions(language, ids=rows):
        row = rows[seen.id]
        yield Happening(
            key=f"{seen.standard}/{seen.name}/published", kind="draft" if seen.is_draft else "edition", at=row.published_at,
            title=seen.title, language=seen.language, standard=seen.standard, version=seen.name,
            baseline=seen.baselines[0] if seen.baselines else None,
            consultations=concerned[row.standard_id], standards=frozenset({row.standard_id}),
        )  # fmt: skip


def _corrections(language: str, since: datetime, until: datetime, only: Collection[int] | None) -> Iterator[Happening]:
    query = (
        select(Correction, Version.standard_id)
        .join(Version, Version.id == Correction.version_id)
        .where(Correction.at > since, Correction.at <= until)
    )
    rows = db.session.execute(query if only is None else query.where(Version.id.in_(only))).all()
    touched = _touched([row.Correction.id for row in rows])
    before = _before({clause for clauses in touched.values() for clause, _ in clauses})
    concerned = _consultations({row.standard_id for row in rows})
    seen = {each.id: each for each in versions(language, ids={row.Correction.version_id for row in rows})}
    for row in rows:
        clauses = touched[row.Correction.id]
        followers = {clause for clause, _ in clauses}.union(*(before[clause] for clause, _ in clauses))
        version = seen[row.Correction.version_id]
        yield _correction(row.Correction, version, row.standard_id, [label for _, label in clauses], followers, concerned[row.standard_id])


def _correction(
    row: Correction, seen: VersionSeen, standard: int, labels: Sequence[str], clauses: Collection[int], consultations: frozenset[int]
) -> Happening:
    return Happening(
        key=f"{seen.standard}/{seen.name}/correction/{row.id}", kind="correction", at=row.at, title=seen.title, language=seen.language,
        standard=seen.standard, version=seen.name, written=row.language, reason=row.reason, labels=tuple(labels),
        consultations=consultations, standards=frozenset({standard}), clauses=frozenset(clauses),
    )  # fmt: skip


def _touched(corrections: Collection[int]) -> Mapping[int, list[tuple[int, str]]]:
    """Correction -> (clause, label) in the order of the document."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for owner, clause, label, number in db.session.execute(
        select(ClauseText.correction_id, ClauseText.clause_id, ClauseText.label, ClauseRow.number)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseText.correction_id.in_(corrections))
        .order_by(ClauseRow.position)
    ):
        found[owner or 0].append((clause, label or number or ""))
    return found


def _before(clauses: Collection[int]) -> Mapping[int, set[int]]:
    """Clause -> those of older versions that became it: who follows one of them follows it."""
    old, new = (aliased(ChangeClause) for _ in range(2))
    found: dict[int, set[int]] = defaultdict(set)
    for clause, earlier in db.session.execute(
        select(new.clause_id, old.clause_id)
        .join(old, old.change_id == new.change_id)
        .where(new.side == "new", old.side == "old", new.clause_id.in_(clauses))
    ):
        found[clause].add(earlier)
    return found


def _consultations(standards: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Standard -> consultations in which it is or was laid open."""
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for standard, consultation in db.session.execute(
        select(RoundDocument.standard_id, Round.consultation_id)
        .join(Round, Round.id == RoundDocument.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(RoundDocument.standard_id.in_(standards), Round.state == "planned", Consultation.state == "active")
    ):
        found[standard] |= {consultation}
    return found


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ")


@dataclass(frozen=True, slots=True)
class PlannedSeen:
    """What stands in a calendar: the window of a round (`window`), or a milestone with its day. `revision` counts extensions, `at` is the newest
    change of it. `called_off`: cancelled or voided.
    """

    consultation: str
    title: Wording
    round: int | None
    window: Window | None
    milestone: Wording | None
    position: int
    on: date | None
    called_off: bool
    revision: int
    at: datetime


def planned(language: str, *, consultation: str | None = None) -> tuple[PlannedSeen, ...]:
    """Rounds and dated milestones of one consultation or all, called-off ones too: calendars have to take them back. Five statements."""
    query = select(Consultation).order_by(Consultation.position, Consultation.slug)
    owners = {row.id: row for row in db.session.scalars(query if consultation is None else query.where(Consultation.slug == consultation))}
    rounds = db.session.scalars(select(Round).where(Round.consultation_id.in_(owners)).order_by(Round.consultation_id, Round.number)).all()
    items = db.session.scalars(
        select(ConsultationItem)
        .where(ConsultationItem.consultation_id.in_(owners), ConsultationItem.kind == "milestone", ConsultationItem.on.is_not(None))
        .order_by(ConsultationItem.consultation_id, ConsultationItem.position)
    ).all()
    texts = staff_texts(
        [*(("consultation", one) for one in owners), *(("consultation_item", item.id) for item in items)], language, ["title"]
    )
    extended: dict[str, list[datetime]] = defaultdict(list)
    for subject, at in db.session.execute(select(Event.subject, Event.at).where(Event.kind == "round_extended")):
        extended[subject].append(at)

    def seen(owner: int, **more: Any) -> PlannedSeen:
        row = owners[owner]
        title = fields_of(texts, "consultation", owner)["title"] or Wording(row.slug, "und")
        given = {"round": None, "window": None, "milestone": None, "position": 0, "on": None, "revision": 0, "at": row.created_at}
        return PlannedSeen(consultation=row.slug, title=title, **given | more)

    return (
        *(
            seen(
                each.consultation_id, round=each.number, window=each.window,
                called_off=(each.state, owners[each.consultation_id].state) != ("planned", "active"),
                revision=len(told := extended[f"{owners[each.consultation_id].slug}/{each.number}"]),
                at=max([owners[each.consultation_id].created_at, *told]),
            )
            for each in rounds
        ),
        *(
            seen(
                item.consultation_id, milestone=fields_of(texts, "consultation_item", item.id)["title"], position=item.position, on=item.on,
                called_off=owners[item.consultation_id].state != "active",
            )
            for item in items
        ),
    )  # fmt: skip
