"""The history of one clause: every version on its way, and what changed at each step."""

from werkzeug.wrappers import Response

from consult.queries.clause_history import Step, clause_history
from consult.queries.standards import ClauseSeen, clauses
from consult.web.drawn import Piece, drawn, plain
from consult.web.locale import page_language
from consult.web.permissions import needs
from consult.web.reading.clause import Stop
from consult.web.reading.found import found_clause, found_standard, found_version, title_of
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page


@blueprint.get("/standards/<standard>/<version>/<number>/history", endpoint="clause_history")
@needs("read")
def history(standard: str, version: str, number: str) -> Response:
    found = found_version(standard, version)
    clause = found_clause(found, clauses(found), number)
    steps = clause_history(clause, found, found_standard(standard), page_language())
    return public_page(
        "reading/clause_history.html",
        version=found,
        title=title_of(found),
        clause=clause,
        steps=steps,
        origin=_origin(steps, clause),
        stops=[_stop(step, here=step.version.id == found.id) for step in steps],
        pieces={link.id: piece for step in steps for link in step.links if (piece := _piece(step, link.id))},
    )


def _stop(step: Step, *, here: bool) -> Stop:
    status = "draft" if step.version.is_draft else "published"
    return Stop(step.version.name, status, here, tuple((name.label, name.number) for name in step.clauses))


def _origin(steps: tuple[Step, ...], clause: ClauseSeen) -> list[Piece]:
    """The text in the first version: what the next step began from; the clause itself where there is no next one."""
    if steps[0].links:
        return []
    following = steps[1] if len(steps) > 1 else None
    words = [following.words[link.id] for link in following.links if link.id in following.words] if following else []
    return [drawn("old", each, each.text) for each in words] or [plain(clause)]


def _piece(step: Step, change: int) -> Piece | None:
    return drawn("inline", step.words[change], step.words[change].text) if change in step.words else None
