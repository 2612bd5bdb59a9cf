"""Two versions of a standard compared: which clauses correspond, and the words that changed in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consult.core.align import Alignment, survey
from consult.core.change import JOINT, Change, Link
from consult.core.clause import Clause, Draft
from consult.core.diff import diff
from consult.core.problem import Problem

ENGINE = 3
"""Grows whenever links or spans of the same drafts may come out otherwise; stored with every change set."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes, and the map they were made along with all that a person needs to judge it."""

    changes: tuple[Change, ...]
    alignment: Alignment


def compare(old: Draft, new: Draft, *, correspondence: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Change, ...]:
    """Aligns two drafts of one language and compares the words of each link, in document order of the new draft.

    Removed clauses follow their old neighbours; every number of both drafts occurs; groups do not. `correspondence`: new number -> old
    numbers (() = added), wins over alignment.
    """
    return compare_fully(old, new, correspondence=correspondence).changes


def compare_fully(old: Draft, new: Draft, *, correspondence: Mapping[str, tuple[str, ...]] | None = None) -> Comparison:
    """As `compare`, with shortlists, possible further links, contradicted records, and how far the map can be trusted."""
    alignment = survey(old, new, correspondence=correspondence)
    return Comparison(changes_for(alignment.links, old, new), alignment)


def doubts(alignment: Alignment, old: Draft, new: Draft) -> tuple[Problem, ...]:
    """What must be said of a map as a whole, as warnings: the drafts hardly belong together; a recorded link reads like another one."""
    labels = {side: {clause.number: clause.label for clause in draft.numbered} for side, draft in (("old", old), ("new", new))}
    found = []
    if alignment.strangers:
        found.append(Problem("hardly_related", {}, {"percent": round(100 * alignment.expected)}, "warning"))
    for each in alignment.contradicted:
        params: dict[str, str | int] = {
            "label": labels["new"][each.new],
            "recorded": ", ".join(labels["old"][number] for number in each.recorded),
            "better": labels["old"][each.old],
            "percent": round(100 * each.score),
        }
        code = "correspondence_contradicted" if each.recorded else "addition_contradicted"
        found.append(Problem(code, {"number": each.new}, params, "warning"))
    return tuple(found)


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
