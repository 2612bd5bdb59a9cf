"""Links set by hand: what a person says of clauses, applied to the links of two versions; and what a draft imported again makes of it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from consult.core.align.links import POSSIBLE, UNSURE, sides
from consult.core.change import ChangeKind, Link
from consult.core.clause import Clause, Draft

HAND = "hand"
"""The reason of a link that a person set."""
Fate = Literal["kept", "followed", "edited", "vanished"]
FATES: tuple[Fate, ...] = ("kept", "followed", "edited", "vanished")
"""Of a named clause in a draft imported again: the same, followed by its text to another number, reworded, gone."""


class Named(NamedTuple):
    """A clause as a person named it: its number and the fingerprint of its text then."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Clauses that correspond, as a person says. One side empty: each of them is new, or removed. `also`: they keep their other links."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    also: bool = False

    @property
    def many_to_many(self) -> bool:
        return len(self.old) > 1 and len(self.new) > 1


def fingerprint(title: str, text: str) -> str:
    """Of a clause without its number, so that it is known again under another one."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def resolve(named: Iterable[Named], now: Mapping[str, str]) -> tuple[tuple[str, ...], Fate]:
    """The numbers that these clauses have now, and the worst that became of one; `now`: number -> fingerprint.

    The same number with the same text is kept; else the text is followed where it stands under one other number; else the number counts,
    reworded; else the clause vanished and is left out.
    """
    by_text: dict[str, list[str]] = {}
    for number, sha256 in now.items():
        by_text.setdefault(sha256, []).append(number)
    found: list[str] = []
    fates: set[Fate] = {"kept"}
    for number, sha256 in named:
        elsewhere = by_text.get(sha256, [])
        if now.get(number) == sha256:
            found.append(number)
        elif len(elsewhere) == 1:
            found.append(elsewhere[0])
            fates.add("followed")
        elif number in now:
            found.append(number)
            fates.add("edited")
        else:
            fates.add("vanished")
    return tuple(dict.fromkeys(found)), worse(*fates)


def worse(*fates: Fate) -> Fate:
    return max(fates, key=FATES.index)


class Hopes(NamedTuple):
    """For old and new numbers the probability of their best candidate on the other side."""

    old: Mapping[str, float]
    new: Mapping[str, float]


def relinked(links: Iterable[Link], pairings: Sequence[Pairing], old: Draft, new: Draft, hopes: Hopes) -> tuple[Link, ...]:
    """The links with what people said of them, in document order of the new version; untouched links stay as they are.

    A clause that loses its partner gets a link of its own, unsure where a candidate is left. Every number of both versions occurs, so that
    readers miss none. Links set by hand have the score 1 and the reason `hand`.
    """
    before = {clause.number: clause for clause in old.numbered}
    after = {clause.number: clause for clause in new.numbered}
    found = list(links)
    for pairing in pairings:
        found = _with(found, _within(pairing, before, after))
    found += _lost(found, before, after, hopes)
    return _ordered(tuple(_kinds(found, before, after)), old, new)


def _within(pairing: Pairing, before: Iterable[str], after: Iterable[str]) -> Pairing:
    """The clauses that are there, in document order."""
    return Pairing(tuple(n for n in before if n in pairing.old), tuple(n for n in after if n in pairing.new), pairing.also)


def _with(links: list[Link], pairing: Pairing) -> list[Link]:
    if not pairing.old and not pairing.new:
        return links
    made = (
        [Link((), pairing.old, pairing.new, 1.0, HAND)]
        if pairing.old and pairing.new
        else [
            *(Link((), (number,), (), 1.0, HAND) for number in pairing.old),
            *(Link((), (), (number,), 1.0, HAND) for number in pairing.new),
        ]
    )
    kept: list[Link] = []
    for link in links:
        rest_old = tuple(number for number in link.old if number not in pairing.old)
        rest_new = tuple(number for number in link.new if number not in pairing.new)
        shared = pairing.also and link.old and link.new and (rest_old or rest_new)
        if shared or (rest_old, rest_new) == (link.old, link.new):
            kept.append(link)
        elif rest_old and rest_new:
            reason = "content" if link.reason in ("split", "merged") and len(rest_old) == len(rest_new) == 1 else link.reason
            kept.append(Link((), rest_old, rest_new, link.score, reason, link.unsure))
    once = {(link.old, link.new): link for link in (*kept, *made)}  # two links may have come down to the same clauses
    return list(once.values())


def _lost(links: Iterable[Link], before: Collection[str], after: Collection[str], hopes: Hopes) -> list[Link]:
    """A link of its own for every clause that stands in none."""
    there_old = {number for link in links for number in link.old}
    there_new = {number for link in links for number in link.new}

    def alone(old: tuple[str, ...], new: tuple[str, ...], hope: float) -> Link:
        return Link((), old, new, round(1 - hope, 3), "none", hope >= POSSIBLE)

    return [
        *(alone((number,), (), hopes.old.get(number, 0.0)) for number in before if number not in there_old),
        *(alone((), (number,), hopes.new.get(number, 0.0)) for number in after if number not in there_new),
    ]


def _kinds(links: Sequence[Link], before: Mapping[str, Clause], after: Mapping[str, Clause]) -> Iterable[Link]:
    """Kinds for the links that have none yet; those that the engine made keep theirs."""
    partner = {link.old[0]: link.new[0] for link in links if len(link.old) == len(link.new) == 1}
    for link in links:
        yield link if link.kinds else _named(link, before, after, partner)


def _named(link: Link, before: Mapping[str, Clause], after: Mapping[str, Clause], partner: Mapping[str, str]) -> Link:
    olds = sorted((before[number] for number in link.old), key=lambda clause: clause.order)
    news = sorted((after[number] for number in link.new), key=lambda clause: clause.order)
    kinds: list[ChangeKind] = []
    if not olds or not news:
        kinds.append("removed" if olds else "added")
    else:
        if len(news) > 1:
            kinds.append("split")
        elif len(olds) > 1:
            kinds.append("merged")
        if not {clause.number for clause in olds} & {clause.number for clause in news}:
            kinds.append("renumbered")
        if len(olds) == len(news) == 1 and _moved(olds[0], news[0], partner):
            kinds.append("moved")
        if sides(olds) != sides(news):
            kinds.append("modified")
    numbers = tuple(clause.number for clause in olds), tuple(clause.number for clause in news)
    unsure = link.unsure or (link.reason not in (HAND, "none", "recorded") and link.score < UNSURE)
    return Link(tuple(kinds) or ("unchanged",), *numbers, link.score, link.reason, unsure)


def _moved(old: Clause, new: Clause, partner: Mapping[str, str]) -> bool:
    """The section of the old clause became another section than the new one's; clauses that swapped their numbers did not move."""
    if partner.get(new.number) == old.number and old.number != new.number:
        return False
    return old.parent is not None and old.parent in partner and partner[old.parent] != new.parent


def _ordered(links: tuple[Link, ...], old: Draft, new: Draft) -> tuple[Link, ...]:
    """Document order of the new version; a removed clause follows the clause its old neighbour before it became."""
    old_at = {clause.number: at for at, clause in enumerate(old.numbered)}
    new_at = {clause.number: at for at, clause in enumerate(new.numbered)}
    became: dict[int, int] = {}
    for link in links:
        for number in link.old if link.new else ():
            became[old_at[number]] = max(new_at[link.new[-1]], became.get(old_at[number], -1))

    def place(link: Link) -> tuple[int, int, int]:
        if link.new:
            return (new_at[link.new[0]], 0, old_at[link.old[0]] if link.old else -1)
        at = old_at[link.old[0]]
        return (next((became[earlier] for earlier in range(at - 1, -1, -1) if earlier in became), -1), 1, at)

    return tuple(sorted(links, key=place))
