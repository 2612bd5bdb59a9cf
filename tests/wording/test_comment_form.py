"""Words of a filled form that name something on a closed list."""

from consult.wording.comment_form import country_of

LANGUAGES = ("en", "fr", "zh")


def test_a_country_is_known_as_people_type_it() -> None:
    typed = (
        "guinee",
        " Guinée ",
        "GN",
        "Côte d'Ivoire",
        "cote d’ivoire",
        "Royaume Uni",
        "几内亚",
        "Guinee-Bissau",
        "nowhere",
        "",
        "-",
        "'",
    )
    found = {words: country_of(words, LANGUAGES) for words in typed}
    assert found == {
        "guinee": "GN",
        " Guinée ": "GN",
        "GN": "GN",
        "Côte d'Ivoire": "CI",
        "cote d’ivoire": "CI",
        "Royaume Uni": "GB",
        "几内亚": "GN",
        "Guinee-Bissau": "GW",
        "nowhere": None,
        "": None,
        "-": None,
        "'": None,
    }
