"""What the pages of a comment form show beside it, for every room that has one: the text it speaks of, the choices, the way back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.core.basket import Draft, differences
from consult.core.problem import Problem
from consult.core.redline import redline
from consult.core.submission import CommentTarget
from consult.core.vocabulary import CAPACITIES, CHOICES, POSITIONS, TYPES
from consult.queries.commenting import FormSubject, Redline, RoundForComments, ShownText
from consult.web import baskets
from consult.web.comment_fields import clause_html, details
from consult.web.locale import page_language
from consult.wording.countries import countries
from consult.wording.redline import redline_words
from consult.wording.standards import listed, version_title
from consult.wording.submission import CHOICE_SENTENCES, field_title, left_sentence, problem_sentence, seen_table
from consult.wording.terms import term
from consult.wording.tongues import tongues


def about(round_: RoundForComments, subject: FormSubject, now: datetime, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`fields` of the form as typed; None where there is no form."""
    shown = subject.shown
    late = baskets.late_until(round_.id) if round_.window.phase(now) == "closed" else None
    return {
        "round": round_,
        "subject": subject,
        "heading": _heading(subject),
        "version": version_title(subject.version_name, gettext) if subject.version_name else None,
        "clause_html": clause_html(subject, fields or {}),
        "details": details(subject, fields or {}),
        "redline_html": _redline(subject.redline, shown) if subject.redline and shown else None,
        "baseline": version_title(subject.redline.baseline, gettext) if subject.redline else None,
        "old_numbers": listed(subject.redline.old, page_language()) if subject.redline else None,
        "left": left_sentence(late - now if late else round_.window.left(now), page_language()),
        "back": back_address(round_, subject.target),
        "late_until": late,
    }


def _redline(change: Redline, shown: ShownText) -> Markup:
    return Markup(redline(change.text, shown.language, redline_words(gettext)))  # noqa: S704  (made safe by core.redline)


def _heading(subject: FormSubject) -> str:
    label, kind = subject.shown.label if subject.shown else "", subject.target.kind
    if kind == "clause":
        heading = gettext("Comment on %(number)s", number=label)
    elif kind == "removed":
        heading = gettext("Comment on the removal of %(number)s", number=label)
    elif kind == "new" and label:
        heading = gettext("Propose a new clause after %(number)s", number=label)
    elif kind == "new":
        heading = gettext("Propose a new clause at the beginning")
    elif kind == "document":
        heading = gettext("Comment on the whole document")
    else:
        heading = gettext("Comment on the consultation itself")
    return str(heading)


def options(*, groups: bool = False) -> dict[str, Any]:
    """`groups`: the form also asks whether somebody brings the input of a group, and has the fields for it."""
    body, language = current_app.config["BODY"], page_language()
    return {
        "position": [(code, _titled("position", code)) for code in POSITIONS],
        "type": [(code, _titled("type", code)) for code in TYPES],
        "capacity": [(code, _titled("capacity", code)) for code in CAPACITIES if groups or code != "facilitator"],
        "groups": groups,
        "comment_language": tongues(language),
        "stakeholder_class": [(each.code, body.class_name(each.code, language)) for each in body.classes],
        "country": countries(language),
        "choice": [(code, _titled("choice", code), gettext(sentence)) for code, sentence in CHOICE_SENTENCES.items()],
        "narrower": [(code, _titled("choice", code)) for code in CHOICES],
        "seen": [(choice, _titled("choice", choice), cells) for choice, cells in seen_table(language)],
    }


def _titled(kind: str, code: str) -> str:
    """A term as it begins a line."""
    word = term(kind, code, gettext)
    return word[:1].upper() + word[1:]


def back_address(round_: RoundForComments, target: CommentTarget) -> str:
    """The page the form was reached from."""
    of: dict[str, Any] = {"consultation": round_.consultation, "number_of_round": round_.number}
    if target.kind in ("clause", "new") and target.number:
        return url_for("reading.clause", standard=target.standard, number=target.number, **of)
    if target.kind == "removed":
        return url_for("reading.removed", standard=target.standard, baseline=target.baseline, number=target.number, **of)
    return url_for("reading.consultation", consultation=round_.consultation)


FORM_ORDER = ("position", "text", "quote", "edited", "proposed", "rationale", "evidence", "further")


def problem_sentences(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Field -> sentence, in the order of the form; what has no place in it comes behind."""
    found = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    return sorted(found, key=lambda each: FORM_ORDER.index(each[0]) if each[0] in FORM_ORDER else len(FORM_ORDER))


def drawn_differences(stored: Draft, typed: Draft) -> list[tuple[str, Markup]]:
    """Title of a field -> what differs between the words stored meanwhile and the ones just sent."""
    spans = differences(stored, typed, page_language())
    return [(field_title(name), Markup(redline(each, page_language(), redline_words(gettext)))) for name, each in spans]  # noqa: S704  (made safe by core.redline)
