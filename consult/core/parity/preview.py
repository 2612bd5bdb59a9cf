"""What a corrected text would bring: the findings in one clause, before anything is saved."""

from collections.abc import Sequence
from dataclasses import replace

from consult.core.clause import Clause, Draft
from consult.core.parity import parity
from consult.core.problem import Problem


def findings_with(prevailing: Draft, other: Draft, corrected: Clause) -> Sequence[Problem]:
    """Findings in a clause as if the translation had the corrected text; the rest of it, its defined terms too, stays."""
    clauses = tuple(corrected if clause.number == corrected.number else clause for clause in other.clauses)
    return parity(prevailing, replace(other, clauses=clauses), only=corrected.number)
