"""The blueprint, and what its pages share: who is looking, the round an address names, filters of what was said."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from consult.core.disposition import DISPOSITIONS
from consult.core.endorsement import Counts
from consult.core.tally import Tally
from consult.core.visibility import Viewer
from consult.core.vocabulary import POSITIONS, STATES
from consult.queries.comments import Chosen, Place
from consult.queries.committee import GridRow, Said, decided_by_place, positions_by_class, said
from consult.queries.consultations import ConsultationSeen, DocumentSeen, RoundSeen, consultation
from consult.queries.counts import counts_by_place, counts_of_comments
from consult.queries.decisions import decisions_on
from consult.queries.endorsements import endorsements_by_comment
from consult.web.committee.deciding import Attempt, about_deciding
from consult.web.committee.positions import position_table
from consult.web.locale import page_language
from consult.web.permissions import allowed, request_time
from consult.web.proposals import proposal
from consult.web.rendering import private_page

blueprint = Blueprint("committee", __name__)

ROUND = "/committee/<consultation>/rounds/<int:number_of_round>"


def viewer_in(slug: str) -> Viewer:
    """Whoever may read unmoderated text sees what the secretariat sees; the others what the committee may."""
    return "secretariat" if allowed("read_unmoderated", slug) else "committee"


def found_round(slug: str, number: int) -> tuple[ConsultationSeen, RoundSeen]:
    project = consultation(slug, page_language()) or abort(404)
    return project, project.round(number) or abort(404)


def found_document(round: RoundSeen, standard: str) -> DocumentSeen:
    return round.document(standard) or abort(404)


def row_address(project: ConsultationSeen, round: RoundSeen, row: GridRow, **more: Any) -> str | None:
    """The room of a place of the table, None for one that this round knows nothing of."""
    where: dict[str, Any] = {"consultation": project.slug, "number_of_round": round.number, **more}
    if row.kind == "process":
        return url_for("committee.process", **where)
    if row.standard is None:
        return None
    where["standard"] = row.standard
    if row.clause is None:
        return url_for("committee.document", **where, about="new" if row.kind == "new" else None)
    if row.kind == "removed":
        return url_for("committee.removed", **where, baseline=row.clause.version, number=row.clause.number)
    return url_for("committee.clause", **where, number=row.clause.number, about="new" if row.kind == "new" else None)


def asked() -> Chosen:
    """What of the comments is wanted; what the address does not know counts as not asked."""
    position, state, became = request.args.get("position"), request.args.get("state"), request.args.get("became")
    return Chosen(
        language=request.args.get("written") or None,
        stakeholder_class=request.args.get("class") or None,
        position=position if position in POSITIONS else None,
        state=state if state in STATES else None,
        disposition=became if became in (*DISPOSITIONS, "none") else None,
    )


def room_page(
    template: str, project: ConsultationSeen, round: RoundSeen, place: Place, counts: Mapping[Place, Tally], attempt: Attempt | None,
    **context: Any,
) -> Response:  # fmt: skip
    """A page with what was said on one place: figures, filters, comments and stubs, and what becomes of them. `attempt`: a decision that was
    not recorded as it was sent.
    """
    viewer, now, chosen = viewer_in(project.slug), request_time(), asked()
    after = request.args.get("after", "")
    page = said(
        round_id=round.id, place=place, viewer=viewer, chosen=chosen, now=now,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 10 else None,
    )  # fmt: skip
    references = [each.comment.reference for each in page.rows]
    crossed = positions_by_class(round_id=round.id, place=place, viewer=viewer, now=now)
    arguments = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    for name in ("after", "done"):
        arguments.pop(name, None)
    endpoint = request.endpoint or ""

    def address(**changed: Any) -> str:
        kept = {name: value for name, value in (arguments | changed).items() if value is not None}
        return url_for(endpoint, **kept)

    decisions = decisions_on(references, actors=True)
    return private_page(
        template,
        attempt.status if attempt else 200,
        consultation=project,
        round=round,
        tally=counts.get(place, Tally()),
        positions=position_table(crossed),
        chosen=chosen,
        filtered=chosen != Chosen(),
        rows=page.rows,
        next_after=page.next_after,
        figures=counts_by_place(round_id=round.id, viewer=viewer, now=now).get(place, Counts()),
        endorsed=counts_of_comments(round_id=round.id, references=references, viewer=viewer, now=now),
        endorsements=endorsements_by_comment(round_id=round.id, comments=references, viewer=viewer, now=now),
        redlines={each.comment.reference: drawn for each in page.rows if (drawn := _redline(each)) is not None},
        address=address,
        decided_here=decided_by_place(round_id=round.id).get(place, 0),
        **about_deciding(project.slug, round.number, page.rows, decisions, attempt),
        **context,
    )


def _redline(each: Said) -> Any:
    if each.text_seen is None or each.comment.target not in ("clause", "removed"):
        return None
    return proposal(each.text_seen, each.comment.proposed, each.text_language or page_language(), each.comment.whole)
