"""What changes mean: the program suggests labels when changes are stored, the secretariat confirms or changes them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consult.core.change import JOINT
from consult.core.citation import defined_terms
from consult.core.meaning import LABELS, RULES, Matter, Meaning, suggest
from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import ChangeClause, ChangeMeaning, ChangeRow, ChangeSet, ClauseRow, ClauseText, Standard, Version
from consult.operations.record import INSTALLATION, Actor, record

LONGEST_NOTE = 2000
"""Characters of a note."""

Sides = Mapping[tuple[int, str], list[tuple[ClauseRow, ClauseText]]]


def suggest_missing(*, now: datetime) -> int:
    """Suggestions for change sets that were stored before there were any; returns for how many sets."""
    with writing() as session:
        return store_suggestions(session, now)


def store_suggestions(session: Session, now: datetime) -> int:
    """Inside the transaction that stored change sets: suggestions for every set without any. A further revision of a set takes along what
    was said of the links that stayed.
    """
    has = exists().where(ChangeRow.change_set_id == ChangeSet.id, ChangeMeaning.change_id == ChangeRow.id)
    sets = session.scalars(select(ChangeSet).where(~has).order_by(ChangeSet.id)).all()
    for each in sets:
        _suggest_set(session, each, now)
    session.flush()
    return len(sets)


def _suggest_set(session: Session, made: ChangeSet, now: datetime) -> None:
    version = session.get_one(Version, made.version_id)
    sides = _sides(session, made.id, version.prevails)
    known = _said_before(session, made, sides, version.prevails)
    terms = _terms(session, (made.version_id, made.baseline_id), version.prevails)
    ids = session.scalars(select(ChangeRow.id).where(ChangeRow.change_set_id == made.id).order_by(ChangeRow.position)).all()
    for change in ids:
        before = known.get(_key(sides, change))
        if before is not None:
            session.add(
                ChangeMeaning(
                    change_id=change, state=before.state, labels=before.labels, signs=before.signs, rules=before.rules, note=before.note,
                    actor_kind=before.actor_kind, actor_id=before.actor_id, at=before.at,
                )
            )  # fmt: skip
            continue
        found = suggest(_matter(sides[change, "old"], sides[change, "new"], version.prevails, terms))
        if found.signs:
            session.add(_suggested(change, found, now))


def _suggested(change: int, found: Meaning, now: datetime) -> ChangeMeaning:
    signs = [[sign.kind, sign.direction, sign.language, sign.old, sign.new, sign.where] for sign in found.signs]
    return ChangeMeaning(
        change_id=change, state="suggested", labels=list(found.labels), signs=signs, rules=RULES, note=None, actor_kind=None, actor_id=None, at=now
    )  # fmt: skip


def _sides(session: Session, set_id: int, language: str) -> Sides:
    """(change, side) -> its clauses with their texts in the prevailing language, in order."""
    rows = session.execute(
        select(ChangeClause.change_id, ChangeClause.side, ClauseRow, ClauseText)
        .join(ChangeRow, ChangeRow.id == ChangeClause.change_id)
        .join(ClauseRow, ClauseRow.id == ChangeClause.clause_id)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ChangeRow.change_set_id == set_id, ClauseText.language == language)
        .order_by(ChangeClause.change_id, ChangeClause.side, ChangeClause.position, ClauseText.revision)
    )
    found: dict[tuple[int, str], dict[int, tuple[ClauseRow, ClauseText]]] = defaultdict(dict)
    for change, side, clause, text in rows:
        found[change, side][clause.id] = (clause, text)
    return defaultdict(list, {key: list(clauses.values()) for key, clauses in found.items()})


def _matter(
    old: Sequence[tuple[ClauseRow, ClauseText]], new: Sequence[tuple[ClauseRow, ClauseText]], language: str, terms: tuple[str, ...]
) -> Matter:
    def joined(side: Iterable[tuple[ClauseRow, ClauseText]]) -> str:
        return JOINT.join(text.text for _, text in side)

    def titles(side: Iterable[tuple[ClauseRow, ClauseText]]) -> str:
        return JOINT.join(text.title for _, text in side)

    def activities(side: Sequence[tuple[ClauseRow, ClauseText]]) -> tuple[str, ...]:
        if any(not clause.applies for clause, _ in side):
            return ()  # one that binds all binds all
        return tuple(dict.fromkeys(code for clause, _ in side for code in clause.applies))

    return Matter(
        language,
        joined(old) if old else None,
        joined(new) if new else None,
        titles(old),
        titles(new),
        activities(old),
        activities(new),
        terms,
    )


def _terms(session: Session, versions: Sequence[int], language: str) -> tuple[str, ...]:
    rows = session.execute(
        select(ClauseText.title, ClauseText.text)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id.in_(versions), ClauseRow.kind == "definition", ClauseText.language == language)
        .order_by(ClauseText.id)
    )
    return tuple(dict.fromkeys(term.name for title, text in rows for term in defined_terms(title, text)))


def _key(sides: Sides, change: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    old, new = (tuple(clause.id for clause, _ in sides[change, side]) for side in ("old", "new"))
    return old, new


def _said_before(
    session: Session, made: ChangeSet, sides: Sides, language: str
) -> dict[tuple[tuple[int, ...], tuple[int, ...]], ChangeMeaning]:
    """What was said of links that the revision before had as well: by the clauses on either side."""
    earlier = session.scalar(
        select(ChangeSet.id)
        .where(ChangeSet.version_id == made.version_id, ChangeSet.baseline_id == made.baseline_id, ChangeSet.revision < made.revision)
        .order_by(ChangeSet.revision.desc())
        .limit(1)
    )
    if earlier is None:
        return {}
    there = _sides(session, earlier, language)
    rows = session.scalars(
        select(ChangeMeaning)
        .join(ChangeRow, ChangeRow.id == ChangeMeaning.change_id)
        .where(ChangeRow.change_set_id == earlier)
        .order_by(ChangeMeaning.id)
    )
    return {_key(there, row.change_id): row for row in rows}


def review_meaning(
    *, standard: str, version: str, baseline: str, change: int, seen: int, labels: Sequence[str], note: str = "", by: Actor, now: datetime
) -> None:
    """Confirms labels of a change, or sets others. `seen` is the row (its id) that the person saw; signs stay those of the suggestion.

    Refused: meaning_unknown, label_unknown, labels_missing, note_long, stale_meaning. The same act sent twice is one act.
    """
    chosen = [label for label in LABELS if label in labels]
    if len(chosen) != len(set(labels)):
        raise Refused(Problem("label_unknown", {"field": "labels"}))
    if not chosen:
        raise Refused(Problem("labels_missing", {"field": "labels"}))
    if len(note) > LONGEST_NOTE:
        raise Refused(Problem("note_long", {"field": "note"}, {"length": len(note), "longest": LONGEST_NOTE}))
    with writing() as session:
        newest = _newest(session, standard, version, baseline, change)
        if newest is None:
            raise Refused(Problem("meaning_unknown"))
        if newest.id != seen:
            if (newest.actor_kind, newest.actor_id, newest.labels, newest.note or "") == (by.kind, by.id, chosen, note.strip()):
                return
            raise Refused(Problem("stale_meaning"))
        session.add(
            ChangeMeaning(
                change_id=change, state="confirmed", labels=chosen, signs=newest.signs, rules=newest.rules, note=note.strip() or None,
                actor_kind=by.kind, actor_id=by.id, at=now,
            )
        )  # fmt: skip
        codes = {"change": change, "labels": ",".join(chosen), "before": ",".join(newest.labels)}
        record(
            session, scope=INSTALLATION, kind="meaning_confirmed", subject=f"{standard}/{version}/{baseline}", by=by, now=now, codes=codes
        )


def _newest(session: Session, standard: str, version: str, baseline: str, change: int) -> ChangeMeaning | None:
    """Locks the version, so that two people do not both confirm what they saw."""
    found = session.scalar(
        select(Version)
        .join(Standard, Standard.id == Version.standard_id)
        .where(Standard.slug == standard, Version.name == version)
        .with_for_update(of=Version)
    )
    of_baseline = select(Version.id).where(Version.standard_id == (found.standard_id if found else None), Version.name == baseline)
    return session.scalar(
        select(ChangeMeaning)
        .join(ChangeRow, ChangeRow.id == ChangeMeaning.change_id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .where(
            ChangeMeaning.change_id == change, ChangeSet.version_id == (found.id if found else None), ChangeSet.baseline_id.in_(of_baseline)
        )
        .order_by(ChangeMeaning.id.desc())
        .limit(1)
    )
