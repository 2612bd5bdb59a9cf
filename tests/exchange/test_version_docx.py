"""The Word document of a version: real headings and tables, and through LibreOffice the same text in three languages."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from consult.core.render import plain_text
from consult.exchange.version_docx import version_docx
from tests.editions import LANGUAGES, PUBLISHED, edition, hostile, words
from tests.support.office import converted


def lines(document: "docx.document.Document") -> list[tuple[str, str]]:
    """(style, text) of every paragraph that is not empty, a row of a table with " | " between its cells; white space counts as one space."""
    found = []
    for part in document.iter_inner_content():
        if isinstance(part, docx.table.Table):
            found += [("row", " | ".join(" ".join(cell.text.split()) for cell in row.cells)) for row in part.rows]
        elif part.text.strip():
            found.append((part.style.name if part.style else "", " ".join(part.text.split())))
    return found


def expected(language: str) -> list[str]:
    told = []
    for clause in edition(language).draft.clauses:
        told += [f"{clause.label} {clause.title}", *plain_text(clause.text).split("\n")]
    return [" ".join(each.split()) for each in told if each.strip()]


def test_through_libreoffice_it_is_the_same_text(tmp_path: Path) -> None:
    files = []
    for language in LANGUAGES:
        files.append(tmp_path / f"{language}.docx")
        files[-1].write_bytes(version_docx(edition(language), words(language)))
    for language, file in zip(LANGUAGES, converted("docx", *files), strict=True):
        found = lines(docx.Document(str(file)))
        start = next(at for at, (style, _) in enumerate(found) if style.startswith("Heading"))
        assert [text for _, text in found[start:]] == expected(language)
        headings = [f"{clause.label} {clause.title}".strip() for clause in edition(language).draft.clauses]
        assert [text for style, text in found if style.startswith("Heading")] == headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_and_language_are_set_for_both_scripts(language: str) -> None:
    document = docx.Document(io.BytesIO(version_docx(edition(language), words(language))))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == ("Calibri", "Microsoft YaHei")
    told = next(document.styles.element.iter(qn("w:lang")))
    assert (told.get(qn("w:val")), told.get(qn("w:eastAsia"))) == ({"en": "en-GB", "fr": "fr-FR", "zh": "en-GB"}[language], "zh-CN")
    assert any(row.find(qn("w:tblHeader")) is not None for row in document.element.iter(qn("w:trPr")))


def test_paragraphs_and_tables_run_as_the_language_does() -> None:
    for language, turned in (("ar", True), ("en", False)):
        document = docx.Document(io.BytesIO(version_docx(edition("en"), replace(words("en"), language=language))))
        assert (document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None) is turned
        assert {table.find(qn("w:bidiVisual")) is not None for table in document.element.iter(qn("w:tblPr"))} == {turned}


def test_properties_hold_the_body_and_the_day_of_publication_and_nobody() -> None:
    content = version_docx(edition("en"), words())
    about = docx.Document(io.BytesIO(content)).core_properties
    assert (about.author, about.last_modified_by, about.title, about.comments) == (
        "A Body",
        "A Body",
        "Performance Standard, V3 draft 1",
        "",
    )
    assert about.created == about.modified == PUBLISHED
    assert content == version_docx(edition("en"), words())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    content = version_docx(hostile(), words())
    file = tmp_path / "hostile.docx"
    file.write_bytes(content)
    said = "\n".join(text for _, text in lines(docx.Document(str(converted("docx", file)[0]))))
    for text in (
        "#set page(fill: red) <w:p/> =1+1",
        "<script>alert(1)</script> & \\",
        "pollutant 2499 <b> #2499 | =1+2499 mg/m³ | $x_2499$",
        "𠮷野家",
    ):
        assert text in said, text
    links = [part.target_ref for part in docx.Document(io.BytesIO(content)).part.rels.values() if part.is_external]
    assert links == ["https://example.org/?a=1&b=%222%22"]
