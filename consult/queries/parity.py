"""Where the languages of a published version differ: findings of `consult.core.parity` and `consult.core.lag`, with what people let stand."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from consult.core.change import Link
from consult.core.clause import Clause, Draft
from consult.core.compare import ENGINE
from consult.core.lag import Editions, lag
from consult.core.meaning import RULES as MEANING_RULES
from consult.core.parity import RULES as PARITY_RULES
from consult.core.parity import parity
from consult.core.problem import Problem
from consult.extensions import db
from consult.models import ParityAcknowledgement, ParityComparison, Version
from consult.queries.changes import change_maps
from consult.queries.drafts import stored_draft, version_row
from consult.queries.standards import VersionSeen, versions

_KEPT: OrderedDict[str, tuple[Problem, ...]] = OrderedDict()
KEPT = 64
"""Comparisons of two languages kept in memory as well, until the worker has stored them."""


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


@dataclass(frozen=True)
class Comparison:
    """All that two languages of a version are compared from; its fingerprint is that of these texts, this map and these rules."""

    main: Draft
    other: Draft
    before: tuple[Draft | None, ...]
    links: tuple[Link, ...]

    @cached_property
    def fingerprint(self) -> str:
        drafts = [self.main, self.other, *(draft for draft in self.before if draft)]
        texts = [
            (draft.standard, draft.version, draft.language, [(clause.number, clause_sha256(clause)) for clause in draft.numbered])
            for draft in drafts
        ]
        links = [(link.old, link.new) for link in self.links]
        return hashlib.sha256(json.dumps([PARITY_RULES, MEANING_RULES, ENGINE, texts, links]).encode()).hexdigest()

    def compared(self) -> tuple[Problem, ...]:
        """Half a second of work for a standard of sixty clauses."""
        found = parity(self.main, self.other)
        if self.before[0] and self.before[1]:
            found += lag(Editions(self.before[0], self.main), Editions(self.before[1], self.other), self.links)
        return found


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
    """All findings of a version, language by language in document order. Statements: five a language, one for what is stored, and those of the
    change map. What the worker has not stored yet is found now.
    """
    row = version_row(version.standard, version.name)
    if row is None:
        return ()
    made = comparisons(version, row)
    kept = _stored(made)
    problems = [kept[each.fingerprint] if each.fingerprint in kept else _compared(each) for each in made]
    return _shown(row, made, problems)


def _shown(row: Version, made: Sequence[Comparison], problems: Sequence[tuple[Problem, ...]]) -> tuple[ClauseFindings, ...]:
    stood = _let_stand(row)
    return tuple(found for each, listed in zip(made, problems, strict=True) for found in _grouped(each.main, each.other, listed, stood))


def comparisons(version: VersionSeen, row: Version) -> tuple[Comparison, ...]:
    """One for each language but the prevailing one; nothing is compared yet."""
    main = stored_draft(row, row.prevails)
    if main is None:
        return ()
    base_name = next(iter(version.baselines), None)
    base = version_row(version.standard, base_name) if base_name else None
    links = _links(version, base_name) if base_name else ()
    theirs = stored_draft(base, row.prevails) if base else None
    others = ((language, stored_draft(row, language)) for language in version.languages if language != row.prevails)
    return tuple(
        Comparison(main, other, (theirs, stored_draft(base, language) if base else None), links) for language, other in others if other
    )


def _stored(made: Sequence[Comparison]) -> dict[str, tuple[Problem, ...]]:
    """By fingerprint; one statement."""
    rows = db.session.scalars(select(ParityComparison).where(ParityComparison.fingerprint.in_([each.fingerprint for each in made])))
    return {row.fingerprint: tuple(Problem(code, where, params, "warning") for code, where, params in row.problems) for row in rows}


def unstored(version: VersionSeen) -> tuple[tuple[str, Comparison], ...]:
    """Language and comparison of those whose result nobody has stored yet."""
    row = version_row(version.standard, version.name)
    made = comparisons(version, row) if row else ()
    kept = _stored(made)
    return tuple((each.other.language, each) for each in made if each.fingerprint not in kept)


def open_findings() -> int | None:
    """Findings that wait for a person, in the newest version of every standard; None while the worker still compares one of them."""
    newest: dict[str, VersionSeen] = {}
    for each in versions("en"):
        newest.setdefault(each.standard, each)
    count = 0
    for each in newest.values():
        row = version_row(each.standard, each.name)
        made = comparisons(each, row) if row else ()
        kept = _stored(made)
        if row is None or len(kept) < len(made):
            return None
        count += open_in(_shown(row, made, [kept[one.fingerprint] for one in made]))
    return count


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


def _compared(of: Comparison) -> tuple[Problem, ...]:
    key = of.fingerprint
    if key not in _KEPT:
        _KEPT[key] = of.compared()
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
