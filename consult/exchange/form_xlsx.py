"""The blank comment form as a workbook. Nothing in it is needed for reading it back: no protection, validation, name, macro or hidden cell."""

import io
from datetime import UTC, datetime

from consult.core.comment_form.blank import FIELDS, BlankForm, BlankSheet
from consult.exchange.office_text import xml_text

WIDTHS = {"number": 9, "title": 24, "current": 56, "change": 18, "position": 14, "type": 12, "comment": 48, "proposed": 48, "rationale": 30}
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def form_xlsx(form: BlankForm, *, dated: datetime) -> bytes:
    """The same form gives the same bytes; `dated` stands in its properties."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": form.title[:250], "author": form.author[:250], "created": dated.astimezone(UTC).replace(tzinfo=None)})
    kinds: dict[str, dict[str, object]] = {
        "text": {"text_wrap": True, "valign": "top"}, "number": {"valign": "top", "bold": True, "num_format": "@"},
        "current": {"text_wrap": True, "valign": "top", "font_color": "#3b3f46"}, "head": {"text_wrap": True, "valign": "vcenter", "bold": True, "bottom": 2},
        "write": {"text_wrap": True, "valign": "top", "left": 4, "bottom": 4, "num_format": "@"}, "group": {"bold": True, "top": 1, "valign": "top"},
        "title": {"bold": True, "font_size": 15}, "note": {"text_wrap": True, "valign": "top"}, "mark": {"font_color": "#6b6f76", "font_size": 8},
    }  # fmt: skip
    formats = {name: book.add_format({"font_name": "Calibri", "font_size": 11, **given}) for name, given in kinds.items()}
    _about(book.add_worksheet(_name(form.about_name, set())), form, formats)
    taken = {form.about_name.casefold()}
    for sheet in form.sheets:
        _sheet(book.add_worksheet(_name(sheet.name, taken)), sheet, form, formats)
    if len(book.worksheets()) > 1:
        book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet may be called by 31 characters, without some marks, and differently from the others."""
    plain = xml_text(wanted).translate(_BAD).strip(" '")[:31] or "1"
    name, count = plain, 2
    while name.casefold() in taken:
        name, count = f"{plain[:28]} {count}", count + 1
    taken.add(name.casefold())
    return name


def _about(sheet: object, form: BlankForm, formats: dict[str, object]) -> None:
    write = sheet.write_string  # type: ignore[attr-defined]
    sheet.set_column(0, 0, 26)  # type: ignore[attr-defined]
    sheet.set_column(1, 1, 60)  # type: ignore[attr-defined]
    sheet.set_column(2, 2, 48)  # type: ignore[attr-defined]
    sheet.set_landscape()  # type: ignore[attr-defined]
    sheet.fit_to_pages(1, 0)  # type: ignore[attr-defined]
    write(0, 0, xml_text(form.title), formats["title"])
    write(1, 0, form.mark, formats["mark"])
    row = 3
    for line in form.help:
        sheet.merge_range(row, 0, row, 2, xml_text(line), formats["note"])  # type: ignore[attr-defined]
        sheet.set_row(row, 32)  # type: ignore[attr-defined]
        row += 1
    row += 1
    for label, hint, choices in form.about:
        write(row, 0, xml_text(label), formats["number"])
        sheet.write_blank(row, 1, None, formats["write"])  # type: ignore[attr-defined]
        write(row, 2, xml_text(hint), formats["note"])
        if choices and sum(len(each) + 1 for each in choices) < 250:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(choices), "error_type": "information"})  # type: ignore[attr-defined]
        row += 1


def _sheet(sheet: object, of: BlankSheet, form: BlankForm, formats: dict[str, object]) -> None:
    write = sheet.write_string  # type: ignore[attr-defined]
    write(0, 0, xml_text(of.heading), formats["title"])
    write(1, 0, form.mark, formats["mark"])
    for column, (field, heading) in enumerate(zip(FIELDS, of.headings, strict=True)):
        sheet.set_column(column, column, WIDTHS[field])  # type: ignore[attr-defined]
        write(3, column, xml_text(heading), formats["head"])
    sheet.freeze_panes(4, 2)  # type: ignore[attr-defined]
    for at, row in enumerate(of.rows, start=4):
        if row.kind == "group":
            write(at, 0, xml_text(row.title), formats["group"])
            continue
        for column, field in enumerate(FIELDS):
            words = getattr(row, field, "")
            style = field if field in ("number", "current") else "text" if field in ("title", "change") else "write"
            if words:
                write(at, column, xml_text(words), formats[style])
            else:
                sheet.write_blank(at, column, None, formats["write" if row.kind == "free" or style == "write" else style])  # type: ignore[attr-defined]
    last = 3 + len(of.rows)
    for field, words in (("position", form.positions), ("type", form.types)):
        column = FIELDS.index(field)
        sheet.data_validation(4, column, last, column, {"validate": "list", "source": list(words), "error_type": "information"})  # type: ignore[attr-defined]
    sheet.set_landscape()  # type: ignore[attr-defined]
    sheet.fit_to_pages(1, 0)  # type: ignore[attr-defined]
    sheet.repeat_rows(3)  # type: ignore[attr-defined]
