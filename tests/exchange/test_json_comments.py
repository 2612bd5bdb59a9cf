"""JSON: the exact record."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from consult.core.export_row import ExportRow, Summary, columns_for
from consult.exchange.json_comments import read_comments_json, write_comments_json
from tests.export_rows import patient, row, rows, summary


def written(*given: ExportRow, of: Summary | None = None) -> bytes:
    file = io.BytesIO()
    write_comments_json(file, given, of or summary())
    return file.getvalue()


@patient
@given(st.lists(rows(), max_size=4))
def test_rows_come_back_exactly(given: list[ExportRow]) -> None:
    assert list(read_comments_json(io.BytesIO(written(*given)))) == given


def test_the_summary_stands_before_the_comments() -> None:
    of = summary(viewer="public", filters={"position": "oppose", "class": "civil_society"})
    data = json.loads(written(row(), row(reference="PS3-1-0002", comment=None, late=None), of=of))
    assert [list(data), list(data["comments"][0])] == [
        ["consultation", "round", "summary", "comments", "endorsements"], [column.key for column in columns_for("public")],
    ]  # fmt: skip
    assert data["summary"] == {
        "received": 3, "by_state": {"pending": 0, "cleared": 2, "held": 0, "withheld": 1, "withdrawn": 0, "erased": 0}, "late": 0, "listed": 3,
        "copies": 0, "distinct_texts": 0, "signatories": 0, "endorsements": 0, "endorsements_by_class": {}, "answers_only": 0,
        "filters": {"class": "civil_society", "position": "oppose"}, "viewer": "public",
    }  # fmt: skip
    assert [(each["reference"], each["comment"], each["late"], each["clause_text_revision"]) for each in data["comments"]] == [
        ("PS3-1-0001", "Le délai est trop long.", False, 1), ("PS3-1-0002", None, None, 1),
    ]  # fmt: skip


def test_the_same_comments_give_the_same_bytes() -> None:
    assert written(row()) == written(row())
    assert "排放".encode() in written(row(comment="排放"))


def test_a_round_without_comments_has_an_empty_list() -> None:
    assert json.loads(written())["comments"] == []
