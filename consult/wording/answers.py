"""What the form for answers alone says of publication: in public they are counts only, whatever is chosen."""

from flask_babel import gettext

from consult.core.vocabulary import CHOICES, PublicationChoice
from consult.wording.terms import N_, term

CHOICE_SENTENCES: dict[PublicationChoice, str] = {
    "named": N_("The committee reads your answers with your name, organisation, class and country."),
    "organisation": N_("The committee reads your answers with your organisation, class and country, without your name."),
    "class": N_("The committee reads your answers with your class and country."),
    "confidential": N_("The committee reads your answers with your class only."),
}


def answer_choices() -> list[tuple[str, str, str]]:
    """(code, title, what it means) as the radios of a form take them."""
    titles = {code: term("choice", code, gettext) for code in CHOICES}
    return [(code, titles[code][:1].upper() + titles[code][1:], gettext(CHOICE_SENTENCES[code])) for code in CHOICES]
