"""Rows that keep, with a change set, what its comparison left for a person to judge."""

from collections.abc import Iterator, Mapping

from consult.core.align import Alignment, doubtful
from consult.extensions import Base
from consult.models import ChangeCandidate, ChangeSet, ChangeSetTrust, ClauseRow, ContradictedLink, PossibleLink


def review_rows(
    made: ChangeSet, alignment: Alignment, olds: Mapping[str | None, ClauseRow], news: Mapping[str, ClauseRow]
) -> Iterator[Base]:
    """For a change set that has its id already; `olds` and `news` are the clause rows of either version by number."""
    yield ChangeSetTrust(change_set_id=made.id, numbers=alignment.trust, expected_f1=alignment.expected, strangers=alignment.strangers)
    lists = doubtful(alignment)
    for mine, others, side in ((olds, news, lists["old"]), (news, olds, lists["new"])):
        for number, found in side.items():
            for position, (other, score) in enumerate(found):
                yield ChangeCandidate(
                    change_set_id=made.id, clause_id=mine[number].id, candidate_id=others[other].id, position=position, score=score
                )
    for position, possible in enumerate(alignment.possibles):
        yield PossibleLink(
            change_set_id=made.id, position=position, kind=possible.kind, old_id=olds[possible.old].id, new_id=news[possible.new].id,
            score=possible.score,
        )  # fmt: skip
    for each in alignment.contradicted:
        yield ContradictedLink(
            change_set_id=made.id, new_id=news[each.new].id, old_id=olds[each.old].id, score=each.score, recorded_score=each.recorded_score
        )
