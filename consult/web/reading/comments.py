"""Published comments of a round: the list with its filters, and one comment or its stub, citable for ever."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

from flask import current_app, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.disposition import DISPOSITIONS
from consult.core.tally import total
from consult.core.visibility import responded
from consult.core.vocabulary import POSITIONS, STATES, TARGETS
from consult.queries.comments import comment_seen, published_comments, tallies
from consult.queries.consultations import ConsultationSeen, RoundSeen
from consult.queries.counts import counts_of_comments, counts_of_round
from consult.queries.endorsements import endorsements_of
from consult.queries.round_documents import received_by_document
from consult.queries.standards import ClauseSeen, VersionSeen, clauses
from consult.web.locale import languages, page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.clause import ROUND
from consult.web.reading.found import found_consultation, found_round
from consult.web.reading.room import blueprint, missing
from consult.web.rendering import public_page
from consult.wording.dates import language_text
from consult.wording.terms import term

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the address; "" takes all. `document` is a standard, `clause` standard/number, `written` the language of the comment."""

    document: str
    clause: str
    target: str
    written: str
    stakeholder_class: str
    position: str
    state: str
    disposition: str
    """Asked once the response is published."""

    @property
    def any(self) -> bool:
        return any(asdict(self).values())


@blueprint.get(f"{ROUND}/comments")
@needs("read")
def comments(consultation: str, number_of_round: int) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    every = _clauses(round)
    listed = {f"{version.standard}/{each.number}": each for version, each in every}
    now = request_time()
    decided = responded(now, round.report_at)
    asked = _asked(set(listed), {document.version.standard for document in round.documents}, DISPOSITIONS if decided else ())
    after = request.args.get("after", "")
    page = published_comments(
        round_id=round.id,
        standard=asked.document or None,
        clause_id=listed[asked.clause].id if asked.clause else None,
        target=asked.target or None,
        language=asked.written or None,
        stakeholder_class=asked.stakeholder_class or None,
        position=asked.position or None,
        state=asked.state or None,
        disposition=asked.disposition or None,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 10 else None,
        limit=PER_PAGE,
        now=now,
    )
    here: dict[str, Any] = {"consultation": consultation, "number_of_round": number_of_round}
    filters = {name: value for name, value in asdict(asked).items() if value}
    counted = tallies(round_id=round.id, viewer="public", now=now)
    return public_page(
        "reading/comments.html",
        consultation=project,
        round=round,
        comments=page.rows,
        endorsed=counts_of_comments(round_id=round.id, references=[each.reference for each in page.rows], viewer="public", now=now),
        counts=counts_of_round(round_id=round.id, viewer="public", now=now),
        asked=asked,
        decided=decided,
        clauses=listed,
        names={(version.standard, version.name, each.number): each for version, each in every},
        documents={document.version.standard: document.version for document in round.documents},
        by_document=received_by_document([round.id])[round.id],
        tally=total(counted.values()),
        **_options(),
        later=bool(after),
        first=url_for("reading.comments", **here, **filters),
        next=url_for("reading.comments", **here, **filters, after=page.next_after) if page.next_after else None,
    )


def _options() -> dict[str, Any]:
    """(value, name) of the lists to choose from."""
    body: Body = current_app.config["BODY"]
    language = page_language()
    return {
        "names_of_classes": [(each.code, body.class_name(each.code, language)) for each in body.classes],
        "names_of_positions": [(code, term("position", code, gettext)) for code in POSITIONS],
        "names_of_languages": [(code, language_text(code, language)) for code in languages()],
        "names_of_dispositions": [(code, term("disposition", code, gettext)) for code in DISPOSITIONS],
        "names_of_targets": [(code, term("target", code, gettext)) for code in TARGETS],
    }


def _clauses(round: RoundSeen) -> list[tuple[VersionSeen, ClauseSeen]]:
    return [(document.version, each) for document in round.documents for each in clauses(document.version) if each.number]


def _asked(known: set[str], documents: set[str], dispositions: Collection[str]) -> Asked:
    """Filters that this page knows; anything else counts as not asked."""
    body: Body = current_app.config["BODY"]
    allowed: dict[str, Collection[str]] = {
        "document": documents,
        "clause": known,
        "target": set(TARGETS),
        "written": set(languages()),
        "stakeholder_class": {each.code for each in body.classes},
        "position": set(POSITIONS),
        "state": set(STATES),
        "disposition": dispositions,
    }
    given = {name: request.args.get(name, "") for name in allowed}
    return Asked(**{name: value if value in allowed[name] else "" for name, value in given.items()})


@blueprint.get(f"{ROUND}/comments/<reference>")
@needs("read")
def comment(consultation: str, number_of_round: int, reference: str) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    now = request_time()
    found = comment_seen(reference=reference, viewer="public", now=now)
    if found is None or not reference.startswith(f"{project.prefix}-{round.number}-"):
        _no_comment(project, round, reference)
    listed = _clauses(round)
    return public_page(
        "reading/comment.html",
        consultation=project,
        round=round,
        comment=found,
        clause=next((each for _, each in listed if each.id == found.clause_id), None),
        document=next((version for version, each in listed if each.id == found.clause_id), None),
        documents={each.version.standard: each.version for each in round.documents},
        counts=counts_of_comments(round_id=round.id, references=[found.reference], viewer="public", now=now)[found.reference],
        endorsements=endorsements_of(round_id=round.id, comment=found.reference, viewer="public", now=now),
    )


def _no_comment(project: ConsultationSeen, round: RoundSeen, reference: str) -> NoReturn:
    here: dict[str, Any] = {"consultation": project.slug, "number_of_round": round.number}
    missing(
        gettext("There is no comment %(reference)s in this round", reference=reference),
        gettext("Its reference may have a typing error, or it belongs to another round."),
        (gettext("All comments of this round"), url_for("reading.comments", **here)),
    )
