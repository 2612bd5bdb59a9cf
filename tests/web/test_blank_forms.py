"""Blank forms over the web: found on the overview, the same bytes for everyone, named by what they are, and read back as nothing said."""

import pytest
from flask import Flask

from consult.core.comment_form.particulars import particulars
from consult.core.group_input import FIELDS
from consult.mail.message import in_language
from consult.operations.read_form import read_filled_form
from consult.queries.comment_form import form_source
from consult.wording.comment_form import blank_form
from tests import factories
from tests.factories import NOW
from tests.support.form_world import table
from tests.support.pages import CheckedClient

CONSULTATION = "consultations/performance-standard-v3/"
FORM = f"{CONSULTATION}rounds/1/form"
LANGUAGES = ("en", "fr", "zh")


@pytest.fixture(autouse=True)
def round_open(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.clock.now", lambda: NOW)
    with app.app_context():
        factories.round_of()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_blank_form_comes_with_its_name_and_says_nothing(app: Flask, client: CheckedClient, language: str, ending: str) -> None:
    got = client.get(f"/{language}/{FORM}.{ending}")
    assert (got.status_code, got.headers["Cache-Control"]) == (200, "public, no-cache")
    assert got.headers["Content-Disposition"] == f"attachment; filename=performance-standard_v3-draft-1_form_{language}.{ending}"
    assert "Set-Cookie" not in got.headers
    assert client.get(f"/{language}/{FORM}.{ending}", headers={"If-None-Match": got.headers["ETag"]}).status_code == 304
    with app.app_context():
        reading = read_filled_form(
            got.data, f"form.{ending}", consultation_slug="performance-standard-v3", number=1, languages=LANGUAGES, body=app.config["BODY"]
        )
    assert (reading.rows, reading.lost) == ((), 0)
    assert reading.made_for is not None
    assert (reading.made_for.round, reading.made_for.language, reading.made_for.versions) == (
        1, language, {"performance-standard": "v3-draft-1"},
    )  # fmt: skip


def test_every_line_about_who_speaks_is_read_back_in_each_language(app: Flask) -> None:
    for language in LANGUAGES:
        with app.app_context(), in_language(language):
            source = form_source(consultation_slug="performance-standard-v3", number=1, language=language)
            assert source is not None
            about = blank_form(source, language=language, body=app.config["BODY"]).about
        said = particulars([table(*((label, f"said {number}") for number, (label, *_) in enumerate(about)))])
        assert list(said.values()) == [f"said {number}" for number in range(len(about))], language
        assert list(said)[-6:] == list(FIELDS)


def test_the_overview_offers_both_forms(client: CheckedClient) -> None:
    page = client.get(f"/fr/{CONSULTATION}").text
    assert [f'href="/fr/{FORM}.{ending}"' in page for ending in ("xlsx", "docx")] == [True, True]


@pytest.mark.parametrize("address", [f"/en/{FORM}.ods", f"/en/{FORM}.xlsx?activities=fishing", f"/en/{CONSULTATION}rounds/7/form.xlsx"])
def test_what_there_is_not_is_not_found(client: CheckedClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_chosen_activities_stand_in_the_name(client: CheckedClient) -> None:
    got = client.get(f"/en/{FORM}.xlsx?activities=mine")
    assert got.headers["Content-Disposition"].endswith("performance-standard_v3-draft-1_form_mine_en.xlsx")
