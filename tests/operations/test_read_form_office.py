"""A form with 43 rows filled in LibreOffice and damaged as people and programs damage forms: none of its rows is lost."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.core.comment_form import FormReading
from consult.core.problem import Refused
from consult.exchange.form_tables import read_form_tables_of
from consult.exchange.form_xlsx import form_xlsx
from consult.mail.message import in_language
from consult.operations.read_form import read_filled_form
from consult.queries.comment_form import form_source
from consult.wording.comment_form import blank_form
from tests.support.demo import CONSULTATION
from tests.support.html import Page
from tests.support.office import damaged, edited
from tests.support.sent_files import sent

ROWS = 43
NUMBER, TITLE, CURRENT, CHANGE, POSITION, TYPE, COMMENT, PROPOSED, RATIONALE = range(9)
Step = Sequence[object]


def read(data: bytes, app: Flask) -> FormReading:
    languages = app.config["SETTINGS"].languages
    return read_filled_form(data, "form.xlsx", consultation_slug=CONSULTATION, number=2, languages=languages, body=app.config["BODY"])


def said(at: int) -> str:
    return f"Remarque {at:02d} : trop strict pour nous."


def filling(rows: list[tuple[int, str]]) -> list[Step]:
    """What its author writes, before anything is moved: row (from 0) and number of 41 clauses, two free rows, a further table."""
    steps: list[Step] = []
    for at, (row, number) in enumerate(rows):
        column = {3: TITLE, 4: CHANGE, 5: PROPOSED, 6: RATIONALE, 7: TYPE, 8: POSITION, 9: 10}.get(at, COMMENT)
        steps.append(("write", 1, row, column, said(at)))
        if at % 3 == 0:
            steps.append(("write", 1, row, POSITION, "Favorable"))
        spelling = {11: f"Critère {number}", 12: f"{number} (b)", 13: f"准则{number}", 14: f"{number}.", 15: ""}
        if at in spelling:
            steps.append(("write", 1, row, NUMBER, spelling[at]))
        if at == 16:
            steps.append(("type", 1, row, NUMBER, number))
    return steps


DAMAGE: list[Step] = [
    ("insert_column", 1, 0), ("write", 1, 3, 0, "Collègue"), ("write", 1, 4, 0, "Marc"), ("write", 1, 3, 1, "N° d’article"),
    ("write", 1, 3, 1 + COMMENT, "Vos remarques"), ("write", 1, 3, 1 + PROPOSED, "建议修改为"), ("insert_column", 1, 2),
    ("move_column", 1, 2 + RATIONALE, 14), ("insert_row", 1, 5), ("rename", 1, "Feuille de Marc"), ("add_sheet", "Divers"),
    ("write", 3, 0, 0, "Article"), ("write", 3, 0, 1, "Commentaire"), ("write", 3, 1, 0, "5.2"), ("write", 3, 1, 1, said(41)),
    ("write", 3, 2, 0, "nulle part"), ("write", 3, 2, 1, said(42)), ("merge", 1, 1, 0, 1, 3),
]  # fmt: skip


@pytest.fixture
def blank(demo_reader: Flask) -> bytes:
    with demo_reader.app_context():
        source = form_source(consultation_slug=CONSULTATION, number=2, language="fr")
        assert source is not None
        with in_language("fr"):
            return form_xlsx(blank_form(source, language="fr", body=demo_reader.config["BODY"]), dated=source.window.opens)


def test_none_of_43_rows_is_lost(
    demo_reader: Flask, demo_app: Flask, as_who: Callable[..., FlaskClient], blank: bytes, tmp_path: Path
) -> None:
    (sheet,) = (each for each in read_form_tables_of(blank, "form.xlsx") if len(each.rows) > ROWS)
    rows = [(row - 1, cells[1].said) for row, cells in sorted(sheet.rows.items()) if row > 4 and {1, 3} <= set(cells)][: ROWS - 2]
    file = tmp_path / "form.xlsx"
    file.write_bytes(blank)
    data = damaged(edited(file, [*filling(rows), ("add_sheet", "Encore"), *DAMAGE]).read_bytes())
    with demo_reader.app_context():
        begun = time.monotonic()
        found = read(data, demo_reader)
        taken = time.monotonic() - begun
    texts = ["\n".join((*row.said, *(words for _, words in row.extra))) for row in found.rows]
    assert Counter(at for at in range(ROWS) for text in texts if said(at) in text) == Counter(range(ROWS))
    assert found.lost == 0
    placed = {at: row.number for at in range(ROWS) for row, text in zip(found.rows, texts, strict=True) if said(at) in text}
    assert placed == {**{at: number for at, (_, number) in enumerate(rows)}, 41: "5.2", 42: None}
    assert taken < 10
    client = as_who(demo_app)
    page = Page(client.get(sent(client, data, "Marc.xlsx")).text).root.text
    assert [at for at in range(ROWS) if page.count(said(at)) != 1] == []
    assert f"{sum(row.placed for row in found.rows)} of {len(found.rows)} rows placed." in " ".join(page.split())


def test_an_unchanged_form_of_another_round_or_consultation_says_nothing_and_what_was_written_into_it_says_so(demo_reader: Flask) -> None:
    """Its texts, titles and labels of changes are prefilled, though not the ones of this round."""
    for slug, number, doubts, kind in (
        (CONSULTATION, 1, ("older_form",), "clause"),
        ("chain-of-custody-v2", 1, ("other_consultation",), None),
    ):
        with demo_reader.app_context():
            source = form_source(consultation_slug=slug, number=number, language="fr")
            assert source is not None
            with in_language("fr"):
                form = blank_form(source, language="fr", body=demo_reader.config["BODY"])
            blank = form_xlsx(form, dated=source.window.opens)
            assert read(blank, demo_reader).rows == ()
            rows = tuple(replace(row, comment="Trop strict.") if row.number == "5.1" else row for row in form.sheets[0].rows)
            filled = form_xlsx(replace(form, sheets=(replace(form.sheets[0], rows=rows),)), dated=source.window.opens)
            assert [(row.kind, row.comment, row.doubts) for row in read(filled, demo_reader).rows] == [(kind, "Trop strict.", doubts)]


def test_a_letter_is_not_told_as_a_form_without_comments(demo_reader: Flask) -> None:
    with demo_reader.app_context(), pytest.raises(Refused) as refused:
        read(b"Dear secretariat,\nwe are against all of it.\n", demo_reader)
    assert [each.code for each in refused.value.problems] == ["no_comment_table"]
