"""Two drafts and their changes as one row of paragraphs with tracked changes: without what was deleted they are the new draft, without
what was inserted the old one, clause by clause in its place.

Both drafts are laid out as flat rows of characters and paragraph ends. The spans of the changes say which characters correspond; those that
keep their order in the whole document are kept, all others are deleted at the old place and inserted at the new one. So a split clause
gets a heading in its middle, and a clause that changed places with another stands twice, as when text is cut and pasted: its words that
went along are marked as moved from here and to there, only what was reworded as deleted and inserted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from consult.core.change import Change, Mark
from consult.core.clause import Draft
from consult.exchange.tracked.rows import END, NONE, Kind, Look, Side, laid_out
from consult.exchange.tracked.ties import Pair, all_ties, heading_links, heads, in_order, links_of, title_links

__all__ = ["IN_NEW", "IN_OLD", "Ink", "Kind", "Look", "TrackedParagraph", "tracked"]

Ink = Literal["=", "-", "+", "<", ">"]
"""Kept, deleted, inserted, moved away from here, moved to here."""
IN_OLD, IN_NEW = "=-<", "=+>"


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """Runs of (ink, text), and whether the paragraph's end was deleted, inserted or kept; `was` is the look before where a kept paragraph looked otherwise.

    Paragraphs of a moved clause stand together and have the same `move` (1, 2, …) at the old and at the new place; 0: not moved.
    """

    look: Look
    end: Mark
    runs: tuple[tuple[Ink, str], ...]
    was: Look | None = None
    move: int = 0


def tracked(old: Draft, new: Draft, changes: Sequence[Change]) -> tuple[TrackedParagraph, ...]:
    """Title, version, then every heading with its text, groups too. The shown text of a clause is that of `core.render.plain_text`."""
    before, after = laid_out(old), laid_out(new)
    before.partner, after.partner = [NONE] * len(before.row), [NONE] * len(after.row)
    ties = list(all_ties(old, new, changes))
    found: dict[Pair, list[Pair]] = {}
    for tie in ties:
        for pair, links in links_of(tie, before, after).items():
            found.setdefault(pair, []).extend(links)
    chain = in_order({pair: len(links) + 1 for pair, links in found.items()})
    titles = {(tie.old[0], tie.new[0]): tie.title for tie in ties if len(tie.old) == len(tie.new) == 1}
    for pair in chain:
        _join(before, after, found[pair])
    for o, n in heads(chain):
        _join(before, after, heading_links((old.clauses[o], before.placed[o]), (new.clauses[n], after.placed[n]), titles.get((o, n))))
    _join(before, after, title_links(old, new))
    _join_ends(before, after)
    stay = {o for o, _ in chain}, {n for _, n in chain}
    away = [(o, n) for o, n in titles if (o, n) in found and o not in stay[0] and n not in stay[1]]
    for number, (o, n) in enumerate(away, 1):
        heading = heading_links((old.clauses[o], before.placed[o]), (new.clauses[n], after.placed[n]), titles[o, n])
        _move(before, after, (o, n), [*found[o, n], *heading], number)
    return tuple(_paragraphs(before, after))


def _join(before: Side, after: Side, links: Iterable[Pair]) -> None:
    for left, right in links:
        before.partner[left], after.partner[right] = right, left


def _move(before: Side, after: Side, pair: Pair, links: Iterable[Pair], number: int) -> None:
    """Marks a clause as moved: the characters that went along, and all its paragraphs as one move."""
    for left, right in links:
        before.moved.add(left)
        after.moved.add(right)
    for side, clause in zip((before, after), pair, strict=True):
        begin = side.placed[clause].label.start
        stop = side.placed[clause + 1].label.start if clause + 1 < len(side.placed) else len(side.row)
        side.moves.update(dict.fromkeys([at for at in side.looks if begin <= at < stop], number))


def _join_ends(before: Side, after: Side) -> None:
    """Two paragraphs end together where the last kept character of each is the other's."""
    last_old, last_new = _last_kept(before), _last_kept(after)
    for end, last in last_old.items():
        other_end = _end_of(after, before.partner[last])
        if before.partner[end] == NONE and after.partner[other_end] == NONE and last_new.get(other_end) == before.partner[last]:
            _join(before, after, [(end, other_end)])


def _last_kept(side: Side) -> dict[int, int]:
    """End of each paragraph -> its last character with a partner, if it has one."""
    found: dict[int, int] = {}
    for start, end in pairwise([NONE, *side.looks]):
        kept = next((at for at in range(end - 1, start, -1) if side.partner[at] != NONE), None)
        if kept is not None:
            found[end] = kept
    return found


def _end_of(side: Side, at: int) -> int:
    return side.row.index(END, at)


def _paragraphs(before: Side, after: Side) -> Iterator[TrackedParagraph]:
    """Goes along both rows; between two kept characters first what was deleted, then what was inserted, whole paragraphs by themselves."""
    runs: list[tuple[Ink, str]] = []
    for mark, o, n in _steps(before, after):
        side, at = (before, o) if mark == "-" else (after, n)
        if side.row[at] != END:
            ink: Ink = mark if mark == "=" or at not in side.moved else "<" if mark == "-" else ">"
            runs.append((ink, side.row[at]))
            continue
        look = side.looks[at]
        was = before.looks[o] if mark == "=" and before.looks[o] != look else None
        yield TrackedParagraph(look, mark, _run_together(runs), was, 0 if mark == "=" else side.moves.get(at, 0))
        runs = []


Step = tuple[Mark, int, int]


def _steps(before: Side, after: Side) -> Iterator[Step]:
    o = n = 0
    inside = False  # a paragraph has begun
    kept = [(at, partner) for at, partner in enumerate(before.partner) if partner != NONE]
    for stop_old, stop_new in [*kept, (len(before.row), len(after.row))]:
        if o < stop_old or n < stop_new:
            yield from _gap(before, range(o, stop_old), after, range(n, stop_new), inside)
        if stop_old < len(before.row):
            yield "=", stop_old, stop_new
            inside = before.row[stop_old] != END
        o, n = stop_old + 1, stop_new + 1


def _gap(before: Side, old: range, after: Side, new: range, inside: bool) -> Iterator[Step]:
    """Everything between two kept characters. A paragraph begun before is ended once, if both sides end it.

    Whole paragraphs next: what is left of the clause that was kept last, then other clauses; at last what the following paragraph begins with.
    """
    old_ends, new_ends = ([at for at in places if side.row[at] == END] for side, places in ((before, old), (after, new)))
    if inside:
        heads = range(old.start, min([*old_ends, old.stop])), range(new.start, min([*new_ends, new.stop]))
        yield from _replaced(*heads)
        old, new = range(heads[0].stop, old.stop), range(heads[1].stop, new.stop)
        if old_ends and new_ends:
            yield "=", old.start, new.start
            old, new = range(old.start + 1, old.stop), range(new.start + 1, new.stop)
    whole = max([old.start, *(at + 1 for at in old_ends)]), max([new.start, *(at + 1 for at in new_ends)])
    own = before.next_heading(old.start, whole[0]), after.next_heading(new.start, whole[1])
    yield from _replaced(range(old.start, own[0]), range(new.start, own[1]))
    yield from _replaced(range(own[0], whole[0]), range(own[1], whole[1]))
    yield from _replaced(range(whole[0], old.stop), range(whole[1], new.stop))


def _replaced(old: range, new: range) -> Iterator[Step]:
    yield from (("-", at, NONE) for at in old)
    yield from (("+", NONE, at) for at in new)


def _run_together(runs: list[tuple[Ink, str]]) -> tuple[tuple[Ink, str], ...]:
    joined: list[tuple[Ink, list[str]]] = []
    for ink, char in runs:
        if joined and joined[-1][0] == ink:
            joined[-1][1].append(char)
        else:
            joined.append((ink, [char]))
    return tuple((ink, "".join(chars)) for ink, chars in joined)
