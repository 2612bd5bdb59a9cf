"""What the fields of a comment form show beside what was typed: the words that were picked, an edited clause text as a redline."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import jsonify
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.anchor import CONTEXT, Anchor
from consult.core.comment_details import Ground, choices_of, edit_of, read_details
from consult.core.proposal import editable
from consult.core.render import render
from consult.queries.commenting import FormSubject
from consult.web.proposals import edited_redline
from consult.wording.submission import FIELDS, field_title

NEIGHBOURS = 6
"""Numbers near the clause that are offered as further ones."""


@dataclass(frozen=True, slots=True)
class Details:
    """`anchor`: the words that were picked, where they were found; `choices`: the places among which to choose. `editable`: the clause text as
    it is edited (None where there is none), `redline`: what was changed in it so far. `near`: numbers close by, as printed.
    """

    anchor: Anchor | None
    choices: tuple[Anchor, ...]
    editable: str | None
    redline: Markup | None
    near: tuple[str, ...]
    lost: bool = False
    """Words were given that do not stand in the text."""

    @property
    def rows(self) -> int:
        """Lines of the field in which the text is edited: about as many as it has, within reason."""
        return min(18, max(6, len(self.editable or "") // 70 + 3))


def details(subject: FormSubject, fields: Mapping[str, str]) -> Details:
    ground, anchor, choices = subject.ground, read_details(fields, subject.ground)[0].anchor, choices_of(fields, subject.ground)
    return Details(
        anchor,
        choices,
        None if ground.source is None else editable(ground.source),
        _redline(subject, fields),
        _near(ground, subject.target.number),
        lost=bool(ground.source and fields.get("quote", "").strip() and anchor is None and not choices),
    )


def clause_html(subject: FormSubject, fields: Mapping[str, str]) -> Markup | None:
    """The clause text with the picked words marked."""
    if subject.shown is None:
        return None
    anchor = read_details(fields, subject.ground)[0].anchor
    return Markup(render(subject.shown.text, words=(anchor.start, anchor.end) if anchor else None))  # noqa: S704  (made safe by core.render)


def picked(given: Mapping[str, str], subject: FormSubject) -> dict[str, str]:
    """The fields that an address fills in: words that somebody selected on the page of the clause. Nothing is stored."""
    words = given.get("words", "")[:2000]
    if not words.strip() or subject.ground.source is None:
        return {}
    before = given.get("before", "")[-CONTEXT:]
    return {"quote": words, "quote_place": f"…{before}" if before else ""}


def preview_answer(subject: FormSubject, fields: Mapping[str, str]) -> Response:
    """To a script: the redline of the edited text; "" where nothing is changed."""
    response: Response = jsonify(html=_redline(subject, fields) or "", unchanged=gettext("Nothing is changed yet."))
    return response


def given_back(fields: Mapping[str, str] | None, ground: Ground) -> list[tuple[str, str, str]]:
    """Name, title and words of all that was typed, for pages that have no form to put it into."""
    typed = fields or {}
    said = {**typed, "edited": edit_of(typed, ground) or ""}
    return [(name, field_title(name), said[name]) for name in FIELDS if said.get(name, "").strip()]


def _redline(subject: FormSubject, fields: Mapping[str, str]) -> Markup | None:
    edited = edit_of(fields, subject.ground)
    if edited is None or subject.shown is None:
        return None
    return edited_redline(subject.shown.text, edited, subject.shown.language)


def _near(ground: Ground, number: str | None) -> tuple[str, ...]:
    """Those of the same principle first come to mind; where there is none, the first ones."""
    top = (number or "").split(".")[0]
    listed = [label for each, label in ground.numbers.items() if each.split(".")[0] == top and "." in each]
    return tuple(listed[:NEIGHBOURS])
