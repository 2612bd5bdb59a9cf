"""Correcting the translation of one clause: the text beside the prevailing one, what changes and what parity says before it is saved."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.config import Settings
from consult.core.clause import Clause, Draft
from consult.core.diff import diff
from consult.core.parity.preview import findings_with
from consult.core.problem import Problem, Refused
from consult.operations.correct import LONGEST_TEXT, confirm_correction, correct_clause
from consult.queries.changes import Words
from consult.queries.corrections import Waiting, waiting
from consult.queries.drafts import stored_draft, version_row
from consult.queries.parity import clause_sha256
from consult.queries.standards import VersionSeen, clauses, version
from consult.web import forms
from consult.web.drawn import Piece, drawn
from consult.web.locale import page_language
from consult.web.office.room import blueprint, by, named, refusals
from consult.web.permissions import needs, person, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence

PURPOSE = "staff.correct"
ADDRESS = "/office/parity/<standard>/<version>/<language_of_text>/<number>"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text against the stored one: its redline, and what parity finds in it."""

    title: Piece | None
    text: Piece
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is corrected: the prevailing draft, the translation, its clause, and what waits for a second person."""

    version: VersionSeen
    main: Draft
    translation: Draft
    theirs: Clause
    clause: Clause
    waiting: Waiting | None


@blueprint.get(ADDRESS)
@needs("check_translations")
def correct(standard: str, version: str, language_of_text: str, number: str) -> Response:
    return _page(_desk(standard, version, language_of_text, number))


@blueprint.post(ADDRESS)
@needs("check_translations")
def save_correction(standard: str, version: str, language_of_text: str, number: str) -> Response:
    desk = _desk(standard, version, language_of_text, number)
    signed = forms.signed(PURPOSE)
    if signed is None:
        return _page(desk, Problem("form_not_ours"), 400)
    settings: Settings = current_app.config["SETTINGS"]
    place: dict[str, Any] = {"standard": standard, "version": version, "language": language_of_text, "number": number}
    typed = _typed(desk.clause)
    act = request.form.get("act", "")
    if act != "confirm" and (act != "save" or signed.get("shown") != _fingerprint(typed)):
        return _page(desk)  # what was typed is shown with its redline before it can be saved
    try:
        if act == "confirm":
            confirm_correction(**place, request=int(signed.get("request") or 0), by=by(), now=request_time())
            done = "corrected"
        else:
            done = correct_clause(
                **place, title=typed.title, text=typed.text, seen_sha256=str(signed["seen"]), reason=request.form.get("reason", ""),
                second_person=settings.second_person, by=by(), now=request_time(),
            )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        stale = problem.code in ("stale_text", "correction_unknown")
        return _page(_desk(standard, version, language_of_text, number), problem, 409 if stale else 422)
    here: dict[str, Any] = {"standard": standard, "version": version, "language_of_text": language_of_text, "number": number}
    return redirect(url_for("office.correct", **here, done=done), 303)


def _desk(standard: str, name: str, language: str, number: str) -> Desk:
    seen, row = version(standard, name, language), version_row(standard, name)
    if seen is None or row is None or language == row.prevails or language not in seen.languages:
        abort(404)
    main, translation = stored_draft(row, row.prevails), stored_draft(row, language)
    if main is None or translation is None:
        abort(404)
    theirs, ours = ({each.number: each for each in draft.numbered}.get(number) for draft in (main, translation))
    if theirs is None or ours is None:
        abort(404)
    id = next(each.id for each in clauses(seen) if each.number == number)
    return Desk(seen, main, translation, theirs, ours, waiting(id, language, clause_sha256(ours)))


def _typed(clause: Clause) -> Clause:
    title, text = request.form.get("title", clause.title), request.form.get("text", clause.text)
    return replace(clause, title=title.strip(), text=text.replace("\r\n", "\n").strip("\n"))


def _fingerprint(clause: Clause) -> str:
    return hashlib.sha256(f"{clause.title}\n{clause.text}".encode()).hexdigest()


def _compared(desk: Desk, given: Clause) -> Corrected:
    language = desk.translation.language
    title, _ = diff(desk.clause.title, given.title, language)
    text, bounded = diff(desk.clause.text, given.text, language)
    found = findings_with(desk.main, desk.translation, given)
    return Corrected(
        drawn("inline", Words(title, title, language, False), title) if given.title != desk.clause.title else None,
        drawn("inline", Words(title, text, language, bounded), text),
        tuple(bare_sentence(named(each), gettext) for each in found),
    )


def _page(desk: Desk, problem: Problem | None = None, status: int = 200) -> Response:
    posted = request.method == "POST"
    typed = _typed(desk.clause) if posted else desk.clause
    changed = posted and typed != desk.clause
    who = person()
    asked = desk.waiting
    proposal = replace(desk.clause, title=asked.title, text=asked.text) if asked else None
    return private_page(
        "office/correct.html",
        status,
        version=version(desk.version.standard, desk.version.name, page_language()),
        bench=desk,
        language=desk.translation.language,
        typed=typed,
        reason=request.form.get("reason", ""),
        shown=_compared(desk, typed) if changed else None,
        unchanged=posted and not changed and problem is None,
        proposal=_compared(desk, proposal) if proposal else None,
        own=bool(asked and who and asked.account == who.account),
        signed=forms.sign(
            PURPOSE, seen=clause_sha256(desk.clause), shown=_fingerprint(typed) if changed else "", request=asked.id if asked else 0
        ),
        found=[bare_sentence(named(each), gettext) for each in findings_with(desk.main, desk.translation, desk.clause)],
        errors=refusals([problem]) if problem else [],
        done=request.args.get("done") if not posted else None,
        second_person=current_app.config["SETTINGS"].second_person,
        limit=LONGEST_TEXT,
    )
