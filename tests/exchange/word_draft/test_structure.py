"""Clauses, groups, items and text are told apart as their authors meant them, in three languages and without styles too."""

import pytest

from tests.support.word import clauses, codes, h, level, lists, p, r, read, style, text


def test_headings_are_known_by_outline_level_style_name_or_what_they_are_based_on() -> None:
    styles = (
        style("1", "标题 1") + style("Titre2", "Titre 2") + style("Own", "Our heading", based="Heading3")
        + style("Deep", "Something", paragraph='<w:outlineLvl w:val="3"/>')
    )  # fmt: skip
    body = (
        p("环境", style="1")
        + p("5 Émissions", style="Titre2")
        + p("5.1 Divulgation", style="Own")
        + p("5.1.1 Détail", style="Deep")
        + p("Texte.")
    )
    assert text(read(body, styles=styles)) == "# 环境\n\n## 5 Émissions\n\n### 5.1 Divulgation\n\n#### 5.1.1 Détail\n\nTexte.\n"


def test_a_style_may_say_that_it_is_no_heading() -> None:
    body = p("Kept as text", style="Heading1", more='<w:outlineLvl w:val="9"/>')
    assert text(read(h(1, "1 A") + body)) == "# 1 A\n\nKept as text\n"


@pytest.mark.parametrize(
    ("typed", "label", "title"),
    [
        ("5.1 Disclosure", "5.1", "Disclosure"),
        ("5.1. Disclosure", "5.1", "Disclosure"),
        ("5.1\u00a0– Disclosure", "5.1", "Disclosure"),
        ("Criterion 5.1: Disclosure", "5.1", "Disclosure"),
        ("Critère 5.1 – Divulgation", "5.1", "Divulgation"),
        ("Principe 5 : Émissions", "5", "Émissions"),
        ("第五条 温室气体", "5", "温室气体"),
        ("第十二章　总则", "12", "总则"),
        ("第5.1条 披露", "5.1", "披露"),
        ("准则5.1 披露", "5.1", "披露"),
        ("５．１ 披露", "5.1", "披露"),
        ("5.1披露", "5.1", "披露"),
        ("一、总则", "1", "总则"),
        ("AC-2.2 Accounts", "AC-2.2", "Accounts"),
        ("Annex B: Tables", "Annex B", "Tables"),
        ("附录A 表", "附录A", "表"),
    ],
)
def test_numbers_before_headings_are_read_as_people_type_them(typed: str, label: str, title: str) -> None:
    assert clauses(read(h(1, typed) + p("x"))) == [(label, title, "x")]


@pytest.mark.parametrize("title", ["General", "III. Scope", "A. Scope", "2021 review", "Part of it all", "Section"])
def test_other_headings_are_groups(title: str) -> None:
    assert clauses(read(h(1, title) + h(2, "1 A")))[0] == ("", title, "")


def test_a_word_before_the_numbers_is_left_out_and_told_once() -> None:
    shape = lists({0: level(0, "decimal", "Principle %1") + level(1, "decimal", "Criterion %1.%2")}, {1: 0})
    found = read(h(1, "A", num=(1, 0)) + h(2, "B", num=(1, 1)) + p("x") + h(2, "C", num=(1, 1)) + p("y"), numbering=shape)
    assert [each[:2] for each in clauses(found)] == [("1", "A"), ("1.1", "B"), ("1.2", "C")]
    assert [(each.code, each.where, each.params) for each in found.problems] == [
        ("word_label_word", {"paragraph": 1}, {"words": "Principle", "count": 1}),
        ("word_label_word", {"paragraph": 2}, {"words": "Criterion", "count": 2}),
    ]


def test_a_criterion_written_into_its_heading_has_text_and_no_title() -> None:
    sentence = "The Entity shall disclose its emissions every year, and shall explain how it has reckoned them."
    assert clauses(read(h(2, f"5.1 {sentence}"))) == [("5.1", "", sentence)]
    assert clauses(read(h(2, r("5.1 Disclosure. ", "b"), r(sentence)))) == [("5.1", "Disclosure", sentence)]


def test_bold_paragraphs_with_numbers_are_clauses_without_any_style() -> None:
    body = (
        p(r("5 Greenhouse Gas", "b")) + p("About gas.") + p(r("5.1", "b"), r("\t"), r("Disclosure", "b")) + p("The Entity shall.")
        + p(r("5.2 Smelters. ", "b"), "The Entity shall keep 5.2 in mind.") + p("5.3 The Entity may.") + p(r("Annexe A – Liste", "b"))
    )  # fmt: skip
    assert text(read(body)) == (
        "# 5 Greenhouse Gas\n\nAbout gas.\n\n## 5.1 Disclosure\n\nThe Entity shall.\n\n## 5.2 Smelters\n\nThe Entity shall keep 5.2 in mind.\n\n"
        "## 5.3\n\nThe Entity may.\n\n# Annexe A Liste\n"
    )


def test_figures_at_the_beginning_of_a_sentence_are_no_numbers() -> None:
    body = h(1, "5 A") + h(2, "5.1 B") + p("5.2 million tonnes were made.") + p("12.5 % of it.") + p("2021 was dry.") + p("9.9 Elsewhere")
    found = read(body)
    assert clauses(found)[-1][2] == "5.2 million tonnes were made.\n\n12.5 % of it.\n\n2021 was dry.\n\n9.9 Elsewhere"
    assert [(each.paragraph, each.words, each.doubt, each.number) for each in found.not_understood] == [
        (3, "5.2 million tonnes were made.", "word_number_unclear", "5.1")
    ]


def test_automatic_paragraph_numbers_are_clauses_where_they_are_deep_and_items_where_not() -> None:
    outline = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")
    shape = lists({0: outline, 1: level(0, "decimal", "%1.")}, {1: 0, 2: 1})
    body = (
        p("Integrity", num=(1, 0)) + p("The Entity shall be honest in all it does, and say so.", num=(1, 1)) + p("here; and", num=(1, 2))
        + p("there.", num=(1, 2)) + p("It shall also:", num=(1, 1)) + p("one", num=(2, 0)) + p("two", num=(2, 0))
    )  # fmt: skip
    assert text(read(body, numbering=shape)) == (
        "# 1 Integrity\n\n## 1.1\n\nThe Entity shall be honest in all it does, and say so.\n\n(a) here; and\n(b) there.\n\n"
        "## 1.2\n\nIt shall also:\n\n1. one\n2. two\n"
    )


def test_a_number_used_twice_outside_headings_is_text_that_is_asked_about() -> None:
    outline = lists(
        {0: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2"), 1: level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")},
        {1: 0, 2: 1},
    )
    body = h(1, "1 A") + h(2, "1.1 B") + p("First", num=(1, 1)) + p("Second", num=(1, 1))
    found = read(body, numbering=outline)
    assert clauses(found)[-1] == ("1.2", "Second", "")
    assert clauses(found)[-2] == ("1.1", "B", "1.1 First")
    assert [(each.code, each.where) for each in found.problems if each.code.startswith("word")] == [("word_number_again", {"paragraph": 3})]


def test_items_nest_by_indentation_and_keep_their_labels() -> None:
    outline = level(0, "lowerLetter", "%1)", left=720) + level(1, "lowerRoman", "%2.", left=1440) + level(2, "bullet", "\uf0b7", left=2160)
    body = (
        h(1, "1 A") + p("It shall:") + p("do", num=(1, 0)) + p("more;", num=(1, 1)) + p("dot", num=(1, 2)) + p("goes on", left=1440)
        + p("and", num=(1, 1)) + p("be.", num=(1, 0)) + p("Note: That is all.") + p("anew", num=(2, 0))
    )  # fmt: skip
    restart = '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert text(read(body, numbering=lists({0: outline}, {1: 0, 2: restart}))) == (
        "# 1 A\n\nIt shall:\n\na) do\n   i. more;\n      - dot\n\n      goes on\n\n   ii. and\nb) be.\n\nNote: That is all.\n\na) anew\n"
    )


def test_items_typed_by_hand_are_items_with_breaks_between_them_too() -> None:
    body = (
        h(1, "1 A")
        + p(r("It shall:"), "<w:r><w:br/></w:r>", "a) do;", "<w:r><w:br/></w:r>", "b) be.")
        + p("– dash")
        + p("• dot")
        + p("（c） wide")
    )
    assert clauses(read(body))[0][2] == "It shall:\n\na) do;\nb) be.\n- dash\n- dot\n（c） wide"


def test_labels_that_drafts_do_not_know_stand_in_the_text() -> None:
    shape = lists({0: level(0, "chineseCounting", "（%1）"), 1: level(0, "decimalEnclosedCircle", "%1")}, {1: 0, 2: 1})
    assert clauses(read(h(1, "1 A") + p("甲", num=(1, 0)) + p("乙", num=(2, 0)), numbering=shape))[0][2] == "（一） 甲\n\n① 乙"


def test_a_heading_style_used_for_items_makes_items() -> None:
    shape = lists({0: level(0, "lowerLetter", "%1)")}, {1: 0})
    assert clauses(read(h(1, "1 A") + h(4, "do;", num=(1, 0)) + h(4, "be.", num=(1, 0)), numbering=shape)) == [("1", "A", "a) do;\nb) be.")]


def test_the_title_is_no_clause_and_the_contents_are_left_out() -> None:
    contents = p("5 Gas ........ 3", style="TOC1")
    body = p("Performance Standard", style="Title") + contents + contents + h(1, "5 Gas") + p("x")
    found = read(body, styles=style("Title", "Title") + style("TOC1", "toc 1"))
    assert text(found) == "# 5 Gas\n\nx\n"
    assert [(each.code, each.params) for each in found.problems] == [
        ("word_contents", {"count": 2}), ("word_title", {"words": "Performance Standard"}),
    ]  # fmt: skip


def test_a_bold_line_that_may_be_a_heading_is_asked_about() -> None:
    found = read(h(1, "1 A") + p(r("Scope of this", "b")) + p(r("Bold sentence.", "b")) + p("x"))
    assert clauses(found)[0][2] == "Scope of this\n\nBold sentence.\n\nx"
    assert [(each.words, each.doubt) for each in found.not_understood] == [("Scope of this", "word_bold_line")]


def test_groups_that_begin_like_a_number_by_decision_stay_groups() -> None:
    found = read(h(1, "5 things") + h(2, "5.1 A"), decisions={"1": "group"})
    assert text(found) == "# \\5 things\n\n## 5.1 A\n"
    assert clauses(found)[0][:2] == ("", "5 things")


def test_decisions_say_what_a_paragraph_is_by_number_or_by_key() -> None:
    body = (
        h(1, "5 Gas")
        + p(r("Disclosure", "b"))
        + p("The Entity shall.")
        + p("Loose heading")
        + p("Gone")
        + h(2, "Not a heading")
        + p("5.9 Last")
    )
    first = read(body)
    key = next(each.key for each in first.passages if each.words == "Disclosure")
    said = {key: "clause 5.1", "3": "text", "4": "group", "5": "left out", "6": "text", "7": "clause 5.2 Told"}
    found = read(body, decisions=said)
    assert text(found) == "# 5 Gas\n\n## 5.1 Disclosure\n\nThe Entity shall.\n\n# Loose heading\n\nNot a heading\n\n## 5.2 Told\n\nLast\n"
    assert [(each.code, each.params) for each in found.problems if each.grade == "warning"] == [("word_left_out", {"words": "Gone"})]
    assert found.not_understood == ()


def test_decisions_about_what_is_not_there_or_means_nothing_are_told() -> None:
    found = read(h(1, "1 A") + p("x"), decisions={"99": "text", "abc": "group", "2": "clause five", "1": "nonsense"})
    assert codes(found) == ["word_decision_lost", "word_decision_lost", "word_decision_unclear", "word_decision_unclear"]
    assert text(found) == "# 1 A\n\nx\n"


def test_keys_stay_when_text_is_added_elsewhere_and_tell_equal_words_apart() -> None:
    before = {each.words: each.key for each in read(h(1, "1 A") + p("x y") + p("z")).passages}
    after = read(h(1, "1 A") + p("new") + p("x  y") + p("z") + p("z")).passages
    assert [each.key for each in after if each.words == "x y"] == [before["x y"]]
    assert [each.key for each in after if each.words == "z"] == [before["z"], f"{before['z']}-2"]


def test_numbers_that_occur_twice_are_errors_with_both_paragraphs() -> None:
    found = read(h(1, "1 A") + p("x") + h(1, "1 B") + p("y"))
    problem = next(each for each in found.problems if each.code == "duplicate_number")
    assert (problem.grade, problem.where["paragraph"], problem.params["first_line"]) == ("error", 3, 1)


def test_a_file_without_clauses_is_an_error() -> None:
    assert codes(read(p("Only text."))) == ["text_before_heading", "no_clauses"]


def test_titles_are_words_without_marks() -> None:
    title = ("5.1 *Gas* & ", r("re", "i"), r("port", "b"), " [x](y) C #")
    assert clauses(read(h(1, *title) + p("x")))[0][:2] == ("5.1", "*Gas* & report [x](y) C\u00a0#")
