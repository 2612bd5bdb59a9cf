"""CSV of comments (RFC 4180: CRLF, quotes doubled; UTF-8 with a byte order mark, so that spreadsheets read it as such). Keys and codes only."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from consult.core.export_row import COLUMNS, ExportRow, columns_for, guarded, row_from, text_of, unguarded, value_of
from consult.core.problem import Problem, Refused
from consult.core.visibility import Viewer


def write_comments_csv(file: BinaryIO, rows: Iterable[ExportRow], viewer: Viewer) -> None:
    columns = columns_for(viewer)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.key for column in columns)
    for row in rows:
        writer.writerow(guarded(text_of(row.value(column))) for column in columns)
    text.detach()


def read_comments_csv(file: BinaryIO) -> Iterator[ExportRow]:
    """The rows of a file that `write_comments_csv` wrote, or one like it: columns in any order, others passed over, a mark not needed.

    Raises Refused: `not_utf8`, `unreadable_row` (where: row, counted from 1 under the heading).
    """
    csv.field_size_limit(16 * 1024 * 1024)
    by_key = {column.key: column for column in COLUMNS}
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    number = 0
    try:
        reader = csv.reader(text, strict=True)
        header = [unguarded(cell) for cell in next(reader, [])]
        for cells in reader:
            number += 1
            if len(cells) != len(header):
                raise ValueError("cells")
            named = zip(header, cells, strict=True)
            yield row_from({key: value_of(by_key[key], unguarded(cell)) for key, cell in named if key in by_key})
    except UnicodeDecodeError:
        raise Refused(Problem("not_utf8"))
    except (ValueError, csv.Error):
        raise Refused(Problem("unreadable_row", {"row": number}))
    finally:
        text.detach()
