"""The editor's table by its pages: sorted by doubt, previewed before saving, refused when stale, tables out and in."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.models import ChangeSet, LinkEdit
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.queries.link_table import link_table
from tests.factories import NOW
from tests.operations.test_publish import NEW, OLD, write
from tests.staff import Staff, form_of, page_of, signed_in
from tests.support.database import on_sqlite
from tests.support.statements import counted_statements

HERE = "/en/office/changes/demo/v3-draft-1/v2/"
THERE = "/en/standards/demo/v3-draft-1/correspondence"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def editor(app: Flask, tmp_path: Path) -> Staff:
    with app.app_context():
        write(tmp_path, "v2", OLD)
        write(tmp_path, "v3-draft-1", NEW, baselines="[v2]")
        publish_versions(sources=read_versions([tmp_path])[0], languages=("en", "fr"), by=OPERATOR, now=NOW - timedelta(days=9))
    return signed_in(app)


@pytest.fixture
def colleague(app: Flask, editor: Staff) -> Staff:
    return signed_in(app)


def now_there(app: Flask) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    with app.app_context():
        table = link_table("demo", "v3-draft-1", "v2")
        assert table is not None
        return [(link.old, link.new) for link in table.links]


def rows(response) -> list[str]:
    return [" ".join(row.find("th")[0].text.split()) for row in page_of(response).find("tr") if row.attributes.get("data-state")]


def words(response) -> str:
    return " ".join(page_of(response).text.split())


@on_sqlite
def test_links_are_listed_by_doubt_or_as_in_the_document(editor: Staff) -> None:
    by_doubt, in_order = (rows(editor.client.get(f"{HERE}?order={order}")) for order in ("doubt", "document"))
    assert by_doubt[0] == "—nothing→ became 5.4"  # without a counterpart before what is sure
    assert sorted(by_doubt) == sorted(in_order)
    assert [row.rpartition(" ")[2] for row in in_order] == ["5", "5.1", "5.2", "5.3", "5.4"]
    assert rows(editor.client.get(f"{HERE}?show=alone")) == ["—nothing→ became 5.4"]
    assert "No link is like that." in words(editor.client.get(f"{HERE}?show=settled"))


@on_sqlite
def test_a_candidate_is_previewed_before_anything_is_saved(editor: Staff, app: Flask) -> None:
    before = now_there(app)
    shown = words(editor.client.get(f"{HERE}?link=5.3~5.2&old=5.2&new=5.2"))
    assert "Proposed, not saved yet" in shown
    assert re.search(r"What follows from it.*5\.3→ became —nothing", shown)
    assert now_there(app) == before
    wrong = words(editor.client.get(f"{HERE}?link=5.3~5.2&only_old=9.9"))
    assert "There is no clause 9.9 in v2." in wrong


@on_sqlite
def test_saving_leads_to_the_next_link_and_offers_to_undo(editor: Staff, app: Flask) -> None:
    page = editor.client.get(f"{HERE}?link=5.3~5.2&old=5.2&new=5.2")
    answer = editor.post(f"{HERE}?link=5.3~5.2", form_of(page, "set"), data={"act": "set"})
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query)["link"] != ["5.3~5.2"]
    assert (("5.2",), ("5.2",)) in now_there(app)
    after = editor.client.get(answer.location)
    assert "Set: 5.2 → 5.2." in words(after)
    undone = editor.post(answer.location, form_of(after, "undo"), data={"act": "undo"})
    assert undone.status_code == 303
    assert (("5.3",), ("5.2",)) in now_there(app)


@on_sqlite
@pytest.mark.parametrize(("act", "link"), [("new", ((), ("5.2",))), ("removed", (("5.3",), ()))])
def test_a_clause_is_marked_as_new_or_removed(editor: Staff, app: Flask, act: str, link: object) -> None:
    page = editor.client.get(f"{HERE}?link=5.3~5.2")
    assert editor.post(f"{HERE}?link=5.3~5.2", form_of(page, act), data={"act": act}).status_code == 303
    assert link in now_there(app)


@on_sqlite
def test_two_people_at_once_the_second_sees_what_the_first_did(editor: Staff, colleague: Staff, app: Flask) -> None:
    page = colleague.client.get(f"{HERE}?link=5.3~5.2&old=5.2&new=5.2")
    first = editor.client.get(f"{HERE}?link=5.3~5.2")
    editor.post(f"{HERE}?link=5.3~5.2", form_of(first, "new"), data={"act": "new"})
    there = now_there(app)
    answer = colleague.post(f"{HERE}?link=5.3~5.2&old=5.2&new=5.2", form_of(page, "set"), data={"act": "set"})
    assert answer.status_code == 409
    assert "Someone else was first." in words(answer)
    assert "— → 5.2" in words(answer)  # the newer state
    assert now_there(app) == there


@on_sqlite
def test_ticked_links_are_confirmed_together_and_removed_is_told_to_readers(editor: Staff, app: Flask) -> None:
    page = editor.client.get(f"{HERE}?link=5.3~5.2")
    editor.post(f"{HERE}?link=5.3~5.2", form_of(page, "new"), data={"act": "new"})
    table = editor.client.get(HERE)
    editor.post(HERE, form_of(table, "publish"), data={"act": "publish"})
    reader = app.test_client()
    changes = "/en/standards/demo/v3-draft-1/changes?kind=removed"
    assert "No successor found" in reader.get(changes).text
    table = editor.client.get(HERE)
    answer = editor.post(HERE, form_of(table, "confirm_ticked"), data={"act": "confirm_ticked", "tick": ["5.3~", "5.1~5.1"]})
    assert answer.status_code == 303
    assert "Confirmed 2 links." in words(editor.client.get(answer.location))
    assert "Removed, confirmed by the secretariat" in reader.get(changes).text
    nothing = editor.post(HERE, form_of(table, "confirm_ticked"), data={"act": "confirm_ticked"})
    assert (nothing.status_code, "No link was ticked" in words(nothing)) == (422, True)


@on_sqlite
def test_what_readers_saw_before_stays_told(editor: Staff, app: Flask) -> None:
    page = editor.client.get(f"{HERE}?link=5.3~5.2&old=5.2&new=5.2")
    editor.post(f"{HERE}?link=5.3~5.2", form_of(page, "set"), data={"act": "set"})
    table = editor.client.get(HERE)
    assert "1 link set by hand is not shown to readers yet." in words(table)
    answer = editor.post(HERE, form_of(table, "publish"), data={"act": "publish"})
    shown = words(editor.client.get(answer.location))
    assert "Readers see revision 2 of these links now." in shown
    assert re.search(
        r"Published with the links of 16 March 2026, 00:31.*corrected on 25 March 2026, 00:31.* by Staff Number \d+ \(1 link\)", shown
    )
    reader = app.test_client().get("/en/standards/demo/v3-draft-1/changes")
    assert "Which clause became which was corrected on 25 March 2026, 00:31" in words(reader)
    with app.app_context():
        assert db.session.scalars(select(ChangeSet.revision).order_by(ChangeSet.revision)).all() == [1, 2]


@on_sqlite
def test_who_only_reads_may_look_but_finds_no_form(app: Flask, editor: Staff) -> None:
    auditor = signed_in(app, "process_auditor")
    page = auditor.client.get(f"{HERE}?link=5.3~5.2")
    assert page.status_code == 200
    assert [
        form for form in page_of(page).find("form") if form.attributes.get("method") == "post" and "changes" in form.attributes["action"]
    ] == []
    assert auditor.post(HERE, {}, data={"act": "confirm"}).status_code == 403
    assert editor.post(HERE, {}, data={"act": "confirm"}).status_code == 400
    with app.app_context():
        assert db.session.scalars(select(LinkEdit)).all() == []


@on_sqlite
def test_unknown_pairs_are_not_found(editor: Staff) -> None:
    assert [editor.client.get(f"/en/office/changes/demo/{rest}").status_code for rest in ("v9/v2/", "v3-draft-1/v9/", "v2/v2/")] == [
        404
    ] * 3


def test_the_list_and_a_link_cost_as_many_statements_whatever_was_set(editor: Staff, app: Flask) -> None:
    def cost(address: str) -> int:
        with app.app_context(), counted_statements() as statements:
            editor.client.get(address)
        return len(statements)

    few = [cost(HERE), cost(f"{HERE}?link=5.1~5.1")]
    for link in ("5.1~5.1", "5.3~5.2", "5.2~5.3"):
        page = editor.client.get(f"{HERE}?link={link}")
        editor.post(f"{HERE}?link={link}", form_of(page, "new"), data={"act": "new"})
    assert [cost(HERE), cost(f"{HERE}?link=~5.1")] == few


@on_sqlite
def test_the_correspondence_table_is_the_same_for_the_office_and_for_everyone(editor: Staff, app: Flask) -> None:
    answer = editor.client.get(f"{HERE}correspondence.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="demo_v2_to_v3-draft-1_correspondence_en.csv"'
    office = answer.data
    public = app.test_client().get(f"{THERE}.csv?from=v2")
    assert (office, answer.headers["Content-Disposition"]) == (public.data, public.headers["Content-Disposition"])
    assert office.startswith(b"\xef\xbb\xbfold_number,")
    listed = list(csv.DictReader(io.StringIO(office.decode("utf-8-sig"))))
    assert [(row["old_number"], row["new_number"], row["kinds"]) for row in listed] == [
        ("5", "5", "unchanged"), ("5.1", "5.1", "unchanged"), ("5.3", "5.2", "renumbered modified"), ("5.2", "5.3", "renumbered modified"),
        ("", "5.4", "added"),
    ]  # fmt: skip
    assert public.headers["ETag"]
    assert f"{THERE}.csv?from=v2" in app.test_client().get("/en/standards/demo/v3-draft-1/changes").text
    french = openpyxl.load_workbook(io.BytesIO(app.test_client().get(f"{THERE}.xlsx".replace("/en/", "/fr/")).data))
    sheet = french.worksheets[1]
    assert [cell.value for cell in sheet[2]] == list(csv.DictReader(io.StringIO(office.decode("utf-8-sig"))).fieldnames or [])
    assert sheet.row_dimensions[2].hidden
    assert [cell.value for cell in sheet[5]][:4] == ["5.3", "Électrolyse", "5.2", "Électrolyse"]
    assert app.test_client().get(f"{THERE}.csv?from=v9").status_code == 404


def upload(editor: Staff, data: bytes, name: str):
    page = editor.client.get(f"{HERE}correspondence")
    return editor.client.post(
        f"{HERE}correspondence",
        data={**form_of(page, "file"), "file": (io.BytesIO(data), name)},
        headers={"Sec-Fetch-Site": "same-origin"},
        content_type="multipart/form-data",
    )


@on_sqlite
def test_a_corrected_table_is_previewed_and_then_set_as_a_whole(editor: Staff, app: Flask) -> None:
    before = now_there(app)
    table = "old_number;new_number\r\n5;5\r\n5.1;5.1\r\n5.2;5.2\r\n5.3;5.3\r\n5.1;5.4\r\n"
    preview = upload(editor, table.encode(), "corrected.csv")
    assert preview.status_code == 200
    assert "3 links would be set like this" in words(preview)
    assert now_there(app) == before
    signed = next(form for form in page_of(preview).find("form") if "Set these links" in form.text)
    field = next(each.attributes["value"] for each in signed.find("input") if each.attributes.get("name") == "signed")
    answer = editor.post(f"{HERE}correspondence", {"signed": field})
    assert answer.status_code == 303
    assert now_there(app) == [(("5",), ("5",)), (("5.1",), ("5.1", "5.4")), (("5.2",), ("5.2",)), (("5.3",), ("5.3",))]
    again = editor.post(f"{HERE}correspondence", {"signed": field})
    assert again.status_code == 409
    same = editor.client.get(f"{HERE}correspondence.xlsx").data
    assert "There is nothing to set." in words(upload(editor, same, "same.xlsx"))


@on_sqlite
def test_a_wrong_table_is_refused_by_row_and_column_and_nothing_is_set(editor: Staff, app: Flask) -> None:
    before = now_there(app)
    book = openpyxl.Workbook()
    for row in (("old_number", "new_number"), ("5.1", "5.1"), ("5.7", "5.2"), ("", ""), (None, "5.1"), ("5.3", "8")):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    answer = upload(editor, file.getvalue(), "wrong.xlsx")
    assert answer.status_code == 422
    shown = words(answer)
    assert "row 3, column old_number: There is no clause 5.7 in that version." in shown
    assert "row 6, column new_number: There is no clause 8 in that version." in shown
    assert "row 5, column new_number: The row says that 5.1 has no counterpart; row 2 names one." in shown
    book.active["A2"] = 5.1
    file = io.BytesIO()
    book.save(file)
    assert "row 2, column old_number: The cell holds the number 5.1" in words(upload(editor, file.getvalue(), "wrong.xlsx"))
    for data, name, told in (
        (b"a,b\r\n1,2\r\n", "a.csv", "The column old_number is missing."),
        (b"", "a.csv", "not empty"),
        (b"PK\x03\x04", "a.xlsx", ""),
    ):
        refused = upload(editor, data, name)
        assert (refused.status_code, told in words(refused)) == (422, True)
    assert now_there(app) == before
