"""Drafts before publication: the list, taking files in, what is wrong with them, passages nobody understood, previews, publishing."""

from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.config import Settings
from consult.core.problem import Problem, Refused
from consult.core.version_files import VersionFiles
from consult.operations.drafts import decide_passages, make_draft, publish_draft, request_publication, take_in
from consult.queries.office_drafts import CLAUSES, Decision, DraftSeen, draft_problems, drafts, open_draft, version_files
from consult.queries.standards import titles_of_standards
from consult.web import forms
from consult.web.drawn import rendered
from consult.web.locale import page_language
from consult.web.office.room import blueprint, by, named, refusals
from consult.web.permissions import allowed, needs, person, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence, problem_place

PURPOSE = "staff.drafts"
HERE = "/office/drafts/<standard>/<version>/"


@blueprint.get("/office/drafts/", endpoint="drafts")
@needs("read_office")
def drafts_page() -> Response:
    return _list()


@blueprint.post("/office/drafts/")
@needs("edit_drafts")
def new_draft() -> Response:
    if forms.signed(PURPOSE) is None:
        return _list((Problem("form_not_ours"),), 400)
    given = {name: request.form.get(name, "").strip() for name in ("standard", "version", "prevails", "baselines")}
    try:
        make_draft(
            standard=given["standard"], version=given["version"], prevails=given["prevails"],
            baselines=given["baselines"].replace(",", " ").split(), by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _list(refused.problems, 422)
    return redirect(url_for("office.draft", standard=given["standard"], version=given["version"]), 303)


@blueprint.get(HERE)
@needs("read_office")
def draft(standard: str, version: str) -> Response:
    return _page(found_draft(standard, version))


@blueprint.post(HERE)
@needs("edit_drafts")
def take_in_file(standard: str, version: str) -> Response:
    found = found_draft(standard, version)
    if _foreign(found):
        return _page(found, (Problem("form_not_ours"),), 400)
    upload = request.files.get("file")
    try:
        part = take_in(
            standard=standard, version=version, file_name=(upload.filename or "") if upload else "", data=upload.read() if upload else b"",
            language=request.form.get("language") or None, tracked=request.form.get("tracked", "accepted"),
            title=request.form.get("title", "").strip(), by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(found, refused.problems, _status(refused))
    return redirect(url_for("office.draft", standard=standard, version=version, taken=part), 303)


@blueprint.post(f"{HERE}passages")
@needs("edit_drafts")
def decide(standard: str, version: str) -> Response:
    found = found_draft(standard, version)
    signed = _foreign(found) or forms.signed(PURPOSE)
    if not isinstance(signed, dict) or "part" not in signed:
        return _page(found, (Problem("form_not_ours"),), 400)
    decisions = {
        name.removeprefix("is-"): Decision(choice, request.form.get(f"number-{name.removeprefix('is-')}", "").strip() or None)
        for name, choice in request.form.items()
        if name.startswith("is-") and choice
    }
    try:
        decide_passages(
            standard=standard, version=version, part=signed["part"], seen_import=signed["import"], decisions=decisions, by=by(),
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(found, refused.problems, _status(refused))
    return redirect(url_for("office.draft", standard=standard, version=version, taken=signed["part"]), 303)


@blueprint.get(f"{HERE}text")
@needs("read_office")
def draft_text(standard: str, version: str) -> Response:
    """The draft as readers will see it, in one of its languages."""
    found = found_draft(standard, version)
    files, _ = version_files(found)
    if not files.drafts:
        abort(404)
    asked = request.args.get("edition", page_language())
    language = asked if asked in files.drafts else files.prevails
    shown = files.drafts[language]
    notes = files.annotations.clauses if files.annotations else {}
    return private_page(
        "office/draft_text.html", draft=found, text=shown, language=language, languages_there=list(files.drafts), notes=notes,
        drawn={clause.order: rendered(clause.text) for clause in shown.clauses},
    )  # fmt: skip


@blueprint.get(f"{HERE}publish")
@needs("edit_drafts")
def publishing(standard: str, version: str) -> Response:
    return _publish_page(found_draft(standard, version))


@blueprint.post(f"{HERE}publish")
@needs("edit_drafts")
def publish(standard: str, version: str) -> Response:
    """Asks for publication, or publishes what another person asked for (or what nobody need confirm)."""
    found = found_draft(standard, version)
    signed = forms.signed(PURPOSE)
    if signed is None or signed.get("draft") != [standard, version] or "state" not in signed:
        return _publish_page(found, (Problem("form_not_ours"),), 400)
    settings: Settings = current_app.config["SETTINGS"]
    given: dict[str, Any] = {
        "standard": standard, "version": version, "seen_state": signed["state"], "languages": settings.languages, "by": by(),
        "now": request_time(),
    }  # fmt: skip
    try:
        if request.form.get("act") == "request":
            request_publication(**given)
            return redirect(url_for("office.publishing", standard=standard, version=version), 303)
        publish_draft(second_person=settings.second_person, **given)
    except Refused as refused:
        return _publish_page(found_draft(standard, version), refused.problems, _status(refused))
    return redirect(url_for("office.draft", standard=standard, version=version, published=1), 303)


def found_draft(standard: str, version: str) -> DraftSeen:
    return open_draft(standard, version) or abort(404)


def _foreign(draft: DraftSeen) -> bool:
    signed = forms.signed(PURPOSE)
    return signed is None or signed.get("draft") != [draft.standard, draft.version]


def _status(refused: Refused) -> int:
    return 409 if any(problem.code in ("draft_stale", "version_published") for problem in refused.problems) else 422


def _signed(draft: DraftSeen, **more: Any) -> str:
    return forms.sign(PURPOSE, draft=[draft.standard, draft.version], **more)


def _called(draft: DraftSeen, files: VersionFiles) -> tuple[str, str]:
    """What the standard is called in the language of the page or else the prevailing one, and in which it is."""
    if not files.drafts:
        return draft.standard, page_language()
    text = files.drafts.get(page_language()) or files.main
    return (text.title, text.language) if text.title else (draft.standard, page_language())


def _list(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    return private_page(
        "office/drafts.html", status, drafts=drafts(), standards=titles_of_standards(page_language()), refusals=refusals(problems), typed=request.form,
        wrong=dict(refusals(problems)), may=allowed("edit_drafts"), signed=forms.sign(PURPOSE),
    )  # fmt: skip


def _told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    """(grade, place, sentence)."""
    return [(problem.grade, problem_place(problem, gettext), bare_sentence(problem, gettext)) for problem in map(named, problems)]


def _page(draft: DraftSeen, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    files, _ = version_files(draft)
    found = draft_problems(draft, settings.languages)
    baselines = [name for name in (files.baselines if files.drafts else draft.baselines) if name in draft.known]
    return private_page(
        "office/draft.html",
        status,
        draft=draft,
        files=files,
        called=_called(draft, files),
        clauses_part=CLAUSES,
        told=_told(found),
        errors=sum(problem.grade == "error" for problem in found),
        baselines=baselines,
        refusals=refusals(problems),
        may=allowed("edit_drafts") and not draft.published,
        signed=_signed(draft),
        signed_parts={part.part: _signed(draft, part=part.part, **{"import": part.id}) for part in draft.parts.values() if part.passages},
        taken=draft.parts.get(request.args.get("taken", "")),
        just_published="published" in request.args and draft.published,
        choices=("clause", "heading", "text", "left_out"),
        typed=request.form,
    )


def _publish_page(draft: DraftSeen, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    files, _ = version_files(draft)
    found = draft_problems(draft, settings.languages)
    me = person()
    asked = draft.request if draft.request and draft.request.valid else None
    return private_page(
        "office/publish.html",
        status,
        draft=draft,
        files=files,
        called=_called(draft, files),
        errors=[each for each in _told(found) if each[0] == "error"],
        warnings=[each for each in _told(found) if each[0] != "error"],
        second_person=settings.second_person,
        asked=asked,
        mine=bool(asked and me and asked.account == me.account),
        lapsed=draft.request if draft.request and not draft.request.valid else None,
        refusals=refusals(problems),
        signed=_signed(draft, state=draft.state_sha256),
    )
