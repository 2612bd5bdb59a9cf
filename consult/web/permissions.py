"""Every route declares one permission; who asks is looked up only where a visitor would not do, so that public pages never read a cookie."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from consult import clock
from consult.core.permission import VISITOR, Grant, Permission, may
from consult.queries.accounts import SignedIn, signed_in

COOKIE = "consult_sign_in"
SECURE_COOKIE = "__Host-consult_sign_in"
SIGNED_IN = Grant("participant")
"""What everybody signed in may do, with a seat today or without."""
View = TypeVar("View", bound=Callable[..., object])


def needs(permission: Permission) -> Callable[[View], View]:
    """Marks a view with the one permission it takes."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def cookie_name() -> str:
    return SECURE_COOKIE if current_app.config["SETTINGS"].secure_cookies else COOKIE


def attach(app: Flask) -> None:
    app.before_request(_guard)


def _guard() -> Response | None:
    """Unknown means denied: a view without a mark is refused to everybody."""
    if request.endpoint is None:
        return None  # no such address: the error page says so
    view = current_app.view_functions[request.endpoint]
    permission = getattr(view, "permission", None)
    if permission is None:
        abort(403)
    if may(VISITOR, permission):
        return None
    who = person()
    if who is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        abort(401)
    if not may(grants(), permission, (request.view_args or {}).get("consultation")):
        abort(403)
    return None


def person() -> SignedIn | None:
    """Who is signed in, or None. Reading it makes the answer private; call it on staff pages only."""
    if "person" not in g:
        g.person_read = True
        token = request.cookies.get(cookie_name())
        g.person = signed_in(token_sha256=hashlib.sha256(token.encode()).hexdigest(), now=request_time()) if token else None
    found: SignedIn | None = g.person
    return found


def grants() -> tuple[Grant, ...]:
    who = person()
    return (*who.grants, SIGNED_IN) if who else VISITOR


def allowed(permission: Permission, consultation: str | None = None) -> bool:
    return may(grants(), permission, consultation)


def request_time() -> datetime:
    """The instant of this request: read once, passed down."""
    if "now" not in g:
        g.now = clock.now()
    now: datetime = g.now
    return now
