"""What the pages of the editor's table show: rows with their doubts, filters, a proposed link with what follows from it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from consult.core.align import Candidate, Contradiction, Possible
from consult.core.change import Link
from consult.core.clause import Clause
from consult.core.compare import changes_for
from consult.core.draft import address
from consult.core.relink import HAND, Pairing, relinked
from consult.operations.relink import Pair
from consult.queries.changes import Words
from consult.queries.link_table import Confirmation, EditSeen, Key, LinkTable, hopes_of
from consult.web.drawn import Piece, drawn
from consult.web.locale import page_language
from consult.wording.standards import change_labels

STATES = ("unsure", "possible", "alone", "sure", "settled")
"""In the order of doubt. `alone`: no successor or predecessor found; `settled`: a person set or confirmed it."""
SHOWN = ("all", "open", *STATES, "changed")
ORDERS = ("doubt", "document")


@dataclass(frozen=True, slots=True)
class Row:
    """One link. `key` stands in addresses: 5.2,5.3~5.4."""

    key: str
    link: Link
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    labels: list[tuple[str, str]]
    state: str
    edit: EditSeen | None
    confirmation: Confirmation | None
    possibles: tuple[Possible, ...]
    contradiction: Contradiction | None

    @property
    def sides(self) -> Key:
        return self.link.old, self.link.new


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate: the clause, the probability, the clauses it is linked with now."""

    clause: Clause
    score: float
    stands: tuple[Clause, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that is not saved yet: its words, and the other links that would change with it."""

    pairing: Pairing
    row: Row
    piece: Piece
    title: Piece
    follows: tuple[Row, ...]


def key_text(key: Key) -> str:
    return "~".join(",".join(side) for side in key)


def key_from(text: str) -> Key | None:
    old, joint, new = text.partition("~")
    if not joint:
        return None
    return tuple(filter(None, old.split(","))), tuple(filter(None, new.split(",")))


def pair_of(table: LinkTable) -> Pair:
    return Pair(table.standard, table.version, table.baseline)


def rows_of(table: LinkTable, links: Iterable[Link] | None = None) -> list[Row]:
    """All links as rows, in document order; or those given, which may not be saved."""
    before = {clause.number: clause for clause in table.old.numbered}
    after = {clause.number: clause for clause in table.new.numbered}
    listed = tuple(links if links is not None else table.links)
    moves = {(link.old[0], link.new[0]) for link in listed if len(link.old) == len(link.new) == 1}
    return [
        _row(table, link, tuple(before[n] for n in link.old), tuple(after[n] for n in link.new), _swapped(link, moves)) for link in listed
    ]


def _swapped(link: Link, moves: set[tuple[str, str]]) -> bool:
    return len(link.old) == len(link.new) == 1 and link.old != link.new and (link.new[0], link.old[0]) in moves


def _row(table: LinkTable, link: Link, old: tuple[Clause, ...], new: tuple[Clause, ...], swapped: bool) -> Row:
    confirmation = table.confirmed.get((link.old, link.new))
    edit = table.edit_of(link)
    settled = confirmation is not None or link.reason == HAND
    labels = change_labels(
        link.kinds, [clause.label for clause in old], [clause.label for clause in new], swapped, page_language(), gettext, confirmed=settled
    )
    possibles = () if settled else _possible(table, link)
    contradiction = next((each for each in table.alignment.contradicted if each.new in link.new), None) if not settled else None
    alone = not old or not new
    state = (
        "settled" if settled
        else "unsure" if link.unsure or contradiction
        else "possible" if possibles
        else "alone" if alone
        else "sure"
    )  # fmt: skip
    return Row(key_text((link.old, link.new)), link, old, new, labels, state, edit, confirmation, possibles, contradiction)


def _possible(table: LinkTable, link: Link) -> tuple[Possible, ...]:
    return tuple(
        each
        for each in table.alignment.possibles
        if (each.old in link.old or each.new in link.new) and not (each.old in link.old and each.new in link.new)
    )


def ordered(rows: Sequence[Row], order: str) -> list[Row]:
    if order == "document":
        return list(rows)
    return sorted(rows, key=lambda row: (STATES.index(row.state), row.link.score))


def of_state(rows: Sequence[Row], shown: str) -> list[Row]:
    if shown == "all":
        return list(rows)
    if shown == "open":
        return [row for row in rows if row.state in ("unsure", "possible", "alone")]
    if shown == "changed":
        return [row for row in rows if row.link.kinds != ("unchanged",)]
    return [row for row in rows if row.state == shown]


def counted(rows: Sequence[Row]) -> Counter[str]:
    counts = Counter(row.state for row in rows)
    counts["all"] = len(rows)
    counts["open"] = counts["unsure"] + counts["possible"] + counts["alone"]
    counts["changed"] = sum(row.link.kinds != ("unchanged",) for row in rows)
    return counts


def row_with(rows: Sequence[Row], key: Key) -> Row | None:
    """The row of these clauses; else the one in which the first of them stands now."""
    exact = next((row for row in rows if row.sides == key), None)
    return exact or next((row for row in rows if set(row.link.new) & set(key[1]) or set(row.link.old) & set(key[0])), None)


def words_of(table: LinkTable, link: Link) -> tuple[Piece, Piece]:
    """Title and text of a link as redlines, in the prevailing language."""
    change = changes_for([link], table.old, table.new)[0]
    words = Words(change.title, change.text, table.new.language, change.bounded)
    return drawn("inline", words, words.title), drawn("inline", words, words.text)


def choices(table: LinkTable, row: Row) -> tuple[Choice, ...]:
    """The five best: of the old version for a clause of the new one, or of the new version for a clause without a successor."""
    found: tuple[Candidate, ...]
    if row.new:
        found, there = table.alignment.shortlists.new.get(row.new[0].number, ()), {c.number: c for c in table.old.numbered}
    else:
        found, there = table.alignment.shortlists.old.get(row.old[0].number, ()), {c.number: c for c in table.new.numbered}
    others = {c.number: c for c in (table.new if row.new else table.old).numbered}
    choices = []
    for number, score in found[:5]:
        stands = [
            other
            for link in table.links
            if number in (link.old if row.new else link.new)
            for other in (link.new if row.new else link.old)
        ]  # fmt: skip
        here = number in (row.link.old if row.new else row.link.new)
        choices.append(Choice(there[number], score, tuple(others[each] for each in stands), here))
    return tuple(choices)


def asked_pairing(row: Row) -> Pairing | None:
    """What the address proposes for a row (`old`, `new`; `only_old`, `only_new`; `add_old`, `add_new`), or None where it proposes nothing."""
    given = request.args
    names = ("old", "new", "only_old", "only_new", "add_old", "add_new")
    if not any(name in given for name in names):
        return None
    sides = []
    for name, here in (("old", row.link.old), ("new", row.link.new)):
        numbers = tuple(filter(None, given[name].split(","))) if name in given else here
        if only := given.get(f"only_{name}", "").strip():
            numbers = (address(only),)
        if more := given.get(f"add_{name}", "").strip():
            numbers = (*numbers, address(more))
        sides.append(tuple(dict.fromkeys(numbers)))
    return Pairing(sides[0], sides[1], given.get("also") == "1")


def proposal(table: LinkTable, row: Row, pairing: Pairing) -> Proposal:
    """The link as it would be, and every other link that would change. `pairing` is checked."""
    links = relinked(table.base, [*(edit.pairing for edit in table.edits), pairing], table.old, table.new, hopes_of(table.alignment))
    before = {(link.old, link.new) for link in table.links}
    made = rows_of(table, links)
    mine = [
        each
        for each in made
        if each.link.reason == HAND and (set(each.link.old) <= set(pairing.old)) and (set(each.link.new) <= set(pairing.new))
    ]
    first = next((each for each in mine if each.sides == (pairing.old, pairing.new)), mine[0])
    follows = tuple(each for each in made if each.sides not in before and each not in mine)
    title, piece = words_of(table, first.link)
    return Proposal(pairing, first, piece, title, follows)
