"""Sheets of XLSX and ODS files as they are stored: sparse, whatever the file says about its size; inline texts, merged cells, dates."""

import posixpath
import re
from datetime import date, timedelta

from lxml import etree

from consult.core.problem import Problem, Refused
from consult.exchange.form_tables import CELLS, struck, table_json
from consult.exchange.office_package import Package, open_package

Rows = dict[int, dict[int, tuple[str, str]]]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}", "text": "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
}  # fmt: skip
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58})
NOTES = 16_385
"""Where notes to the cells of a row stand: in the column past the last one of a sheet."""
MERGED = 5_000
"""Places a merged cell is told in: a form merges a row or some rows, not a sheet."""


def xlsx(data: bytes) -> list[dict[str, object]]:
    package = open_package(data, "xlsx")
    book = package.xml("xl/workbook.xml")
    targets = {each.get("Id"): each.get("Target", "") for each in package.xml("xl/_rels/workbook.xml.rels")}
    texts, dates = _shared(package), _date_styles(package)
    since_1904 = any(each.get("date1904") in ("1", "true") for each in _all(book, "workbookPr"))
    epoch = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    found = []
    for sheet in _all(book, "sheet"):
        target = targets.get(sheet.get(_REL) or sheet.get(_STRICT_REL) or "", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package and "worksheet" in part:
            rows = _sheet(package.xml(part), texts, dates, epoch)
            for row, words in _notes(package, part):
                _note(rows, row, words)
            found.append(table_json(sheet.get("name", ""), rows))
    return found


def _notes(package: Package, part: str) -> list[tuple[int, str]]:
    """(row, words) of the notes on cells and of the conversations that newer programs keep beside them, where the note is only a stand-in."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    notes: dict[str, list[str]] = {}
    threads: dict[str, list[str]] = {}
    for each in package.xml(relations) if relations in package else ():
        kind, target = each.get("Type", "").rpartition("/")[2], each.get("Target", "")
        found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if kind not in ("comments", "threadedComment") or found not in package:
            continue
        for note in package.xml(found).iter():
            if isinstance(note.tag, str) and etree.QName(note).localname in ("comment", "threadedComment") and (words := _note_words(note)):
                (notes if kind == "comments" else threads).setdefault(note.get("ref", ""), []).append(words)
    kept = {**notes, **threads}
    return [(_number(re.sub(r"[^0-9]", "", ref), 1), "\n".join(words)) for ref, words in kept.items()]


def _note_words(note: etree._Element) -> str:
    return (
        _text(note).strip()
        or "\n".join(each.text or "" for each in note if isinstance(each.tag, str) and etree.QName(each).localname == "text").strip()
    )


def _note(rows: Rows, row: int, words: str) -> None:
    before = rows.setdefault(row, {}).get(NOTES)
    rows[row][NOTES] = (f"{before[0]}\n{words}" if before else words, "note")


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [*root.iter(_MAIN + name), *root.iter(_STRICT + name)]


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    return [_text(each) for each in _all(package.xml("xl/sharedStrings.xml"), "si")]


def _text(element: etree._Element) -> str:
    """The text of a rich or plain string, struck words marked; phonetic guides are left out."""
    found = []
    for each in element.iter():
        name = etree.QName(each).localname if isinstance(each.tag, str) else ""
        if name == "t" and not any(etree.QName(above).localname == "rPh" for above in each.iterancestors()):
            run = each.getparent()
            marks = [mark for properties in (run if run is not None else ()) for mark in properties]
            found.append(
                (
                    each.text or "",
                    any(
                        isinstance(m.tag, str) and etree.QName(m).localname == "strike" and m.get("val") not in ("0", "false")
                        for m in marks
                    ),
                )
            )
    return _unescaped(struck(found))


def _unescaped(text: str) -> str:
    """ST_Xstring of ISO/IEC 29500-1, 22.9.2.19: characters that XML cannot hold."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _date_styles(package: Package) -> set[int]:
    """Indexes of cell styles that show a day."""
    if "xl/styles.xml" not in package:
        return set()
    root = package.xml("xl/styles.xml")
    own = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in _all(root, "numFmt")}
    days = {key for key, code in own.items() if re.search(r"[ymd]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.lower()))}
    styles = [style for group in _all(root, "cellXfs") for style in group]
    return {at for at, style in enumerate(styles) if int(style.get("numFmtId", "0")) in _DATES | days}


def _sheet(root: etree._Element, texts: list[str], dates: set[int], epoch: date) -> Rows:
    rows: Rows = {}
    row_at = 0
    for row in _all(root, "row"):
        row_at = _number(row.get("r"), row_at + 1)
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or etree.QName(cell).localname != "c":
                continue
            column = _column(cell.get("r", "")) or column + 1
            value = _value(cell, texts, dates, epoch)
            if value[0].strip():
                rows.setdefault(row_at, {})[column] = value
    for merged in _all(root, "mergeCell"):
        _spread(rows, merged.get("ref", ""))
    return rows


def _number(given: str | None, otherwise: int) -> int:
    return int(given) if given and given.isdigit() and len(given) < 9 else otherwise


def _column(reference: str) -> int:
    found = 0
    for letter in re.match(r"[A-Z]{0,3}", reference.upper())[0]:  # type: ignore[index]
        found = found * 26 + ord(letter) - 64
    return found


def _value(cell: etree._Element, texts: list[str], dates: set[int], epoch: date) -> tuple[str, str]:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell), "text"
    raw = next((each.text or "" for each in cell if isinstance(each.tag, str) and etree.QName(each).localname == "v"), "")
    if kind == "s":
        return (texts[int(raw)] if raw.isdigit() and int(raw) < len(texts) else ""), "text"
    if kind in ("str", "e"):
        return _unescaped(raw), "text"
    if kind == "b":
        return ("TRUE" if raw == "1" else "FALSE"), "text"
    if kind == "d":
        return raw[:10], "date"
    return _figure(raw, _number(cell.get("s"), 0) in dates, epoch)


def _figure(raw: str, is_date: bool, epoch: date) -> tuple[str, str]:
    try:
        value = float(raw)
    except ValueError:
        return raw, "text"
    if is_date and 0 < value < 2_958_466:
        return (epoch + timedelta(days=int(value))).isoformat(), "date"
    return (str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)), "number"


def _spread(rows: Rows, reference: str) -> None:
    """A merged cell stands in every place it covers, as far as rows go that hold something."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", reference.upper())
    if not found:
        return
    left, top, right, bottom = _column(found[1]), int(found[2]), _column(found[3]), int(found[4])
    value = rows.get(top, {}).get(left)
    places = [
        (row, column) for row in sorted(each for each in rows if top <= each <= bottom) for column in range(left, min(right, left + 60) + 1)
    ]
    if value is None:
        return
    if len(places) > MERGED:
        raise Refused(Problem("too_many_rows", {}, {"most": CELLS}))
    for row, column in places:
        rows[row].setdefault(column, value)


def ods(data: bytes) -> list[dict[str, object]]:
    root = open_package(data, "ods").xml("content.xml")
    return [table_json(sheet.get(_ODS["table"] + "name", ""), _ods_sheet(sheet)) for sheet in root.iter(_ODS["table"] + "table")]


def _ods_sheet(sheet: etree._Element) -> Rows:
    rows: Rows = {}
    at, cells = 1, 0
    for row in sheet.iter(_ODS["table"] + "table-row"):
        repeated = _number(row.get(_ODS["table"] + "number-rows-repeated"), 1)
        found, spans = _ods_row(row)
        for offset in range(repeated if found and repeated <= 1000 else bool(found)):
            rows.setdefault(at + offset, {}).update(found)
        for column, (value, down) in spans.items():
            for offset in range(1, min(down, 200)):
                rows.setdefault(at + offset, {})[column] = value
        cells += len(found)
        if cells > CELLS:
            raise Refused(Problem("too_many_rows", {}, {"most": CELLS}))
        at += repeated
    return {number: values for number, values in rows.items() if values}


def _ods_row(row: etree._Element) -> tuple[dict[int, tuple[str, str]], dict[int, tuple[tuple[str, str], int]]]:
    """The cells of a row, and those that reach into rows below."""
    found: dict[int, tuple[str, str]] = {}
    down: dict[int, tuple[tuple[str, str], int]] = {}
    column = 1
    for cell in row:
        name = etree.QName(cell).localname if isinstance(cell.tag, str) else ""
        if name not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _number(cell.get(_ODS["table"] + "number-columns-repeated"), 1)
        for note in cell.iter(_ODS["office"] + "annotation"):
            words = "\n".join(_inline(each) for each in note if each.tag == _ODS["text"] + "p").strip()
            before = found.get(NOTES)
            if words:
                found[NOTES] = (f"{before[0]}\n{words}" if before else words, "note")
        sort = {"float": "number", "date": "date"}.get(cell.get(_ODS["office"] + "value-type", ""), "text")
        text = cell.get(_ODS["office"] + "date-value", "")[:10] if sort == "date" else _ods_text(cell)
        if text.strip() and name == "table-cell":
            wide = max(repeated if repeated <= 60 else 1, _number(cell.get(_ODS["table"] + "number-columns-spanned"), 1))
            for offset in range(min(wide, 60)):
                found[column + offset] = (text, sort)
                if (rows := _number(cell.get(_ODS["table"] + "number-rows-spanned"), 1)) > 1:
                    down[column + offset] = ((text, sort), rows)
        column += repeated
    return found, down


def _ods_text(cell: etree._Element) -> str:
    return "\n".join(_inline(each) for each in cell if each.tag == _ODS["text"] + "p")


def _inline(element: etree._Element) -> str:
    """The text of a paragraph with its spaces, tabs and breaks; notes to a cell are left out."""
    pieces = [element.text or ""]
    for each in element:
        if each.tag == _ODS["text"] + "s":
            pieces.append(" " * min(1000, _number(each.get(_ODS["text"] + "c"), 1)))
        elif each.tag == _ODS["text"] + "line-break":
            pieces.append("\n")
        elif each.tag == _ODS["text"] + "tab":
            pieces.append("\t")
        elif isinstance(each.tag, str) and etree.QName(each).localname != "annotation":
            pieces.append(_inline(each))
        pieces.append(each.tail or "")
    return "".join(pieces)
