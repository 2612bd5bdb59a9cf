"""The response report of a round as the public may read it: what was received, what became of it, place by place in the order of the documents."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import false, func, or_, select

from consult.core.disposition import Decided
from consult.core.tally import Tally
from consult.core.visibility import seen
from consult.extensions import db
from consult.models import Comment, ModerationStep
from consult.queries.clause_names import NamedClause, clause_names
from consult.queries.comments import Place, is_answered, is_displayed, place
from consult.queries.consultations import DocumentSeen, RoundSeen
from consult.queries.decisions import decisions_on
from consult.queries.standards import clauses

WHOLE = 200
"""Comments up to which a report stands on one page; of more, a part at a time: a principle, a document as a whole, the consultation itself."""
PROCESS = "process"
Kind = Literal["process", "document", "new", "clause", "removed"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a round received, and what became of the comments that the public may read: disposition ("" for none) -> class -> how many.
    `confidential`: cleared ones of which it may not. Received are all; cleared are those of the table and the confidential ones.
    """

    tally: Tally
    dispositions: Mapping[str, Counter[str]]
    confidential: int

    def given(self, disposition: str) -> int:
        return sum(self.dispositions.get(disposition, {}).values())

    def of_class(self, code: str) -> int:
        return sum(counts.get(code, 0) for counts in self.dispositions.values())

    @property
    def told(self) -> int:
        """Comments of which the public reads what became."""
        return sum(self.given(disposition) for disposition in self.dispositions)

    @property
    def classes(self) -> set[str]:
        return {code for counts in self.dispositions.values() for code in counts}


@dataclass(frozen=True, slots=True)
class ReportedComment:
    """With a `stub` nothing but reference and language is told (and `reason` of withholding)."""

    reference: str
    language: str
    stub: str | None
    reason: str | None
    stakeholder_class: str | None
    position: str | None
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class PlaceReported:
    """A place that received comments: `clause` names it (of `new` the clause after which; None before all). `part`: where the report tells of it."""

    place: Place
    kind: Kind
    part: str
    standard: str | None
    clause: NamedClause | None
    received: int
    comments: tuple[ReportedComment, ...] = ()

    @property
    def together(self) -> list[tuple[tuple[Decided, ...], list[ReportedComment]]]:
        """Comments that were answered by the same decisions, in order of receipt; those that say nothing more stand last."""
        groups: dict[tuple[Any, ...], list[ReportedComment]] = defaultdict(list)
        for each in self.comments:
            groups[each.stub is not None, *((one.decision, one.duplicate_of) for one in each.decided)].append(each)
        return sorted(((same[0].decided, same) for same in groups.values()), key=lambda group: group[1][0].stub is not None)


@dataclass(frozen=True, slots=True)
class Report:
    """`parts` in order, of which `part` is told here; None where all of it is."""

    summary: Summary
    places: tuple[PlaceReported, ...]
    parts: tuple[str, ...]
    part: str | None


def summary_of(round_id: int, shown: bool, answered: bool) -> Summary:
    """One statement."""
    columns = (Comment.state, Comment.counted_choice, Comment.declared_class, Comment.disposition)
    states: Counter[str] = Counter()
    told: dict[str, Counter[str]] = defaultdict(Counter)
    confidential = 0
    for state, choice, stakeholder_class, disposition, count in db.session.execute(
        select(*columns, func.count()).where(Comment.round_id == round_id).group_by(*columns)
    ):
        states[state] += count
        if seen("public", state, choice, shown, answered).decision:  # type: ignore[arg-type]
            told[disposition or ""][stakeholder_class or ""] += count
        elif state == "cleared":
            confidential += count
    return Summary(Tally(states=dict(states)), told, confidential)


def report(*, round: RoundSeen, language: str, part: str, now: datetime, ahead: bool = False) -> Report:
    """The whole report, or the asked part of a long one (an unknown one: the first). The statements grow with the documents of the round alone.
    `ahead`: as it would be if the response were published now.
    """
    shown, answered = ahead or is_displayed(round.id, now), ahead or is_answered(round.id, now)
    summary = summary_of(round.id, shown, answered)
    places = _places(round, language)
    parts = tuple(dict.fromkeys(each.part for each in places))
    if summary.tally.received > WHOLE:
        told = part if part in parts else parts[0]
        places = [each for each in places if each.part == told]
    else:
        told = None
    comments = _comments(round.id, places, shown, answered)
    return Report(summary, tuple(_filled(each, comments.get(each.place, ())) for each in places), parts, told)


def _filled(of: PlaceReported, comments: Sequence[ReportedComment]) -> PlaceReported:
    return PlaceReported(of.place, of.kind, of.part, of.standard, of.clause, of.received, tuple(comments))


def _places(round: RoundSeen, language: str) -> list[PlaceReported]:
    columns = (Comment.target, Comment.version_id, Comment.placed_clause_id)
    counted: Counter[Place] = Counter()
    rows = db.session.execute(select(*columns, func.count()).where(Comment.round_id == round.id).group_by(*columns))
    for target, version_id, clause_id, count in rows:
        counted[place(target, version_id, clause_id)] += count
    names = clause_names({clause for each in counted if (clause := _clause(each)) is not None}, language)
    found = [PlaceReported(PROCESS, "process", PROCESS, None, None, counted.pop(PROCESS))] if PROCESS in counted else []
    for document in round.documents:
        found += _of_document(document, counted, names)
    return found + [
        PlaceReported(each, "removed", f"{name.standard}/removed", name.standard, name, count)
        for each, count in counted.items()
        if (name := names.get(_clause(each) or 0)) is not None
    ]


def _of_document(document: DocumentSeen, counted: Counter[Place], names: Mapping[int, NamedClause]) -> Iterable[PlaceReported]:
    """Takes what it tells of out of `counted`."""
    version = document.version
    for key, kind in ((f"document:{version.id}", "document"), (f"first:{version.id}", "new")):
        if key in counted:
            yield PlaceReported(key, kind, version.standard, version.standard, None, counted.pop(key))  # type: ignore[arg-type]
    for clause in clauses(version):
        for each, kind in ((clause.id, "clause"), (f"new:{clause.id}", "new")):
            if each in counted:
                part = f"{version.standard}/{clause.top or clause.number}"
                yield PlaceReported(each, kind, part, version.standard, names[clause.id], counted.pop(each))  # type: ignore[arg-type]


def _clause(at: Place) -> int | None:
    kind, _, key = at.partition(":") if isinstance(at, str) else ("new", "", at)
    return int(key) if kind == "new" else None


def _comments(round_id: int, places: Collection[PlaceReported], shown: bool, answered: bool) -> Mapping[Place, list[ReportedComment]]:
    """Of these places; three statements."""
    wanted = {each.place for each in places}
    ids = {clause for each in wanted if (clause := _clause(each)) is not None}
    nowhere = Comment.placed_clause_id.is_(None) if any(_clause(each) is None for each in wanted) else false()
    newest = select(func.max(ModerationStep.id)).where(ModerationStep.comment_id == Comment.id).correlate(Comment).scalar_subquery()
    rows = db.session.execute(
        select(
            Comment.reference, Comment.language, Comment.state, Comment.counted_choice, Comment.declared_class, Comment.position,
            Comment.target, Comment.version_id, Comment.placed_clause_id, ModerationStep.reason,
        )
        .outerjoin(ModerationStep, ModerationStep.id == newest)
        .where(Comment.round_id == round_id, or_(Comment.placed_clause_id.in_(ids), nowhere))
        .order_by(Comment.number)
    ).all()  # fmt: skip
    allowed = {row.reference: seen("public", row.state, row.counted_choice, shown, answered) for row in rows}
    decided = decisions_on([reference for reference, may in allowed.items() if may.decision])
    found: dict[Place, list[ReportedComment]] = defaultdict(list)
    for row in rows:
        may = allowed[row.reference]
        found[place(row.target, row.version_id, row.placed_clause_id)].append(
            ReportedComment(
                row.reference, row.language, may.stub, row.reason if may.reason else None,
                row.declared_class if may.stakeholder_class else None, row.position if may.text else None, decided.get(row.reference, ()),
            )
        )  # fmt: skip
    return found
