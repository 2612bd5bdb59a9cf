"""Files that came in for a round, as the secretariat sees them: how far each is, its original, rows taken in, notes of what was typed in."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import abort, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.group_input import FIELDS as GROUP
from consult.core.problem import Problem, Refused
from consult.core.received_file import LARGEST
from consult.core.submission import person_of, person_problems
from consult.core.window import instant
from consult.jobs.read_files import read_at_once
from consult.operations.receive import receive_for_somebody
from consult.operations.take_in import NOT_SAID
from consult.operations.take_in_received import references_in, settle_file, take_in_received
from consult.queries.consultations import ConsultationSeen, RoundSeen
from consult.queries.received_files import FileSeen, files_of_round, found_file, rows_of_file, unplaced_rows
from consult.storage import Storage
from consult.web import forms
from consult.web.comment_page import options
from consult.web.file_rows import AT_A_TIME, after_asked, changes_of, documents_of, said, said_of, shown_place
from consult.web.locale import page_language
from consult.web.moderating.room import blueprint, by, found_consultation
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.countries import countries
from consult.wording.submission import problem_sentence

LIST = "/moderation/<consultation>/files/"
PURPOSE = "staff.files"


@blueprint.get(LIST)
@needs("moderate")
def files(consultation: str) -> Response:
    return _list(found_consultation(consultation))


@blueprint.post(LIST)
@needs("moderate")
def bring_file(consultation: str) -> Response:
    """Takes in a file that reached the secretariat by mail or on paper, as of when it did."""
    project, signed = found_consultation(consultation), forms.signed(PURPOSE)
    if signed is None or signed.get("consultation") != consultation:
        return _list(project, (Problem("form_not_ours"),), 400)
    round_ = _round(project, request.form.get("round", ""))
    sent = request.files.get("file")
    data, name = (sent.read(LARGEST + 1), sent.filename or "") if sent else (b"", "")
    try:
        received = receive_for_somebody(
            consultation=consultation, round_number=round_.number, language=page_language(), key=signed["key"], data=data, name=name,
            arrived_at=_arrival(round_), by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _list(project, refused.problems, 422)
    if not received.again:
        read_at_once(received.reference, len(data))
    return redirect(url_for("moderating.file", consultation=consultation, reference=received.reference), 303)


@blueprint.get(f"{LIST}<reference>")
@needs("moderate")
def file(consultation: str, reference: str) -> Response:
    return _page(_found(consultation, reference))


@blueprint.post(f"{LIST}<reference>")
@needs("moderate")
def settle(consultation: str, reference: str) -> Response:
    """Takes the rows in, notes what was typed in by hand, or has a waiting file read."""
    signed = forms.signed(PURPOSE)
    found = _found(consultation, reference, 404 if signed else 400)
    if signed is None or signed.get("reference") != reference:
        return _page(found, (Problem("form_not_ours"),), 400)
    here = redirect(url_for("moderating.file", consultation=consultation, reference=reference), 303)
    try:
        if request.form.get("act") == "read":
            read_at_once(reference, 0)
        elif request.form.get("act") == "typed_in":
            settle_file(reference=reference, typed_in_as=references_in(request.form.get("references", "")), by=by(), now=request_time())
        else:
            return _take_in(found, str(signed["key"])) or here
    except Refused as refused:
        return _page(found, refused.problems, 409 if refused.problems[0].code in ("still_with_sender", "file_handed_in") else 422)
    return here


@blueprint.get(f"{LIST}<reference>/original")
@needs("moderate")
def original(consultation: str, reference: str) -> Response:
    """The bytes as they came, never shown by a browser: an attachment without a type of its own."""
    found, storage = _found(consultation, reference), current_app.config["STORAGE"]
    assert isinstance(storage, Storage)
    if not found.sha256 or storage.size(found.sha256) is None:
        abort(404)
    with storage.open(found.sha256) as kept:
        response = make_response(kept.read())
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{found.reference}.{found.media}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(consultation: str, reference: str, otherwise: int = 404) -> FileSeen:
    found = found_file(reference, page_language())
    return found if found and found.consultation == consultation else abort(otherwise)


def _round(project: ConsultationSeen, number: str) -> RoundSeen:
    """The round that was chosen; without a choice the newest that has opened."""
    opened = [each for each in project.rounds if each.window.phase(request_time()) != "coming"]
    if not number and opened:
        return opened[-1]
    return next((each for each in project.rounds if str(each.number) == number), None) or abort(404)


def _arrival(round_: RoundSeen) -> datetime:
    """The moment that was typed, in the zone of the round. Refused: arrival_missing."""
    try:
        return instant(datetime.fromisoformat(request.form.get("arrived", "")), round_.window.zone)
    except (ValueError, OverflowError):
        raise Refused(Problem("arrival_missing", {"field": "arrived"})) from None


def _take_in(found: FileSeen, key: str) -> Response | None:
    fields, body = request.form, current_app.config["BODY"]
    classes = [each.code for each in body.classes]
    known = [NOT_SAID, *(code for code, _ in countries(page_language()))]
    if problems := person_problems(fields, classes=classes, countries=known):
        return _page(found, problems, 422)
    take_in_received(
        reference=found.reference,
        key=key,
        said=said_of(fields),
        person=person_of(fields, body.consent_version),
        by=by(),
        now=request_time(),
    )
    return None


def _list(project: ConsultationSeen, problems: Sequence[Problem] = (), status: int = 200) -> Response:
    rounds = [
        (each, files_of_round(consultation=project.slug, number=each.number, language=page_language()))
        for each in project.rounds
        if each.window.phase(request_time()) != "coming"
    ]
    zone = rounds[-1][0].window.zone if rounds else "UTC"
    return private_page(
        "moderating/files.html", status,
        consultation=project, rounds=rounds, now=request_time(), **_told(problems), fields=request.form, limit=LARGEST, zone=zone,
        latest=request_time().astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M"), signed=forms.sign(PURPOSE, consultation=project.slug),
    )  # fmt: skip


def _page(found: FileSeen, problems: Sequence[Problem] = (), status: int = 200) -> Response:
    rows = rows_of_file(found, page_language(), after=after_asked(), most=AT_A_TIME + 1) if found.state == "read" else ()
    more, rows = len(rows) > AT_A_TIME, rows[:AT_A_TIME]
    open_rows = [each for each in rows if not each.reference and each.state in ("waiting", "taken")]
    theirs = found.owner[0] == "basket" and request_time() < found.until
    return private_page(
        "moderating/file.html", status,
        consultation=found_consultation(found.consultation), file=found, rows=rows, open_rows=open_rows, theirs=theirs, **_told(problems),
        problems_of_rows={int(each.where["row"]): said(each) for each in problems if "row" in each.where},
        next_after=rows[-1].place if more else None, documents=documents_of(found, page_language()), place_of=shown_place,
        changes_of=changes_of, unplaced=unplaced_rows(found.id), fields=request.form or found.particulars, not_said=NOT_SAID, typed=request.form, options=options(groups=True),
        why=[said(each) for each in found.problems], signed=forms.sign(PURPOSE, reference=found.reference),
    )  # fmt: skip


def _told(problems: Sequence[Problem]) -> dict[str, object]:
    """Sentences of what was refused: (field, sentence), beside the fields, and by itself."""
    of_person = ("capacity", "organisation", "name", "mail", "stakeholder_class", "country", "choice", "consent", *GROUP)
    told = [
        (field, problem_sentence(each, page_language()) if field in of_person else said(each))
        for each in problems
        for field in (f"place-{each.where['row']}" if "row" in each.where else str(each.where.get("field", "")),)
    ]
    return {"problems": told, "errors": dict(reversed(told))}
