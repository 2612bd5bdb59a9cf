"""Files of versions at their addresses: names, conditional requests, filters, and lists with language and size."""

import io
import re

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.jobs import make_files
from consult.web.reading import files

TEXT = "/{}/standards/performance-standard/v3-draft-2.{}"
CHANGES = "/{}/standards/performance-standard/v3-draft-2/changes.{}"


@pytest.mark.parametrize(
    ("address", "name", "kind", "start"),
    [
        (TEXT.format("fr", "pdf"), "performance-standard_v3-draft-2_fr.pdf", "application/pdf", b"%PDF-"),
        (
            TEXT.format("en", "docx"),
            "performance-standard_v3-draft-2_en.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK",
        ),
        (TEXT.format("zh", "md"), "performance-standard_v3-draft-2_zh.md", "text/markdown", b"---\n"),
        (CHANGES.format("zh", "pdf"), "performance-standard_v2_to_v3-draft-2_changes_zh.pdf", "application/pdf", b"%PDF-"),
        (
            CHANGES.format("fr", "docx") + "?from=v3-draft-1",
            "performance-standard_v3-draft-1_to_v3-draft-2_changes_fr.docx",
            "application/vnd",
            b"PK",
        ),
        (CHANGES.format("en", "xlsx") + "?from=v2", "performance-standard_v2_to_v3-draft-2_changes_en.xlsx", "application/vnd", b"PK"),
    ],
)
def test_a_file_says_what_it_is_and_is_the_same_for_everyone(demo_app: Flask, address: str, name: str, kind: str, start: bytes) -> None:
    visitor = demo_app.test_client()
    answer = visitor.get(address)
    assert (answer.status_code, answer.mimetype.startswith(kind), answer.data[: len(start)]) == (200, True, start)
    assert answer.headers["Content-Disposition"].endswith(f"filename={name}")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers
    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visitor.get(address).data == answer.data


def test_files_with_chosen_activities_are_made_for_the_asker_and_say_so(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = demo_app.test_client()
    address = CHANGES.format("en", "xlsx") + "?activities=refinery"
    every, chosen = (openpyxl.load_workbook(io.BytesIO(visitor.get(each).data)) for each in (CHANGES.format("en", "xlsx"), address))
    answer = visitor.get(address)
    assert answer.headers["Content-Disposition"].endswith("_changes_for-refinery_en.xlsx")
    assert chosen["Changes"].max_row < every["Changes"].max_row
    assert any(str(line[0].value).startswith("Only clauses that bind these activities:") for line in chosen["Totals"].iter_rows())
    monkeypatch.setattr(files, "filtered_file", lambda *_: pytest.fail("made again for somebody who has it"))
    assert visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/en/standards/performance-standard/v9.pdf", "/en/standards/nothing/v2.pdf", CHANGES.format("en", "pdf") + "?from=v9",
        "/en/standards/performance-standard/v2/changes.docx",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(demo_reader: Flask, address: str) -> None:
    answer = demo_reader.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_an_ending_that_does_not_exist_is_no_file(demo_reader: Flask) -> None:
    assert demo_reader.test_client().get(TEXT.format("en", "exe"), follow_redirects=True).status_code == 404


def test_a_server_that_is_busy_says_when_to_come_back(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_files, "PATIENCE", 0.01)
    with make_files.turn(hurry=True):
        answer = demo_app.test_client().get(TEXT.format("en", "pdf"))
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (503, "10", "no-store")


def test_pages_list_files_with_language_and_size_once_they_are_made(demo_app: Flask) -> None:
    visitor = FlaskClient(demo_app, demo_app.response_class)
    pages = (
        "/fr/standards/performance-standard/v3-draft-2/", "/fr/standards/performance-standard/v3-draft-2/changes",
        "/fr/consultations/performance-standard-v3/",
    )  # fmt: skip
    text, changes = TEXT.format("fr", "md"), CHANGES.format("fr", "xlsx") + "?from=v2"
    before = {page: sizes(visitor.get(page).text) for page in pages}
    assert {size for listed in before.values() for size in listed.values()} == {""}
    for address in (text, changes):
        assert visitor.get(address).status_code == 200
    after = {page: sizes(visitor.get(page).text) for page in pages}
    assert re.fullmatch("[0-9]+\xa0ko", after[pages[0]][text])
    assert re.fullmatch("[0-9]+\xa0ko", after[pages[1]][changes])
    assert (bool(after[pages[2]][text]), bool(after[pages[2]][changes])) == (True, True)
    assert len(after[pages[0]]) == len(after[pages[1]]) == 9
    assert next(iter(after[pages[0]])).startswith("/fr/")
    for listed in after.values():
        for address in list(listed)[:3]:
            assert visitor.get(address).status_code == 200


def sizes(page: str) -> dict[str, str]:
    """Address -> size, of every listed file."""
    found = re.findall(
        r'<a href="([^"]+\.(?:pdf|docx|md|xlsx)[^"]*)"[^>]*translate="no">.*?</a>(?:&nbsp;<span class="quiet">([^<]+)</span>)?', page
    )
    return {address.replace("&amp;", "&"): size for address, size in found}
