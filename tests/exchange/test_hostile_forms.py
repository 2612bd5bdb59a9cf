"""Files that are no forms, broken or meant to harm: a verdict in ten seconds and 256 MiB, never an exception, always with a way on."""

import time
import zipfile
from collections.abc import Callable

import pytest

from consult.core.problem import Problem, Refused
from consult.exchange.form_tables import read_form_tables_of
from consult.exchange.limited import MEGABYTES, SECONDS
from consult.wording.problems import problem_sentence
from tests.support.form_files import ods_file, sheet_file
from tests.support.office_files import OLE, bomb, lying_bomb, word_file, zipped

ROW = '<row r="{0}"><c r="A{0}" t="str"><v>5.2</v></c><c r="B{0}" t="str"><v>Comment {0}</v></c></row>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


def verdict(data: bytes, name: str) -> tuple[Problem, ...]:
    """What its sender hears; empty where it was read."""
    begun = time.monotonic()
    problems: tuple[Problem, ...] = ()
    try:
        read_form_tables_of(data, name)
    except Refused as refused:
        problems = refused.problems
    assert time.monotonic() - begun < SECONDS + 1
    assert [each for each in problems if "Something is wrong" in problem_sentence(each, str)] == []
    return problems


def with_macros() -> bytes:
    return zipped({"[Content_Types].xml": '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>', "xl/workbook.xml": "<a/>"})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("form.docx", bomb, "too_much_inside"),
        ("form.docx", lying_bomb, "truncated"),
        ("form.xlsx", lambda: zipped({"xl/workbook.xml": ENTITY + "<a>&b;</a>", "[Content_Types].xml": "<Types/>"}), "entities_refused"),
        ("form.xlsx", with_macros, "macro_enabled"),
        ("form.xlsm", with_macros, "macro_enabled"),
        ("form.xlsx", lambda: sheet_file("".join(map(ROW.format, range(1, 100_001)))), "too_much_inside"),
        ("form.csv", lambda: b"Clause,Comment\n" + b"5.2,Too much.\n" * 100_000, "too_many_rows"),
        ("form.ods", lambda: ods_file("<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>" * 100_000), "too_many_rows"),
        ("form.xlsx", lambda: sheet_file(ROW.format(1))[:-200], "truncated"),
        ("form.docx", lambda: word_file("<w:p/>")[:300], "truncated"),
        ("form.et", lambda: OLE, "unreadable_form"),
        ("form.wps", lambda: OLE, "unreadable_form"),
        ("form.xls", lambda: OLE, "unreadable_form"),
        ("form.pdf", lambda: b"%PDF-1.7\n", "unreadable_form"),
        ("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 500, "unreadable_form"),
        ("photo.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "unreadable_form"),
        ("form.odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED), "unreadable_form"),
        ("form.bin", lambda: bytes(range(256)) * 20, "unreadable_form"),
        ("form.xlsx", lambda: b"", "file_empty"),
        ("form.xlsx", lambda: zipped({"hello.txt": "no form"}), "wrong_type"),
        ("form.xlsx", lambda: sheet_file("<row><c"), "not_readable"),
    ],
)  # fmt: skip
def test_each_has_its_verdict(name: str, make: Callable[[], bytes], code: str) -> None:
    assert [problem.code for problem in verdict(make(), name)] == [code]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row>',
        '<row r="99999999999999999999"><c r="ZZZZ1" t="str"><v>nowhere</v></c></row>',
        "".join(map(ROW.format, range(1, 20_001))),
        '<row r="1"><c r="A1"><v>1e308</v></c><c r="B1"><v>nan</v></c><c r="C1"><v>inf</v></c><c r="D1" s="1"><v>1e300</v></c></row>',
    ],
)
def test_strange_but_harmless_sheets_are_read(rows: str) -> None:
    assert verdict(sheet_file(rows), "form.xlsx") == ()


def test_merging_a_whole_sheet_is_refused_or_read_in_time() -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert verdict(sheet_file(ROW.format(1), after=merged), "form.xlsx") == ()
    assert [each.code for each in verdict(sheet_file("".join(map(ROW.format, range(1, 20_001))), after=merged), "form.xlsx")] == [
        "too_many_rows"
    ]


def test_the_child_has_the_promised_limits() -> None:
    assert (SECONDS, MEGABYTES) == (10, 256)


def test_the_verdict_says_how_to_save_it() -> None:
    (problem,) = verdict(OLE, "form.wps")
    assert "DOCX" in problem_sentence(problem, str)
