"""Tables of a Word file: rows and cells with what they span; tracked changes taken as accepted."""

from lxml import etree

from consult.exchange.form_tables import struck, table_json
from consult.exchange.office_package import open_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_GONE = ("del", "moveFrom", "instrText", "delText")
WIDEST = 60
OUTSIDE = 200
"""Paragraphs beside the tables that are looked at: what a form says of itself stands at its beginning."""


def docx(data: bytes) -> list[dict[str, object]]:
    """Every table in the order of the document, also one inside a cell of another; named by the paragraph in front of it."""
    body = open_package(data, "docx").xml("word/document.xml")
    found, before = [], ""
    for element in body.iter():
        name = _name(element)
        if name == "p" and not any(_name(above) == "tc" for above in element.iterancestors()) and (words := _paragraph(element).strip()):
            before = words[:200]
        elif name == "tbl":
            found.append(table_json(before, _rows(element)))
    outside = _outside(body)[:OUTSIDE]
    paragraphs = {at: {1: (text, "text")} for at, each in enumerate(outside, start=1) if (text := _paragraph(each)).strip()}
    return [*found, table_json("", paragraphs)]


def _outside(body: etree._Element) -> list[etree._Element]:
    """Paragraphs that stand in no table: the line that says for which round a form was made is among them."""
    return [each for each in body.iter() if _name(each) == "p" and not any(_name(above) == "tc" for above in each.iterancestors())]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) and tag.startswith((_W, _STRICT)) else ""


def _rows(table: etree._Element) -> dict[int, dict[int, tuple[str, str]]]:
    rows: dict[int, dict[int, tuple[str, str]]] = {}
    above: dict[int, str] = {}
    listed = [row for row in _children(table, "tr") if not _is_deleted(row)]
    for at, row in enumerate(listed, start=1):
        column, cells, now = 1 + _before(row), {}, {}
        for cell in _children(row, "tc"):
            properties = next(iter(_children(cell, "tcPr")), None)
            span = min(WIDEST, max(1, _value(properties, "gridSpan", 1)))
            continued = properties is not None and any(_attribute(each, "val") != "restart" for each in _children(properties, "vMerge"))
            text = above.get(column, "") if continued else "\n".join(_paragraph(each) for each in _children(cell, "p"))
            for offset in range(span):
                now[column + offset] = text
                if text.strip():
                    cells[column + offset] = (text, "text")
            column += span
        above = now
        if cells:
            rows[at] = cells
    return rows


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    """Children by name, also inside content controls and insertions."""
    found = []
    for each in element:
        if _name(each) == name:
            found.append(each)
        elif _name(each) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found += _children(each, name)
    return found


def _is_deleted(row: etree._Element) -> bool:
    return any(_name(mark) == "del" for properties in _children(row, "trPr") for mark in properties)


def _before(row: etree._Element) -> int:
    return next((_value(properties, "gridBefore", 0) for properties in _children(row, "trPr")), 0)


def _value(element: etree._Element | None, name: str, otherwise: int) -> int:
    for each in _children(element, name) if element is not None else ():
        given = _attribute(each, "val")
        if given.isdigit() and len(given) < 5:
            return int(given)
    return otherwise


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _paragraph(element: etree._Element) -> str:
    pieces: list[tuple[str, bool]] = []
    for each in element.iter():
        name = _name(each)
        if name not in ("t", "tab", "br", "cr", "noBreakHyphen"):
            continue
        if any(_name(above) in _GONE for above in each.iterancestors()):
            continue
        words = {"t": each.text or "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}[name]
        pieces.append((words, name == "t" and _is_struck(each)))
    return struck(pieces)


def _is_struck(text: etree._Element) -> bool:
    run = text.getparent()
    properties = next(iter(_children(run, "rPr")), None) if run is not None else None
    marks = [each for name in ("strike", "dstrike") for each in _children(properties, name)] if properties is not None else []
    return any(_attribute(each, "val") not in ("0", "false", "off") for each in marks)
