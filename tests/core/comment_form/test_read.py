"""Filled forms and third-party tables, row by row."""

import pytest

from consult.core.comment_form import Cell, Table
from tests.support.form_world import CHINESE, TEXTS, reading, table, understood

OURS = ("Clause", "Clause title", "Current text", "Change", "Position", "Type", "Comment", "Proposed wording", "Rationale")
PREFILLED = (*OURS, "Performance Standard, version 3, draft 2", "Title of 5.1", "Title of 5.2", "Title of 5.3", "modified", "Emissions")


def test_our_form_filled_in_gives_the_rows_that_say_something() -> None:
    found = reading(
        table(
            ("Performance Standard, version 3, draft 2",), ("[performance-standard-v3/2 en performance-standard=v3-draft-2]",), (), OURS,
            ("Emissions",),
            ("5.1", "Title of 5.1", TEXTS["5.1"], "modified", "Oppose", "Technical", "Every year is too often.", "every second year", "It costs a lot."),
            ("5.2", "Title of 5.2", TEXTS["5.2"], "modified"),
            ("5.3", "Title of 5.3", TEXTS["5.3"], "", "", "", "", "Smelters shall stay below ten tonnes."),
            ("whole document", "", "", "", "Support", "", "Well done."),
        ),
        prefilled=PREFILLED,
    )  # fmt: skip
    assert understood(found) == [
        {"kind": "clause", "number": "5.1", "comment": "Every year is too often.", "proposed": "every second year", "rationale": "It costs a lot.", "position": "oppose", "type": "technical"},
        {"kind": "clause", "number": "5.3", "proposed": "Smelters shall stay below ten tonnes."},
        {"kind": "document", "comment": "Well done.", "position": "support"},
    ]  # fmt: skip
    assert found.made_for is not None
    assert (found.made_for.consultation, found.made_for.round) == ("performance-standard-v3", 2)
    assert found.lost == 0
    assert [row.row for row in found.rows] == [6, 8, 9]


ISO_NEW = (
    "MB/NC",
    "Line number",
    "Clause/ Subclause",
    "Paragraph/ Figure/ Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)
ISO_OLD = (
    "MB",
    "Clause No./ Subclause No./ Annex (e.g. 3.1)",
    "Paragraph/ List item/ Note",
    "Type of comment",
    "Comment (justification for change) by the MB",
    "Proposed change by the MB",
    "Secretariat observations on each comment submitted",
)
ISO_FR = (
    "Comité membre",
    "Article/ Paragraphe/ Annexe",
    "Alinéa/ Figure/ Tableau",
    "Type de commentaire",
    "Commentaire (justification de la modification)",
    "Modification proposée",
    "Observations du secrétariat",
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ISO_NEW, ("DE-001", "17", "5.2", "Table 1", "te", "Too strict.", "Delete “second”.", "noted")], [{"kind": "clause", "number": "5.2", "comment": "Too strict.", "proposed": "Delete “second”.", "type": "technical", "element": "Table 1 17"}]),
        ([ISO_OLD, ("CN", "_whole document", "", "ed", "Use one term.", "", "")], [{"kind": "document", "comment": "Use one term.", "type": "editorial"}]),
        ([ISO_FR, ("FR", "Annexe A", "alinéa 2", "gé", "Trop vague.", "Préciser.", "")], [{"kind": "clause", "number": "annex-a", "comment": "Trop vague.", "proposed": "Préciser.", "type": "general", "element": "alinéa 2"}]),
        ([("序号", "章节号", "原文", "修改后内容", "理由"), ("1", "5.3", CHINESE["5.3"], "应低于十吨。", "技术上可行。"), ("2", "", CHINESE["5.1"], "删除“每年”", "")], [{"kind": "clause", "number": "5.3", "proposed": "应低于十吨。", "rationale": "技术上可行。"}, {"kind": "clause", "number": "5.1", "proposed": "删除“每年”"}]),
        ([("《绩效标准》征求意见汇总处理表",), ("序号", "章条编号", "意见内容", "提出单位", "处理意见", "备注"), ("1", "第5.2条", "建议改为三年。", "某铝业公司", "采纳", "")], [{"kind": "clause", "number": "5.2", "comment": "建议改为三年。"}]),
        ([("No.", "Section", "Remarks", "Suggested change"), ("1", "Criterion 5.4", "Unclear.", "Say which steam.")], [{"kind": "clause", "number": "5.4", "comment": "Unclear.", "proposed": "Say which steam."}]),
        ([("Comment", "Clause", "Who"), ("Later.", "5.4", "Anna")], [{"kind": "clause", "number": "5.4", "comment": "Later."}]),
        ([("Item", "What we think: comment", "Reason"), ("5.4", "Later.", "Cost.")], [{"kind": "clause", "number": "5.4", "comment": "Later.", "rationale": "Cost."}]),
        ([("Clause", "Comment"), ("5.1", "One."), ("", "Two, continued."), ("5.3", "Three.")], [{"kind": "clause", "number": "5.1", "comment": "One."}, {"kind": "clause", "number": "5.1", "comment": "Two, continued."}, {"kind": "clause", "number": "5.3", "comment": "Three."}]),
        ([("Clause", "Comment"), ("77.7", "Nowhere."), ("", "")], [{"comment": "Nowhere."}]),
        ([("Clause", "Comment", "Position"), ("5.1", "", "Oppose")], [{"kind": "clause", "number": "5.1", "comment": "Oppose", "position": "oppose"}]),
        ([("Clause", "Comment", "Position"), ("5.1", "Too dear.", "Agree: but later")], [{"kind": "clause", "number": "5.1", "comment": "Too dear.", "position": "support"}]),
        ([("Clause", "Colleague", "Comment"), ("5.1", "", "One."), ("Clause", "Colleague", "Comment"), ("5.2", "", "Two.")], [{"kind": "clause", "number": "5.1", "comment": "One."}, {"kind": "clause", "number": "5.2", "comment": "Two."}]),
        ([("条款", "原文", "意见"), ("5.1", "条款内容", "建议修改为三年"), ("5.2", "", "理由不充分")], [{"kind": "clause", "number": "5.1", "comment": "建议修改为三年"}, {"kind": "clause", "number": "5.2", "comment": "理由不充分"}]),
        ([("Document", "Clause", "Comment"), ("Chain of Custody", "5.1", "Here."), ("Norme de performance", "5.1", "Là.")], [{"kind": "clause", "standard": "chain-of-custody", "number": "5.1", "comment": "Here."}, {"kind": "clause", "number": "5.1", "comment": "Là."}]),
        ([("Clause", "Comment"), ("5.1", "First table."), ("Clause", "Proposed change", "Comment"), ("5.2", "B", "A")], [{"kind": "clause", "number": "5.1", "comment": "First table."}, {"kind": "clause", "number": "5.2", "comment": "A", "proposed": "B"}]),
    ],
)  # fmt: skip
def test_tables_of_others_are_understood(rows: list[tuple[str, ...]], expected: list[dict[str, object]]) -> None:
    found = reading(table(*rows))
    assert understood(found) == expected
    assert found.lost == 0


@pytest.mark.parametrize(
    ("row", "said", "doubt"),
    [
        (("5.1", "Title of 5.1", TEXTS["5.1"] + " This sentence was added by hand.", "", "", "", ""), TEXTS["5.1"] + " This sentence was added by hand.", "edited_text"),
        (("5.1", "Title of 5.1", "This was typed over the current text, and speaks of something else: who pays?", "", "", "", ""), "who pays?", "wrong_cell"),
        (("5.1 We think that every year is far too often for a company of our size", "Title of 5.1", TEXTS["5.1"], "", "", "", ""), "far too often", "wrong_cell"),
        (("5.1", "Title of 5.1", TEXTS["5.1"], "We do not see why this was changed so late in the process.", "", "", ""), "so late in the process", "wrong_cell"),
        (("5.1", "Title of 5.1", TEXTS["5.1"], "modified", "Perhaps", "", ""), "Perhaps", "unknown_word"),
        (("5.1", "Title of 5.1", TEXTS["5.1"], "modified", "", "", "", "", "", "Written in a column to the right"), "to the right", "wrong_cell"),
    ],
)  # fmt: skip
def test_words_in_the_wrong_cell_are_kept_and_doubted(row: tuple[str, ...], said: str, doubt: str) -> None:
    found = reading(table(OURS, row), prefilled=PREFILLED)
    (one,) = found.rows
    assert (one.number, doubt in one.doubts) == ("5.1", True)
    assert said in "\n".join((one.comment, one.proposed, *(words for _, words in one.extra)))


def test_a_further_column_is_kept_beside_the_comment() -> None:
    (row,) = reading(table(("Clause", "Comment", "Colleague"), ("5.1", "Late.", "Marc agrees"))).rows
    assert (row.comment, row.extra, row.doubts) == ("Late.", (("Colleague", "Marc agrees"),), ("further_columns",))


def test_a_row_under_several_numbers_names_the_further_clauses() -> None:
    assert understood(reading(table(("Clause", "Comment"), ("5.1, 5.3 and 5.4", "All alike.")))) == [
        {"kind": "clause", "number": "5.1", "further": ("5.3", "5.4"), "comment": "All alike."}
    ]


def test_the_hint_of_our_form_beside_a_label_is_no_answer_and_does_not_hide_one() -> None:
    about = table(("Name", "optional"), ("E-mail", "anna@example.org", "optional, never published"), name="You")
    assert reading(about, prefilled=("optional", "optional, never published")).particulars == {"mail": "anna@example.org"}


def test_what_a_form_says_about_a_group_may_have_several_lines() -> None:
    given = "In the school, 12 March.\n" + "It was said. " * 60 + "Long."
    about = table(("People in the group", "about 40"), ("How, where and when", given), ("Name", "x" * 400), name="You")
    assert reading(about).particulars == {"group_people": "about 40", "group_given": given}


def test_sheets_without_a_column_for_comments_are_told_with_what_they_hold() -> None:
    found = reading(table(("Name", "Anna"), ("Country", "Guinea"), name="About you"), table(("Clause", "Comment"), ("5.1", "Yes.")))
    assert (found.particulars, found.left, len(found.rows)) == ({"name": "Anna", "country": "Guinea"}, (("About you", 4),), 1)


def test_two_documents_with_the_same_number_are_told_apart_by_their_sheets() -> None:
    rows = (("Clause", "Comment"), ("5.1", "Here."))
    found = reading(table(*rows), table(*rows, name="Chain of Custody"), table(*rows, name="Sheet3"))
    assert [(row.standard, row.doubts) for row in found.rows] == [
        ("performance-standard", ()), ("chain-of-custody", ()), ("performance-standard", ("which_document",)),
    ]  # fmt: skip


def test_a_blank_form_says_nothing() -> None:
    blank = table(OURS, ("Emissions",), *((n, f"Title of {n}", TEXTS[n], "modified") for n in ("5.1", "5.2", "5.3")), ("",))
    assert reading(blank, prefilled=PREFILLED) == reading(blank, prefilled=PREFILLED)
    assert (reading(blank, prefilled=PREFILLED).rows, reading(blank, prefilled=PREFILLED).lost) == ((), 0)


def test_no_table_at_all_gives_no_row() -> None:
    assert reading() == reading(Table("", {}))


MADE_FOR = ("[performance-standard-v3/2 en performance-standard=v3-draft-2]",)


@pytest.mark.parametrize(
    ("first", "proposed"),
    [(MADE_FOR, TEXTS["5.2"].replace("second", "third")), (("A table of our own",), "")],
)
def test_one_changed_word_beside_a_comment_is_a_proposal_in_our_form_and_a_quotation_elsewhere(
    first: tuple[str, ...], proposed: str
) -> None:
    changed = TEXTS["5.2"].replace("second", "third")
    (row,) = reading(table(first, OURS, ("5.2", "Title of 5.2", changed, "", "", "", "More time.")), prefilled=PREFILLED).rows
    assert (row.comment, row.proposed) == ("More time.", proposed)


MARK = "[performance-standard-v3/2 en performance-standard=v3-draft-2]"


def test_words_of_our_form_outside_its_table_are_shown_and_placed_nowhere() -> None:
    about = table(("About you",), ("Name", "Anna"), ("Organisation (optional)", "Mine"), ("We are twelve.",), name="About you")
    above = table(("", "", "For all our mines"), (MARK,), OURS, ("5.1", "", "", "", "", "", "Too often."))
    closing = "The window closes on 30 April 2026 at 23:59 (Europe/Paris). Send the file before then."
    prefilled = (*PREFILLED, "About you", "Name", "Organisation", closing.replace("30 April", "14 May"))
    found = reading(about, table((closing,), name="x"), above, table(("Loose",), name="Extra"), prefilled=prefilled)
    assert [(row.sheet, row.kind, row.comment) for row in found.rows] == [
        ("About you", None, "We are twelve."), ("Performance Standard", None, "For all our mines"),
        ("Performance Standard", "clause", "Too often."), ("Extra", None, "Loose"),
    ]  # fmt: skip
    assert (found.left, found.lost) == ((), 0)


def test_our_form_without_its_headings_is_read_by_what_stands_prefilled_in_it() -> None:
    rows = [(n, f"Title of {n}", TEXTS[n], "modified", "", "", f"On {n}.") for n in ("5.1", "5.2", "5.3")]
    found = reading(table((MARK,), *rows), prefilled=PREFILLED)
    assert [(row.number, row.comment, row.doubts) for row in found.rows] == [
        (n, f"On {n}.", ("wrong_cell",)) for n in ("5.1", "5.2", "5.3")
    ]


def test_the_column_of_comments_of_our_form_may_be_called_anything() -> None:
    named = tuple("What we make of it" if each == "Comment" else each for each in OURS)
    (row,) = reading(table((MARK,), named, ("5.1", "", "", "", "", "", "Too often.", "", "Cost.")), prefilled=PREFILLED).rows
    assert (row.comment, row.rationale, row.doubts) == ("Too often.", "Cost.", ())


def test_a_second_row_of_headings_says_more_of_the_first() -> None:
    heads = (("序号", "标准内容", "标准内容", "反馈意见", "反馈意见", "备注"), ("序号", "条款号", "原文", "修改意见", "理由", "备注"))
    (row,) = reading(table(*heads, ("1", "第5.2条", "", "应改为三年", "成本", "请回复"))).rows
    assert (row.number, row.comment, row.rationale, row.extra) == ("5.2", "应改为三年", "成本", (("备注", "请回复"),))


def test_a_row_with_a_serial_of_its_own_does_not_go_on_with_the_one_above() -> None:
    first, second = reading(table(("序号", "条款", "意见"), ("1", "5.2", "甲"), ("2", "", "乙"))).rows
    assert (first.number, second.kind, second.doubts) == ("5.2", None, ("no_number",))


def test_a_note_on_a_cell_is_kept_beside_the_comment_or_is_one() -> None:
    note = Cell("Ask Jun.", "note")
    rows = {
        1: {1: Cell("Clause"), 2: Cell("Comment"), 9: note},
        2: {1: Cell("5.1"), 2: Cell("Late."), 9: note},
        3: {1: Cell("5.2"), 9: note},
    }
    found = reading(Table("", rows))
    assert [(row.number, row.comment, row.extra) for row in found.rows] == [
        (None, "Ask Jun.", ()), ("5.1", "Late.", (("", "Ask Jun."),)), ("5.2", "Ask Jun.", ()),
    ]  # fmt: skip
