"""Two versions of a standard compared: which clauses correspond, and the words that changed in each."""

from collections.abc import Iterable, Mapping

from consult.core.align import align
from consult.core.change import JOINT, Change, Link
from consult.core.clause import Clause, Draft
from consult.core.diff import diff

ENGINE = 1
"""Grows whenever links or spans of the same drafts may come out otherwise; stored with every change set."""


def compare(old: Draft, new: Draft, *, correspondence: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Change, ...]:
    """Aligns two drafts of one language and compares the words of each link, in document order of the new draft.

    Removed clauses follow their old neighbours; every number of both drafts occurs; groups do not. `correspondence`: new number -> old
    numbers (() = added), wins over alignment.
    """
    return changes_for(align(old, new, correspondence=correspondence), old, new)


def changes_for(links: Iterable[Link], old: Draft, new: Draft) -> tuple[Change, ...]:
    """Compares the words along links already made, for instance with the editions of another language: the links stay as they are.

    Several clauses on one side are joined by one blank line in document order; a clause that an edition lacks counts as empty.
    """
    before, after = ({clause.number: clause for clause in draft.numbered} for draft in (old, new))
    return tuple(_change(link, before, after, new.language) for link in links)


def _change(link: Link, before: Mapping[str, Clause], after: Mapping[str, Clause], language: str) -> Change:
    olds = [before[number] for number in link.old if number in before]
    news = [after[number] for number in link.new if number in after]
    title, title_bounded = diff(JOINT.join(clause.title for clause in olds), JOINT.join(clause.title for clause in news), language)
    text, text_bounded = diff(JOINT.join(clause.text for clause in olds), JOINT.join(clause.text for clause in news), language)
    return Change(link, title, text, title_bounded or text_bounded)
