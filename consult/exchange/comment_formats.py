"""The formats comments are exported in, by the ending of their files."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Literal

from consult.core.answer_row import AnswerRow
from consult.core.endorsement_row import EndorsementRow
from consult.core.export_row import ExportRow, Summary
from consult.wording.comment_sheet import SheetWords

Format = Literal["csv", "json", "xlsx", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("csv", "json", "xlsx", "docx", "pdf")
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: dict[Format, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
}


def write_comments(
    file: BinaryIO, ending: Format, rows: Iterable[ExportRow], summary: Summary, words: SheetWords, *, dated: datetime,
    endorsements: Iterable[EndorsementRow] = (), answers: Iterable[AnswerRow] = (),
) -> None:  # fmt: skip
    """Writes the rows in the format; the same rows give the same bytes. `words` and `dated` are for the formats that people read;
    endorsements and (for staff) answers stand one by one in JSON and XLSX, in the others as figures, or beside their comments."""
    if ending == "csv":
        from consult.exchange.csv_comments import write_comments_csv

        write_comments_csv(file, rows, summary.viewer)
    elif ending == "json":
        from consult.exchange.json_comments import write_comments_json

        write_comments_json(file, rows, summary, endorsements, answers)
    elif ending == "xlsx":
        from consult.exchange.xlsx_comments import write_comments_xlsx

        write_comments_xlsx(file, rows, summary, words, dated=dated, endorsements=endorsements, answers=answers)
    elif ending == "docx":
        from consult.exchange.docx_comments import write_comments_docx

        write_comments_docx(file, rows, summary, words, dated=dated)
    else:
        from consult.exchange.pdf_comments import write_comments_pdf

        write_comments_pdf(file, rows, summary, words)
