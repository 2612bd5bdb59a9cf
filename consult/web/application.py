"""Puts the application together."""

from pathlib import Path

import yaml
from flask import Flask, redirect, url_for
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

import consult.models  # noqa: F401  (registers the tables)
from consult.config import Settings
from consult.core.body import body_from
from consult.exchange.page_files import read_pages
from consult.extensions import babel, db, prepare
from consult.resources import resource
from consult.storage import Storage
from consult.web import compression, errors, headers, installation, meanings, permissions, proposals, rendering
from consult.web.bounded import BoundedRequest
from consult.web.locale import accepted, locale_of, page_language, prepare_languages
from consult.web.rooms import BLUEPRINTS

LIMIT_OF_A_POST = 6 * 1024 * 1024
"""Bytes: above the limit of a draft, below what would hurt."""


def build(settings: Settings) -> Flask:
    app = Flask("consult", static_folder=None)
    app.request_class = BoundedRequest
    app.config.update(
        SETTINGS=settings,
        STORAGE=Storage(settings.files_folder),
        BODY=body_from(yaml.safe_load(installation.body_file(settings).read_text(encoding="utf-8"))),
        PAGES=read_pages(resource("content") / "pages", *([Path(settings.pages)] if settings.pages else [])),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        BABEL_DEFAULT_LOCALE=locale_of(settings.languages[0]),
        BABEL_TRANSLATION_DIRECTORIES=installation.translation_folders(settings),
        MAX_CONTENT_LENGTH=LIMIT_OF_A_POST,
        MAX_FORM_MEMORY_SIZE=LIMIT_OF_A_POST,
        SECRET_KEY=settings.secret_key,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    babel.init_app(app, locale_selector=lambda: locale_of(page_language()))
    with app.app_context():
        prepare(db.engine)
    prepare_languages(app, settings.languages)
    _routes(app, settings)
    for part in (permissions, headers, compression, rendering, installation, meanings, proposals, errors):
        part.attach(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"pool_size": 16, "connect_args": {"check_same_thread": False}} if ":memory:" not in url else {}
    return {"pool_pre_ping": True, "pool_size": 16}


def _routes(app: Flask, settings: Settings) -> None:
    offered = ",".join(settings.languages)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=f"/<any({offered}):language>")
    app.add_url_rule("/static/<digest>/<path:name>", "static", rendering.static_file)

    @app.get("/")
    @permissions.needs("read")
    def start() -> Response:
        response = redirect(url_for("reading.home", language=accepted()), 302)
        response.headers["Vary"] = "Accept-Language"
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    @app.get("/healthz")
    @permissions.needs("read")
    def healthz() -> Response:
        return rendering.health()
