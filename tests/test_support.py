"""The tools that tests rely on notice what they are there to notice."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from sqlalchemy import create_engine, inspect, text

from tests.support import application
from tests.support.browser import axe
from tests.support.html import Page
from tests.support.pages import faults_of
from tests.support.server import demo

PAGE = """<!doctype html><html lang="{lang}"><head><title>Clauses – consult</title></head>
<body><main><h1>Clauses</h1>{body}</main></body></html>"""


def html(body: str = "", lang: str = "en") -> str:
    return PAGE.format(body=body, lang=lang)


def test_a_sound_page_has_no_faults() -> None:
    sound = '<form><label for="a">Name</label><input id="a" name="a"><label>Text <textarea></textarea></label><button>Send</button></form>'
    assert list(faults_of(html(sound), "/en/x")) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>Again</h1>", "2 h1"),
        ("<p><b>never closed</p>", "closes nothing"),
        ("<div>", "open is <div>"),
        ('<p id="a"></p><p id="a"></p>', "id twice: a"),
        ('<p class="a" class="b"></p>', "attribute twice"),
        ('<input name="q">', "no label"),
        ('<label for="q"></label><input id="q">', "no label"),
        ('<p aria-describedby="gone"></p>', "names 'gone'"),
        ('<p style="color:red"></p>', "inline style"),
        ('<p onclick="x()"></p>', "inline onclick"),
        ("<script>x()</script>", "inline script"),
        ("<style>p{}</style>", "inline style sheet"),
        ('<a href="javascript:x()">x</a>', "javascript: address"),
        ('<img alt="" src="https://elsewhere.example/x.png">', "third party"),
        ('<img src="/x.png">', "no alt"),
        ('<a href="/x"><svg></svg></a>', "says nothing"),
    ],
)
def test_each_fault_of_a_page_is_named(body: str, fault: str) -> None:
    assert fault in "; ".join(faults_of(html(body), "/en/x"))


def test_language_and_title_follow_the_address() -> None:
    assert "html lang is 'en'" in "; ".join(faults_of(html(), "/zh/x"))
    assert list(faults_of(html(lang="zh-Hans"), "/zh/x")) == []
    assert "does not begin with h1" in "; ".join(faults_of(html().replace("<title>Clauses", "<title>Home"), "/en/x"))


def test_text_is_read_without_scripts_and_folded() -> None:
    assert Page("<p>One <b>two</b>\n three<script>four</script></p>").root.text == "One two three"


def test_each_test_has_a_migrated_database_of_its_own(database: str) -> None:
    engine = create_engine(database)
    with engine.begin() as connection:
        assert inspect(connection).has_table("alembic_version")
        assert not inspect(connection).has_table("only_here")
        connection.execute(text("create table only_here (a integer)"))
    engine.dispose()


def test_an_application_lent_again_is_as_a_new_one(tmp_path: Path) -> None:
    from consult import create_app
    from consult.config import Settings
    from consult.extensions import db

    first, second = (
        Settings(database_url=f"sqlite:///{tmp_path}/{name}.db", secret_key="only for this test", files=str(tmp_path / name))
        for name in ("first", "second")
    )
    with application.lent(first) as used:
        used.config.update(PAGES={}, MADE_UP=1)
        used.view_functions["start"] = used.view_functions["healthz"]
        used.jinja_env.globals["term"] = used.jinja_env.globals["made_up"] = None
    new = application.tested(create_app(replace(second, public_address="https://consult.example")))
    with application.lent(replace(second, public_address="https://consult.example")) as app, app.app_context():
        assert app is used
        differing = {name for name in {*app.config, *new.config} if app.config.get(name, "") != new.config.get(name, "")}
        assert (differing, app.config["STORAGE"].folder) == ({"STORAGE"}, new.config["STORAGE"].folder)
        assert {name: view.__qualname__ for name, view in app.view_functions.items()} == {
            name: view.__qualname__ for name, view in new.view_functions.items()
        }
        assert (app.jinja_env.globals.keys(), app.jinja_env.globals["term"] is None) == (new.jinja_env.globals.keys(), False)
        assert db.session.execute(text("pragma database_list")).all() == [(0, "main", f"{tmp_path}/second.db")]


@pytest.mark.parametrize("again", [1, 2])
def test_what_another_test_wrote_is_gone(database: str, again: int) -> None:
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("create table left_over (a integer)"))
    engine.dispose()


@pytest.mark.browser
def test_axe_sees_an_unnamed_field(page: Tab) -> None:
    page.set_content("<!doctype html><html lang='en'><title>T</title><main><h1>T</h1><label>Name <input></label></main></html>")
    axe(page)
    page.set_content("<!doctype html><html lang='en'><title>T</title><main><h1>T</h1><input></main></html>")
    with pytest.raises(AssertionError, match="label"):
        axe(page)


FAKE = """#!/bin/sh
echo "seeded $CONSULT_SECRET_KEY $5"
[ "$5" = broken ] && exit 3
echo "ready http://127.0.0.1:4711/"
exec sleep 60
"""


@pytest.fixture
def fake_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "consult").write_text(FAKE)
    (tmp_path / "consult").chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("CONSULT_SECRET_KEY", "leaks")


@pytest.mark.usefixtures("fake_command")
def test_a_live_server_is_ready_and_is_gone_afterwards() -> None:
    with demo(Path("somewhere")) as server:
        assert server.url == "http://127.0.0.1:4711"
        assert "seeded  somewhere" in server.said
    assert server.process.returncode == -15


@pytest.mark.usefixtures("fake_command")
def test_a_live_server_that_fails_says_why() -> None:
    with pytest.raises(pytest.fail.Exception, match="seeded  broken"), demo(Path("broken")):
        pass
