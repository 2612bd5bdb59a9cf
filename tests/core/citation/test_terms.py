"""Defined terms: read from definition clauses, found in the forms of each language."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.citation import DefinedTerm, defined_terms, find_terms

ANNEX = """Words in these senses begin with a capital.

**Area of Influence**: area in which a Facility can have impacts.

**Facility**: site or group of premises, such as:

a) a mine; or
b) a smelter.

**Free, Prior and Informed Consent (FPIC)**: consent of Indigenous Peoples.

**Worker:** natural person who performs work for the Entity.
"""


def names(terms: tuple[DefinedTerm, ...]) -> list[tuple[str, str]]:
    return [(term.name, term.definition) for term in terms]


def test_paragraphs_that_begin_in_bold_define_terms_with_all_that_follows() -> None:
    assert names(defined_terms("Terms", ANNEX)) == [
        ("Area of Influence", "area in which a Facility can have impacts."),
        ("Facility", "site or group of premises, such as:\n\na) a mine; or\nb) a smelter."),
        ("Free, Prior and Informed Consent (FPIC)", "consent of Indigenous Peoples."),
        ("Worker", "natural person who performs work for the Entity."),
    ]


def test_a_name_lies_where_its_term_says() -> None:
    assert [ANNEX[term.start : term.end] for term in defined_terms("Terms", ANNEX)] == [
        "Area of Influence", "Facility", "Free, Prior and Informed Consent (FPIC)", "Worker",
    ]  # fmt: skip


def test_french_and_chinese_punctuation_and_items_define_too() -> None:
    assert names(defined_terms("Termes", "- **Entité**\u00a0: entreprise.\n- **Salarié** : personne.")) == [
        ("Entité", "entreprise."), ("Salarié", "personne."),
    ]  # fmt: skip
    assert names(defined_terms("术语", "**实体**：公司。\n\n**设施**：场所。")) == [("实体", "公司。"), ("设施", "场所。")]


def test_rows_of_a_table_of_two_columns_define_terms() -> None:
    table = "| Term | Definition |\n|---|---|\n| Entity | company |\n| Facility | *site* of an Entity |"
    assert names(defined_terms("Terms", table)) == [("Entity", "company"), ("Facility", "*site* of an Entity")]


def test_a_clause_for_each_term_has_its_title_as_the_name() -> None:
    assert names(defined_terms("Entity", "company or other organisation")) == [("Entity", "company or other organisation")]


def test_a_heading_over_other_clauses_is_no_term() -> None:
    assert defined_terms("Terms and definitions", "For this standard the following hold.", is_leaf=False) == ()


def test_an_abbreviation_in_brackets_is_a_second_name() -> None:
    (term,) = defined_terms("", "**自由、事先和知情同意（FPIC）**：同意。")
    assert term.forms == ("自由、事先和知情同意", "FPIC")


def used(text: str, language: str, *terms: str) -> list[tuple[str, str]]:
    found = find_terms(text, language, [(at, (term,)) for at, term in enumerate(terms)])
    return [(text[each.start : each.end], terms[each.position]) for each in found]


def test_english_plurals_are_found() -> None:
    text = "Entities and Facilities in Areas of Influence; the Entity’s Workers, an Affected Population, its FPICs."
    terms = ("Entity", "Facility", "Area of Influence", "Worker", "Affected Populations", "FPIC")
    assert used(text, "en", *terms) == [
        ("Entities", "Entity"), ("Facilities", "Facility"), ("Areas of Influence", "Area of Influence"), ("Entity", "Entity"),
        ("Workers", "Worker"), ("Affected Population", "Affected Populations"), ("FPICs", "FPIC"),
    ]  # fmt: skip


def test_french_agreement_is_found() -> None:
    text = "L’Entité, les Salariées, une Travailleuse, le Peuple autochtone, les Systèmes\u00a0de management, des Plans environnementaux."
    terms = ("Entité", "Salarié", "Travailleur", "Peuples autochtones", "Système de management", "Plan environnemental")
    assert [found for found, _ in used(text, "fr", *terms)] == [
        "Entité", "Salariées", "Travailleuse", "Peuple autochtone", "Systèmes\u00a0de management", "Plans environnementaux",
    ]  # fmt: skip


def test_a_term_with_a_capital_is_used_only_with_it() -> None:
    assert used("The worker and the Worker met a co-worker and Workerism.", "en", "Worker") == [("Worker", "Worker")]


def test_a_small_term_may_begin_a_sentence() -> None:
    assert used("Facilities and a facility.", "en", "facility") == [("Facilities", "facility"), ("facility", "facility")]


def test_the_longest_term_wins() -> None:
    assert used("外包承包商和承包商", "zh", "承包商", "外包承包商") == [("外包承包商", "外包承包商"), ("承包商", "承包商")]
    assert used("Outsourcing Contractors and Contractors", "en", "Contractor", "Outsourcing Contractor") == [
        ("Outsourcing Contractors", "Outsourcing Contractor"), ("Contractors", "Contractor"),
    ]  # fmt: skip


def test_a_term_inside_another_chinese_word_is_not_it() -> None:
    assert used("基础设施和设施", "zh", "设施") == [("设施", "设施")]


def test_links_code_and_headings_use_no_terms() -> None:
    assert used("# Entity\n\n`Entity` and [Entity](https://example.org/)", "en", "Entity") == []


def test_a_definition_uses_the_other_terms_but_not_itself() -> None:
    terms = defined_terms("Terms", ANNEX)
    found = find_terms(ANNEX, "en", [(term.position, term.forms) for term in terms], defined_here=terms)
    assert [(ANNEX[each.start : each.end], terms[each.position].name) for each in found] == [("Facility", "Facility")]


def test_nothing_is_found_without_terms() -> None:
    assert find_terms("The Entity", "en", []) == ()


PIECES = st.sampled_from(
    ["Entity", "Entités", "**", "实体", "基础设施", "Area of Influence", "FPIC", "`", " ", "\n", "|", "（", "）", ":", "："]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join), st.sampled_from(["en", "fr", "zh"]))
def test_any_text_is_searched_and_every_span_is_a_form_of_its_term(text: str, language: str) -> None:
    terms = [(0, ("Entity", "Entité")), (1, ("实体", "设施")), (2, ("Area of Influence", "FPIC"))]
    begins = {0: ("entit",), 1: ("实", "设"), 2: ("area", "fpic")}
    at = 0
    for each in find_terms(text, language, terms):
        assert at <= each.start < each.end <= len(text)
        assert text[each.start : each.end].casefold().startswith(begins[each.position])
        at = each.end


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_any_term_is_found_in_any_text_or_not_but_never_fails(text: str, forms: list[str]) -> None:
    for each in find_terms(text, "en", [(at, (form,)) for at, form in enumerate(forms)]):
        assert 0 <= each.start < each.end <= len(text)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join))
def test_any_definition_clause_is_read_and_its_names_are_in_it(text: str) -> None:
    for position, term in enumerate(defined_terms("Title", text)):
        assert term.position == position
        assert -1 <= term.start <= term.end <= term.until <= len(text)
        if term.start >= 0:
            assert term.name[0] == text[term.start]
