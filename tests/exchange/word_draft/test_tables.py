"""Tables of criteria become clauses, tables of data stay tables; heads may be in any language, repeated, or missing."""

import pytest

from tests.support.word import clauses, codes, h, level, lists, p, r, read, table, text

SHALL = "The Entity shall disclose its emissions."
RATHER = "The Entity shall also keep its records for five years."


@pytest.mark.parametrize(
    "head",
    [(), ("No.", "Requirement"), ("N°", "Exigence"), ("编号", "要求"), ("Criterion", "Text"), ("#", "Wording")],
)  # fmt: skip
def test_two_columns_are_number_and_text(head: tuple[str, ...]) -> None:
    rows = [("5.1", SHALL), ("5.2", p(RATHER) + p("a) one;") + p("b) two."))]
    found = read(h(1, "5 Gas") + table(*([head] if head else []), *rows, *([head] if head else []), ("5.3", SHALL)))
    assert text(found) == f"# 5 Gas\n\n## 5.1\n\n{SHALL}\n\n## 5.2\n\n{RATHER}\n\na) one;\nb) two.\n\n## 5.3\n\n{SHALL}\n"
    told = [(each.code, each.params["words"]) for each in found.problems]
    assert told == ([("word_table_head", " | ".join(head))] if head else [])


def test_heads_of_three_languages_in_one_table_are_all_left_out() -> None:
    heads = [("No.", "Title", "Requirement"), ("N°", "Titre", "Exigence"), ("编号", "标题", "要求")]
    found = read(h(1, "5 Gas") + table(*heads, ("5.1", "Disclosure", SHALL), *heads, ("5.2", "Records", RATHER)))
    assert [each[:2] for each in clauses(found)] == [("5", "Gas"), ("5.1", "Disclosure"), ("5.2", "Records")]
    assert found.problems[0].params == {"words": "No. | Title | Requirement | N° | Titre | Exigence | 编号 | 标题 | 要求"}


def test_heads_marked_as_such_in_unknown_words_are_left_out_too() -> None:
    found = read(h(1, "5 Gas") + table(("Koda", "Vsebina zahteve"), ("5.1", SHALL), ("5.2", RATHER), head=1))
    assert [each[0] for each in clauses(found)] == ["5", "5.1", "5.2"]
    assert codes(found) == ["word_table_head"]


def test_titles_stand_in_a_column_of_their_own_or_in_bold_or_with_the_number() -> None:
    wanted = [("5.1", "Disclosure", SHALL), ("5.2", "Records", RATHER)]
    three = table(("5.1", "Disclosure", SHALL), ("5.2", "Records", RATHER))
    bold = table(("5.1", p(r("Disclosure", "b")) + p(SHALL)), ("5.2", p(r("Records. ", "b"), RATHER)))
    beside = table(("5.1 Disclosure", SHALL), ("5.2 Records", RATHER))
    below = table((p("5.1") + p("x"), SHALL), ("5.2", RATHER))
    for each in (three, bold, beside):
        assert clauses(read(h(1, "5 Gas") + each))[1:] == wanted
    assert clauses(read(h(1, "5 Gas") + below))[1] == ("5.1", "", f"x\n\n{SHALL}")


def test_numbers_in_cells_may_be_automatic() -> None:
    shape = lists({0: level(0, "decimal", "%1", start=5) + level(1, "decimal", "%1.%2")}, {1: 0})
    body = h(1, "Gas", num=(1, 0)) + table((p("", num=(1, 1)), SHALL), (p("", num=(1, 1)), RATHER))
    assert clauses(read(body, numbering=shape)) == [("5", "Gas", ""), ("5.1", "", SHALL), ("5.2", "", RATHER)]


def test_rows_without_a_number_go_on_and_rows_over_the_whole_width_are_headings() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Environment")}</w:tc>'
    numbered = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("5 Gas")}</w:tc>'
    merged = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    found = read(table([wide], [numbered], ("5.1", SHALL), (merged, RATHER), ("5.2", SHALL), ("", RATHER)))
    assert text(found) == f"# Environment\n\n## 5 Gas\n\n### 5.1\n\n{SHALL}\n\n{RATHER}\n\n### 5.2\n\n{SHALL}\n\n{RATHER}\n"


def test_further_columns_are_added_under_their_heads() -> None:
    head = ("No.", "Requirement", "Applies to")
    found = read(h(1, "5 Gas") + table(head, ("5.1", SHALL, "Smelters"), ("5.2", RATHER, "")))
    assert clauses(found)[1] == ("5.1", "", f"{SHALL}\n\nApplies to: Smelters")
    assert codes(found) == ["word_table_head", "word_table_columns"]


def test_data_stay_a_table_whatever_figures_they_begin_with() -> None:
    data = table(("Year", "Limit"), ("2025", "11 t"), ("2030", "9 | 8 t"))
    values = table(("t CO₂e", "Share of the whole"), ("1.5", "a sixth of what was emitted"), ("7.2", "four fifths of what was emitted"))
    found = read(h(1, "5 Gas") + data + values)
    assert clauses(found)[0][2] == (
        "| Year | Limit |\n|---|---|\n| 2025 | 11 t |\n| 2030 | 9 \\| 8 t |\n\n"
        "| t CO₂e | Share of the whole |\n|---|---|\n| 1.5 | a sixth of what was emitted |\n| 7.2 | four fifths of what was emitted |"
    )
    assert [(each.code, each.where) for each in found.problems] == [("word_table_numbers", {"paragraph": 10})]


def test_a_table_of_data_becomes_clauses_by_decision() -> None:
    body = h(1, "5 Gas") + table(("x", "Short"), ("5.1", "Also short"))
    assert "| 5.1 |" in text(read(body))
    assert clauses(read(body, decisions={"4": "clause 5.1"}))[1:] == [("5.1", "Also short", "")]


def test_merged_cells_and_tables_in_cells_are_flattened_and_told() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Both")}</w:tc>'
    down = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("Down")}</w:tc>'
    on = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    inner = f"<w:tc>{p('Outer')}{table(('in', 'ner'))}{p()}</w:tc>"
    found = read(h(1, "5 Gas") + table(("A", "B", "C"), [wide, "c"], [down, "b", inner], [on, p("b1") + p("b2"), "c"]))
    assert clauses(found)[0][2] == "| A | B | C |\n|---|---|---|\n| Both |  | c |\n| Down | b | Outer in ner |\n|  | b1 b2 | c |"
    assert codes(found) == ["word_table_merged", "word_table_nested"]


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    assert clauses(read(h(1, "5 Gas") + table([p("Guidance") + p("It may.")])))[0][2] == "Guidance\n\nIt may."


def test_tables_inside_the_text_of_a_criterion_are_tables() -> None:
    inner = f"<w:tc>{p(SHALL)}{table(('Year', 'Limit'), ('2030', '9 t'))}{p()}</w:tc>"
    found = read(h(1, "5 Gas") + table(["5.1", inner], ("5.2", RATHER)))
    assert clauses(found)[1] == ("5.1", "", f"{SHALL}\n\n| Year | Limit |\n|---|---|\n| 2030 | 9 t |")
