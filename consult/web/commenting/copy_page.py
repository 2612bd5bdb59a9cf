"""The page of a later copy: every row beside what was handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.comment_form.handed_in import Match, Standing, said_by
from consult.core.problem import Problem
from consult.core.receipt import ReceiptSeen
from consult.queries.clause_names import NamedClause, clauses_of_round
from consult.queries.later_copies import CopyRow, LaterCopy, later_copy
from consult.queries.received_files import EarlierRow, FileSeen, RowSeen
from consult.web import tickets
from consult.web.commenting import receipt_page
from consult.web.file_rows import AT_A_TIME, changes_of, documents_of, said, shown_place
from consult.web.forms import sign
from consult.web.locale import page_language
from consult.web.offers import offers_for_rows
from consult.web.permissions import request_time
from consult.web.rendering import private_page

LOOK_AGAIN = "5"
"""Seconds after which the page of a file that is being read is asked for again, without a script."""
QUIET = ("same", "older", "taken_back", "settled")


@dataclass(frozen=True, slots=True)
class Compared:
    """A row with what it is beside the comment it belongs to. `seen` as rows of files are drawn; `label` of the clause the comment stands at."""

    seen: RowSeen
    match: Match
    one: Standing | None
    label: str | None

    @property
    def changes(self) -> list[tuple[str, Markup]]:
        return changes_of(self.seen)

    @property
    def chosen(self) -> list[tuple[str, str | None, str | None]]:
        """Position and type where they differ: (field, before, after)."""
        pairs = (("position", self.one.position, self.seen.row.position), ("type", self.one.type, self.seen.row.type)) if self.one else ()
        return [(name, old, new) for name, old, new in pairs if new and new != old]


def compared_page(
    file: FileSeen, receipt: ReceiptSeen, *, status: int = 200, problems: Mapping[int, str] | None = None, refusal: Problem | None = None
) -> Response:  # fmt: skip
    """`problems`: row -> why it cannot be applied; `refusal`: why nothing can."""
    now, language = request_time(), page_language()
    copy = later_copy(file=file.id, submission=receipt.id) if file.state == "read" else None
    groups = _groups(copy, {(each.standard, each.number): each for each in clauses_of_round(file.round_id, language)}) if copy else {}
    gone = [copy.standing[at] for at in copy.comparison.gone] if copy else []
    counts = {name: len(each) for name, each in groups.items()}
    groups, more = _first(groups)
    phase = "cancelled" if file.cancelled else file.window.phase(now)
    answer = private_page(
        "commenting/copy.html", status,
        **receipt_page.about(receipt) | {"signed": sign("receipt.compared", reference=receipt.reference, file=file.reference, shown=copy.fingerprint if copy else "")},
        file=file, phase=phase, over=now >= file.until, locked=now >= file.until or phase == "cancelled" or receipt.disowned,
        groups=groups, counts=counts, more=more, gone=gone, offered=offers_for_rows(
            file, [(each.seen.id, each.seen.row) for each in groups.get("new", ())], now, own={each.reference for each in copy.standing} if copy else (),
        ),
        why=[said(each) for each in file.problems], problems=problems or {}, refusal=said(refusal) if refusal else None,
        again=bool(request.args.get("again")) and status == 200, done=_done(receipt) if status == 200 else None,
        documents=documents_of(file, language), place_of=shown_place, typed=request.form if status != 200 else {}, code=None,
        send_again=url_for("commenting.later_copy", reference=receipt.reference, ticket=tickets.ticket(receipt.reference, now)),
    )  # fmt: skip
    if file.state == "waiting":
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


def _groups(copy: LaterCopy, names: Mapping[tuple[str, str], NamedClause]) -> dict[str, list[Compared]]:
    found: dict[str, list[Compared]] = {name: [] for name in ("unplaced", "changed", "moved", "new", "left_out", "taken", *QUIET)}
    for row, match in zip(copy.rows, copy.comparison.matches, strict=True):
        one = copy.standing[match.standing] if match.standing is not None else None
        name: str = row.state if row.state in ("taken", "left_out") else match.kind
        if name == "new" and not row.row.placed:
            name = "unplaced"
        found[name].append(_compared(row, match, one, names))
    return found


def _compared(row: CopyRow, match: Match, one: Standing | None, names: Mapping[tuple[str, str], NamedClause]) -> Compared:
    """A changed row is drawn with its words as its comment would have them."""
    shown, before = row.row, None
    there = names.get((one.place[1] or "", one.place[2] or "")) if one else None
    if one is not None:
        text, proposed, rationale, _ = said_by(row.row)
        shown = replace(row.row, comment=text, proposed=proposed, rationale=rationale, element="")
        if not shown.placed:
            kind, standard, number, baseline = one.place
            shown = replace(shown, kind=kind, standard=standard, number=number, baseline=baseline)
        words = tuple(zip(("comment", "proposed", "rationale"), one.words, strict=False))
        before = EarlierRow(0, row.row.sheet, row.row.row, words, None, False, one.reference, one.submission)
    named = names.get((shown.standard or "", shown.number or "")) if shown.kind in ("clause", "new") else None
    seen = RowSeen(
        shown, row.id, row.place, row.state, named.label if named else None, named.title if named else None,
        named.language if named else None, None, one.reference if one else None, one.submission if one else None, before,
    )  # fmt: skip
    return Compared(seen, match, one, there.label if there else one.place[2] if one else None)


def _first(groups: dict[str, list[Compared]]) -> tuple[dict[str, list[Compared]], int]:
    """No more rows that ask for a word than one page holds, in the order of the page; and how many follow once these are applied."""
    room, more = AT_A_TIME, 0
    shown: dict[str, list[Compared]] = {}
    for name, rows in groups.items():
        asks = name in ("unplaced", "changed", "moved", "new")
        shown[name] = rows[: room if asks else AT_A_TIME]
        if asks:
            room, more = room - len(shown[name]), more + len(rows) - len(shown[name])
    return shown, more


def _done(receipt: ReceiptSeen) -> dict[str, Any] | None:
    """What was applied just now. The receipt of what was added is opened only where it was added to this one."""
    if not request.args.get("done"):
        return None
    added = request.args.get("added", "")
    return {
        "added": (added, tickets.receipt_address(added, request_time())) if added in receipt.added else None,
        "revised": _number("revised"),
        "withdrawn": _number("withdrawn"),
    }


def _number(name: str) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
