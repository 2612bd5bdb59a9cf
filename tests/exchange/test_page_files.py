"""Pages in folders: a file per language; ours, and those an installation puts in their place."""

from pathlib import Path

import pytest

from consult.core.page import Page, sections
from consult.core.problem import Refused
from consult.exchange.page_files import read_page_folder, read_pages
from consult.resources import resource


def page(folder: Path, language: str, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{language}.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_folder_is_one_page_in_the_languages_of_its_files(tmp_path: Path) -> None:
    page(tmp_path, "en", "# Help\n\nRead this.\n")
    page(tmp_path, "fr", "\ufeff# Aide\r\n\r\nLisez ceci.\r\n\r\nEncore.\r\n")
    assert read_page_folder(tmp_path) == {"en": Page("Help", "Read this.", ""), "fr": Page("Aide", "Lisez ceci.", "Encore.")}


def test_pages_of_an_installation_take_the_place_of_ours(tmp_path: Path) -> None:
    for folder, title in (("ours/privacy", "Ours"), ("ours/help", "Help"), ("theirs/privacy", "Theirs")):
        page(tmp_path / folder, "en", f"# {title}\n\nText.")
    (tmp_path / "ours/.hidden").mkdir()
    found = read_pages(tmp_path / "ours", tmp_path / "theirs")
    assert {name: each["en"].title for name, each in found.items()} == {"privacy": "Theirs", "help": "Help"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("No title.", "page_file"), ("# Title", "page_file"), (b"# T\n\n\xff", "not_utf8"), ("# T\n\n\x07", "control_character")],
)
def test_a_file_that_is_no_page_is_refused_with_its_name(tmp_path: Path, text: str | bytes, code: str) -> None:
    path = page(tmp_path, "en", text)
    with pytest.raises(Refused) as refused:
        read_page_folder(tmp_path)
    assert [(problem.code, problem.where["file"]) for problem in refused.value.problems] == [(code, str(path))]


@pytest.mark.parametrize("folder", ["empty", "none"])
def test_a_folder_without_files_is_no_page(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused) as refused:
        read_page_folder(tmp_path / folder)
    assert [problem.code for problem in refused.value.problems] == ["page_missing"]


@pytest.mark.parametrize(
    "folder",
    ["pages/privacy", "pages/useful-comments", *(f"consultations/performance-standard-v3/{name}" for name in ("highlights", "webinar"))],
)
def test_our_own_pages_have_the_same_parts_and_links_in_each_language(folder: str) -> None:
    found = read_page_folder(resource("content") / folder)
    assert set(found) == {"en", "fr", "zh"}
    anchors = {language: [part.anchor for part in sections(each.body)] for language, each in found.items()}
    assert anchors["fr"] == anchors["zh"] == anchors["en"]
    assert not any(anchor.startswith("part-") for anchor in anchors["en"])
    links = {language: each.body.replace(f"](/{language}/", "](/en/").count("](/en/") for language, each in found.items()}
    assert links["fr"] == links["zh"] == links["en"]
