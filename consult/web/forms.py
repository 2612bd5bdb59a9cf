"""The one signed field of every form, and the two checks of every POST: our own origin, and that field.

Public forms: the field carries what the form was opened for (idempotency key, round, clause text shown, language, time opened); it does not expire by
itself, so that a form left open over night still counts. Staff forms: the field is bound to the sign-in as well.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from consult.web import permissions

FIELD = "signed"


def _signer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        current_app.config["SETTINGS"].secret_key, salt=f"consult.form.{salt}", signer_kwargs={"digest_method": hashlib.sha256}
    )


def sign(purpose: str, **content: Any) -> str:
    """A fresh field for a form. `key` is a new idempotency key unless given."""
    return str(_signer(_bound(purpose)).dumps({"key": secrets.token_urlsafe(18), **content}))


def signed(purpose: str) -> Mapping[str, Any] | None:
    """The content of the field that came with this POST, or None: forged, missing, of another form or another sign-in, or from a foreign origin."""
    if not own_origin():
        return None
    return content_of(purpose, request.form.get(FIELD, ""))


def content_of(purpose: str, field: str) -> Mapping[str, Any] | None:
    """What a signed field holds; None where it is none of ours."""
    try:
        content: Mapping[str, Any] = _signer(_bound(purpose)).loads(field)
    except BadSignature:
        return None
    return content if isinstance(content, dict) else None


def _bound(purpose: str) -> str:
    from_staff = purpose.startswith("staff.")
    who = permissions.person() if from_staff else None
    return f"{purpose}.{who.token_sha256}" if who else purpose


def own_origin() -> bool:
    """Every POST comes from our own pages: Sec-Fetch-Site where the browser sends it, else Origin."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if not origin:
        return False
    address = current_app.config["SETTINGS"].public_address or request.host_url
    try:
        return urlsplit(origin)[:2] == urlsplit(address)[:2]
    except ValueError:  # brackets that hold no address
        return False
