"""The PDF of comments: tagged, with a title and a language, its text selectable in three languages."""

import io
import shutil
import subprocess
from typing import Any

import pytest

from consult.core.export_row import ExportRow
from consult.exchange.pdf_comments import write_comments_pdf
from tests.export_rows import HOSTILE, row, sheet_words, summary
from tests.support.required import missing


def written(*given: ExportRow, language: str = "en", **of: Any) -> bytes:
    file = io.BytesIO()
    write_comments_pdf(file, given, summary(**of), sheet_words(language))
    return file.getvalue()


def asked(program: str, *arguments: str, of: bytes) -> str:
    if shutil.which(program) is None:
        missing("CONSULT_TEST_OFFICE", "poppler-utils is not installed")
    return subprocess.run([program, *arguments], input=of, check=True, capture_output=True, timeout=60).stdout.decode()


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "We cannot review every year."), ("fr", "L’Entité évaluerait « chaque œuvre »."), ("zh", "“实体”应每年审查——不少于一次。")],
)
def test_text_can_be_selected_in_three_languages(language: str, text: str) -> None:
    said = asked("pdftotext", "-raw", "-", "-", of=written(row(comment=text, language=language), language=language))
    assert "".join(text.split()) in "".join(said.split())


def test_the_file_is_tagged_titled_and_has_pages_with_headings() -> None:
    content = written(*(row(reference=f"PS3-1-{number:04}", comment="Words. " * 60) for number in range(40)), viewer="committee")
    told = asked("pdfinfo", "-", of=content)
    lines = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert (lines["Title"].strip(), lines["Tagged"].strip()) == ("Comments on Performance Standard V3, round 1", "yes")
    assert (b"/Lang" in content, int(lines["Pages"]) > 1) == (True, True)
    last = asked("pdftotext", "-f", lines["Pages"].strip(), "-layout", "-", "-", of=content)
    assert "Proposed wording" in last
    assert "For the committee only." in last


def test_hostile_texts_are_shown_and_never_read_as_markup() -> None:
    given = ["#set page()", "$x$", "*strong*", "@label", "#panic()", "<label>", "= heading", *HOSTILE]
    said = asked("pdftotext", "-raw", "-", "-", of=written(*(row(comment=f"»{text}«") for text in given)))
    bare = "".join(said.split())
    assert [text for text in given if f"»{''.join(text.split())}«" not in bare] == []


def test_a_character_that_no_font_has_hinders_no_file() -> None:
    said = asked("pdftotext", "-raw", "-", "-", of=written(row(comment="Before \U0010fffd and \u0378 after.")))
    assert ("Before" in said, "after." in said) == (True, True)


def test_a_round_without_comments_makes_a_file() -> None:
    assert "Rows in this file" in asked("pdftotext", "-", "-", of=written(by_state={}, listed=0))
