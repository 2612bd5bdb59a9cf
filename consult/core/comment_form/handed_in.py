"""A later copy of a form beside what was handed in: which rows say it still, say it otherwise, stand elsewhere or are new.

Whatever is not there is not asked to be gone: a missing row may only be a shorter file. The order of the rows says nothing.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from consult.core.comment_form.comment import draft_of_row
from consult.core.comment_form.copies import ALIKE_ALONE, Said, folded, paired, place_key
from consult.core.comment_form.read import FormRow

Kind = Literal["same", "older", "taken_back", "settled", "changed", "moved", "new"]
Exact = Literal["same", "older"] | None
KINDS: tuple[Kind, ...] = get_args(Kind)
"""`older`: it says what the comment said before its author revised it otherwise; `settled`: decided on in an earlier file, and no comment here."""
ASKS: tuple[Kind, ...] = ("changed", "moved", "new")
"""What a word of its sender is asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A comment that was handed in. `words`: text, proposed wording, reasons, evidence, of its newest `revision`; `before`: other wordings it had;
    `place` as `copies.place_key` says it; `cell`: sheet and clause cell of the row it came from; `from_file`: it stood in a form;
    `over`: its author took it back.
    """

    id: int
    reference: str
    submission: str
    place: tuple[str, str | None, str | None, str | None]
    words: tuple[str, str, str, str]
    revision: int
    position: str | None = None
    type: str | None = None
    before: tuple[tuple[str, ...], ...] = ()
    cell: tuple[str, str] | None = None
    from_file: bool = False
    over: bool = False

    @property
    def said(self) -> Said:
        return Said(place_key(*self.place), self.words, self.cell, self.before, self.over)


@dataclass(frozen=True, slots=True)
class Match:
    """What a row is beside what was handed in; `standing`: index of its comment. `reworded`: its words, position or type are others."""

    kind: Kind
    standing: int | None = None
    reworded: bool = False

    @property
    def asks(self) -> bool:
        return self.kind in ASKS


@dataclass(frozen=True, slots=True)
class Comparison:
    """A match for every row in its order, and the comments (by index) that stood in a form and stand in this one no more."""

    matches: tuple[Match, ...]
    gone: tuple[int, ...]


def said_by(row: FormRow) -> tuple[str, str, str, str]:
    """The words of a row as its comment has them: text, proposed wording, reasons, evidence."""
    return _as_comment(row)[0]


def compared(standing: Sequence[Standing], rows: Sequence[FormRow], *, tied: Sequence[int | None], settled: Collection[Said]) -> Comparison:
    """Pairs rows with comments, by the rule of `copies`. `tied`: for each row the id of the comment that was made of it already, or None;
    `settled`: rows of earlier files that are no comments here.
    """
    index = {each.id: at for at, each in enumerate(standing)}
    known = {at: index[comment] for at, comment in enumerate(tied) if comment in index}
    left = [at for at in range(len(standing)) if at not in set(known.values())]
    asked = [at for at in range(len(rows)) if at not in known]
    said = [Said(_place_of(rows[at]), said_by(rows[at]), _cell_of(rows[at])) for at in asked]
    pairing = paired([standing[at].said for at in left], said, alone=ALIKE_ALONE)
    done = {key for each in settled for key in _keys(each)}
    matches: list[Match] = [Match("same", known.get(at)) for at in range(len(rows))]
    for order, at in enumerate(asked):
        found = pairing.earlier[order]
        if found is None:
            matches[at] = Match("settled" if done & _keys(said[order]) else "new")
        else:
            exact: Exact = "same" if order in pairing.same else "older" if order in pairing.older else None
            matches[at] = _match(standing[left[found]], left[found], rows[at], said[order], exact)
    gone = tuple(left[at] for at in pairing.gone if standing[left[at]].from_file and not standing[left[at]].over)
    return Comparison(tuple(matches), gone)


def _match(one: Standing, index: int, row: FormRow, said: Said, exact: Exact) -> Match:
    if one.over:
        return Match("taken_back", index)
    chosen = _as_comment(row)[1]
    choices = any(new is not None and new != old for new, old in zip(chosen, (one.position, one.type), strict=True))
    reworded = choices or (exact is None and folded(said.words) != folded(one.words))
    if exact is None and said.place and said.place != place_key(*one.place) and said.cell != one.cell:
        return Match("moved", index, reworded)
    return Match("changed", index, True) if reworded and exact != "older" else Match(exact or "same", index)


def fingerprint(rows: Sequence[tuple[int, str]], standing: Sequence[Standing], comparison: Comparison) -> str:
    """Of all that a page about a copy shows, `rows` as (id, state): equal as long as nothing of it has changed meanwhile."""
    shown = [
        [*row, match.kind, standing[match.standing].reference if match.standing is not None else None]
        for row, match in zip(rows, comparison.matches, strict=True)
    ]
    comments = [[each.reference, each.revision, each.over] for each in standing]
    return hashlib.sha256(json.dumps([shown, comments], separators=(",", ":")).encode()).hexdigest()


def _as_comment(row: FormRow) -> tuple[tuple[str, str, str, str], tuple[str | None, str | None]]:
    """Words and choices; a row without a place as if it stood at a clause."""
    _, draft = draft_of_row(row if row.kind else replace(row, kind="clause"))
    return (draft.text or "", draft.proposed or "", draft.rationale or "", draft.evidence or ""), (draft.position, draft.type)


def _place_of(row: FormRow) -> str:
    return place_key(row.kind, row.standard, row.number, row.baseline)


def _cell_of(row: FormRow) -> tuple[str, str]:
    return row.sheet, row.number_said.strip()


def _keys(said: Said) -> set[tuple[object, ...]]:
    """By which a row of an earlier file is recognised word for word: at its place, or in its clause cell."""
    words = folded(said.words)
    return {("place", said.place, words)} | ({("cell", said.cell, words)} if said.cell and said.cell[1] else set())
