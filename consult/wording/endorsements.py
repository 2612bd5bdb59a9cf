"""What an endorsement form says of publication."""

from flask_babel import gettext

from consult.core.vocabulary import CHOICES, PublicationChoice
from consult.wording.terms import N_, term

CHOICE_SENTENCES: dict[PublicationChoice, str] = {
    "named": N_("Your endorsement appears with your name, organisation, class and country."),
    "organisation": N_("Your endorsement appears with your organisation, class and country, without your name."),
    "class": N_("Your endorsement appears with your class only."),
    "confidential": N_(
        "Your endorsement is counted, and nothing of it appears in public. The committee reads your nuance without knowing whose it is."
    ),
}


def endorsement_choices() -> list[tuple[str, str, str]]:
    """(code, title, what it means) as the radios of a form take them."""
    titles = {code: term("choice", code, gettext) for code in CHOICES}
    return [(code, titles[code][:1].upper() + titles[code][1:], gettext(CHOICE_SENTENCES[code])) for code in CHOICES]
