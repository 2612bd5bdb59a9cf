"""Numbers of one draft against each other: doubles, gaps, order, and clauses that say nothing."""

import re
from itertools import pairwise

from consult.core.clause import Clause
from consult.core.draft.front import Place
from consult.core.problem import Problem

_LAST = re.compile(r"(?P<stem>.*?)(?P<last>\d+|(?<=[.\-(])[a-z])\)?")


def check_numbering(clauses: list[Clause], place: Place) -> list[Problem]:
    """`duplicate_number` (error; two labels with one address are one number), `number_gap`, `number_order`, `clause_empty` (warnings)."""
    return [*_duplicates(clauses, place), *_gaps(clauses, place), *_empty(clauses, place)]


def _duplicates(clauses: list[Clause], place: Place) -> list[Problem]:
    first: dict[str, Clause] = {}
    problems = []
    for clause in clauses:
        if clause.is_group:
            continue
        if seen := first.get(clause.number):
            where = {**place, "line": clause.line, "number": clause.number}
            problems.append(Problem("duplicate_number", where, {"label": clause.label, "first": seen.label, "first_line": seen.line}))
        first.setdefault(clause.number, clause)
    return problems


def _gaps(clauses: list[Clause], place: Place) -> list[Problem]:
    """Among numbers that differ in their last part only, each should be one more than the one before; where a row begins is free."""
    last: dict[tuple[str, bool], tuple[int, Clause]] = {}
    problems = []
    for clause in clauses:
        found = _LAST.fullmatch(clause.number)
        if clause.is_group or not found:
            continue
        value = int(found["last"][:18]) if found["last"].isdecimal() else ord(found["last"])
        row = (found["stem"], found["last"].isdecimal())
        before, previous = last.get(row, (value - 1, clause))
        where = {**place, "line": clause.line, "number": clause.number}
        if value > before + 1:
            problems.append(Problem("number_gap", where, {"label": clause.label, "before": previous.label}, "warning"))
        elif value < before:
            problems.append(Problem("number_order", where, {"label": clause.label, "before": previous.label}, "warning"))
        last[row] = (value, clause)
    return problems


def _empty(clauses: list[Clause], place: Place) -> list[Problem]:
    """A clause with neither text nor anything beneath it."""
    followed = [after.level > clause.level for clause, after in pairwise(clauses)] + [False]
    return [
        Problem("clause_empty", {**place, "line": clause.line, "number": clause.number}, {"label": clause.label}, "warning")
        for clause, beneath in zip(clauses, followed[: len(clauses)], strict=True)
        if not clause.is_group and not clause.text and not beneath
    ]
