"""Where the languages of a published version differ: findings of `consult.core.parity` and `consult.core.lag`, with what people let stand."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.core.change import Link
from consult.core.clause import Clause, Draft
from consult.core.lag import Editions, lag
from consult.core.parity import parity
from consult.core.problem import Problem
from consult.extensions import db
from consult.models import ParityAcknowledgement, Version
from consult.queries.changes import change_maps
from consult.queries.drafts import stored_draft, version_row
from consult.queries.standards import VersionSeen, versions

_KEPT: OrderedDict[str, tuple[Problem, ...]] = OrderedDict()
KEPT = 64
"""Comparisons of two languages kept in memory, by the fingerprint of their texts: the same texts give the same findings."""


@dataclass(frozen=True, slots=True)
class LetStand:
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """`finding` fingerprints what was found. `let_stand`: a person said that it is a false alarm, and neither text changed since."""

    finding: str
    problem: Problem
    let_stand: LetStand | None

    @property
    def there(self) -> tuple[str, ...]:
        """Words of the prevailing text to be marked."""
        return _quoted(self.problem, "there")

    @property
    def here(self) -> tuple[str, ...]:
        return _quoted(self.problem, "here")


@dataclass(frozen=True, slots=True)
class ClauseFindings:
    """A clause of a translation beside the prevailing one, with fingerprints of both, and what was found in it."""

    number: str
    language: str
    prevailing: Clause
    translation: Clause
    prevailing_sha256: str
    text_sha256: str
    findings: tuple[FindingSeen, ...]


def findings(version: VersionSeen) -> tuple[ClauseFindings, ...]:
    """All findings of a version, language by language in document order. Statements: five a language, and those of the change map."""
    row = version_row(version.standard, version.name)
    main = stored_draft(row, row.prevails) if row else None
    if row is None or main is None:
        return ()
    base_name = next(iter(version.baselines), None)
    base = version_row(version.standard, base_name) if base_name else None
    links = _links(version, base_name) if base_name else ()
    stood = _let_stand(row)
    found: list[ClauseFindings] = []
    for language in version.languages:
        other = stored_draft(row, language) if language != row.prevails else None
        if other is None:
            continue
        before = tuple(stored_draft(base, each) if base else None for each in (row.prevails, language))
        found += _grouped(main, other, _compared(main, other, before, links), stood)
    return tuple(found)


def open_findings() -> int:
    """Findings that wait for a person, in the newest version of every standard."""
    newest: dict[str, VersionSeen] = {}
    for each in versions("en"):
        newest.setdefault(each.standard, each)
    return sum(open_in(findings(each)) for each in newest.values())


def open_in(clauses: Iterable[ClauseFindings]) -> int:
    return sum(finding.let_stand is None for clause in clauses for finding in clause.findings)


def clause_sha256(clause: Clause) -> str:
    """As stored with the text: of label, title and text."""
    return hashlib.sha256(f"{clause.label}\n{clause.title}\n{clause.text}".encode()).hexdigest()


def _quoted(problem: Problem, side: str) -> tuple[str, ...]:
    return tuple(words for words in str(problem.params.get(side, "")).split("\n") if words)


def _links(version: VersionSeen, baseline: str) -> tuple[Link, ...]:
    """The stored map as the core knows links."""
    map = change_maps(version, [baseline]).get(baseline)
    return tuple(
        Link(link.kinds, tuple(each.number for each in link.old), tuple(each.number for each in link.new), link.score, link.reason)  # type: ignore[arg-type]
        for link in (map.links if map else ())
    )


def _compared(main: Draft, other: Draft, before: tuple[Draft | None, ...], links: tuple[Link, ...]) -> tuple[Problem, ...]:
    drafts = [main, other, *(draft for draft in before if draft)]
    texts = [(draft.language, draft.version, [clause_sha256(clause) for clause in draft.numbered]) for draft in drafts]
    key = hashlib.sha256(json.dumps([texts, [(link.old, link.new) for link in links]]).encode()).hexdigest()
    if key not in _KEPT:
        found = parity(main, other)
        if before[0] and before[1]:
            found += lag(Editions(before[0], main), Editions(before[1], other), links)
        _KEPT[key] = found
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return _KEPT[key]


def _grouped(main: Draft, other: Draft, problems: Iterable[Problem], stood: dict[tuple[str, str, str], LetStand]) -> list[ClauseFindings]:
    by_number: dict[str, list[Problem]] = {}
    for problem in problems:
        by_number.setdefault(str(problem.where["number"]), []).append(problem)
    theirs = {clause.number: clause for clause in main.numbered}
    found = []
    for clause in other.numbered:
        if clause.number not in by_number or clause.number not in theirs:
            continue
        shas = clause_sha256(theirs[clause.number]), clause_sha256(clause)
        listed = tuple(FindingSeen(key := _fingerprint(problem), problem, stood.get((key, *shas))) for problem in by_number[clause.number])
        found.append(ClauseFindings(clause.number, other.language, theirs[clause.number], clause, *shas, listed))
    return found


def _fingerprint(problem: Problem) -> str:
    told = [problem.code, problem.where["language"], problem.where["number"], sorted(problem.params.items(), key=lambda pair: pair[0])]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _let_stand(version: Version) -> dict[tuple[str, str, str], LetStand]:
    """(finding, text there, text here) -> who let it stand; one statement."""
    found: dict[tuple[str, str, str], LetStand] = {}
    rows = db.session.scalars(
        select(ParityAcknowledgement).where(ParityAcknowledgement.version_id == version.id).order_by(ParityAcknowledgement.id)
    )
    for row in rows:
        key = (row.finding, row.prevailing_sha256, row.text_sha256)
        if row.stands:
            found[key] = LetStand(row.reason, row.at)
        else:
            found.pop(key, None)
    return found
