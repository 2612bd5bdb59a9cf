"""Sentences are found in code and templates, and each fault of a catalogue is noticed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from jinja2 import TemplateSyntaxError

from consult.cli import i18n
from tests.checks.catalogues import compared
from tests.support import untranslated
from tests.support.html import Page

CODE = """
from flask_babel import gettext as _, lazy_gettext, lazy_pgettext, ngettext, npgettext, pgettext
N_ = str
print(_("Send"), lazy_gettext("Later"), N_("Marked"), pgettext("disposition", "noted"), lazy_pgettext("round", "open"))
print(ngettext("%(n)s clause", "%(n)s clauses", 2, n=2), npgettext("tally", "one", "many", 2))
"""
TEMPLATE = """{% extends "x" %}{% block b %}
{% trans %}
  A whole
  sentence.
{% endtrans %}{% trans count=n %}{{ count }} comment{% pluralize %}{{ count }} comments{% endtrans %}{{ _("Short") }}
{{ pgettext("menu", "Home") }}
{% trans "menu" name=x %}Hello {{ name }}{% endtrans %}{% endblock %}"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "consult" / "templates").mkdir(parents=True)
    (tmp_path / "translations").mkdir()
    (tmp_path / "consult" / "view.py").write_text(CODE)
    (tmp_path / "consult" / "templates" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(i18n, "PACKAGE", tmp_path / "consult")
    monkeypatch.setattr(i18n, "resource", lambda name: tmp_path / name)
    return tmp_path


def test_every_way_of_saying_is_extracted(source: Path) -> None:
    found = {(message.context, message.id) for message in i18n.extracted() if message.id}
    assert found == {
        *((None, said) for said in ("Send", "Later", "Marked", "A whole sentence.", "Short")),
        *((("disposition"), "noted"), ("round", "open"), ("menu", "Home"), ("menu", "Hello %(name)s")),
        *((None, ("%(n)s clause", "%(n)s clauses")), ("tally", ("one", "many")), (None, ("%(count)s comment", "%(count)s comments"))),
    }


def test_a_template_that_cannot_be_read_stops_the_extraction(source: Path) -> None:
    (source / "consult" / "templates" / "page.html").write_text("{% trans %}never ended")
    with pytest.raises(TemplateSyntaxError) as caught:
        i18n.extracted()
    assert caught.value.__notes__ == ["while reading consult/templates/page.html"]


def test_update_keeps_translations_and_drops_what_is_no_longer_said(source: Path) -> None:
    run = CliRunner()
    assert "12 to translate" in run.invoke(i18n.i18n, ["update", "--add", "fr"]).output
    path = source / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    path.write_text(path.read_text().replace('msgid "Send"\nmsgstr ""', 'msgid "Send"\nmsgstr "Envoyer"'))
    (source / "consult" / "templates" / "page.html").write_text("{{ _('New') }}")
    assert "fr: 1 new, 5 dropped, 7 to translate" in run.invoke(i18n.i18n, ["update"]).output
    assert 'msgstr "Envoyer"' in path.read_text()
    assert "A whole" not in path.read_text()
    before = path.read_bytes()
    run.invoke(i18n.i18n, ["update"])
    assert path.read_bytes() == before
    assert run.invoke(i18n.i18n, ["compile"]).exit_code == 0
    assert path.with_suffix(".mo").is_file()


def one(language: str, said: str | tuple[str, str], string: str | tuple[str, ...], **more: bool) -> list[str]:
    template, catalogue = Catalog(fuzzy=False), Catalog(locale=language, fuzzy=False)
    template.add(said, locations=[("consult/x.py", 0)])
    catalogue.add(said, string, flags=["fuzzy"] if more.get("fuzzy") else [])
    return list(compared(template, catalogue, language))


@pytest.mark.parametrize(
    ("language", "said", "string", "fault"),
    [
        ("fr", "Send", "", "not translated"),
        ("fr", "Send", "  ", "not translated"),
        ("fr", "Hello %(name)s", "Bonjour %(nom)s", "other placeholders"),
        ("fr", "Hello %(name)s", "Bonjour", "other placeholders"),
        ("fr", "Really?", "Vraiment ?", "typography"),
        ("fr", "“x”", "« x\u00a0»", "typography"),
        ("zh_Hans", "Closed: no", "已关闭: 否", "typography"),
        ("fr", ("%(n)s clause", "%(n)s clauses"), ("%(n)s clause", ""), "not translated"),
        ("fr", ("%(n)s clause", "%(n)s clauses"), ("%(n)s clause",), "plural forms"),
        ("zh_Hans", ("%(n)s clause", "%(n)s clauses"), ("条款",), "other placeholders"),
    ],
)
def test_each_fault_of_a_translation_is_named(
    language: str, said: str | tuple[str, str], string: str | tuple[str, ...], fault: str
) -> None:
    assert fault in "; ".join(one(language, said, string))


@pytest.mark.parametrize(
    ("language", "said", "string"),
    [
        ("fr", "Really?", "Vraiment\u202f?"),
        ("zh_Hans", "Closed: %(day)s", "已关闭：%(day)s"),
        ("fr", ("one clause", "%(n)s clauses"), ("une clause", "%(n)s clauses")),
        ("zh_Hans", ("%(n)s clause", "%(n)s clauses"), ("%(n)s 条",)),
    ],
)
def test_sound_translations_pass(language: str, said: str | tuple[str, str], string: str | tuple[str, ...]) -> None:
    assert one(language, said, string) == []


def test_fuzzy_missing_and_left_over_sentences_are_named() -> None:
    assert "fuzzy" in one("fr", "Send", "Envoyer", fuzzy=True)[0]
    template, catalogue = Catalog(fuzzy=False), Catalog(locale="fr", fuzzy=False)
    template.add("Send")
    catalogue.add("Old", "Vieux")
    assert [fault.split(": ")[1] for fault in compared(template, catalogue, "fr")] == ["not in the catalogue", "no longer said anywhere"]
    assert "no catalogue" in next(compared(template, None, "fr"))


def test_english_left_on_a_page_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    french = Catalog(locale="fr")
    french.add("Comment on %(clause)s until tomorrow", "Commenter %(clause)s jusqu’à demain")
    french.add("Performance Standard", "Performance Standard")
    french.add("Not yet translated", "")
    monkeypatch.setattr(untranslated, "catalogues", lambda: [(Path("translations/fr/LC_MESSAGES/messages.po"), french)])
    untranslated._english.cache_clear()
    pages = {
        "<p>Comment on <b>5.1</b> until\n tomorrow</p>": 1,
        '<a title="Comment on 5.1 until tomorrow"></a>': 1,
        '<p lang="en">Comment on 5.1 until tomorrow</p>': 0,
        "<p>Comment on 5.1</p><p>until tomorrow</p>": 0,
        "<p>Performance Standard</p>": 0,
        "<p>Not yet translated</p>": 0,
    }
    try:
        assert {page: len(untranslated.untranslated(Page(page).root, "fr")) for page in pages} == pages
    finally:
        untranslated._english.cache_clear()
