"""Drafts by their pages: begun, taken in, wrong things shown with their place, passages decided, previewed, published by two persons."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from consult.models import DraftImport, Version
from tests.factories import NOW
from tests.operations.test_drafts import TEXTS, WORD, front
from tests.staff import OWN, Staff, form_of, page_of, signed_in
from tests.support.database import on_sqlite
from tests.support.statements import counted_statements

pytestmark = on_sqlite
LIST = "/en/office/drafts/"
HERE = "/en/office/drafts/demo/v1/"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def editor(app: Flask) -> Staff:
    found = signed_in(app, name="Amélie Tremblay")
    page = found.client.get(LIST)
    given = {"standard": "demo", "version": "v1", "prevails": "en", "baselines": ""}
    assert found.post(LIST, form_of(page, "standard"), data=given).location == HERE
    return found


def words(response) -> str:
    return " ".join(page_of(response).text.split())


def take(editor: Staff, data: str | bytes, name: str, **more: str):
    form = form_of(editor.client.get(HERE), "file")
    file = (io.BytesIO(data.encode() if isinstance(data, str) else data), name)
    return editor.client.post(HERE, data={**form, **more, "file": file}, headers=OWN, content_type="multipart/form-data")


def both(editor: Staff) -> None:
    for language, text in TEXTS.items():
        assert take(editor, front(language) + text, f"{language}.md").status_code == 303


def test_what_cannot_be_a_draft_is_told_beside_its_field(editor: Staff) -> None:
    given = {"standard": "Demo!", "version": "v1", "prevails": "en", "baselines": "v0"}
    answer = editor.post(LIST, form_of(editor.client.get(LIST), "standard"), data=given)
    assert answer.status_code == 422
    fields = {each.attributes["id"]: each for each in page_of(answer).find("input") if "id" in each.attributes}
    assert [name for name, each in fields.items() if each.attributes.get("aria-invalid")] == ["standard", "baselines"]
    assert (fields["standard"].attributes["value"], fields["baselines"].attributes["value"]) == ("Demo!", "v0")


def test_a_file_is_taken_in_and_shown_with_its_clauses(editor: Staff) -> None:
    assert "No text has been taken in yet." in words(editor.client.get(HERE))
    answer = take(editor, front("en") + TEXTS["en"], "en.md")
    shown = words(editor.client.get(answer.location))
    assert "Taken in: en.md, English." in shown
    assert "Amélie Tremblay" in shown
    text = editor.client.get(f"{HERE}text?edition=en")
    assert [each.text for each in page_of(text).find("h3")] == ["5 Emissions"]
    assert "The Entity shall publish its emissions every year." in words(text)
    assert "taken in: English" in words(editor.client.get(LIST))


def test_what_is_wrong_stands_with_file_and_line_and_is_in_the_way(editor: Staff) -> None:
    both(editor)
    take(editor, front("fr") + TEXTS["fr"].replace("### 5.1", "### 5.2"), "fr.md")
    listed = page_of(editor.client.get(HERE)).find("li")
    errors = [" ".join(each.text.split()) for each in listed if each.attributes.get("data-grade") == "error"]
    assert errors[1].endswith("fr.md, line 9, clause 5.2Clause 5.2 is not in the prevailing text (English).")
    assert "2 errors are in the way." in words(editor.client.get(HERE))
    assert "Publish now" not in words(editor.client.get(f"{HERE}publish"))


def test_a_draft_is_called_and_its_languages_named_as_the_page_speaks(editor: Staff) -> None:
    take(editor, front("en") + TEXTS["en"], "en.md")
    take(editor, front("fr").replace("language: fr", "language: fr\ntitle: Norme d’essai") + TEXTS["fr"], "fr.md")
    french = page_of(editor.client.get(HERE.replace("/en/", "/fr/")))
    assert french.find("h1")[0].text.startswith("Norme d’essai,")
    assert "langue chinois" in " ".join(french.text.replace(":", " ").split())
    assert page_of(editor.client.get(f"{HERE.replace('/en/', '/fr/')}publish")).find("h1")[0].text.startswith("Publier Norme d’essai,")


def test_a_file_that_is_no_draft_is_refused_and_nothing_is_kept(editor: Staff, app: Flask) -> None:
    answer = take(editor, "<html>", "page.html")
    assert answer.status_code == 422
    assert "“page.html” is not a file that can be taken in" in words(answer)
    assert take(editor, b"", "").status_code == 422
    with app.app_context():
        assert db.session.scalars(select(DraftImport)).all() == []


def test_a_passage_is_decided_on_the_page_and_the_file_read_again(editor: Staff) -> None:
    assert take(editor, WORD, "draft.docx", language="en", title="Demo", tracked="rejected").status_code == 303
    page = editor.client.get(HERE)
    assert "tracked changes rejected" in words(page)
    (quote,) = [each.text for each in page_of(page).find("blockquote")]
    assert quote == "Plans"
    key = next(each.attributes["name"] for each in page_of(page).find("input") if each.attributes.get("value") == "clause")
    number = key.replace("is-", "number-")
    answer = editor.post(f"{HERE}passages", form_of(page, key), data={key: "clause", number: "5.2"})
    assert answer.status_code == 303
    headings = [each.text for each in page_of(editor.client.get(f"{HERE}text")).find("h3")]
    assert headings == ["5.1 Disclosure", "5.2 Plans"]
    stale = editor.post(f"{HERE}passages", form_of(page, key), data={key: "text"})
    assert stale.status_code == 409
    without = form_of(editor.client.get(HERE), key)
    assert editor.post(f"{HERE}passages", without, data={key: "clause", number: ""}).status_code == 422


def test_one_asks_for_publication_and_a_colleague_confirms(editor: Staff, app: Flask) -> None:
    both(editor)
    form = form_of(editor.client.get(f"{HERE}publish"), "request")
    asked = editor.post(f"{HERE}publish", form, data={"act": "request"})
    assert asked.status_code == 303
    mine = editor.client.get(asked.location)
    assert "You asked for it yourself." in words(mine)
    forced = editor.post(f"{HERE}publish", form, data={"act": "publish"})
    assert forced.status_code == 422
    colleague = signed_in(app)
    page = colleague.client.get(f"{HERE}publish")
    assert "Amélie Tremblay asked for publication on" in words(page)
    done = colleague.post(f"{HERE}publish", form_of(page, "publish"), data={"act": "publish"})
    assert done.status_code == 303
    assert "Published, with the links that were set by hand." in words(colleague.client.get(done.location))
    assert app.test_client().get("/en/standards/demo/v1/5.1").status_code == 200
    again = colleague.post(f"{HERE}publish", form_of(page, "publish"), data={"act": "publish"})
    assert again.status_code == 409


def test_readers_know_nothing_of_a_draft(editor: Staff, app: Flask) -> None:
    take(editor, front("en") + TEXTS["en"].replace("every year", "at midnight in Ulaanbaatar"), "en.md")
    reader = app.test_client()
    assert [reader.get(f"/en/standards/{rest}").status_code for rest in ("demo/", "demo/v1/", "demo/v1/5.1")] == [404] * 3
    assert "Ulaanbaatar" not in reader.get("/en/standards/").text
    assert reader.get(HERE).status_code == 303


def test_an_auditor_reads_and_may_change_nothing(editor: Staff, app: Flask) -> None:
    both(editor)
    auditor = signed_in(app, "process_auditor")
    assert auditor.client.get(HERE).status_code == 200
    assert "Take in a file" not in words(auditor.client.get(HERE))
    assert auditor.client.get(f"{HERE}publish").status_code == 403
    assert [auditor.post(each, {}).status_code for each in (LIST, HERE, f"{HERE}passages", f"{HERE}publish")] == [403] * 4


def test_a_draft_costs_as_many_statements_with_many_imports(editor: Staff, app: Flask) -> None:
    def cost() -> int:
        with app.app_context(), counted_statements() as statements:
            editor.client.get(HERE)
        return len(statements)

    both(editor)
    before = cost()
    for _ in range(3):
        both(editor)
    assert cost() == before


def test_one_person_is_enough_where_the_setting_says_so(editor: Staff, app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], second_person=False)
    both(editor)
    page = editor.client.get(f"{HERE}publish")
    assert editor.post(f"{HERE}publish", form_of(page, "publish"), data={"act": "publish"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Version.name)).all() == ["v1"]
