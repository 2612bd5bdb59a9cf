"""Tables of filled forms in every readable format, as the child gives them back."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from consult.exchange.form_sheets import NOTES
from consult.exchange.form_tables import read_form_tables_of
from tests.support.form_files import MAIN, REL, csv_of, ods_file, sheet_file, strict
from tests.support.office_files import word_file, zipped

P, T = "<w:p><w:r><w:t xml:space='preserve'>{}</w:t></w:r></w:p>", "<w:tc>{}</w:tc>"
Rows = Mapping[int, Mapping[int, tuple[str, str]]]


def rows(data: bytes, name: str = "form.xlsx", at: int = 0) -> Rows:
    table = read_form_tables_of(data, name)[at]
    return {row: {column: (cell.text, cell.sort) for column, cell in cells.items()} for row, cells in table.rows.items()}


def texts(data: bytes, name: str = "form.xlsx", at: int = 0) -> dict[int, dict[int, str]]:
    return {row: {column: text for column, (text, _) in cells.items()} for row, cells in rows(data, name, at).items()}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<row r="2"><c r="B2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c></row>', {2: {2: ("inline", "text")}}),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>99</v></c></row>', {1: {1: ("shared", "text"), 2: ("rich text", "text")}}),
        ('<row><c t="str"><v>no places</v></c><c><v>2.1</v></c></row><row><c><v>7</v></c></row>', {1: {1: ("no places", "text"), 2: ("2.1", "number")}, 2: {1: ("7", "number")}}),
        ('<row r="1"><c r="A1" s="1"><v>46058</v></c><c r="B1" t="d"><v>2026-02-05T00:00:00</v></c></row>', {1: {1: ("2026-02-05", "date"), 2: ("2026-02-05", "date")}}),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>1+1</f><v>2</v></c></row>', {1: {1: ("TRUE", "text"), 2: ("#REF!", "text"), 3: ("2", "number")}}),
        ('<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row>', {1048576: {16384: ("far", "text")}}),
        ('<row r="1"><c r="A1" t="str"><v>a_x000D_b</v></c><c r="B1" t="inlineStr"><is><t>c_x000A_d</t></is></c></row>', {1: {1: ("a\nb", "text"), 2: ("c\nd", "text")}}),
        ('<row r="1"><c r="A1" t="str"><v>a_x0000_b_xD800_c_x000B_d</v></c></row>', {1: {1: ("a\ufffdb\ufffdc\nd", "text")}}),
        ('<row r="1"><c r="A1" t="str"><v>  </v></c></row>', {}),
        ('<row r="1"><c r="A1"><v>not a number</v></c></row>', {1: {1: ("not a number", "text")}}),
    ],
)  # fmt: skip
def test_cells_of_a_workbook_are_read_as_they_lie(cells: str, expected: Rows) -> None:
    assert rows(sheet_file(cells)) == expected


def test_a_wrong_stored_dimension_hides_nothing() -> None:
    cells = '<row r="40"><c r="J40" t="str"><v>still here</v></c></row>'
    assert texts(sheet_file(cells, before='<dimension ref="A1"/>')) == {40: {10: "still here"}}


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert rows(sheet_file('<row r="1"><c r="A1" s="1"><v>44596</v></c></row>', since_1904=True)) == {1: {1: ("2026-02-05", "date")}}


def test_a_merged_cell_stands_in_each_row_it_covers() -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><v>5.2</v></c><c r="B1" t="str"><v>one</v></c></row><row r="2"><c r="B2" t="str"><v>two</v></c></row>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells>'
    assert texts(sheet_file(cells, after=merged)) == {1: {1: "5.2", 2: "one"}, 2: {1: "5.2", 2: "two"}}


def test_a_strict_workbook_is_read_alike() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert texts(strict(sheet_file(cells))) == {1: {1: "shared"}}


def test_repeated_and_spanned_cells_of_an_opendocument_sheet() -> None:
    table = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>5.2</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p><text:p>d</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2.1"><text:p>2.1</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-02-05T00:00:00"><text:p>5 Feb</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows(ods_file(table), "form.ods") == {
        4: {1: ("5.2", "text"), 2: ("a  b\nc\nd", "text"), 3: ("a  b\nc\nd", "text"), 4: ("2.1", "number")},
        5: {1: ("5.2", "text"), 2: ("2026-02-05", "date")},
    }


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def word(*table_rows: str, before: str = "") -> bytes:
    return word_file(f"{before}<w:tbl>{''.join(table_rows)}</w:tbl><w:p/>")


def test_a_word_table_is_read_with_what_its_cells_span() -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + P.format("wide") + "</w:tc>"
    top = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + P.format("5.2") + "</w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    found = texts(word(row(wide, T.format(P.format("third"))), row(top, T.format(P.format("a") + P.format("b"))), row(below, T.format(P.format("c"))), before=P.format("Performance Standard")), "form.docx")  # fmt: skip
    assert found == {1: {1: "wide", 2: "wide", 3: "third"}, 2: {1: "5.2", 2: "a\nb"}, 3: {1: "5.2", 2: "c"}}
    assert read_form_tables_of(word(row(T.format("<w:p/>")), before=P.format("Named")), "form.docx")[0].name == "Named"


def test_tracked_changes_count_as_accepted_and_controls_are_looked_into() -> None:
    changed = "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    control = f"<w:sdt><w:sdtContent>{T.format(P.format('in a control'))}</w:sdtContent></w:sdt>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + T.format(P.format("deleted row")) + "</w:tr>"
    assert texts(word(row(T.format(changed), control), gone), "form.docx") == {1: {1: "new", 2: "in a control"}}


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = f"<w:tbl>{row(T.format(P.format('inner')))}</w:tbl>"
    data = word(row(T.format(P.format("outer") + inner + "<w:p/>")))
    assert [texts(data, "form.docx", at)[1][1].strip() for at in (0, 1)] == ["outer", "inner"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("gb18030", ","), ("gb18030", ";")]
)
def test_text_files_are_read_in_every_encoding(encoding: str, delimiter: str) -> None:
    assert texts(csv_of([["章节号", "意见内容"], ["5.2", "太严格，\n应放宽"]], encoding, delimiter), "form.csv") == {
        1: {1: "章节号", 2: "意见内容"}, 2: {1: "5.2", 2: "太严格，\n应放宽"},
    }  # fmt: skip


def test_latin_letters_of_an_old_program_are_read() -> None:
    for heading, words in (("Réaction", "été"), ("Critère", "très bien")):  # the latter would pass for GB18030: tr鑣 bien
        read = texts(csv_of([["Clause", heading], ["5.2", words]], "cp1252", ";"), "form.csv")
        assert read == {1: {1: "Clause", 2: heading}, 2: {1: "5.2", 2: words}}


def test_a_chinese_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    cut = csv_of([["章节号", "意见内容"], ["5.2", "应放宽"]], "gb18030", ",").rstrip()[:-1]
    assert texts(cut, "form.csv")[2] == {1: "5.2", 2: "应放\ufffd"}


def test_a_quotation_mark_that_nothing_closes_takes_no_other_row_along() -> None:
    assert texts(b'Clause,Comment\n5.2,"Too strict\n5.3,Good\n', "form.csv")[3] == {1: "5.3", 2: "Good"}


def test_one_guarding_mark_is_taken_away_and_no_more() -> None:
    assert texts(b"Clause,Comment\n5.2,'=1+1\n5.3,''tis\n", "form.csv") == {1: {1: "Clause", 2: "Comment"}, 2: {1: "5.2", 2: "=1+1"}, 3: {1: "5.3", 2: "'tis"}}  # fmt: skip


@pytest.mark.parametrize("name", ["form.xlsx", "form", "form.csv", "form.docx"])
def test_what_a_workbook_is_called_does_not_matter(name: str) -> None:
    assert texts(sheet_file('<row r="1"><c r="A1" t="str"><v>x</v></c></row>'), name) == {1: {1: "x"}}


def test_test_files_are_what_they_claim() -> None:
    assert zipfile.ZipFile(io.BytesIO(ods_file(""))).testzip() is None


def test_notes_on_cells_stand_past_the_last_column() -> None:
    data = sheet_file('<row r="1"><c r="A1" t="str"><v>Clause</v></c></row><row r="3"><c r="A3" t="str"><v>5.2</v></c></row>')
    talk = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    related = f'<Relationship Id="a" Type="{REL}/comments" Target="../comments1.xml"/><Relationship Id="b" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/>'
    note = '<comment ref="{}" authorId="0"><text><r><t>{}</t></r></text></comment>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    noted = zipped(parts | {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{note.format("C3", "Too often.")}{note.format("A4", "Your version cannot show it.")}</commentList></comments>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{talk}"><threadedComment ref="A4"><text>Who pays?</text></threadedComment><threadedComment ref="A4"><text>The mine.</text></threadedComment></ThreadedComments>',
    })  # fmt: skip
    assert rows(noted) == {
        1: {1: ("Clause", "text")},
        3: {1: ("5.2", "text"), NOTES: ("Too often.", "note")},
        4: {NOTES: ("Who pays?\nThe mine.", "note")},
    }
    ods = "<table:table-row><table:table-cell><office:annotation><text:p>Too often.</text:p></office:annotation><text:p>5.2</text:p></table:table-cell></table:table-row>"
    assert rows(ods_file(ods), "form.ods") == {1: {1: ("5.2", "text"), NOTES: ("Too often.", "note")}}


def test_words_struck_through_are_marked_and_not_mixed_with_the_others() -> None:
    run = "<r><rPr><{}/></rPr><t>{}</t></r>"
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is>{run.format("b", "every ")}{run.format("strike", "two")}{run.format("strike", " or three")}{run.format("b", " four years")}</is></c></row>'
    assert texts(sheet_file(cell)) == {1: {1: "every ~~two or three~~ four years"}}
    half = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>two</w:t></w:r><w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t xml:space='preserve'> four</w:t></w:r></w:p>"
    assert texts(word(row(T.format(half))), "form.docx") == {1: {1: "~~two~~ four"}}
