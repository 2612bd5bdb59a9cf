"""What the pages of the forms are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.problem import Problem
from consult.core.receipt import ReceiptSeen
from consult.core.redline import redline
from consult.core.render import render
from consult.core.submission import LIMITS, CommentTarget
from consult.core.vocabulary import CAPACITIES, POSITIONS, TYPES
from consult.queries.commenting import FormSubject, Redline, RoundForComments, ShownText
from consult.web.forms import sign
from consult.web.locale import page_language
from consult.web.rendering import private_page
from consult.wording.countries import countries
from consult.wording.redline import redline_words
from consult.wording.standards import listed, version_title
from consult.wording.submission import CHOICE_SENTENCES, left_sentence, problem_sentence, seen_table
from consult.wording.terms import term
from consult.wording.tongues import tongues


def form(
    round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], now: datetime, *, problems: Sequence[Problem] = (),
    trouble: str | None = None, earlier: ReceiptSeen | None = None, field: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The form, empty or with all that was typed. `trouble` concerns it as a whole; without `field` it gets a fresh signed one."""
    sentences = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    return private_page(
        "commenting/form.html", status,
        **_about(round_, subject, now), fields=fields, trouble=trouble, earlier=earlier, limits=LIMITS,
        signed=field or _field(round_, subject, now), problems=sentences, errors=dict(reversed(sentences)), options=_options(),
    )  # fmt: skip


def not_open(round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str] | None, now: datetime) -> Response:
    """Coming, closed or cancelled: why there is no form, and all that was typed. A form that was sent is refused with 403: it was understood,
    and no later correction of it will be let in.
    """
    typed = [(name, fields[name]) for name in ("text", "proposed", "rationale") if fields and fields.get(name, "").strip()]
    why = "cancelled" if round_.cancelled else round_.window.phase(now)
    return private_page(
        "commenting/not_open.html",
        200 if fields is None else 403,
        **_about(round_, subject, now),
        why=why,
        sent=fields is not None,
        typed=typed,
    )


def signed_target(target: CommentTarget) -> list[str | None]:
    return [target.kind, target.standard, target.number, target.baseline]


def _field(round_: RoundForComments, subject: FormSubject, now: datetime) -> str:
    return sign(
        "comment", round=f"{round_.consultation}/{round_.number}", target=signed_target(subject.target), text=subject.target.clause_text,
        language=page_language(), opened=now.isoformat(),
    )  # fmt: skip


def _about(round_: RoundForComments, subject: FormSubject, now: datetime) -> dict[str, Any]:
    shown = subject.shown
    return {
        "round": round_,
        "subject": subject,
        "heading": _heading(subject),
        "version": version_title(subject.version_name, gettext) if subject.version_name else None,
        "clause_html": Markup(render(shown.text)) if shown else None,  # noqa: S704  (made safe by core.render)
        "redline_html": _redline(subject.redline, shown) if subject.redline and shown else None,
        "baseline": version_title(subject.redline.baseline, gettext) if subject.redline else None,
        "old_numbers": listed(subject.redline.old, page_language()) if subject.redline else None,
        "left": left_sentence(round_.window.left(now), page_language()),
        "back": back_address(round_, subject.target),
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


def _options() -> dict[str, Any]:
    body, language = current_app.config["BODY"], page_language()
    return {
        "position": [(code, _titled("position", code)) for code in POSITIONS],
        "type": [(code, _titled("type", code)) for code in TYPES],
        "capacity": [(code, _titled("capacity", code)) for code in CAPACITIES],
        "comment_language": tongues(language),
        "stakeholder_class": [(each.code, body.class_name(each.code, language)) for each in body.classes],
        "country": countries(language),
        "choice": [(code, _titled("choice", code), gettext(sentence)) for code, sentence in CHOICE_SENTENCES.items()],
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
