"""The tables of a filled comment form, whatever it was saved as: XLSX, ODS, DOCX, CSV. Read in a child with little memory and time."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Literal

from consult.core.comment_form import Table
from consult.core.comment_form.headings import first_rows, header_roles
from consult.core.problem import Problem, Refused
from consult.exchange.form_margins import margin_table
from consult.exchange.limited import Answer, one_verdict, run_limited

_HAN_RUN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
Format = Literal["xlsx", "ods", "docx", "csv"]
ROWS = 20_000
"""Filled rows of one file that are read; a form has some hundreds."""
CELLS = 150_000
CELL = 100_000
"""Characters of a cell."""
_OLD = {".xls": "XLSX", ".et": "XLSX", ".ett": "XLSX", ".xlsb": "XLSX", ".doc": "DOCX", ".wps": "DOCX", ".rtf": "DOCX", ".odt": "DOCX", ".pages": "DOCX", ".numbers": "XLSX", ".pdf": "XLSX"}  # fmt: skip


def read_form_tables_of(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of an uploaded form; `name` is what its sender called it and only helps to tell text formats apart.

    Raises Refused: what `consult.exchange.office_package.open_package` and `run_limited` refuse, `unreadable_form` (save_as) for a format
    we cannot read but know how to save otherwise, `too_many_rows`.
    """
    with one_verdict():
        return _read(data, _format(data, name))


def _read(data: bytes, format: Format) -> tuple[Table, ...]:
    answer = run_limited("consult.exchange.form_tables:inside", data, options={"format": format})
    tables = tuple(Table.from_json(each) for each in answer.value)
    if format != "docx":
        return tables
    is_draft = not any(header_roles(row) for table in tables for row in first_rows(table))
    written = margin_table(data, changes=is_draft)
    if written is None:
        return tables
    return (written,) if is_draft else (*tables, written)


def _format(data: bytes, name: str) -> Format:
    ending = PurePath(name.lower()).suffix
    if data.startswith(b"PK"):
        head = data[:4000] + data[-4000:]
        if b"opendocument.spreadsheet" in head:
            return "ods"
        if b"opendocument.text" in head:
            raise Refused(Problem("unreadable_form", {}, {"save_as": "DOCX"}))
        if b"word/" in data or ending == ".docx":
            return "docx" if b"xl/workbook" not in data else "xlsx"
        return "xlsx"
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or ending in _OLD:
        raise Refused(Problem("unreadable_form", {}, {"save_as": _OLD.get(ending, "XLSX")}))
    if not data.strip():
        raise Refused(Problem("file_empty"))
    if ending in (".csv", ".txt", ".tsv") or b"\0" not in data[:4000] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    raise Refused(Problem("unreadable_form", {}, {"save_as": "XLSX"}))


def inside(data: bytes, *, format: Format) -> Answer:
    """In the child: tables as JSON, see `Table.from_json`."""
    from consult.exchange import form_docx_tables, form_sheets

    readers = {"xlsx": form_sheets.xlsx, "ods": form_sheets.ods, "docx": form_docx_tables.docx, "csv": _csv}
    return Answer(readers[format](data))


def table_json(name: str, rows: dict[int, dict[int, tuple[str, str]]]) -> dict[str, object]:
    """As `Table.from_json` takes it, with the limits on rows and cells kept."""
    if len(rows) > ROWS or sum(map(len, rows.values())) > CELLS:
        raise Refused(Problem("too_many_rows", {"sheet": name}, {"most": ROWS}))
    listed = [
        [row, [[column, _storable(text[:CELL]), sort] for column, (text, sort) in sorted(cells.items())]]
        for row, cells in sorted(rows.items())
    ]
    return {"name": name, "rows": listed}


def struck(runs: Iterable[tuple[str, bool]]) -> str:
    """The text of runs (words, struck through); who strikes words out proposes their deletion, so they stand between ~~ and are not mixed with the rest."""
    text = "".join(f"~~{words}~~" if is_struck and words.strip() else words for words, is_struck in runs)
    return text.replace("~~~~", "")


def _storable(text: str) -> str:
    """Line ends as ours; what cannot be stored (control characters, halves of characters) is seen as U+FFFD and not silently gone."""
    lines = re.sub(r"\r\n|[\r\x0b\x0c\x85]", "\n", text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", lines)


def _csv(data: bytes) -> list[dict[str, object]]:
    text = _decoded(data)
    sample = text[:20_000]
    counts = {mark: sample.count(mark) for mark in (",", ";", "\t")}
    delimiter = max(counts, key=lambda mark: counts[mark])
    csv.field_size_limit(CELL * 4)
    try:
        rows, last = _csv_rows(text, delimiter, csv.QUOTE_MINIMAL)
        if "\n" in last and not text.rstrip().endswith(
            '"'
        ):  # a quotation mark that nothing closes would take all that follows into one cell
            rows, _ = _csv_rows(text, delimiter, csv.QUOTE_NONE)
    except csv.Error:
        raise Refused(Problem("not_readable", {}, {"expected": "CSV"})) from None
    return [table_json("", rows)]


def _csv_rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> tuple[dict[int, dict[int, tuple[str, str]]], str]:
    """Filled cells by row and column, and the last cell of all."""
    rows: dict[int, dict[int, tuple[str, str]]] = {}
    last = ""
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting), start=1):
        cells = {column: (_unguarded(value), "text") for column, value in enumerate(row, start=1) if value.strip()}
        last = row[-1] if row else ""
        if cells:
            rows[number] = cells
        if len(rows) > ROWS:
            break
    return rows, last


def _unguarded(value: str) -> str:
    """Our exports put one ' in front of a cell that would begin a formula; exactly one is taken away."""
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@'\t\r") else value


def _decoded(data: bytes) -> str:
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(code, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        chinese = data.decode("gb18030", "replace")
    if _is_chinese(chinese):
        return chinese
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_chinese(text: str) -> bool:
    """Chinese characters stand beside others; those made of an accented letter and the letter after it ("très" -> "tr鑣") stand alone."""
    runs = [len(run) for run in _HAN_RUN.findall(text)]
    return sum(run for run in runs if run > 1) > sum(run for run in runs if run == 1)
