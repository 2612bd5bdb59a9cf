"""The languages of a published version side by side: findings with their words marked, to be corrected or let stand."""

from collections.abc import Iterable
from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.config import Settings
from consult.core.markup.places import MARK
from consult.core.problem import Problem, Refused
from consult.core.render import render
from consult.operations.parity import LONGEST_REASON, SeenFinding, acknowledge_finding
from consult.queries.parity import ClauseFindings, findings, open_findings, open_in
from consult.queries.standards import version, versions
from consult.web import forms
from consult.web.locale import page_language
from consult.web.office.room import blueprint, by, named, refusals
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence

PURPOSE = "staff.parity"
ADDRESS = "/office/parity/<standard>/<version>/"
SHOWN = ("open", "stands", "all")


@blueprint.get("/office/parity/")
@needs("read_office")
def parity_list() -> Response:
    listed = [(each, open_in(findings(each))) for each in versions(page_language())]
    return private_page("office/parity_list.html", versions=listed)


@blueprint.get(ADDRESS)
@needs("read_office")
def parity(standard: str, version: str) -> Response:
    return _page(standard, version)


@blueprint.post(ADDRESS)
@needs("check_translations")
def acknowledge(standard: str, version: str) -> Response:
    signed = forms.signed(PURPOSE)
    if signed is None:
        return _page(standard, version, Problem("form_not_ours"), 400)
    seen = SeenFinding(**{name: signed[name] for name in ("language", "number", "code", "finding", "prevailing_sha256", "text_sha256")})
    stands = request.form.get("act") != "reopen"
    try:
        acknowledge_finding(
            standard=standard, version=version, seen=seen, stands=stands, reason=request.form.get("reason", ""), by=by(), now=request_time()
        )
    except Refused as refused:
        problem = refused.problems[0]
        return _page(standard, version, problem, 409 if problem.code == "stale_finding" else 422)
    here: dict[str, Any] = {"standard": standard, "version": version, "show": _asked() if _asked() != "open" else None}
    return redirect(url_for("office.parity", **here, done=1 if stands else 0) + f"#f-{seen.language}-{seen.number}", 303)


def _asked() -> str:
    show = request.args.get("show", "open")
    return show if show in SHOWN else "open"


def _page(standard: str, name: str, problem: Problem | None = None, status: int = 200) -> Response:
    seen = version(standard, name, page_language()) or abort(404)
    found = findings(seen)
    show = _asked()
    settings: Settings = current_app.config["SETTINGS"]
    return private_page(
        "office/parity.html",
        status,
        version=seen,
        clauses=[each for each in found if _shown(each, show)],
        counts={"open": open_in(found), "stands": _all(found) - open_in(found), "all": _all(found)},
        show=show,
        errors=refusals([problem]) if problem else [],
        done=request.args.get("done") if status == 200 else None,
        may=allowed("check_translations"),
        second_person=settings.second_person,
        marked=_marked,
        sentence=_sentence,
        signed_for=_signed,
        reason_limit=LONGEST_REASON,
    )


def _shown(clause: ClauseFindings, show: str) -> bool:
    return show == "all" or any((finding.let_stand is not None) == (show == "stands") for finding in clause.findings)


def _all(found: Iterable[ClauseFindings]) -> int:
    return sum(len(clause.findings) for clause in found)


def _signed(clause: ClauseFindings, finding: str, code: str) -> str:
    return forms.sign(
        PURPOSE, language=clause.language, number=clause.number, code=code, finding=finding, prevailing_sha256=clause.prevailing_sha256,
        text_sha256=clause.text_sha256,
    )  # fmt: skip


def _sentence(problem: Problem) -> str:
    return bare_sentence(named(problem), gettext)


def _marked(text: str, words: Iterable[str]) -> Markup:
    """A clause's text with every place of the words marked."""
    places: list[tuple[int, int]] = []
    for quoted in sorted(set(words), key=len, reverse=True):
        at = text.find(quoted)
        while at >= 0:
            if not any(start < at + len(quoted) and at < end for start, end in places):
                places.append((at, at + len(quoted)))
            at = text.find(quoted, at + len(quoted))
    html = render(text, tuple(sorted(places)))
    return Markup(MARK.sub(r"<mark>\2</mark>", html))  # noqa: S704  (core.render passes everything through its allow-list)


@blueprint.app_template_global()
def parity_waiting() -> int | None:
    """For the office's first page: None while it is not known."""
    return open_findings()
