"""Every visible word of a file stands in the draft, in its assets, or in what is told: counted over documents made by chance."""

import io
import re
import unicodedata
from collections import Counter

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consult.core.render import plain_text
from consult.exchange.word_draft import read_word_draft
from consult.exchange.word_draft.inside import read as read_inside
from tests.support.examples import examples
from tests.support.office_files import NAMESPACES, word_file
from tests.support.word import META, STYLES, level, lists, p, r, style, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHAPES = lists(
    {
        0: level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)"),
        1: level(0, "chineseCounting", "（%1）"),
    },
    {1: 0, 2: 1},
)
NOTES = "".join(f'<w:footnote w:id="{n}">{p(f"footnote{n} words")}</w:footnote>' for n in range(3))
WORDS = st.sampled_from(
    ["5.1", "5.2 Alpha", "Beta*", "_gamma_", "[x](y)", "a) delta", "•", "– epsilon", "# zeta", "| eta |", "披露", "第三条 排放", "Annex A", "(1)", "CO", "---",
     "Limit:", "shall.", "12 %", "`code`", "<b>", "&amp;", "1. one", "\\", "No.", "Requirement", "étiquette", "é", "𠮷"]
)  # fmt: skip
RUNS = st.builds(
    lambda words, on: r(" ".join(words) + " ", *on),
    st.lists(WORDS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["b", "i", "vanish", "strike"]), max_size=2, unique=True),
)
MARKS = st.sampled_from(
    ["<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", '<w:r><w:footnoteReference w:id="1"/></w:r>', f"<w:ins>{r('inserted ')}</w:ins>",
     "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>", "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("boxed 5.9")
     + "</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r>"]
)  # fmt: skip
PARAGRAPHS = st.builds(
    lambda content, named, num, more: p(*content, style=named, num=num, more=more),
    st.lists(st.one_of(RUNS, RUNS, RUNS, MARKS), max_size=4),
    st.sampled_from(["", "", "", "Heading1", "Heading2", "Title", "Caption"]),
    st.sampled_from([None, None, (1, 0), (1, 1), (1, 2), (2, 0)]),
    st.sampled_from(["", "", "", "<w:rPr><w:del/></w:rPr>", '<w:ind w:left="900"/>']),
)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(PARAGRAPHS, min_size=width, max_size=width), min_size=1, max_size=4).map(lambda rows: table(*rows))
)
BODIES = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=10)


def letters(text: str) -> Counter[str]:
    """Letters and figures only: marks are the matter of Markdown."""
    return Counter(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def visible(body: str) -> str:
    """Everything a reader of Word sees with all changes accepted, numbers and notes apart, and hidden text too, for that is told."""
    root = etree.fromstring(f"<w:body {NAMESPACES}>{body}</w:body>")
    return " ".join(each.text or "" for each in root.iter(W + "t") if next(each.iterancestors(W + "del"), None) is None)


@examples(150)
@given(BODIES)
def test_every_letter_lands_in_the_draft_or_is_told(blocks: list[str]) -> None:
    body = "".join(blocks)
    data = word_file(body, styles=STYLES + style("Title", "Title") + style("Caption", "caption"), numbering=SHAPES, footnotes=NOTES)
    value = read_inside(data, tracked="accepted", decisions={}).value
    told = [str(each["params"].get("words", "")) for each in value["problems"]]
    lines = value["markdown"].split("\n")
    titles = " ".join(line for line in lines if re.match("#{1,6} |#{1,6}$", line))
    rest = "\n".join("" if re.match("#{1,6} |#{1,6}$", line) else line for line in lines)
    found = letters(titles) + letters(plain_text(rest)) + letters(" ".join(told))
    assert letters(visible(body)) - found == Counter()
    assert len(value["lines"]) == value["markdown"].count("\n")


@examples(60)
@given(BODIES)
def test_whatever_is_in_it_both_readings_end_and_count_the_same_paragraphs(blocks: list[str]) -> None:
    data = word_file("".join(blocks), styles=STYLES, numbering=SHAPES, footnotes=NOTES)
    counts = [read_inside(data, tracked=tracked, decisions={}).value["counts"]["paragraphs"] for tracked in ("accepted", "rejected")]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("tracked", ["accepted", "rejected"])
def test_a_file_of_python_docx_with_everything_it_can_make_is_read_whole(tracked: str) -> None:
    document = docx.Document()
    document.add_heading("Norme de performance", 0)
    document.add_heading("Environnement et gouvernance", 1)
    document.add_heading("5 Émissions de gaz à effet de serre", 2)
    for named in ("List Bullet", "List Number", "Quote", "Intense Quote", "Caption", "List Bullet 2", "Body Text"):
        document.add_paragraph(f"Le texte de la norme est dans {named}.", style=named)
    document.add_page_break()
    drawn = document.add_table(2, 2, style="Table Grid")
    drawn.cell(0, 0).merge(drawn.cell(0, 1)).text = "Fusionnée"
    drawn.cell(1, 0).text, drawn.cell(1, 1).text = "2030", "9 t"
    document.sections[0].header.paragraphs[0].text = "En-tête"
    out = io.BytesIO()
    document.save(out)
    found = read_word_draft(out.getvalue(), meta={**META, "language": ""}, tracked=tracked)  # type: ignore[arg-type]
    assert found.draft is not None
    assert (found.draft.language, found.draft.clauses[1].label) == ("fr", "5")
    assert found.draft.clauses[1].text == (
        "- Le texte de la norme est dans List Bullet.\n1. Le texte de la norme est dans List Number.\n\nLe texte de la norme est dans Quote.\n\nLe texte de la norme est dans Intense Quote.\n\nLe texte de la norme est dans Caption.\n\n"
        "- Le texte de la norme est dans List Bullet 2.\n\nLe texte de la norme est dans Body Text.\n\n| Fusionnée |  |\n|---|---|\n| 2030 | 9 t |"
    )
