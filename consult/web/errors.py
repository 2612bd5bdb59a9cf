"""Error pages in the reader's language: what happened, what is kept, what to do."""

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request
from flask_babel import lazy_gettext
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from consult.extensions import db

SAID = {
    400: (lazy_gettext("This request could not be understood"), lazy_gettext("Go back to the page before and send it again from there.")),
    401: (lazy_gettext("You are not signed in"), lazy_gettext("Sign in, then repeat what you wanted to do.")),
    403: (lazy_gettext("You do not have access to this page"), lazy_gettext("If you should have it, ask the secretariat.")),
    404: (lazy_gettext("Page not found"), lazy_gettext("The address may have a typing error, or the page may belong to another version of the standard.")),
    405: (lazy_gettext("This address cannot be used this way"), lazy_gettext("Open the page first and use its form.")),
    409: (lazy_gettext("Someone changed this in the meantime"), lazy_gettext("Open the page again to see the newer state. Nothing was overwritten.")),
    413: (lazy_gettext("What you sent is too large"), lazy_gettext("The limit is 6 MB. Shorten the text or send it in parts.")),
    415: (lazy_gettext("This type of file cannot be read"), lazy_gettext("Use a form that you downloaded here.")),
    429: (lazy_gettext("Too many attempts"), lazy_gettext("Wait a few minutes and try again. Nothing you had submitted is lost.")),
    500: (lazy_gettext("Something went wrong on our side"), lazy_gettext("Nothing that was received is lost. Try again in a minute; if it happens again, write to the secretariat.")),
    503: (lazy_gettext("The service is not available for a moment"), lazy_gettext("Nothing that was received is lost. Try again in a minute.")),
}  # fmt: skip


LARGEST = 2**31 - 1
"""Of a number in a column."""


def attach(app: Flask) -> None:
    app.before_request(_nameable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(ParseException, _unreadable)
    app.register_error_handler(Exception, _unforeseen)


def page(status: int) -> Response:
    title, remedy = SAID.get(status, SAID[500 if status >= 500 else 400])
    response = make_response(render_template("error.html", staff=None, status=status, title=str(title), remedy=str(remedy)), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if status in (301, 302, 303, 304, 307, 308):
        return error.get_response()  # type: ignore[return-value]
    response = page(status)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _unreadable(error: ParseException) -> Response:
    """A body whose pieces the server cannot make out shows only when the form is read."""
    return page(400)


def _nameable() -> None:
    """An address may ask only for what a database can hold: no number above a column's, no NUL, which PostgreSQL refuses."""
    numbers = [value for value in (request.view_args or {}).values() if isinstance(value, int)]
    words = [request.path, *(word for pair in request.args.items(multi=True) for word in pair)]
    if any(number > LARGEST for number in numbers) or any("\0" in word for word in words):
        abort(404)


def _not_storable(error: DataError) -> Response:
    """NUL or the like in a field of a form that does not name its problems one by one."""
    db.session.rollback()
    return page(400)


def _database(error: OperationalError) -> Response:
    current_app.logger.error("database: %s at %s", type(error.orig).__name__, request.path)
    db.session.rollback()
    return page(503)


def _unforeseen(error: Exception) -> Response:
    current_app.logger.exception("unforeseen at %s", request.path)
    g.pop("person", None)
    return page(500)
