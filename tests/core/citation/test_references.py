"""References in clause texts: what is found, what is not, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.citation import Book, Shelf, find_references

NUMBERS = ("1", "2", "2.4", "3", "4", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "6", "8", "8.7", "10", "12", "2020", "annex-a", "annex-b")
OWN = Book("performance-standard", ("Performance Standard", "Norme de performance", "绩效标准"), NUMBERS, ("v2", "v3"))
OTHER = Book(
    "chain-of-custody", ("Chain of Custody Standard", "Norme de chaîne de contrôle", "监管链标准"), ("4", "9.8", "annex-a"), ("v1",)
)
GUIDE = Book("guide", ("Performance Standard Guidance",), ("g5", "g5.1"), ())
SHELF = Shelf(OWN, (OTHER, GUIDE))
CONTROLS = Shelf(Book("controls", ("Controls",), ("ac-2", "ac-2-1-", "ac-3", "id.am-1", "v1.2"), ()))


def found(text: str, language: str, shelf: Shelf = SHELF) -> list[tuple[str, str]]:
    return [
        (text[each.start : each.end], each.number if each.standard == shelf.own.standard else f"{each.standard} {each.number}")
        for each in find_references(text, language, shelf)
    ]


OWN_CASES = [
    ("en", "in accordance with criterion 5.2.", [("criterion 5.2", "5.2")]),
    ("en", "Criteria 5.1 and 5.3 apply.", [("Criteria 5.1", "5.1"), ("5.3", "5.3")]),
    ("en", "criteria 5.1, 5.2 and 5.4", [("criteria 5.1", "5.1"), ("5.2", "5.2"), ("5.4", "5.4")]),
    ("en", "criteria 5.2 to 5.4", [("criteria 5.2", "5.2"), ("", "5.3"), ("5.4", "5.4")]),
    ("en", "criteria 5.2–5.4", [("criteria 5.2", "5.2"), ("", "5.3"), ("5.4", "5.4")]),
    ("en", "principle 5 and section 8", [("principle 5", "5"), ("section 8", "8")]),
    ("en", "see Annex A, and annexes A and B", [("Annex A", "annex-a"), ("annexes A", "annex-a"), ("B", "annex-b")]),
    ("en", "criterion 5.2(b) applies", [("criterion 5.2(b)", "5.2")]),
    ("en", "criterion\u00a05.2", [("criterion\u00a05.2", "5.2")]),
    ("en", "criterion\n5.2", [("criterion\n5.2", "5.2")]),
    ("en", "criterion **5.2** of this standard", [("criterion **5.2", "5.2")]),
    ("en", "the limit (see 5.2)", [("5.2", "5.2")]),
    ("en", "criterion 8.7 of the Performance Standard", [("criterion 8.7", "8.7")]),
    ("fr", "conformément au critère 5.2 ;", [("critère 5.2", "5.2")]),
    ("fr", "les critères 5.1 à 5.3", [("critères 5.1", "5.1"), ("", "5.2"), ("5.3", "5.3")]),
    ("fr", "les critères 5.1, 5.2 et 5.4", [("critères 5.1", "5.1"), ("5.2", "5.2"), ("5.4", "5.4")]),
    ("fr", "prévu à l’annexe A et à l’article 5.2", [("annexe A", "annex-a"), ("article 5.2", "5.2")]),
    ("fr", "le principe\u00a05 de la présente norme", [("principe\u00a05", "5")]),
    ("fr", "les rapports du critère 5.1 des deux années", [("critère 5.1", "5.1")]),
    ("zh", "按照准则5.2的要求", [("准则5.2", "5.2")]),
    ("zh", "准则5.1、5.2和5.4", [("准则5.1", "5.1"), ("5.2", "5.2"), ("5.4", "5.4")]),
    ("zh", "准则5.1至5.3", [("准则5.1", "5.1"), ("", "5.2"), ("5.3", "5.3")]),
    ("zh", "原则5、第8章、附录A、见5.2。", [("原则5", "5"), ("第8章", "8"), ("附录A", "annex-a"), ("5.2", "5.2")]),
    ("zh", "符合5.2的要求", [("5.2", "5.2")]),
    ("zh", "（准则 5.2）", [("准则 5.2", "5.2")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), OWN_CASES)
def test_clauses_of_the_same_standard_are_found(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


OTHER_CASES = [
    ("en", "criterion 9.8 of the Chain of Custody Standard", [("criterion 9.8", "chain-of-custody 9.8")]),
    ("en", "criterion 9.8 (conflict) of the ASI Chain of Custody Standard", [("criterion 9.8", "chain-of-custody 9.8")]),
    ("en", "the Chain of Custody Standard, section 4", [("section 4", "chain-of-custody 4")]),
    ("en", "section G5.1 of the Performance Standard Guidance", [("section G5.1", "guide g5.1")]),
    ("fr", "critère 9.8 de la Norme de chaîne de contrôle", [("critère 9.8", "chain-of-custody 9.8")]),
    ("fr", "annexe A de la norme de chaîne de\u00a0contrôle", [("annexe A", "chain-of-custody annex-a")]),
    ("zh", "《监管链标准》准则9.8", [("准则9.8", "chain-of-custody 9.8")]),
    ("zh", "《ASI监管链标准》（第1版）的准则9.8所述", [("准则9.8", "chain-of-custody 9.8")]),
    ("zh", "《监管链标准》第4章", [("第4章", "chain-of-custody 4")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHER_CASES)
def test_clauses_of_other_standards_are_found_by_their_titles(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "less than 5.2 t CO₂e"),
        ("en", "criterion 5.2 t"),
        ("en", "see 5.2 t of aluminium"),
        ("en", "on 5 March 2020"),
        ("en", "criteria of 2020"),
        ("en", "version 2 of this text"),
        ("en", "ISO 14064-1 and ISO 14001, section 5.2"),
        ("en", "Article 12 of the Directive"),
        ("en", "section 5 of Regulation (EU) 2017/821"),
        ("en", "annex A of ISO 14064-1"),
        ("en", "criterion 5.2 of the Irrigation Standard"),
        ("en", "Performance Standard 5 of the International Finance Corporation"),
        ("en", "criterion 7.9"),
        ("en", "criterion 9.9 of the Chain of Custody Standard"),
        ("en", "an annex a reader needs"),
        ("en", "`criterion 5.2`"),
        ("en", "[criterion 5.2](https://example.org/)"),
        ("en", "```\ncriterion 5.2\n```"),
        ("en", "# criterion 5.2"),
        ("fr", "article 12 de la loi"),
        ("fr", "l’article 5 du règlement (UE) 2017/821"),
        ("fr", "section 5.2 de la norme ISO 14001"),
        ("fr", "moins de 5.2 t"),
        ("fr", "voir 5 annexes"),
        ("zh", "第12条"),
        ("zh", "《京都议定书》附录B"),
        ("zh", "国际劳工组织第87号公约"),
        ("zh", "11项原则，5年内"),
        ("zh", "原则5年"),
        ("zh", "ISO 14001的准则5.2"),
        ("zh", "不超过5.2吨"),
    ],
)
def test_figures_dates_and_norms_of_others_are_no_references(language: str, text: str) -> None:
    assert found(text, language) == []


def test_only_the_clause_numbers_of_a_mixed_sentence_are_found() -> None:
    text = "Under criterion 5.1 and within 30 days, figures of 5.2 t, verified as in ISO 14064-3 and criterion 5.3, are published by 2020."
    assert found(text, "en") == [("criterion 5.1", "5.1"), ("criterion 5.3", "5.3")]


def test_a_list_ends_where_a_quantity_follows() -> None:
    assert found("criteria 5.1 and 5 days later", "en") == [("criteria 5.1", "5.1")]
    assert found("准则5.1和5天内", "zh") == [("准则5.1", "5.1")]


def test_identifiers_with_letters_need_no_leading_word() -> None:
    text = "As in AC-2, AC-2(1), ID.AM-1 and V1.2; not AC-9, nor CO-2."
    assert found(text, "en", CONTROLS) == [("AC-2", "ac-2"), ("AC-2(1)", "ac-2-1-"), ("ID.AM-1", "id.am-1"), ("V1.2", "v1.2")]


def test_an_item_of_a_control_leads_to_the_control() -> None:
    assert found("control AC-3(b)", "en", CONTROLS) == [("control AC-3(b)", "ac-3")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "criterion 9.8 of the Chain of Custody Standard (version 1)"),
        ("en", "criterion 9.8 of the Chain of Custody Standard V1"),
        ("fr", "critère 9.8 de la Norme de chaîne de contrôle (version 1)"),
        ("zh", "《监管链标准》第1版准则9.8"),
    ],
)
def test_the_version_that_a_text_names_is_kept(language: str, text: str) -> None:
    assert [(each.standard, each.number, each.version) for each in find_references(text, language, SHELF)] == [
        ("chain-of-custody", "9.8", "v1")
    ]


def test_a_version_that_does_not_exist_is_not_kept() -> None:
    assert [each.version for each in find_references("criterion 9.8 of the Chain of Custody Standard V7", "en", SHELF)] == [""]


def test_a_language_without_words_of_its_own_is_read_with_all_of_them() -> None:
    assert found("Critère 5.1, criterion 5.2", "xx") == [("Critère 5.1", "5.1"), ("criterion 5.2", "5.2")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The policy shall cover the following topics of the Chain of Custody Standard:\n\na) one (section 4); and\nb) two (criterion 9.8).",
        ),
        ("fr", "thèmes suivants de la Norme de chaîne de contrôle\u00a0:\n\na) un (section 4)\u00a0;\nb) deux (critère 9.8)."),
        ("zh", "方针应涵盖《监管链标准》的下列主题：\n\na) 一（第4章）；\nb) 二（准则9.8）。"),
    ],
)
def test_a_list_announced_with_the_title_of_a_standard_speaks_of_that_standard(language: str, text: str) -> None:
    after = text + "\n\nSection 4, section 4, 第4章." if language != "zh" else text + "\n\n第4章"
    targets = [(each.standard, each.number) for each in find_references(after, language, SHELF)]
    assert targets[:2] == [("chain-of-custody", "4"), ("chain-of-custody", "9.8")]
    assert set(targets[2:]) == {("performance-standard", "4")}


def test_a_document_whose_title_names_a_standard_speaks_of_its_clauses() -> None:
    guide = Shelf(Book("guide", ("Guidance to the Performance Standard",), ("g5", "5.5")), (OWN, OTHER))
    text = "See principle 5; criterion 5.5 here, and criterion 5.1 of this guidance."
    assert [(each.standard, each.number) for each in find_references(text, "en", guide)] == [
        ("performance-standard", "5"),
        ("guide", "5.5"),
    ]


def test_tables_and_items_are_read_too() -> None:
    text = "a) as in criterion 5.1; and\n\n| Step | Source |\n|---|---|\n| One | criterion 5.2 |"
    assert found(text, "en") == [("criterion 5.1", "5.1"), ("criterion 5.2", "5.2")]


WORDS = st.sampled_from(
    ["criterion ", "criteria ", "annexe ", "准则", "第", "章", "《", "》", "绩效标准", "5.2", "5.1", " to ", " and ", "、", "至", "**", "`", "[", "](x)",
     "|", "\n", "\\", "A", "(b)", " t", "Performance Standard", " of the ", ",", "\u00a0", "AC-2"]
)  # fmt: skip


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=30).map("".join), st.sampled_from(["en", "fr", "zh", "xx"]))
def test_any_text_is_read_and_every_span_lies_in_it_apart_from_the_others(text: str, language: str) -> None:
    at = 0
    for each in find_references(text, language, SHELF):
        assert at <= each.start <= each.end <= len(text)
        assert each.number in {*OWN.numbers, *OTHER.numbers, *GUIDE.numbers}
        shown = text[each.start : each.end]
        assert not shown or shown[-1].isalnum() or shown[-1] in ")章节条款"
        at = each.end
