"""Tracked changes are taken as accepted or as rejected: words, moves, ends of paragraphs, rows, cells, form."""

import pytest

from tests.support.word import codes, h, level, lists, p, r, read, style, table, text

HEAD = h(1, "1 A")
WHO = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'


def changed(tag: str, *content: str) -> str:
    inner = "".join(
        r(each).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ") if tag in ("del", "moveFrom") else r(each) for each in content
    )
    return f"<w:{tag} {WHO}>{inner}</w:{tag}>"


def mark(tag: str) -> str:
    return f"<w:rPr><w:{tag} {WHO}/></w:rPr>"


def both(body: str, **parts: str) -> tuple[str, str]:
    return text(read(body, **parts)).removeprefix("# 1 A\n\n"), text(read(body, tracked="rejected", **parts)).removeprefix("# 1 A\n\n")


def test_words_inserted_deleted_and_moved() -> None:
    body = HEAD + p(
        "It ", changed("del", "should"), changed("ins", "shall"), " be.", changed("moveFrom", " Away."), changed("moveTo", " Here.")
    )
    assert both(body) == ("It shall be. Here.\n", "It should be. Away.\n")


def test_an_insertion_that_was_deleted_again_is_in_neither() -> None:
    assert both(HEAD + p("x", f"<w:ins {WHO}>{changed('del', ' never')}</w:ins>")) == ("x\n", "x\n")


def test_ends_of_paragraphs_inserted_and_deleted() -> None:
    assert both(HEAD + p("One ", more=mark("del")) + p("two.")) == ("One two.\n", "One\n\ntwo.\n")
    assert both(HEAD + p("One ", more=mark("ins")) + p("two.")) == ("One\n\ntwo.\n", "One two.\n")


def test_whole_paragraphs_inserted_deleted_and_moved() -> None:
    body = (
        HEAD + p(changed("del", "Old."), more=mark("del")) + p(changed("ins", "New."), more=mark("ins"))
        + p(changed("moveTo", "Came."), more=mark("moveTo")) + p("Stays.") + p(changed("moveFrom", "Went."), more=mark("moveFrom")) + p("Last.")
    )  # fmt: skip
    assert both(body) == ("New.\n\nCame.\n\nStays.\n\nLast.\n", "Old.\n\nStays.\n\nWent.\n\nLast.\n")


def test_deleted_items_do_not_count() -> None:
    shape = lists({0: level(0, "lowerLetter", "%1)")}, {1: 0})
    body = HEAD + p("one", num=(1, 0)) + p(changed("del", "two"), num=(1, 0), more=mark("del")) + p("three", num=(1, 0))
    assert both(body, numbering=shape) == ("a) one\nb) three\n", "a) one\nb) two\nc) three\n")


def test_the_last_paragraph_may_be_deleted_whole() -> None:
    assert both(HEAD + p("x") + p(changed("del", "Gone."), more=mark("del"))) == ("x\n", "x\n\nGone.\n")


def test_rows_and_cells() -> None:
    rows = table(("Year", "Limit"), ("2025", "11 t"), ("2030", "9 t")).split("<w:tr>")
    rows[2] = f"<w:trPr><w:del {WHO}/></w:trPr>{rows[2]}"
    rows[3] = f"<w:trPr><w:ins {WHO}/></w:trPr>{rows[3]}"
    head = "| Year | Limit |\n|---|---|\n"
    assert both(HEAD + "<w:tr>".join(rows)) == (f"{head}| 2030 | 9 t |\n", f"{head}| 2025 | 11 t |\n")
    gone = f"<w:tc><w:tcPr><w:cellDel {WHO}/></w:tcPr>{p('B')}</w:tc>"
    assert both(HEAD + table(["A", gone], ["a", gone.replace("B", "b")])) == ("A\n\na\n", "| A | B |\n|---|---|\n| a | b |\n")


def test_changes_of_form_and_numbering() -> None:
    was = f'<w:pPrChange {WHO}><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>'
    assert both(HEAD + p("2 B", more=was)) == ("2 B\n", "# 2 B\n")
    bold = f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>"
    assert both(HEAD + p("x ", bold, " y")) == ("x **bold** y\n", "x bold y\n")


def test_fields_deleted_in_part_swallow_nothing() -> None:
    parts = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    body = HEAD + p("a", f"<w:del {WHO}>{parts[0]}</w:del>", parts[1], "b", parts[2], "c")
    assert both(body) == ("abc\n", "abc\n")


@pytest.mark.parametrize("tracked", ["accepted", "rejected"])
def test_how_they_were_taken_is_told_and_places_are_the_same(tracked: str) -> None:
    body = HEAD + p(changed("ins", "One."), more=mark("ins")) + p(changed("del", "Two.")) + p(r("struck", "strike"))
    found = read(body, tracked=tracked, styles=style("x", "x"))
    assert codes(found) == [f"word_changes_{tracked}", "word_struck"]
    assert found.problems[0].params == {"insertions": 1, "deletions": 1}
    assert found.problems[1].where == {"paragraph": 4}
