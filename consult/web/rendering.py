"""Making answers: public pages (same bytes for everyone, an ETag, no cookie), private pages (no-store), static files, health."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, send_from_directory, url_for
from flask_babel import gettext, pgettext
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from consult.core.direction import runs_right_to_left
from consult.core.language_guess import guess_language
from consult.core.reply import nearest_reply
from consult.queries.installation import database_answers
from consult.web import baskets, forms, permissions, room_cookie
from consult.web.locale import html_language, in_language, languages, own_name, page_language
from consult.wording import dates, terms
from consult.wording.group_input import group_lines, group_sentence

STATIC = Path(__file__).parent.parent / "static"


def public_page(template: str, status: int = 200, **context: Any) -> Response:
    """A page that is the same for everyone, signed in or not; answers 304 to its ETag."""
    response = make_response(render_template(template, staff=None, printed_at=_printed_at(), **context), status)
    if g.get("person_read") or g.get("basket_read"):
        raise RuntimeError("a public page asked who is there")
    return public(response)


def _printed_at() -> str:
    """Where the page stands, for whoever cites its print: only public pages say it, and the query says which view of them was printed."""
    told: str = current_app.config["SETTINGS"].public_address
    return f"{(told or request.host_url).rstrip('/')}{request.full_path.rstrip('?')}"


def public(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def private_page(template: str, status: int = 200, **context: Any) -> Response:
    """A page for one person or one moment: forms, receipts, staff rooms. Never stored anywhere."""
    permission = _permission()
    staff = permissions.person() if permission not in ("read", "comment", "sign_in") else None
    waiting = baskets.waiting() if permission == "comment" else None
    room_waiting = room_cookie.waiting() if permission == "comment" else ()
    response = make_response(render_template(template, staff=staff, waiting=waiting, room_waiting=room_waiting, **context), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _permission() -> str:
    view = current_app.view_functions.get(request.endpoint or "")
    return str(getattr(view, "permission", "read"))


@lru_cache
def static_digest() -> str:
    """Of everything under static/: stands in the path, so that the folder may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@permissions.needs("read")
def static_file(digest: str, name: str) -> Response:
    response = send_from_directory(STATIC, name)
    current = digest == static_digest()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "public, no-cache"
    return response


def static_address(name: str) -> str:
    return url_for("static", digest=static_digest(), name=name)


def health() -> Response:
    try:
        database_answers()
    except SQLAlchemyError:
        return make_response(jsonify(status="database does not answer"), 503)
    return jsonify(status="ok")


def headed(head: str, tail: str) -> Markup:
    """A heading and what it is of, with the colon of the page's language."""
    return Markup(pgettext("a heading and what it is of", "%(head)s: %(tail)s")) % {"head": head, "tail": tail}  # noqa: S704  (a catalogue of ours; what is put in is escaped)


def beside(first: str, second: str) -> Markup:
    """A name and what makes it exact, with the comma of the page's language."""
    return Markup(pgettext("a name and what makes it exact", "%(first)s, %(second)s")) % {"first": first, "second": second}  # noqa: S704  (as above)


def gap() -> str:
    """What stands between two sentences, or between one and its link: Chinese sets nothing there, its marks bring their own room."""
    return "" if page_language() == "zh" else " "


def tongue(text: str) -> Markup:
    """The lang attribute of a text whose language nobody named, where its words tell another one than that of the page; else nothing."""
    told = guess_language(text, page_language()).tag if text else page_language()
    return Markup("") if told == page_language() else Markup(' lang="{}"').format(html_language(told))


def attach(app: Flask) -> None:
    app.jinja_env.globals.update(
        static_address=static_address,
        page_language=page_language,
        html_language=html_language,
        runs_right_to_left=runs_right_to_left,
        in_language=in_language,
        languages=languages,
        language_names={code: own_name(code) for code in app.config["SETTINGS"].languages},
        body=app.config["BODY"],
        term=lambda kind, code: terms.term(kind, code, gettext),
        allowed=permissions.allowed,
        now=permissions.request_time,
        headed=headed,
        beside=beside,
        gap=gap,
        sign_form=forms.sign,
        nearest_reply=nearest_reply,
        group_sentence=group_sentence,
        group_lines=group_lines,
    )
    app.jinja_env.filters.update(
        date=lambda value: dates.date_text(value, page_language()),
        time=lambda value: dates.time_text(value, page_language()),
        moment=lambda value, zone: dates.moment_text(value, zone, page_language()),
        number=lambda value: dates.number_text(value, page_language()),
        size=lambda value: dates.size_text(value, page_language()),
        tongue=tongue,
        joined=lambda texts: pgettext("between the things of a list", ", ").join(texts),
        percent=lambda share: dates.percent_text(share, page_language()),
    )
