"""Numbers as people write them, and the clause each of them means."""

from datetime import date

import pytest

from consult.core.comment_form.place import Placed, Places
from tests.support.form_world import CHINESE, KNOWN, TEXTS, Written, cell

PS = "performance-standard"


def clause(number: str, *further: str, doubts: tuple[str, ...] = (), standard: str = PS) -> Placed:
    return Placed("clause", standard, number, None, further, doubts)


@pytest.mark.parametrize(
    ("written", "placed"),
    [
        ("5.2", clause("5.2")),
        (5.2, clause("5.2")),
        ("  5.2. ", clause("5.2")),
        ("５．２", clause("5.2")),
        ("5.2 (b)", clause("5.2")),
        ("5.2(b)", clause("5.2")),
        ("5.2 b)", clause("5.2")),
        ("5.2.b", clause("5.2")),
        ("Criterion 5.2", clause("5.2")),
        ("Clause No. 5.2", clause("5.2")),
        ("§ 5.2", clause("5.2")),
        ("Critère 5.2", clause("5.2")),
        ("article n° 5.2", clause("5.2")),
        ("准则5.2", clause("5.2")),
        ("第5.2条", clause("5.2")),
        ("第 5 章", clause("5")),
        ("5.2 Reduction plan", clause("5.2")),
        ("05.02", clause("5.2")),
        ("5,2", clause("5.2")),
        ("5。2", clause("5.2")),
        ("5 .2", clause("5.2")),
        ("5-2", clause("5.2")),
        ("Annex A", clause("annex-a")),
        ("Annexe A", clause("annex-a")),
        ("附录A", clause("annex-a")),
        ("5.1, 5.3", clause("5.1", "5.3", doubts=("further_clauses",))),
        ("5.1 and 5.3", clause("5.1", "5.3", doubts=("further_clauses",))),
        ("5.1、5.3", clause("5.1", "5.3", doubts=("further_clauses",))),
        ("5.1-5.4", clause("5.1", "5.2", "5.3", "5.4", doubts=("further_clauses",))),
        ("5.1 – 5.3", clause("5.1", "5.2", "5.3", doubts=("further_clauses",))),
        ("5.1 to 5.3", clause("5.1", "5.2", "5.3", doubts=("further_clauses",))),
        ("5.1 à 5.3", clause("5.1", "5.2", "5.3", doubts=("further_clauses",))),
        ("5.1至5.3", clause("5.1", "5.2", "5.3", doubts=("further_clauses",))),
        (2.1, clause("2.1", doubts=("zero_lost",))),
        ("2.1", clause("2.1")),
        ("2.10", clause("2.10")),
        (date(2026, 2, 5), clause("5.2", doubts=("was_a_date",))),
        (date(2026, 5, 2), clause("5.2", doubts=("was_a_date",))),
        (date(2026, 2, 6), clause("6.2", doubts=("was_a_date",))),
        ("8.4", clause("5.3", "5.4", doubts=("older_number", "further_clauses"))),
        ("9.1", Placed("removed", PS, "9.1", "v2", (), ("older_number",))),
        ("whole document", Placed("document", PS)),
        ("_whole document", Placed("document", PS)),
        ("General", Placed("document", PS)),
        ("Ensemble du document", Placed("document", PS)),
        ("Généralités", Placed("document", PS)),
        ("全文", Placed("document", PS)),
        ("new after 5.4", Placed("new", PS, "5.4")),
        ("New criterion after 5.4", Placed("new", PS, "5.4")),
        ("nouvel article après 5.4", Placed("new", PS, "5.4")),
        ("新增条款（在5.4之后）", Placed("new", PS, "5.4")),
        ("process", Placed("process")),
        ("the consultation itself", Placed("process")),
        ("77.7", Placed(None, doubts=("unknown_number",))),
        ("somewhere", Placed(None, doubts=("unknown_number",))),
        (None, Placed(None, doubts=("no_number",))),
    ],
)  # fmt: skip
def test_a_number_in_any_spelling_is_its_clause(written: Written, placed: Placed) -> None:
    assert Places(KNOWN).place(cell(written), standard=PS) == placed


@pytest.mark.parametrize(
    ("number", "title", "current", "standard", "placed"),
    [
        ("", "", TEXTS["5.3"], PS, clause("5.3", doubts=("by_text",))),
        ("", "", TEXTS["5.3"].replace("eleven", "nine"), None, clause("5.3", doubts=("by_text",))),
        ("", "", CHINESE["5.3"], None, clause("5.3", doubts=("by_text",))),
        ("", "Title of 5.4", "", PS, clause("5.4", doubts=("by_title",))),
        ("5.1", "", TEXTS["5.3"], PS, clause("5.3", doubts=("text_of_other_clause",))),
        ("5.1", "", "nothing like any clause of ours at all", PS, clause("5.1")),
        ("5.1", "", "", "chain-of-custody", clause("5.1", standard="chain-of-custody")),
        ("5.1", "", "", None, clause("5.1", doubts=("which_document",))),
        ("7.1", "", "", None, clause("7.1", standard="chain-of-custody")),
        ("whole document", "", "", None, Placed(None, doubts=("which_document",))),
    ],
)
def test_text_and_title_beside_a_number_help(number: str, title: str, current: str, standard: str | None, placed: Placed) -> None:
    assert Places(KNOWN).place(cell(number), title=title, current=current, standard=standard) == placed


def test_a_form_made_for_an_older_draft_speaks_of_its_numbers() -> None:
    assert Places(KNOWN, {PS: "v2"}).place(cell("5.1"), standard=PS) == clause("5.2", doubts=("older_number",))
    assert Places(KNOWN, {PS: "v3-draft-2"}).place(cell("5.1"), standard=PS) == clause("5.1")


@pytest.mark.parametrize(
    ("name", "standard"),
    [("Performance Standard", PS), ("绩效标准", PS), ("performance-standard", PS), ("Copy of Performance Standard (2)", PS), ("Norme de performance", PS),
     ("Chain of Custody", "chain-of-custody"), ("Sheet1", None), ("", None)],
)  # fmt: skip
def test_a_sheet_is_known_by_its_document(name: str, standard: str | None) -> None:
    assert Places(KNOWN).document(name) == standard
