"""Putting comments into a blank form, so that it can be read back like one that a person filled in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.core.comment_form.blank import BlankForm, BlankRow, BlankSheet


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One comment as it stands in a form. `standard` of the document, None for the process; `clause` the label of the row it belongs beside,
    None for what has a row of its own; the rest is what its cells hold.
    """

    standard: str | None
    clause: str | None
    cells: BlankRow


def filled(form: BlankForm, said: Sequence[SaidRow]) -> BlankForm:
    """The form with every comment in it, in the order given; several on one clause stand below each other. Nothing is left out: what has no row of
    its own is written among the free rows, more of them are made where they do not suffice.
    """
    first = form.sheets[0].standard if form.sheets else ""
    own: dict[str, list[SaidRow]] = defaultdict(list)
    for row in said:
        own[row.standard if row.standard in {sheet.standard for sheet in form.sheets} else first].append(row)
    return replace(form, sheets=tuple(_filled(sheet, own[sheet.standard]) for sheet in form.sheets))


def _filled(sheet: BlankSheet, said: Sequence[SaidRow]) -> BlankSheet:
    labels = {row.number for row in sheet.rows if row.kind == "clause"}
    beside: dict[str, list[SaidRow]] = defaultdict(list)
    for each in said:
        beside[each.clause if each.clause in labels else ""].append(each)
    rows: list[BlankRow] = []
    free = [replace(each.cells, kind="free") for each in beside[""]]
    for row in sheet.rows:
        if row.kind == "clause" and (here := beside[row.number]):
            rows += [_beside(row, each.cells) for each in here]
        elif row.kind == "free" and free:
            rows.append(free.pop(0))
        else:
            rows.append(row)
    return replace(sheet, rows=(*rows, *free))


def _beside(row: BlankRow, cells: BlankRow) -> BlankRow:
    return replace(cells, kind="clause", title=row.title, current=row.current, change=row.change)
