"""What an installation brings of its own: its logo and accent colour, and interface languages beside those delivered."""

import hashlib
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, abort, current_app, make_response, send_file, url_for

from consult.config import Settings
from consult.core.body import Body, on_colour
from consult.resources import resource
from consult.web import permissions

STYLES = "body.css"
LOGO = "logo"


def body_file(settings: Settings) -> Path:
    return settings.body_file or resource("content") / "body.yaml"


def translation_folders(settings: Settings) -> str:
    """Where catalogues are looked for, as Flask-Babel takes it: the installation's own first, then those delivered.

    A catalogue (.po) of the installation's is compiled where that was not done since it changed; OSError where it cannot be written.
    """
    if not settings.translations:
        return str(resource("translations"))
    own = Path(settings.translations)
    for source in sorted(own.glob("*/LC_MESSAGES/messages.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3])
            with compiled.open("wb") as out:
                write_mo(out, catalogue)
    return f"{own.resolve()};{resource('translations')}"


def styles(body: Body) -> str:
    """The stylesheet that sets the accent, light and dark; empty where the body has none."""
    if not body.accent:
        return ""

    def tokens(colour: str) -> str:
        wash = "color-mix(in srgb, var(--accent) 12%, var(--paper))"
        return f"--accent:{colour};--accent-strong:{colour};--accent-wash:{wash};--on-accent:{on_colour(colour)}"

    light, dark = body.accent
    return f":root{{{tokens(light)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{tokens(dark)}}}}}\n"


@cache
def _digest(files: tuple[Path, ...], css: str) -> str:
    content = hashlib.sha256(css.encode())
    for file in files:
        content.update(file.read_bytes())
    return content.hexdigest()[:12]


def _logo() -> Path | None:
    body: Body = current_app.config["BODY"]
    return body_file(current_app.config["SETTINGS"]).parent / body.logo if body.logo else None


def address(name: str) -> str:
    """Of the installation's stylesheet or logo; "" where it has none."""
    logo, css = _logo(), styles(current_app.config["BODY"])
    if (name == STYLES and not css) or (name == LOGO and logo is None):
        return ""
    return url_for("installation", digest=_digest((logo,) if logo else (), css), name=name)


@permissions.needs("read")
def file(digest: str, name: str) -> Response:
    logo, css = _logo(), styles(current_app.config["BODY"])
    if name == STYLES and css:
        response = make_response(css)
        response.mimetype = "text/css"
    elif name == LOGO and logo is not None:
        response = send_file(logo)
    else:
        abort(404)
    current = digest == _digest((logo,) if logo else (), css)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "public, no-cache"
    return response


def attach(app: Flask) -> None:
    app.add_url_rule("/installation/<digest>/<name>", "installation", file)
    app.jinja_env.globals["installation_address"] = address
