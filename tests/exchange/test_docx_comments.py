"""The Word document of comments: one table with a repeated heading, exact texts, each in its language."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from consult.core.export_row import ExportRow
from consult.exchange.docx_comments import write_comments_docx
from tests.export_rows import HOSTILE, row, sheet_words, summary
from tests.support.office import converted

DATED = datetime(2026, 3, 1, tzinfo=UTC)


def written(*given: ExportRow, language: str = "en", **of: Any) -> bytes:
    file = io.BytesIO()
    write_comments_docx(file, given, summary(**of), sheet_words(language), dated=DATED)
    return file.getvalue()


def cells(content: bytes, line: int = 1) -> list[str]:
    return [cell.text for cell in docx.Document(io.BytesIO(content)).tables[0].rows[line].cells]


def test_a_comment_stands_in_the_columns_of_a_commenting_table() -> None:
    content = written(
        row(rationale="Parce que.", proposed_wording="chaque année", mail="zoe@example.org", confirmation="confirmed", late=True)
    )
    assert cells(content, 0) == ["Reference", "From", "Clause", "Type and position", "Comment", "Proposed wording", "State and response"]
    assert cells(content) == [
        "PS3-1-0001\nperformance-standard-v3/1\n24\u00a0March 2026\u00a013:31\nLate\nonline form",
        "Zoé Bernard\nRivières libres\nCivil society\nFrance\non behalf of an organisation\nzoe@example.org\nconfirmed",
        "5.2\nclause\nPerformance Standard\nV3 draft 1\nClause read in\nFrench\nRevision read\n1",
        "technical\noppose\nLanguage of the comment\nFrench",
        "Le délai est trop long.\nRationale\nParce que.",
        "chaque année",
        "cleared\nPublication choice\nname and organisation",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"moderation_state": "pending"}, "This comment is in moderation."),
        ({"moderation_state": "withheld"}, "This comment is withheld."),
        ({"moderation_state": "erased"}, "This comment was erased at the request of a person concerned."),
        ({"publication_choice": "confidential"}, "The author of this comment asked for confidentiality. The committee reads it."),
        ({"publication_choice": None}, "This comment becomes public later, as the rule of this round says."),
    ],
)
def test_a_stub_says_why_there_is_no_text(changed: dict[str, Any], said: str) -> None:
    assert cells(written(row(comment=None, **changed)))[4] == said


def test_title_totals_and_purpose_stand_above_the_table() -> None:
    document = docx.Document(io.BytesIO(written(row(), viewer="committee", filters={"position": "oppose"})))
    assert [line.text for line in document.paragraphs if line.text] == [
        "Comments on Performance Standard V3, round 1",
        "For the committee only. Comments marked confidential are not to be passed on.",
        "Comments received in this round\t3", "in moderation\t0", "cleared\t2", "held\t0", "withheld\t1", "withdrawn by its author\t0",
        "erased\t0", "Copies among them\t0", "Different texts\t0", "Signatories\t0", "Endorsements\t0", "Rows in this file\t3", "Position\toppose",
    ]  # fmt: skip
    about = document.core_properties
    assert (about.title, about.author, about.language, about.comments) == (document.paragraphs[0].text, "A Body", "en-GB", "")


def test_pages_are_landscape_with_the_heading_repeated() -> None:
    document = docx.Document(io.BytesIO(written(row())))
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "Microsoft YaHei"


@pytest.mark.parametrize(("tag", "latin", "han"), [("fr", "fr-FR", "zh-CN"), ("zh-Hant", "en-GB", "zh-Hant"), ("es", "es", "zh-CN")])
def test_each_text_carries_its_language(tag: str, latin: str, han: str) -> None:
    document = docx.Document(io.BytesIO(written(row(language=tag), language="zh")))
    run = document.tables[0].rows[1].cells[4].paragraphs[0].runs[0]._r
    language = run.rPr.find(qn("w:lang"))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == (latin, han)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_exact(text: str) -> None:
    assert cells(written(row(comment=text)))[4] == text


def test_rows_are_many_and_the_file_the_same_each_time() -> None:
    given = [row(reference=f"PS3-1-{number:04}") for number in range(1, 301)]
    content = written(*given)
    assert content == written(*given)
    rows = docx.Document(io.BytesIO(content)).tables[0]._tbl.tr_lst
    assert len(rows) == 301
    with zipfile.ZipFile(io.BytesIO(content)) as document:
        assert b"rows-come-here" not in document.read("word/document.xml")


def test_libreoffice_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "comments.docx"
    path.write_bytes(written(row(comment="=1+1 排放量", language="zh"), language="zh"))
    (text,) = converted("txt", path)
    assert "=1+1 排放量" in text.read_text(encoding="utf-8-sig")
