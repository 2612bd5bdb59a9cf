"""Home of the committee, and the table over all clauses of a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.endorsement import together
from consult.core.tally import Tally, total
from consult.core.vocabulary import POSITIONS, STATES
from consult.queries.committee import SORTS, Grid, GridRow, Sort, arranged, grid
from consult.queries.consultations import consultations, handed_in, received
from consult.web.committee.room import ROUND, blueprint, found_round, row_address, viewer_in
from consult.web.locale import page_language
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page

SHOWN = ("classes", "positions", "states")
"""Which figures stand in the columns; what was received and its languages stand in all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what it does not know counts as not asked."""

    show: str
    sort: Sort
    principle: str
    standard: str


@blueprint.get("/committee/")
@needs("read_committee")
def home() -> Response:
    rooms = [each for each in consultations(page_language()) if allowed("read_committee", each.slug)]
    return private_page("committee/home.html", rooms=rooms, counts=received([each.id for room in rooms for each in room.rounds]))


@blueprint.get(f"{ROUND}/", endpoint="grid")
@needs("read_committee")
def grid_page(consultation: str, number_of_round: int) -> Response:
    project, round = found_round(consultation, number_of_round)
    viewer = viewer_in(consultation)
    whole = grid(round=round, viewer=viewer, language=page_language(), now=request_time())
    wanted = _wanted(whole)
    chosen = [row for row in whole.rows if wanted.standard in ("", row.standard) and wanted.principle in ("", row.top)]
    rows = [row for row in arranged(chosen, wanted.sort) if wanted.sort == "clause" or row.tally.received]
    body: Body = current_app.config["BODY"]
    sums = total(row.tally for row in chosen)
    figures = together(row.counts for row in chosen)

    def address(**changed: str) -> str:
        asked: dict[str, Any] = {
            "show": wanted.show, "sort": wanted.sort, "principle": wanted.principle, "document": wanted.standard,
        } | changed  # fmt: skip
        kept = {name: value for name, value in asked.items() if value and value not in ("classes", "clause")}
        return url_for("committee.grid", consultation=consultation, number_of_round=number_of_round, **kept)

    return private_page(
        "committee/grid.html",
        consultation=project,
        round=round,
        viewer=viewer,
        wanted=wanted,
        rows=rows,
        sums=sums,
        figures=figures,
        decided=sum(row.decided for row in chosen),
        received=whole.total.received,
        handed_in=handed_in([round.id])[round.id],
        silent=whole.silent,
        spoken=_spoken(whole.rows),
        classes=[each.code for each in body.classes if whole.total.classes.get(each.code)],
        silent_classes=[each.code for each in body.classes if not whole.total.classes.get(each.code)],
        tongues=sorted(whole.total.languages, key=lambda code: (-whole.total.languages[code], code)),
        positions=POSITIONS,
        states=STATES,
        documents={each.version.standard: each.version for each in round.documents},
        principles=[row for row in whole.rows if row.heading and wanted.standard in ("", row.standard)],
        shade=shade,
        address=address,
        row_address=lambda row, **more: row_address(project, round, row, **more),
    )


def shade(count: int) -> int:
    """How dark a cell is, 0 to 5; the figure stands in it anyway."""
    return sum(count >= least for least in (1, 2, 4, 7, 11))


def _spoken(rows: Iterable[GridRow]) -> tuple[int, int]:
    """Clauses with at least one comment, and all of them; principles do not count."""
    clauses = [row for row in rows if row.kind == "clause" and not row.heading]
    return sum(row.tally != Tally() for row in clauses), len(clauses)


def _wanted(whole: Grid) -> Wanted:
    show, sort = request.args.get("show", ""), request.args.get("sort", "")
    principle, standard = request.args.get("principle", "").lower(), request.args.get("document", "").lower()
    standard = standard if any(row.standard == standard for row in whole.rows) else ""
    return Wanted(
        show=show if show in SHOWN else SHOWN[0],
        sort=next((each for each in SORTS if each == sort), SORTS[0]),
        principle=principle if any(row.top == principle and standard in ("", row.standard) for row in whole.rows) else "",
        standard=standard,
    )
