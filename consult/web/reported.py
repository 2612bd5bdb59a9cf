"""What the response report is drawn with: for everybody once it is published, for staff before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import gettext

from consult.core.body import Body
from consult.core.disposition import DISPOSITIONS
from consult.queries.consultations import ConsultationSeen, RoundSeen
from consult.queries.report import PROCESS, Report, Summary, report
from consult.web.locale import page_language
from consult.web.permissions import request_time


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long report: its words, their language, its address."""

    name: str
    language: str
    address: str
    here: bool


def report_context(project: ConsultationSeen, round: RoundSeen, *, address: Callable[[str], str], ahead: bool = False) -> dict[str, Any]:
    """For reading/report.html. `address` of a part of a long report, which `part` in the address asks for; `ahead`: it is not published yet."""
    made = report(round=round, language=page_language(), part=request.args.get("part", ""), now=request_time(), ahead=ahead)
    return {
        "consultation": project,
        "round": round,
        "report": made,
        "dispositions": [code for code in (*DISPOSITIONS, "") if made.summary.given(code)],
        "classes": classes_of(made.summary),
        "documents": {each.version.standard: each.version for each in round.documents},
        "parts": [] if made.part is None else _parts(round, made, address),
        "ahead": ahead,
    }


def classes_of(summary: Summary) -> list[tuple[str, str]]:
    """(code, name) of the classes in the table, in the order of the body; what it does not name any more comes last."""
    body: Body = current_app.config["BODY"]
    known = [each.code for each in body.classes]
    codes = sorted(summary.classes, key=lambda code: (code not in known, known.index(code) if code in known else 0, code))
    return [(code, body.class_name(code, page_language())) for code in codes]


def _parts(round: RoundSeen, made: Report, address: Callable[[str], str]) -> list[Part]:
    return [Part(*_part_name(each, round), address(each), each == made.part) for each in made.parts]


def _part_name(part: str, round: RoundSeen) -> tuple[str, str]:
    """(words, language)."""
    standard, _, top = part.partition("/")
    document = round.document(standard)
    if part == PROCESS or document is None:
        return gettext("The consultation itself"), page_language()
    title = document.version.title
    if not top:
        return title, document.version.language
    if top == "removed":
        return gettext("%(title)s: removed clauses", title=title), page_language()
    return gettext("%(title)s: principle %(number)s", title=title, number=top), page_language()
