"""Which characters of two laid-out drafts correspond, and which pairs of clauses keep their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from consult.core.change import Change, Spans
from consult.core.clause import Clause, Draft
from consult.core.diff import diff
from consult.core.redline.match import Pairing, match
from consult.exchange.tracked.rows import NONE, Placed, Side

Pair = tuple[int, int]
"""Index of a clause in the old draft and of one in the new draft, groups counted; or of two characters in their rows."""


@dataclass(slots=True)
class Tie:
    """A change on its way into the rows: clauses of either side, spans of their joined titles and texts."""

    old: list[int]
    new: list[int]
    title: Spans
    text: Spans


def all_ties(old: Draft, new: Draft, changes: Iterable[Change]) -> Iterator[Tie]:
    """Changes, then groups. A clause that stands in several changes is followed along the first one."""
    olds, news = ({clause.number: at for at, clause in enumerate(draft.clauses) if clause.number} for draft in (old, new))
    for change in changes:
        sides = [[places.pop(n, NONE) for n in numbers] for places, numbers in ((olds, change.link.old), (news, change.link.new))]
        yield Tie(sides[0], sides[1], change.title, change.text)
    yield from group_ties(old, new)


def group_ties(old: Draft, new: Draft) -> Iterator[Tie]:
    """Groups of the same title, in order; others in the same place among these where there are as many before and after."""
    groups = [[(at, clause) for at, clause in enumerate(draft.clauses) if clause.is_group] for draft in (old, new)]
    titles = [[clause.title for _, clause in side] for side in groups]
    for code, i, j, k, m in SequenceMatcher(None, titles[0], titles[1], autojunk=False).get_opcodes():
        if code == "equal" or (code == "replace" and j - i == m - k):
            for (o, before), (n, after) in zip(groups[0][i:j], groups[1][k:m], strict=True):
                title, text = (diff(getattr(before, part), getattr(after, part), new.language)[0] for part in ("title", "text"))
                yield Tie([o], [n], title, text)


def links_of(tie: Tie, before: Side, after: Side) -> dict[Pair, list[Pair]]:
    """Characters that correspond, by pair of clauses. A pair of one clause each is there even where no character is."""
    pairing = match(tie.text)
    olds, news = (_spread(side, places) for side, places in ((before, tie.old), (after, tie.new)))
    found: dict[Pair, list[Pair]] = {
        pair: [] for pair in zip(tie.old, tie.new, strict=False) if len(tie.old) == len(tie.new) == 1 and NONE not in pair
    }
    faithful = (
        [before.row[at] for _, at in olds.glyphs] == pairing.old.chars
        and [after.row[at] for _, at in news.glyphs] == pairing.new.chars
        and len(olds.prefixes) == len(pairing.old.leaves)
        and len(news.prefixes) == len(pairing.new.leaves)
    )
    if not faithful:  # joined, the texts read otherwise than alone: an open code block swallowed the next clause
        return found
    for now, was in enumerate(_with_spaces(pairing)):
        if was != NONE:
            (o, left), (n, right) = olds.glyphs[was], news.glyphs[now]
            found.setdefault((o, n), []).append((left, right))
    for new_leaf, old_leaf in pairing.partner_old.items():
        (o, left_prefix), (n, right_prefix) = olds.prefixes[old_leaf], news.prefixes[new_leaf]
        if [before.row[at] for at in left_prefix] == [after.row[at] for at in right_prefix]:
            found.setdefault((o, n), []).extend(zip(left_prefix, right_prefix, strict=True))
    return {pair: links for pair, links in found.items() if NONE not in pair}


def _with_spaces(pairing: Pairing) -> list[int]:
    """The old character of each new one. A space behind a kept character is kept where both texts have one."""
    to_old, to_new = list(pairing.to_old), list(pairing.to_new)
    for now, was in enumerate(to_old[:-1]):
        after, next_old = now + 1, was + 1
        if was == NONE or next_old == len(to_new) or to_old[after] != NONE or to_new[next_old] != NONE:
            continue
        same_leaf = (pairing.old.leaf[was], pairing.new.leaf[now]) == (pairing.old.leaf[next_old], pairing.new.leaf[after])
        if same_leaf and pairing.new.chars[after] == pairing.old.chars[next_old] == " ":
            to_old[after], to_new[next_old] = next_old, after
    return to_old


@dataclass(slots=True)
class _Spread:
    """Characters and prefixes of several clauses in a row, each with the clause it is of."""

    glyphs: list[tuple[int, int]] = field(default_factory=list)
    prefixes: list[tuple[int, range]] = field(default_factory=list)


def _spread(side: Side, clauses: Iterable[int]) -> _Spread:
    spread = _Spread()
    for at in clauses:
        if at != NONE:
            spread.glyphs += [(at, place) for place in side.placed[at].glyphs]
            spread.prefixes += [(at, prefix) for prefix in side.placed[at].prefixes]
    return spread


def in_order(weights: Mapping[Pair, int]) -> list[Pair]:
    """The heaviest set of pairs in which both sides only go forward: what need not be moved. The first of equals."""
    if not weights:
        return []
    size = max(n for _, n in weights) + 2
    best: list[tuple[int, Pair | None]] = [(0, None)] * size  # a tree of maxima over new indexes up to n
    before: dict[Pair, Pair | None] = {}
    for pair in sorted(weights):
        at, top = pair[1] + 1, best[0]
        while at > 0:
            top = max(top, best[at], key=lambda each: each[0])
            at -= at & -at
        before[pair] = top[1]
        reached, at = (top[0] + weights[pair], pair), pair[1] + 1
        while at < size:
            if reached[0] > best[at][0]:
                best[at] = reached
            at += at & -at
    last = max(best, key=lambda each: each[0])[1]
    chain: list[Pair] = []
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def heads(chain: Sequence[Pair]) -> Iterator[Pair]:
    """Clauses whose heading goes on: one heading as one other, the first of a split or a merge."""
    first_new, first_old = dict(reversed(chain)), {n: o for o, n in reversed(chain)}
    return ((o, n) for o, n in chain if first_new[o] == n and first_old[n] == o)


def heading_links(one: tuple[Clause, Placed], other: tuple[Clause, Placed], spans: Spans | None) -> Iterator[Pair]:
    """A number is kept as a whole or not at all; a title by its spans, or compared here where the change joined several."""
    (was, left), (now, right) = one, other
    if was.label == now.label:
        yield from zip(left.label, right.label, strict=True)
    if _spaced(was) and _spaced(now):
        yield left.title.start - 1, right.title.start - 1
    yield from _along(spans or diff(was.title, now.title, "")[0], left.title, right.title)
    yield left.heading_end, right.heading_end


def _spaced(clause: Clause) -> bool:
    return bool(clause.label and clause.title)


def _along(spans: Spans, old: range, new: range) -> Iterator[Pair]:
    """Kept characters of spans that lead from the one stretch to the other."""
    o = n = 0
    for mark, text in spans:
        if mark == "=":
            yield from zip(old[o : o + len(text)], new[n : n + len(text)], strict=True)
        o += len(text) if mark != "+" else 0
        n += len(text) if mark != "-" else 0


def title_links(old: Draft, new: Draft) -> Iterator[Pair]:
    """Title and version at the head of the document."""
    titles = range(len(old.title)), range(len(new.title))
    yield from _along(diff(old.title, new.title, new.language)[0], *titles)
    yield titles[0].stop, titles[1].stop
    ends = titles[0].stop + 1 + len(old.version), titles[1].stop + 1 + len(new.version)
    if old.version == new.version:
        yield from zip(range(titles[0].stop + 1, ends[0]), range(titles[1].stop + 1, ends[1]), strict=True)
    yield ends
