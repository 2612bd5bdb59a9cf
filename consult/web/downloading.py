"""Files of a round: its blank forms and what everyone may read of its comments, with an ETag and the same bytes for everyone; and the exports of
the committee and the secretariat.
"""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Literal, cast

from flask import Blueprint, abort, current_app, request, send_file
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.disposition import DISPOSITIONS
from consult.core.export_row import Summary
from consult.core.visibility import Viewer
from consult.core.vocabulary import POSITIONS, STATES, TARGETS
from consult.exchange.comment_formats import FORMATS, MEDIA, Format, write_comments
from consult.exchange.form_docx import form_docx
from consult.exchange.form_xlsx import form_xlsx
from consult.operations.export import record_export
from consult.operations.record import Actor
from consult.queries.comment_export import ExportedRound, clause_of_round, comment_export, exported_round
from consult.queries.comment_form import form_source
from consult.queries.comments import Chosen
from consult.web.locale import page_language
from consult.web.permissions import needs, person, request_time
from consult.wording.comment_form import blank_form, form_name
from consult.wording.comment_sheet import sheet_words

blueprint = Blueprint("downloading", __name__)
PUBLIC = "/consultations/<consultation>/rounds/<int:number_of_round>/comments"
STAFF = f"<consultation>/rounds/<int:number_of_round>/comments.<any({', '.join(FORMATS)}):ending>"
ASKED = {"clause": ("clause",), "target": ("target",), "language": ("written", "language"), "class": ("stakeholder_class", "class"),
         "position": ("position",), "state": ("state",), "document": ("document",), "disposition": ("disposition",)}  # fmt: skip
"""Filter -> the names it may have in the address: the first is the one of the page of comments."""
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file; `digest` of its bytes."""

    file: BinaryIO
    name: str
    ending: Format
    digest: str
    size: int


@blueprint.get(f"{PUBLIC}.csv")
@needs("read")
def comments_csv(consultation: str, number_of_round: int) -> Response:
    return _for_everyone(consultation, number_of_round, "csv")


@blueprint.get(f"{PUBLIC}.json")
@needs("read")
def comments_json(consultation: str, number_of_round: int) -> Response:
    return _for_everyone(consultation, number_of_round, "json")


@blueprint.get(f"{PUBLIC}.xlsx")
@needs("read")
def comments_xlsx(consultation: str, number_of_round: int) -> Response:
    return _for_everyone(consultation, number_of_round, "xlsx")


@blueprint.get(f"/committee/{STAFF}")
@needs("export_committee")
def committee_comments(consultation: str, number_of_round: int, ending: Format) -> Response:
    return _for_staff(consultation, number_of_round, "committee", ending)


@blueprint.get(f"/moderation/{STAFF}")
@needs("export_secretariat")
def moderation_comments(consultation: str, number_of_round: int, ending: Format) -> Response:
    return _for_staff(consultation, number_of_round, "secretariat", ending)


@blueprint.get("/consultations/<consultation>/rounds/<int:number_of_round>/form.<any(xlsx, docx):ending>")
@needs("read")
def blank_form_file(consultation: str, number_of_round: int, ending: Literal["xlsx", "docx"]) -> Response:
    """The form to fill in without a connection, in the page's language; `activities=a,b` leaves out clauses that bind none of them."""
    body: Body = current_app.config["BODY"]
    activities = tuple(dict.fromkeys(each for given in request.args.getlist("activities") for each in given.split(",") if each))
    source = form_source(consultation_slug=consultation, number=number_of_round, language=page_language())
    if source is None or set(activities) - {each.code for each in body.activities}:
        abort(404)
    blank = blank_form(source, language=page_language(), body=body, activities=activities)
    made = (form_xlsx if ending == "xlsx" else form_docx)(blank, dated=source.window.opens)
    digest = hashlib.sha256(made).hexdigest()
    file = Made(cast(BinaryIO, BytesIO(made)), form_name(source, ending, activities, page_language()), ending, digest, len(made))
    return _sent(file, "public, no-cache")


def _for_everyone(consultation: str, number: int, ending: Format) -> Response:
    made, _ = _made(consultation, number, "public", ending)
    return _sent(made, "public, no-cache")


def _for_staff(consultation: str, number: int, viewer: Viewer, ending: Format) -> Response:
    made, summary = _made(consultation, number, viewer, ending)
    who = person()
    assert who is not None  # the guard let nobody else in
    record_export(
        consultation=consultation, round=number, viewer=viewer, ending=ending, rows=summary.listed, filters=summary.filters,
        by=Actor("account", who.account), now=request_time(),
    )  # fmt: skip
    return _sent(made, "no-store")


def _made(consultation: str, number: int, viewer: Viewer, ending: Format) -> tuple[Made, Summary]:
    """The whole file before the first byte of the answer: what goes wrong is an error page, never half a file that looks whole."""
    found = exported_round(consultation=consultation, number=number)
    if found is None:
        abort(404)
    body: Body = current_app.config["BODY"]
    chosen, filters = _chosen(found, body)
    words = sheet_words(language=page_language(), body=body, titles=found.titles, standards=found.standards)
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  (the answer closes it)
    with comment_export(of=found, viewer=viewer, now=request_time(), chosen=chosen, filters=filters, language=page_language()) as export:
        write_comments(
            file, ending, export.rows, export.summary, words, dated=found.opens_at, endorsements=export.endorsements, answers=export.answers
        )
    size = file.tell()
    file.seek(0)
    digest = hashlib.file_digest(cast(BytesIO, file), "sha256").hexdigest()
    file.seek(0)
    return Made(file, _name(export.summary, ending), ending, digest, size), export.summary


def _chosen(found: ExportedRound, body: Body) -> tuple[Chosen, dict[str, str]]:
    """The filters of the address, and what they were made from. One that is not understood is 404: a file with more in it than was asked would mislead."""
    given = {key: next((value for name in names if (value := request.args.get(name))), "") for key, names in ASKED.items()}
    lists: dict[str, Any] = {
        "document": found.standards,
        "target": TARGETS,
        "class": [each.code for each in body.classes],
        "position": POSITIONS,
        "state": STATES,
        "disposition": DISPOSITIONS,
    }
    if any(given[key] and given[key] not in codes for key, codes in lists.items()):
        abort(404)
    if given["language"] and not TAG.fullmatch(given["language"]):
        abort(404)
    clause = None
    if given["clause"]:
        standard, _, number = given["clause"].rpartition("/")
        clause = clause_of_round(round_id=found.id, number=number, standard=standard or None)
        if clause is None:
            abort(404)
    filters = {key: value for key, value in given.items() if value}
    chosen = Chosen(clause, *(filters.get(key) for key in ("target", "language", "class", "position", "state", "document", "disposition")))
    return chosen, filters


def _name(summary: Summary, ending: str) -> str:
    """performance-standard-v3_round-2_comments_en.csv; with what it was made for and chosen by, where that is not everyone and all."""
    parts = [summary.consultation, f"round-{summary.round}", "comments"]
    parts += [summary.viewer] if summary.viewer != "public" else []
    parts += [re.sub(r"[^A-Za-z0-9._-]", "-", f"{key}-{value}") for key, value in summary.filters.items()]
    return "_".join([*parts, page_language()]) + f".{ending}"


def _sent(made: Made, cached: str) -> Response:
    public = cached.startswith("public")
    response = send_file(
        made.file, mimetype=MEDIA[made.ending], as_attachment=True, download_name=made.name, conditional=False,
        etag=made.digest if public else False,
    )  # fmt: skip
    response.content_length = made.size
    response.headers["Cache-Control"] = cached
    return response.make_conditional(request) if public else response
