"""JSON of comments: the exact record. The same comments give the same bytes: nothing in it tells when it was made."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from consult.core.answer_row import ANSWER_COLUMNS, AnswerRow
from consult.core.endorsement_row import ENDORSEMENT_COLUMNS, EndorsementRow
from consult.core.export_row import COLUMNS, Cells, Column, ExportRow, Summary, columns_for, exact, row_from, value_of
from consult.core.vocabulary import STATES


def write_comments_json(
    file: BinaryIO,
    rows: Iterable[ExportRow],
    summary: Summary,
    endorsements: Iterable[EndorsementRow] = (),
    answers: Iterable[AnswerRow] = (),
) -> None:
    """`{"consultation", "round", "summary": {"received", "by_state", "listed", "filters", "viewer"}, "comments": [{key: value}], "endorsements": [{key: value}]}`,
    for staff also `"answers": [{key: value}]`; a comment, an endorsement, an answer a line.
    """
    columns = columns_for(summary.viewer)
    head = {"consultation": summary.consultation, "round": summary.round, "summary": summary_data(summary)}
    file.write(_bytes(head)[:-1] + b',"comments":[')
    _lines(file, rows, columns)
    file.write(b'\n],"endorsements":[')
    _lines(file, endorsements, columns_for(summary.viewer, ENDORSEMENT_COLUMNS))
    if summary.viewer != "public":
        file.write(b'\n],"answers":[')
        _lines(file, answers, columns_for(summary.viewer, ANSWER_COLUMNS))
    file.write(b"\n]}\n")


def _lines(file: BinaryIO, rows: Iterable[Cells], columns: tuple[Column, ...]) -> None:
    for number, row in enumerate(rows):
        file.write(b",\n" if number else b"\n")
        file.write(_bytes({column.key: exact(row.value(column)) for column in columns}))


def summary_data(summary: Summary) -> dict[str, Any]:
    return {
        "received": summary.received,
        "late": summary.late,
        "copies": summary.counts.copies,
        "distinct_texts": summary.counts.distinct,
        "signatories": summary.counts.signatories,
        "endorsements": summary.counts.endorsements,
        "endorsements_by_class": dict(sorted(summary.counts.endorsed_by.items())),
        "answers_only": summary.answers_only,
        "by_state": {state: summary.by_state.get(state, 0) for state in STATES},
        "listed": summary.listed,
        "filters": dict(sorted(summary.filters.items())),
        "viewer": summary.viewer,
    }


def read_comments_json(file: BinaryIO) -> Iterator[ExportRow]:
    """The rows of a file that `write_comments_json` wrote."""
    moments = {column.key: column for column in COLUMNS if column.kind == "moment"}
    for cells in json.load(file)["comments"]:
        told = {key: value_of(moments[key], cells[key] or "") for key in moments.keys() & cells.keys()}
        yield row_from(cells | told)


def _bytes(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
