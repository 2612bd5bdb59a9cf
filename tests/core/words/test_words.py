"""Plain text, comparison words and tokens."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.words import fold, language_of, plain_text, stems, tokens
from tests.support.examples import examples


@given(st.text(max_size=200))
@examples(200)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


def test_plain_text_has_words_and_no_marks() -> None:
    source = "The **Entity** shall see [criterion 5.1](#c51):\n\n- *first* item;\n> quoted\n\n| Limit | Date |\n|---|:--:|\n| 8 t | 2030 |\n\nA\\*b <b>c</b>"
    assert plain_text(source) == "The Entity shall see criterion 5.1:\n\nfirst item;\nquoted\n\nLimit Date\n\n8 t 2030\n\nA*b c"


def test_list_letters_stay_in_plain_text() -> None:
    assert plain_text("a) one;\n   1) two.") == "a) one;\n1) two."


def test_typography_is_folded_for_comparison() -> None:
    assert fold("L’Entité  « agit »") == fold('l\'entité \u00a0\u202f"\u202fagit "')
    assert fold("（ＡＳＩ）") == "(asi)"


def test_inflected_words_share_a_stem() -> None:
    for language, family in {
        "en": ["report", "reports", "reported", "reporting"],
        "fr": ["publié", "publiée", "publiées", "publier"],
    }.items():
        assert len({word for form in family for word in stems(form, language)}) == 1


def test_han_text_gives_characters_and_pairs() -> None:
    assert stems("铝渣", "zh") == ["铝", "渣", "铝渣"]


def test_numbers_units_and_modal_verbs_are_single_tokens() -> None:
    assert [token.text for token in tokens("8 t")] == ["8 t"]
    assert [token.text for token in tokens("1\u202f234 kg/m³")] == ["1\u202f234 kg/m³"]
    assert [token.text for token in tokens("1.5 °C 不应不得")] == ["1.5 °C", " ", "不应", "不得"]
    assert [token.text for token in tokens("8 tonnes")] == ["8", " ", "tonnes"]


def test_language_is_guessed_from_script_and_small_words() -> None:
    assert [language_of(text) for text in ("实体应公布计划", "Le plan doit être publié par l’Entité", "The plan is public")] == [
        "zh",
        "fr",
        "en",
    ]
